"""What goes into an engine and what comes out: stretches of time, a start, and populations over time (design §11.2)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

import numpy as np
from numpy.typing import ArrayLike, NDArray

from newcourse.errors import BadInput, Fault
from newcourse.formations.law import Law
from newcourse.formations.spaces import Space
from newcourse.formations.worlds import frozen

STRAY = 1e-9
"""How far the probabilities of a start may be from adding up to 1."""


@dataclass(frozen=True)
class Stretch:
    """A law and for how many years it holds.

    Parameters
    ----------
    law
        The law of motion.
    years
        Positive.
    """

    law: Law
    years: float

    def __post_init__(self) -> None:
        if not (np.isfinite(self.years) and self.years > 0):
            raise BadInput(_fault("years of a stretch", str(self.years), "a positive number"))


@dataclass(frozen=True)
class Start:
    """Where the countries begin: each by itself, nothing shared between them.

    Parameters
    ----------
    states
        (n, d, d) density matrices, one a country: Hermitian, trace 1, no negative eigenvalue. Make one by
        :func:`certain`, :func:`mixed` or :func:`superposed`.
    """

    states: NDArray[np.complex128] = field(repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "states", frozen(self.states, np.complex128))
        shape = self.states.shape
        if len(shape) != 3 or shape[1] != shape[2] or not np.isfinite(self.states).all():
            raise BadInput(_fault("start", f"shape {shape}", "(countries, formations, formations), finite"))
        traces = np.einsum("iaa->i", self.states)
        hermitian = np.allclose(self.states, self.states.conj().transpose(0, 2, 1), atol=STRAY)
        if not hermitian or abs(traces - 1).max() > STRAY or np.linalg.eigvalsh(self.states).min() < -STRAY:
            raise BadInput(_fault("start", "no density matrix", "Hermitian, trace 1, no negative eigenvalue"))

    @property
    def populations(self) -> NDArray[np.float64]:
        """Probabilities (n, d) of the formations."""
        return frozen(np.einsum("iaa->ia", self.states).real)


def certain(space: Space, formations: Sequence[str]) -> Start:
    """Return the start in which each country is for certain in the formation named."""
    return mixed(np.eye(space.size)[[space.index(code) for code in formations]])


def mixed(probabilities: ArrayLike) -> Start:
    """Return the start with these probabilities (n, d) and no coherence: what is not known is not known."""
    given = np.asarray(probabilities, dtype=float)
    return Start(np.einsum("ia,ab->iab", given, np.eye(given.shape[-1])))


def superposed(probabilities: ArrayLike) -> Start:
    """Return the start with these probabilities (n, d) and full coherence between formations, all phases 0."""
    roots = np.sqrt(np.asarray(probabilities, dtype=float))
    return Start(np.einsum("ia,ib->iab", roots, roots))


@dataclass(frozen=True)
class Run:
    """Populations over time, as an engine gives them.

    Parameters
    ----------
    space, countries
        Formations and countries.
    times
        (t,) years since the beginning; the first is 0.
    populations
        (t, n, d) probability of each formation (for one path of a single sample: 0 or 1).
    method
        Which engine made it, and with what settings, in words.
    error
        What the engine knows of its own error: the largest error of a population, nan where it knows none.
    extras
        Other things asked for by name, first axis time.
    """

    space: Space
    countries: tuple[str, ...]
    times: NDArray[np.float64] = field(repr=False)
    populations: NDArray[np.float64] = field(repr=False)
    method: str = ""
    error: float = float("nan")
    extras: Mapping[str, NDArray[np.float64]] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "times", frozen(self.times))
        object.__setattr__(self, "populations", frozen(self.populations))
        object.__setattr__(self, "extras", MappingProxyType({k: frozen(v) for k, v in self.extras.items()}))
        shape = (len(self.times), len(self.countries), self.space.size)
        if self.populations.shape != shape:
            raise BadInput(_fault("populations", f"shape {self.populations.shape}", f"shape {shape}"))

    def of(self, country: str) -> NDArray[np.float64]:
        """Return the populations (t, d) of one country."""
        if country not in self.countries:
            raise BadInput(_fault("country", repr(country), "one of " + ", ".join(self.countries)))
        return self.populations[:, self.countries.index(country)]

    def share(self, group: str) -> NDArray[np.float64]:
        """Return the expected share (t,) of countries whose formation counts as a group of the space."""
        members = list(self.space.members(group))
        return np.asarray(self.populations[:, :, members].sum(axis=2).mean(axis=1))


def _fault(where: str, found: str, expected: str) -> Fault:
    return Fault("formation-run", where, found, expected, "correct what is given to the engine")
