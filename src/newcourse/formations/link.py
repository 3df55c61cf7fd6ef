"""How likely something is among sampled paths of formations, and what remains of the paths once it is known.

Paths carry weights, at first all the same. What becomes known reweights them by Bayes' rule: those that contradict it
get none. So an ensemble can serve as the weights of futures in a plan, and one observation conditions both.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from newcourse.errors import BadInput, Fault
from newcourse.formations.scenario_outcome import ScenarioOutcome
from newcourse.formations.spaces import GROUPS, Space
from newcourse.formations.worlds import frozen


@dataclass(frozen=True)
class Happening:
    """At a time, so many of some countries are in a group of formations.

    Parameters
    ----------
    title
        In words.
    year
        When, on the time scale of the paths.
    group
        Of :data:`~newcourse.formations.spaces.GROUPS`.
    countries
        Codes; all countries where none are named.
    least, most
        Of them at least and at most so many; as many as there are, where ``most`` is not given.

    Raises
    ------
    BadInput
        When the group is unknown or the numbers fit nothing.
    """

    title: str
    year: float
    group: str
    countries: tuple[str, ...] = ()
    least: int = 0
    most: int | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "countries", tuple(self.countries))
        where = f"happening {self.title!r}"
        faults = []
        if self.group not in GROUPS:
            faults.append(_fault(where, f"group {self.group!r}", "one of " + ", ".join(GROUPS)))
        if len(set(self.countries)) != len(self.countries):
            faults.append(_fault(where, ", ".join(self.countries), "each country once"))
        if self.least < 0 or (self.most is not None and self.most < self.least):
            faults.append(_fault(where, f"{self.least} to {self.most}", "numbers of countries, the smaller first"))
        if faults:
            raise BadInput(faults)


@dataclass(frozen=True)
class WeightedPaths:
    """Sampled paths of countries, each with a weight.

    Parameters
    ----------
    space, countries
        Formations and countries.
    years
        (t,) when the paths are looked at, rising.
    states
        (paths, t, n) numbers of formations.
    weights
        (paths,) none negative; they are divided by their sum. All the same where none are given.

    Raises
    ------
    BadInput
        When shapes do not fit, or no path has any weight.
    """

    space: Space
    countries: tuple[str, ...]
    years: NDArray[np.float64] = field(repr=False)
    states: NDArray[np.int8] = field(repr=False)
    weights: NDArray[np.float64] = field(default_factory=lambda: np.zeros(0), repr=False)

    def __post_init__(self) -> None:
        years, states, weights = frozen(self.years), np.asarray(self.states, np.int8), np.asarray(self.weights, float)
        shape = (len(states), len(years), len(self.countries))
        if states.shape != shape or not len(states):
            raise BadInput(
                _fault("paths", f"shape {states.shape}", f"(paths, {shape[1]}, {shape[2]}), one path or more")
            )
        if states.size and not 0 <= states.min() <= states.max() < self.space.size:
            raise BadInput(_fault("paths", f"formations {states.min()} to {states.max()}", f"below {self.space.size}"))
        weights = np.ones(len(states)) if not weights.size else weights
        if weights.shape != shape[:1] or not np.isfinite(weights).all() or (weights < 0).any() or not weights.any():
            raise BadInput(_fault("weights of paths", "none, or negative ones", f"{len(states)}, not all 0"))
        for name, value in (("years", years), ("states", frozen(states, np.int8))):
            object.__setattr__(self, name, value)
        object.__setattr__(self, "weights", frozen(weights / weights.sum()))

    @property
    def worth(self) -> float:
        """How many equally weighted paths they are worth: 1 over the sum of squared weights (L. Kish, 1965)."""
        return float(1 / np.square(self.weights).sum())

    def when(self, happening: Happening) -> NDArray[np.bool_]:
        """Return in which paths (paths,) something happens.

        Raises
        ------
        BadInput
            When the year is not one the paths are looked at in, or a country is not there.
        """
        found = np.flatnonzero(np.isclose(self.years, happening.year))
        codes = happening.countries or self.countries
        strangers = [code for code in codes if code not in self.countries]
        where = f"happening {happening.title!r}"
        faults = [_fault(where, f"country {code!r}", "one of " + ", ".join(self.countries)) for code in strangers]
        if not found.size:
            faults.append(_fault(where, f"year {happening.year:g}", f"one of {self.years[0]:g} to {self.years[-1]:g}"))
        if faults:
            raise BadInput(faults)
        chosen = self.states[:, found[0], [self.countries.index(code) for code in codes]]
        number = np.isin(chosen, self.space.members(happening.group)).sum(axis=1)
        most = len(codes) if happening.most is None else happening.most
        return np.asarray((number >= happening.least) & (number <= most))

    def chance(self, happening: Happening) -> tuple[float, float]:
        """Return how likely something is among the paths, and the standard error of that."""
        share = float(self.weights @ self.when(happening))
        return share, float(np.sqrt(max(share * (1 - share), 0.0) / self.worth))

    def given(self, happening: Happening) -> "WeightedPaths":
        """Return the paths once it is known that something happens.

        Raises
        ------
        BadInput
            When it happens in none of them.
        """
        return self.weighed(self.when(happening))

    def weighed(self, likelihoods: ArrayLike) -> "WeightedPaths":
        """Return the paths after news that has some likelihood (paths,) in each of them: Bayes' rule.

        Raises
        ------
        BadInput
            When the news contradicts all paths.
        """
        given = np.asarray(likelihoods, dtype=float)
        if given.shape != self.weights.shape:
            raise BadInput(_fault("news", f"{given.size} likelihoods", f"{self.weights.size}, one a path"))
        weights = self.weights * given
        if not weights.sum() > 0:
            remedy = "sample more paths, or take back what is said to be known"
            raise BadInput(Fault("formation-link", "paths", "news that no path allows", "news that one does", remedy))
        return replace(self, weights=weights)

    def chances(self, happenings: Iterable[Happening]) -> NDArray[np.float64]:
        """Return how likely each of several things is (k,)."""
        return np.array([self.chance(each)[0] for each in happenings])


def paths_of(outcome: ScenarioOutcome, branch: str, role: str = "rival") -> WeightedPaths:
    """Return the sampled paths of one role in one branch of a scenario that was run with paths.

    Raises
    ------
    BadInput
        When there are none: no paths were asked for, or the model is quantum-like and has none.
    """
    ensemble = outcome.ensemble(branch, role)
    if not len(ensemble.states):
        remedy = "run the scenario with paths=…, and take a model without Hamiltonians, such as its rival"
        fault = Fault("formation-link", f"{branch} by {role}", "no sampled paths", "at least one", remedy)
        raise BadInput(fault)
    return WeightedPaths(ensemble.space, outcome.scenario.codes, outcome.years, ensemble.states)


def together(paths: Sequence[WeightedPaths], parts: Sequence[float]) -> WeightedPaths:
    """Return several ensembles as one, such as branches or rival models held to be likely in parts.

    Parameters
    ----------
    paths
        Ensembles of the same countries and years; the formations must have the same codes.
    parts
        How likely each is; they are divided by their sum.
    """
    if not paths:
        raise BadInput(_fault("ensembles", "none", "at least one"))
    first = paths[0]
    alike = all(
        each.countries == first.countries
        and np.array_equal(each.years, first.years)
        and each.space.formations == first.space.formations
        for each in paths
    )
    if not alike or len(parts) != len(paths):
        raise BadInput(_fault("ensembles", "different ones", "the same countries and years, a part for each"))
    weights = np.concatenate([part * each.weights for part, each in zip(parts, paths, strict=True)])
    return replace(first, states=np.concatenate([each.states for each in paths]), weights=weights)


def _fault(where: str, found: str, expected: str) -> Fault:
    return Fault("formation-link", where, found, expected, "correct what is given")
