"""The loops of :mod:`newcourse.formations.engines.density`, compiled by Numba: the channel of a pair, in place."""

from typing import Final

import numpy as np
from numba import njit

WIDTH: Final = 16
"""How many neighbouring numbers are worked on at once."""


@njit(cache=True, nogil=True)
def apply_pair(state, shape, offsets, rows, columns, values):  # type: ignore[no-untyped-def]
    """Apply a sparse matrix to two axes of a state, for all values of the other axes.

    ``shape`` has the lengths (outer, own, middle, own, inner) of the state's axes, ``offsets`` the places of the
    touched numbers. All whole numbers are unsigned, so that no index is checked for counting from the end.
    """
    outer, own, middle, inner = shape[0], shape[1], shape[2], shape[4]
    wide = inner - inner % np.uint64(WIDTH)
    kept = np.empty((np.uint64(len(offsets)), np.uint64(WIDTH)))
    for o in range(outer):
        for m in range(middle):
            base = (o * own * middle + m) * own * inner
            for q in range(np.uint64(0), wide, np.uint64(WIDTH)):
                _many(state, base + q, offsets, rows, columns, values, kept)
            for q in range(wide, inner):
                _one(state, base + q, offsets, rows, columns, values, kept)


@njit(cache=True, nogil=True, inline="always")
def _many(state, base, offsets, rows, columns, values, kept):  # type: ignore[no-untyped-def]
    """Work on :data:`WIDTH` neighbours at once: loops of a fixed length, which the compiler makes into vectors."""
    touched, one = np.uint64(len(offsets)), np.uint64(1)
    for r in range(touched):
        place = base + offsets[r]
        for c in range(np.uint64(WIDTH)):
            kept[r, c] = state[place + c]
    for r in range(touched):
        place, entry = base + offsets[r], rows[r]
        value, column = values[entry], columns[entry]
        for c in range(np.uint64(WIDTH)):
            state[place + c] = value * kept[column, c]
        for e in range(entry + one, rows[r + one]):
            value, column = values[e], columns[e]
            for c in range(np.uint64(WIDTH)):
                state[place + c] += value * kept[column, c]


@njit(cache=True, nogil=True, inline="always")
def _one(state, base, offsets, rows, columns, values, kept):  # type: ignore[no-untyped-def]
    """Work on a single one."""
    touched, zero, one = np.uint64(len(offsets)), np.uint64(0), np.uint64(1)
    for r in range(touched):
        kept[r, zero] = state[base + offsets[r]]
    for r in range(touched):
        total = 0.0
        for e in range(rows[r], rows[r + one]):
            total += values[e] * kept[columns[e], zero]
        state[base + offsets[r]] = total
