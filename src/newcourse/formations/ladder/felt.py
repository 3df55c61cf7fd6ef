"""What a country feels of the others: their mean over a year, added to its own law."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from numba import njit
from numpy.typing import NDArray

from newcourse.formations.inference.coordinates import Coordinates
from newcourse.formations.inference.side_by_side import Integers
from newcourse.formations.ladder.rung import Array
from newcourse.formations.law import Coupling, Spread
from newcourse.formations.terms import Terms


@dataclass(frozen=True)
class YearLaw:
    """What of a :class:`~newcourse.formations.law.Law` the filter runs, not checked again at each step of a search.

    Bounds of parameters, checked once, keep it proper; the fields are those of a law.
    """

    jumps: Array
    hamiltonian: np.ndarray
    dephasing: Array
    spread: tuple[Spread, ...]
    couplings: tuple[Coupling, ...]
    observed: float


def year_law(terms: Terms, n: int, d: int) -> YearLaw:
    """Return the law that pieces make up for n countries and d formations: that of ``Terms.law``."""
    jumps = terms.jumps if terms.jumps.size else np.zeros((n, d, d))
    spread = tuple(each for each in terms.spread if each.weights.max() > 0)
    if terms.log_factors.any():
        factors = np.exp(terms.log_factors)
        jumps = jumps * factors
        spread = tuple(replace(s, weights=s.weights * factors[:, s.source, s.target, None]) for s in spread)
    return YearLaw(
        jumps,
        terms.hamiltonian if terms.hamiltonian.size else np.zeros((n, d, d), dtype=complex),
        terms.dephasing if terms.dephasing.size else np.zeros((n, d)),
        spread,
        tuple(each for each in terms.couplings if each.weights.max() > 0 or each.weights.min() < 0),
        terms.observed,
    )


def bare(law: YearLaw, where: Coordinates) -> Array:
    """Return the packed law (n, p) of each country by itself."""
    return where.pack(law.jumps, law.dephasing, law.hamiltonian)


class RealTies:
    """Which weights of a matrix (n, n) are not 0, found once for each matrix."""

    def __init__(self) -> None:
        self._found: dict[int, tuple[Array, Integers, Integers, Array]] = {}

    def of(self, weights: Array) -> tuple[Integers, Integers, Array]:
        """Return rows, columns and weights (k,)."""
        if id(weights) not in self._found:  # the matrix is kept too, so that no other can get its number
            rows, columns = np.divmod(np.flatnonzero(weights), len(weights))
            self._found[id(weights)] = weights, rows, columns, weights[rows, columns]
        return self._found[id(weights)][1:]

    def only(self, laws: Collection[YearLaw]) -> None:
        """Forget what is in none of these laws."""
        spread = {id(each.weights) for law in laws for each in law.spread}
        kept = spread | {id(each.weights) for law in laws for each in law.couplings}
        self._found = {key: found for key, found in self._found.items() if key in kept}


def felt(
    law: YearLaw, where: Coordinates, states: Array, *, ties: RealTies | None = None, alone: Array | None = None
) -> Array:
    """Return the packed law (n, p) that each country is under while the others are in their states (n, m).

    ``ties`` and ``alone``, which is what :func:`bare` gives, save work where they are at hand.
    """
    packed = bare(law, where) if alone is None else alone.copy()
    known, d = ties or RealTies(), where.formations
    for spread in law.spread:
        rows, columns, weights = known.of(spread.weights)
        given = list(spread.given)
        calling = np.ascontiguousarray(states[:, given].sum(axis=1, keepdims=True))
        packed[:, spread.source * d + spread.target] += _summed(rows, columns, weights, calling)[:, 0]
        if where.pairs:
            hearing = np.ascontiguousarray(states[:, [spread.source]])
            packed[:, [d * d + a for a in given]] += _summed(columns, rows, weights, hearing)
    for coupling in law.couplings if where.pairs else ():
        packed[:, d * (d + 1) :] += _summed(*known.of(coupling.weights), states) @ _mean(
            where, coupling.operator.tobytes()
        )
    return packed


@njit(cache=True)
def _summed(rows: Integers, columns: Integers, weights: Array, values: Array) -> Array:
    """Return a matrix, given by what is not 0 in it, times values (n, k)."""
    found = np.zeros_like(values)
    for e in range(rows.size):
        row, column, weight = rows[e], columns[e], weights[e]
        for k in range(values.shape[1]):
            found[row, k] += weight * values[column, k]
    return found


@lru_cache(maxsize=64)
def _mean(where: Coordinates, operator: bytes) -> Array:
    """Return the Hamiltonian, as a law packs it, that a coupling's operator makes of each number of a state (m, …)."""
    d = where.formations
    turned = np.frombuffer(operator, complex).reshape(d, d, d, d).transpose(1, 3, 0, 2).reshape(d * d, d * d)
    units = where.matrix(np.eye(where.size)).swapaxes(1, 2).reshape(-1, d * d)
    hamiltonian = (units @ turned).reshape(-1, d, d)
    still = np.zeros((where.size, d, d))
    return where.pack(still, still[..., 0], hamiltonian)[:, d * (d + 1) :]


def used(law: YearLaw, where: Coordinates, alone: Array) -> NDArray[np.bool_]:
    """Return which numbers of a packed law (p,) can differ from 0 under a law, whatever the states are."""
    d, found = where.formations, np.asarray(alone.any(axis=0))
    for spread in law.spread:
        found[spread.source * d + spread.target] = True
        found[[d * d + a for a in spread.given if where.pairs]] = True
    for coupling in law.couplings if where.pairs else ():
        found[d * (d + 1) :] |= _mean(where, coupling.operator.tobytes()).any(axis=0)
    return found


def pattern(law: YearLaw) -> np.ndarray:
    """Return (k, d, d) matrices that are 0 wherever no Hamiltonian of the law can tie two formations."""
    d = law.jumps.shape[-1]
    parts = [law.hamiltonian]
    for coupling in law.couplings:
        operator = abs(coupling.operator.reshape(d, d, d, d)).sum(axis=(1, 3))
        parts.append(operator[None])
    return np.concatenate(parts)
