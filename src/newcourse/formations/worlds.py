"""What the countries are like in one period, and how they are tied (design §11.1): all that hypotheses may look at."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from newcourse.errors import BadInput, Fault

COVARIATES = {
    "gap": (
        "development gap: logarithm of the frontier's product per head over the country's own (0 at the frontier, "
        "below 0 in a small country that is richer)"
    ),
    "openness": (
        "openness: logarithm of the country's share in all countries' foreign trade over its share in their product, "
        "in the same year (0 at the world's average, 0.7 at twice it)"
    ),
    "war": "whether the country takes part in a war between states (0 or 1 for a year, or a share of the period)",
    "civil_war": "whether there is a war inside the country (0 or 1 for a year, or a share of the period)",
    "crisis": "whether product per head falls by more than 5 % in a year (0 or 1, or a share of the period)",
    "aid": "aid received from outside, on the scale the scenario states; no data have it",
}
"""What hypotheses may depend on, each in words.

Panels made of data hold exactly this; what is assumed on the way stands with the readers in
:mod:`newcourse.sources.formations`. A scenario may put other things on the same scale and then says so.
"""

WEIGHTS = {
    "trade": "share of the other country in this one's foreign trade; in data its share in the trade of all others",
    "alliance": "equal shares of those bound by a treaty of defence",
    "contiguity": "equal shares of the neighbours, by land or at most 24 miles of water",
}
"""How countries may be tied, each in words; row i says how much country i is tied to each other, as a share of 1."""


@dataclass(frozen=True)
class Setting:
    """Countries in one period in which nothing about them changes.

    Parameters
    ----------
    countries
        Their codes, n of them.
    covariates
        Of :data:`COVARIATES` by name: n finite numbers each. What is not given counts as 0.
    weights
        Of :data:`WEIGHTS` by name: (n, n) numbers, none negative, nothing on the diagonal, rows that add up to at
        most 1.
    years
        Length of the period in years, positive.
    start
        The year it begins with.
    """

    countries: tuple[str, ...]
    covariates: Mapping[str, NDArray[np.float64]] = field(default_factory=dict)
    weights: Mapping[str, NDArray[np.float64]] = field(default_factory=dict)
    years: float = 1.0
    start: float = 0.0

    def __post_init__(self) -> None:
        object.__setattr__(self, "countries", tuple(self.countries))
        for name in ("covariates", "weights"):
            arrays = {key: frozen(value) for key, value in getattr(self, name).items()}
            object.__setattr__(self, name, MappingProxyType(arrays))
        faults = list(self._faults())
        if faults:
            raise BadInput(faults)

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), (self.countries, dict(self.covariates), dict(self.weights), self.years, self.start)

    @property
    def size(self) -> int:
        """How many countries there are."""
        return len(self.countries)

    def covariate(self, name: str) -> NDArray[np.float64]:
        """Return a covariate of all countries; zeros where it was not given."""
        return self.covariates.get(name, np.zeros(self.size))

    def weight(self, name: str) -> NDArray[np.float64]:
        """Return how countries are tied; an unknown tie is refused, since no tie is not the same as none known."""
        if name not in self.weights:
            known = ", ".join(self.weights) or "none"
            remedy = "give these weights with the setting, or choose a hypothesis that does not need them"
            raise BadInput(Fault("formation-setting", "weights", known, name, remedy))
        return self.weights[name]

    def _faults(self) -> Iterable[Fault]:
        n = self.size
        if not n or len(set(self.countries)) != n:
            yield _fault("countries", f"{n} codes", "at least one, each once", "name every country once")
        if not (np.isfinite(self.years) and self.years > 0):
            yield _fault("years", str(self.years), "a positive number", "say how long the period lasts")
        for name, values in self.covariates.items():
            if name not in COVARIATES:
                yield _fault(f"covariate {name!r}", "unknown", "one of " + ", ".join(COVARIATES), "rename it")
            if values.shape != (n,) or not np.isfinite(values).all():
                yield _fault(f"covariate {name!r}", f"shape {values.shape}", f"{n} finite numbers", "fill the gaps")
        for name, values in self.weights.items():
            if name not in WEIGHTS:
                yield _fault(f"weights {name!r}", "unknown", "one of " + ", ".join(WEIGHTS), "rename them")
            if values.shape != (n, n) or not _proper(values):
                expected = f"{n} × {n} numbers, none negative, zero diagonal, rows adding up to at most 1"
                yield _fault(f"weights {name!r}", f"shape {values.shape}", expected, "divide each row by its sum")


def frozen(values: ArrayLike, kind: type[np.generic] = np.float64) -> NDArray[Any]:
    """Return a copy of numbers that nobody can change."""
    array: NDArray[Any] = np.array(values, dtype=kind)
    array.setflags(write=False)
    return array


def _proper(values: NDArray[np.float64]) -> bool:
    finite = np.isfinite(values).all() and (values >= 0).all()
    return bool(finite and not np.diag(values).any() and (values.sum(axis=1) <= 1 + 1e-6).all())


def _fault(where: str, found: str, expected: str, remedy: str) -> Fault:
    return Fault("formation-setting", where, found, expected, remedy)
