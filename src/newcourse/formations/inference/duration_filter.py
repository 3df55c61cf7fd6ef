r"""The filter for laws that remember how long a country has been in its formation (semi-Markov; design §11.3).

The state is the joint probability of formation and age, whole years since the country came into it. After a year it is
in another formation at age 0, or in the same one, a year older. Records update it by Bayes' rule: the explicit-duration
hidden Markov model of J. D. Ferguson (1980; review: S.-Z. Yu, *Artificial Intelligence* 174 (2010) 215).
"""

import numpy as np
from numba import njit
from numpy.typing import NDArray

from newcourse.formations.inference.filters import LEAST

Array = NDArray[np.float64]
Integers = NDArray[np.int64]


@njit(cache=True)
def _together(v: Array, chances: Array, k: int, a: int, top: int) -> float:
    """Return how probable an arc's move is, over all ages, in four sums that the processor adds up at once."""
    first, second, third, fourth = 0.0, 0.0, 0.0, 0.0
    fours = top - top % 4
    for u in range(0, fours, 4):
        first += v[a, u] * chances[k, u]
        second += v[a, u + 1] * chances[k, u + 1]
        third += v[a, u + 2] * chances[k, u + 2]
        fourth += v[a, u + 3] * chances[k, u + 3]
    for u in range(fours, top):
        first += v[a, u] * chances[k, u]
    return (first + second) + (third + fourth)


@njit(cache=True)
def _aged(v: Array, arcs: Integers, leaving: Array, staying: Array, arrived: Array, top: int) -> None:
    """Replace a state, ages below ``top`` in use, by that a year after: a year older, or moved and of age 0."""
    d, oldest = v.shape
    arrived[:] = 0.0
    for k in range(arcs.shape[0]):
        arrived[arcs[k, 1]] += _together(v, leaving, k, arcs[k, 0], top)
    for a in range(d):
        stayed = v[a, oldest - 1] * staying[a, oldest - 1] if top == oldest else 0.0
        for u in range(min(top, oldest - 1), 0, -1):
            v[a, u] = v[a, u - 1] * staying[a, u - 1]
        v[a, 0] = 0.0
        v[a, oldest - 1] += stayed
        v[a, 0] += arrived[a]


@njit(cache=True)
def _by_arc(chances: Array) -> tuple[Integers, Array, Array]:
    """Return arcs (k, 2) on which anything moves, their chances by age (k, ages), and those of staying (d, ages)."""
    d, ages = chances.shape[:2]
    arcs, leaving, staying = np.zeros((d * d, 2), np.int64), np.zeros((d * d, ages)), np.zeros((d, ages))
    k = 0
    for a in range(d):
        staying[a] = chances[a, :, a]
        for b in range(d):
            if b != a and chances[a, :, b].any():
                arcs[k, 0], arcs[k, 1] = a, b
                leaving[k] = chances[a, :, b]
                k += 1
    return arcs[:k], leaving[:k], staying


@njit(cache=True)
def _worth(v: Array, reading: Array, beliefs: Array, worth: Array, top: int) -> None:
    """Write how probable each formation and each record is."""
    d = v.shape[0]
    for a in range(d):
        beliefs[a] = 0.0
        for u in range(top):
            beliefs[a] += v[a, u]
    for x in range(worth.size):
        worth[x] = 0.0
        for a in range(d):
            worth[x] += beliefs[a] * reading[a, x]


@njit(cache=True)
def _drawn(worth: Array, uniform: float) -> int:
    left = uniform
    for x in range(worth.size - 1):
        left -= worth[x]
        if left < 0:
            return x
    return worth.size - 1


@njit(cache=True)
def _scaled(v: Array, beliefs: Array, reading: Array, x: int, by: float, top: int) -> None:
    """Multiply each formation's row, and what is believed of it, by its chance to be recorded as x over a number."""
    for a in range(v.shape[0]):
        factor = reading[a, x] / by
        beliefs[a] *= factor
        for u in range(top):
            v[a, u] *= factor


@njit(cache=True)
def duration_filter(
    chances: Array,
    records: NDArray[np.int8],
    alive: NDArray[np.bool_],
    rows: NDArray[np.bool_],
    reading: Array,
    uniforms: Array,
) -> tuple[Array, Array]:
    """Return what each record was worth (n, T), nan where none was predicted, and beliefs (n, T, d) after each year.

    Parameters
    ----------
    chances
        (d, ages, d): probability of being in b a year later, for a country in a for so many years; ages beyond the
        last count as the last.
    records, alive, rows
        (n, T) formation recorded, -1 where none is; whether the country exists; (n,) the countries asked for.
    reading
        (d, x) probability of being recorded as x when in a.
    uniforms
        (n, T) uniform numbers by which records that are predicted are drawn and written over; of size 0 to keep them.
    """
    n, years = records.shape
    d, oldest = chances.shape[:2]
    cells, beliefs = np.full((n, years), np.nan), np.full((n, years, d), np.nan)
    arcs, leaving, staying = _by_arc(chances)
    v, arrived, now, worth = np.zeros((d, oldest)), np.zeros(d), np.zeros(d), np.zeros(reading.shape[1])
    for i in range(n):
        known, top = False, 0
        for t in range(years):
            x = records[i, t]
            if not (rows[i] and alive[i, t]):
                known = False
            elif known:
                _aged(v, arcs, leaving, staying, arrived, top)
                top = min(top + 1, oldest)
                _worth(v, reading, now, worth, top)
                if x >= 0:
                    if uniforms.size:
                        x = _drawn(worth, uniforms[i, t])
                        records[i, t] = x
                    p = max(worth[x], LEAST)
                    cells[i, t] = np.log(p)
                    _scaled(v, now, reading, x, p, top)
            elif x >= 0:
                v[:] = 0.0
                v[:, 0] = 1.0 / d
                top = 1
                _worth(v, reading, now, worth, top)
                _scaled(v, now, reading, x, worth[x], top)
                known = True
            if known:
                beliefs[i, t] = now
    return cells, beliefs
