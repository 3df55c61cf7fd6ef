"""What a country feels of the others: their mean over a year, added to its own law."""

from dataclasses import dataclass, replace

import numpy as np

from newcourse.formations.inference.coordinates import Coordinates
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
    spread = tuple(each for each in terms.spread if each.weights.any())
    if terms.log_factors.any():
        factors = np.exp(terms.log_factors)
        jumps = jumps * factors
        spread = tuple(replace(s, weights=s.weights * factors[:, s.source, s.target, None]) for s in spread)
    return YearLaw(
        jumps,
        terms.hamiltonian if terms.hamiltonian.size else np.zeros((n, d, d), dtype=complex),
        terms.dephasing if terms.dephasing.size else np.zeros((n, d)),
        spread,
        tuple(each for each in terms.couplings if each.weights.any()),
        terms.observed,
    )


def felt(law: YearLaw, where: Coordinates, states: Array) -> Array:
    """Return the packed law (n, p) that each country is under while the others are in their states (n, m)."""
    populations = states[:, : where.formations]
    jumps, dephasing, hamiltonian = law.jumps.copy(), law.dephasing.copy(), law.hamiltonian.copy()
    for spread in law.spread:
        given = list(spread.given)
        jumps[:, spread.source, spread.target] += spread.weights @ populations[:, given].sum(axis=1)
        dephasing[:, given] += (spread.weights.T @ populations[:, spread.source])[:, None]
    if law.couplings:
        matrices, d = where.matrix(states), where.formations
        for coupling in law.couplings:
            neighbours = (coupling.weights @ matrices.swapaxes(1, 2).reshape(-1, d * d)).reshape(-1, d * d)
            operator = coupling.operator.reshape(d, d, d, d).transpose(1, 3, 0, 2).reshape(d * d, d * d)
            hamiltonian += (neighbours @ operator).reshape(-1, d, d)
    return where.pack(jumps, dephasing, hamiltonian)


def pattern(law: YearLaw) -> np.ndarray:
    """Return (k, d, d) matrices that are 0 wherever no Hamiltonian of the law can tie two formations."""
    d = law.jumps.shape[-1]
    parts = [law.hamiltonian]
    for coupling in law.couplings:
        operator = abs(coupling.operator.reshape(d, d, d, d)).sum(axis=(1, 3))
        parts.append(operator[None] * bool(coupling.weights.any()))
    return np.concatenate(parts)
