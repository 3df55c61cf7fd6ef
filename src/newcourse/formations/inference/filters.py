r"""The hidden filter: from yearly, perhaps wrong records to the probability of each next one (design §11.3).

A country's state is a vector v (:mod:`newcourse.formations.inference.coordinates`). Over a year it becomes
:math:`e^{G}v`; then x is recorded with probability :math:`p(x) = \sum_k t_k\ell_{xk}v_k`, and v becomes
:math:`\ell_x v/p(x)` entry by entry. For populations alone this is the forward algorithm of L. E. Baum and T. Petrie,
*Annals of Mathematical Statistics* 37 (1966) 1554; with coherences it is the hidden quantum Markov model of
A. Monras, A. Beige and K. Wiesner (2010), arXiv:1002.2337, with the reading as its Kraus operators.
"""

import numpy as np
from numba import njit
from numpy.typing import NDArray

from newcourse.formations.inference.side_by_side import advance

Array = NDArray[np.float64]

LEAST = 1e-300
"""Smallest probability a logarithm is taken of: what cannot happen, and did."""

DENSE = 4
"""Generators are exponentiated one by one when there are this many times fewer of them than years of countries."""


@njit(cache=True)
def _product(matrix: Array, v: Array, scale: float, found: Array) -> float:
    """Write a matrix times a vector times a number, in plain loops, and return its largest entry."""
    largest = 0.0
    for a in range(v.size):
        total = 0.0
        for b in range(v.size):
            total += matrix[a, b] * v[b]
        found[a] = total * scale
        largest = max(largest, abs(found[a]))
    return largest


@njit(cache=True)
def _move(matrix: Array, exponentiate: bool, v: Array, term: Array, new: Array) -> None:
    """Replace a vector by a matrix times it, or by the matrix's exponential times it: Taylor steps of norm 1."""
    m = v.size
    if not exponentiate:
        _product(matrix, v, 1.0, new)
        v[:] = new
        return
    norm = 1.0
    for a in range(m):
        row = 0.0
        for b in range(m):
            row += abs(matrix[a, b])
        norm = max(norm, row)
    steps = int(np.ceil(norm))
    for _ in range(steps):
        term[:] = v
        for k in range(1, 30):
            largest = _product(matrix, term, 1.0 / (k * steps), new)
            for a in range(m):
                term[a] = new[a]
                v[a] += new[a]
            if largest < 1e-17:
                break


@njit(cache=True)
def _read(look: Array, trace: Array, v: Array) -> float:
    """Condition a vector on a record and return how probable the record was."""
    p = 0.0
    for k in range(v.size):
        v[k] *= look[k]
        p += trace[k] * v[k]
    p = max(p, LEAST)
    for k in range(v.size):
        v[k] /= p
    return p


@njit(cache=True)
def _run(
    matrices: Array,
    exponentiate: bool,
    records: NDArray[np.int8],
    alive: NDArray[np.bool_],
    rows: NDArray[np.bool_],
    looks: Array,
    fading: Array,
    trace: Array,
    starts: Array,
    cells: Array,
    states: Array,
) -> None:
    n, years = records.shape
    m = looks.shape[1]
    v, term, new = np.empty(m), np.empty(m), np.empty(m)
    for i in range(n):
        known = False
        for t in range(years):
            x = records[i, t]
            if not (rows[i] and alive[i, t]):
                known = False
            elif known:
                matrix = matrices[min(i, matrices.shape[0] - 1), min(t, matrices.shape[1]) - 1]
                _move(matrix, exponentiate, v, term, new)
                for k in range(m):
                    v[k] *= fading[k]
                if x >= 0:
                    cells[i, t] = np.log(_read(looks[x], trace, v))
            elif x >= 0:
                v[:] = starts[x]
                known = True
            if known:
                states[i, t] = v


def exponentials(generators: Array) -> Array:
    """Return the exponentials of generators (…, m, m), each vector by vector as the filter does."""
    m = generators.shape[-1]
    flat = np.repeat(generators.reshape(-1, m, m), m, axis=0)
    units = np.tile(np.eye(m), (flat.shape[0] // m, 1))
    if not flat.size:
        return generators.copy()
    return np.ascontiguousarray(advance(flat, units, True).reshape(-1, m, m).transpose(0, 2, 1)).reshape(
        generators.shape
    )


def linear_filter(
    matrices: Array,
    records: NDArray[np.int8],
    alive: NDArray[np.bool_],
    looks: Array,
    trace: Array,
    starts: Array,
    *,
    fading: Array | None = None,
    generators: bool = True,
    rows: NDArray[np.bool_] | None = None,
) -> tuple[Array, Array]:
    """Return what each record was worth, and the state after it.

    Parameters
    ----------
    matrices
        (n or 1, T or 1, m, m): for each country the generator of the year that begins with each year, or with
        ``generators`` false what the vector is multiplied by.
    records, alive
        (n, T) formation recorded, -1 where none is; whether the country exists. Where it does not, all is forgotten.
    looks, trace, starts
        (x, m) what recording x multiplies a vector by; (m,) what gives the trace; (x, m) the state after a first
        record.
    fading
        (m,) what each year's end multiplies a vector by; nothing where not given.
    rows
        (n,) the countries asked for; all where not given.

    Returns
    -------
    tuple
        (n, T) logarithm of the probability of each record given those before it, nan where there is none or it is a
        country's first; (n, T, m) states after each year, nan before the first record.
    """
    n, years = records.shape
    if generators and matrices.shape[0] * matrices.shape[1] * DENSE <= n * years:
        matrices, generators = exponentials(matrices), False
    cells, states = np.full((n, years), np.nan), np.full((n, years, trace.size), np.nan)
    wanted = np.ones(n, dtype=np.bool_) if rows is None else rows
    fade = np.ones(trace.size) if fading is None else fading
    _run(np.ascontiguousarray(matrices), generators, records, alive, wanted, looks, fade, trace, starts, cells, states)
    return cells, states
