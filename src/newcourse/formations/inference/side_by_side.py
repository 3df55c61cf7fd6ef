"""Many states moved a year side by side, each by a matrix of its own, of which only what is not 0 is looked at."""

import numpy as np
from numba import njit
from numpy.typing import NDArray

Array = NDArray[np.float64]
Integers = NDArray[np.int64]

LANES = 64
"""How many states are moved side by side: enough for the processor to take several at once, few enough to be near."""

LEFT_OUT = 1e-17
"""Terms of an exponential smaller than this are left out."""


@njit(cache=True)
def _norm(rows: Integers, entries: Array, sums: Array) -> float:
    """Return the largest sum of absolute entries in a row of any of the matrices."""
    sums[:] = 0.0
    for e in range(rows.size):
        row = rows[e]
        for i in range(sums.shape[1]):
            sums[row, i] += abs(entries[e, i])
    return float(sums.max())


@njit(cache=True)
def _product(rows: Integers, columns: Integers, entries: Array, v: Array, found: Array) -> None:
    """Write matrices times vectors."""
    found[:] = 0.0
    for e in range(rows.size):
        row, column = rows[e], columns[e]
        for i in range(v.shape[1]):
            found[row, i] += entries[e, i] * v[column, i]


@njit(cache=True)
def _exponentiated(rows: Integers, columns: Integers, entries: Array, v: Array, term: Array, new: Array) -> None:
    """Replace vectors by the matrices' exponentials times them: Taylor steps of norm 1 at most."""
    norm = _norm(rows, entries, new)
    steps = max(1, int(np.ceil(norm)))
    for _ in range(steps):
        term[:] = v
        size, k = 1.0, 0
        while size > LEFT_OUT:
            k += 1
            size *= norm / (k * steps)
            _product(rows, columns, entries, term, new)
            scale = 1.0 / (k * steps)
            for a in range(v.shape[0]):
                for i in range(v.shape[1]):
                    term[a, i] = new[a, i] * scale
                    v[a, i] += term[a, i]


@njit(cache=True)
def advance_entries(rows: Integers, columns: Integers, entries: Array, states: Array, exponentiate: bool) -> Array:
    """Return states (m, n) a year later under matrices whose entries (e, n) stand in these rows and columns (e,)."""
    m, n = states.shape
    found = np.empty((m, n))
    v, term, new, some = np.zeros((m, LANES)), np.zeros((m, LANES)), np.zeros((m, LANES)), np.zeros((rows.size, LANES))
    for first in range(0, n, LANES):
        lanes = min(LANES, n - first)
        some[:, lanes:], v[:, lanes:] = 0.0, 0.0
        some[:, :lanes], v[:, :lanes] = entries[:, first : first + lanes], states[:, first : first + lanes]
        if exponentiate:
            _exponentiated(rows, columns, some, v, term, new)
        else:
            _product(rows, columns, some, v, new)
            v[:] = new
        found[:, first : first + lanes] = v[:, :lanes]
    return found


def advance(matrices: Array, states: Array, exponentiate: bool) -> Array:
    """Return states (n, m) a year later under matrices (n or 1, m, m): propagators, or generators to exponentiate."""
    n, m = states.shape
    flat = matrices.reshape(-1, m * m)
    places = np.flatnonzero(flat.any(axis=0))
    entries = np.ascontiguousarray(np.broadcast_to(flat[:, places], (n, places.size)).T)
    moved = advance_entries(places // m, places % m, entries, np.ascontiguousarray(states.T), exponentiate)
    return np.ascontiguousarray(moved.T)
