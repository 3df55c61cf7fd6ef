"""The loops of :mod:`newcourse.formations.engines.trajectories`, compiled by Numba: several paths side by side."""

from typing import Final

import numpy as np
from numba import njit

LANES: Final = 32
"""How many paths go through the loops together, so that every inner loop is long and of a fixed length."""

NO_JUMP: Final = 1e-12
"""Probability of all jumps of a channel below which crossing the bar was rounding."""


@njit(cache=True, nogil=True)
def travel(order, tables, now, before, norms, bars, chance):  # type: ignore[no-untyped-def]
    """Take all lanes through channels one after another; a lane jumps where its norm falls below its bar."""
    bases, base_first, places, place_first, kraus_real, kraus_imaginary, kraus_first = tables
    for c in order:
        own_bases = bases[base_first[c] : base_first[c + 1]]
        own_places = places[place_first[c] : place_first[c + 1]]
        own_real = kraus_real[kraus_first[c] : kraus_first[c + 1]]
        own_imaginary = kraus_imaginary[kraus_first[c] : kraus_first[c + 1]]
        operators = (own_real, own_imaginary)
        _stay(own_bases, own_places, operators, now, before, norms)
        for lane in range(LANES):
            if norms[lane] < bars[lane]:
                _jump(own_bases, own_places, operators, now, before, norms, bars, lane, chance)


@njit(cache=True, nogil=True)
def _stay(bases, places, operators, now, before, norms):  # type: ignore[no-untyped-def]
    """Apply the first operator to all lanes; keep what was there before, and how the norms change."""
    (kraus_real, kraus_imaginary), (real, imaginary), (old_real, old_imaginary) = operators, now, before
    t = np.uint64(len(places))
    lost = np.zeros(LANES)
    for k in range(np.uint64(len(bases))):
        start = k * t
        for r in range(t):
            row = bases[k] + places[r]
            for lane in range(np.uint64(LANES)):
                a, b = real[row, lane], imaginary[row, lane]
                old_real[start + r, lane] = a
                old_imaginary[start + r, lane] = b
                lost[lane] += a * a + b * b
        for r in range(t):
            row = bases[k] + places[r]
            x, y = kraus_real[r * t], kraus_imaginary[r * t]
            for lane in range(np.uint64(LANES)):
                real[row, lane] = x * old_real[start, lane] - y * old_imaginary[start, lane]
                imaginary[row, lane] = x * old_imaginary[start, lane] + y * old_real[start, lane]
            for c in range(np.uint64(1), t):
                x, y = kraus_real[r * t + c], kraus_imaginary[r * t + c]
                for lane in range(np.uint64(LANES)):
                    real[row, lane] += x * old_real[start + c, lane] - y * old_imaginary[start + c, lane]
                    imaginary[row, lane] += x * old_imaginary[start + c, lane] + y * old_real[start + c, lane]
            for lane in range(np.uint64(LANES)):
                lost[lane] -= real[row, lane] ** 2 + imaginary[row, lane] ** 2
    for lane in range(np.uint64(LANES)):
        norms[lane] -= lost[lane]


@njit(cache=True, nogil=True)
def _jump(bases, places, operators, now, before, norms, bars, lane, chance):  # type: ignore[no-untyped-def]
    """Replace one lane by what one of the other operators makes of its state before, drawn by probability."""
    t = np.uint64(len(places))
    (kraus_real, kraus_imaginary), (real, imaginary), (old_real, old_imaginary) = operators, now, before
    state = _reduced(t, np.uint64(len(bases)), old_real, old_imaginary, lane)
    shares = _shares(t, kraus_real, kraus_imaginary, state)
    total = shares.sum()
    if total <= NO_JUMP * norms[lane]:
        bars[lane] = norms[lane] * chance.random()
        return
    chosen = min(np.searchsorted(np.cumsum(shares), total * chance.random(), side="right"), len(shares) - 1)
    scale, first = 1.0 / np.sqrt(shares[chosen]), np.uint64(chosen) * t * t
    for row in range(np.uint64(len(real))):
        real[row, lane] = 0.0
        imaginary[row, lane] = 0.0
    for k in range(np.uint64(len(bases))):
        for r in range(t):
            a, b = 0.0, 0.0
            for c in range(t):
                x, y = kraus_real[first + r * t + c] * scale, kraus_imaginary[first + r * t + c] * scale
                a += x * old_real[k * t + c, lane] - y * old_imaginary[k * t + c, lane]
                b += x * old_imaginary[k * t + c, lane] + y * old_real[k * t + c, lane]
            real[bases[k] + places[r], lane] = a
            imaginary[bases[k] + places[r], lane] = b
    norms[lane] = 1.0
    bars[lane] = chance.random()


@njit(cache=True, nogil=True)
def _shares(t, kraus_real, kraus_imaginary, state):  # type: ignore[no-untyped-def]
    """Return how likely each operator is in a state of the touched formations; the first counts for nothing."""
    size = t * t
    count = np.uint64(len(kraus_real)) // size
    shares = np.zeros(count)
    for m in range(np.uint64(1), count):
        for r in range(t):
            row = m * size + r * t
            for c in range(t):
                x = kraus_real[row + c] + 1j * kraus_imaginary[row + c]
                for e in range(t):
                    y = kraus_real[row + e] - 1j * kraus_imaginary[row + e]
                    shares[m] += (x * state[c, e] * y).real
        shares[m] = max(shares[m], 0.0)
    return shares


@njit(cache=True, nogil=True)
def _reduced(t, count, real, imaginary, lane):  # type: ignore[no-untyped-def]
    """Return the density matrix (t, t), not normalised, of the touched formations of a lane."""
    state = np.zeros((t, t), np.complex128)
    for k in range(count):
        for r in range(t):
            x = real[k * t + r, lane] + 1j * imaginary[k * t + r, lane]
            for c in range(r + np.uint64(1)):
                state[r, c] += x * (real[k * t + c, lane] - 1j * imaginary[k * t + c, lane])
    for r in range(t):
        for c in range(r):
            state[c, r] = np.conj(state[r, c])
    return state


@njit(cache=True, nogil=True)
def look(real, imaginary, norms, countries, formations):  # type: ignore[no-untyped-def]
    """Return probabilities (countries, formations, lanes); set the norms to what they are."""
    found = np.zeros((countries, formations, LANES))
    norms[:] = 0.0
    for row in range(len(real)):
        number = row
        for lane in range(LANES):
            norms[lane] += real[row, lane] ** 2 + imaginary[row, lane] ** 2
        for i in range(countries - 1, -1, -1):
            digit = number % formations
            number //= formations
            for lane in range(LANES):
                found[i, digit, lane] += real[row, lane] ** 2 + imaginary[row, lane] ** 2
    return found / norms
