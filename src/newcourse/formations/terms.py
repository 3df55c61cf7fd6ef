"""Pieces of a law of motion, as hypotheses give them: they add up, and nothing added changes nothing (design §11.1)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from math import prod
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from newcourse.formations.law import Coupling, Law, Spread
from newcourse.formations.spaces import Space
from newcourse.formations.worlds import Setting, frozen

EMPTY = np.zeros(0)
"""Stands for a piece that is not there."""


@dataclass(frozen=True)
class Terms:
    """What one hypothesis adds to a law, or several together; pieces that are not given add nothing.

    Parameters
    ----------
    jumps
        (n, d, d) rates a year, as in :class:`~newcourse.formations.law.Law`.
    log_factors
        (n, d, d) logarithms: country i's rate from a to b, what others call forth included, is multiplied by
        ``exp(log_factors[i, a, b])``. Factors of several hypotheses multiply.
    hamiltonian
        (n, d, d) Hermitian, per year.
    dephasing
        (n, d) rates a year.
    spread, couplings
        What others call forth, and what ties two countries coherently.
    observed
        Share of coherence that a yearly look destroys; several looks leave the product of what each leaves.
    """

    jumps: NDArray[np.float64] = field(default_factory=lambda: EMPTY, repr=False)
    log_factors: NDArray[np.float64] = field(default_factory=lambda: EMPTY, repr=False)
    hamiltonian: NDArray[np.complex128] = field(default_factory=lambda: EMPTY.astype(complex), repr=False)
    dephasing: NDArray[np.float64] = field(default_factory=lambda: EMPTY, repr=False)
    spread: tuple[Spread, ...] = ()
    couplings: tuple[Coupling, ...] = ()
    observed: float = 0.0

    def __post_init__(self) -> None:
        for name in ("jumps", "log_factors", "dephasing"):
            object.__setattr__(self, name, frozen(getattr(self, name)))
        object.__setattr__(self, "hamiltonian", frozen(self.hamiltonian, np.complex128))

    def law(self, space: Space, setting: Setting) -> Law:
        """Return the law these pieces make up; what is nil is left out, so that nil pieces change nothing at all.

        Raises
        ------
        BadInput
            When a piece does not fit the space and the countries.
        """
        n, d = setting.size, space.size
        jumps = self.jumps if self.jumps.size else np.zeros((n, d, d))
        law = Law(
            space,
            setting.countries,
            jumps,
            hamiltonian=self.hamiltonian,
            dephasing=self.dephasing,
            spread=tuple(each for each in self.spread if each.weights.any()),
            couplings=tuple(each for each in self.couplings if each.weights.any() and each.operator.any()),
            observed=self.observed,
        )
        return scaled(law, np.exp(self.log_factors)) if self.log_factors.any() else law


def total(pieces: Iterable[Terms]) -> Terms:
    """Return all pieces together."""
    listed = tuple(pieces)
    return Terms(
        jumps=_sum(each.jumps for each in listed),
        log_factors=_sum(each.log_factors for each in listed),
        hamiltonian=_sum(each.hamiltonian for each in listed),
        dephasing=_sum(each.dephasing for each in listed),
        spread=tuple(spread for each in listed for spread in each.spread),
        couplings=tuple(coupling for each in listed for coupling in each.couplings),
        observed=1 - prod(1 - each.observed for each in listed),
    )


def scaled(law: Law, factors: ArrayLike) -> Law:
    """Return a law whose rates are multiplied, by country and by move: jumps, and what others call forth.

    Parameters
    ----------
    law
        The law of motion.
    factors
        (n, d, d), none negative: ``factors[i, a, b]`` for country i from a to b.
    """
    given = np.asarray(factors, dtype=float)
    spread = tuple(
        replace(each, weights=each.weights * given[:, each.source, each.target, None]) for each in law.spread
    )
    return replace(law, jumps=law.jumps * given, spread=spread)


def by_move(space: Space, per_country: Mapping[str, ArrayLike], size: int) -> NDArray[np.float64]:
    """Return numbers by country and pair of formations (n, d, d) from numbers by move; a missing move gives nothing.

    >>> from newcourse.formations.spaces import DEFAULT
    >>> by_move(DEFAULT, {"degeneration": [0.1, 0.2]}, 2)[:, 2, 3]
    array([0.1, 0.2])
    """
    array = np.zeros((size, space.size, space.size))
    for move, values in per_country.items():
        for source, target in space.arcs(move):
            array[:, source, target] += np.asarray(values, dtype=float)
    return array


def _sum(arrays: Iterable[NDArray[Any]]) -> NDArray[Any]:
    present = [array for array in arrays if array.size]
    return np.asarray(sum(present[1:], present[0])) if present else EMPTY
