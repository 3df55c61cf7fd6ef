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


@njit(cache=True)
def _aged(v: Array, chances: Array, new: Array, top: int) -> None:
    """Replace a state by that a year after; ``chances[a, u, b]`` from a at age u to b, ages below ``top`` in use."""
    d, oldest = v.shape
    after = min(top + 1, oldest)
    for a in range(d):
        for u in range(after):
            new[a, u] = 0.0
    for a in range(d):
        for u in range(top):
            if v[a, u] == 0.0:
                continue
            for b in range(d):
                if b == a:
                    new[a, min(u + 1, oldest - 1)] += v[a, u] * chances[a, u, a]
                else:
                    new[b, 0] += v[a, u] * chances[a, u, b]
    for a in range(d):
        for u in range(after):
            v[a, u] = new[a, u]


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
def _scaled(v: Array, reading: Array, x: int, by: float, top: int) -> None:
    """Multiply each formation's row by the probability of being recorded as x, divided by a number."""
    for a in range(v.shape[0]):
        for u in range(top):
            v[a, u] *= reading[a, x] / by


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
    v, new = np.zeros((d, oldest)), np.zeros((d, oldest))
    now, worth = np.zeros(d), np.zeros(reading.shape[1])
    for i in range(n):
        known, top = False, 0
        for t in range(years):
            x = records[i, t]
            if not (rows[i] and alive[i, t]):
                known = False
            elif known:
                _aged(v, chances, new, top)
                top = min(top + 1, oldest)
                if x >= 0:
                    _worth(v, reading, now, worth, top)
                    if uniforms.size:
                        x = _drawn(worth, uniforms[i, t])
                        records[i, t] = x
                    p = max(worth[x], LEAST)
                    cells[i, t] = np.log(p)
                    _scaled(v, reading, x, p, top)
            elif x >= 0:
                v[:] = 0.0
                v[:, 0] = 1.0 / d
                top = 1
                _worth(v, reading, now, worth, top)
                _scaled(v, reading, x, worth[x], top)
                known = True
            if known:
                _worth(v, reading, beliefs[i, t], worth, top)
    return cells, beliefs
