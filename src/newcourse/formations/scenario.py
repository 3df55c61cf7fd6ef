"""A scenario: countries, years, what is held to be so, where every number is from, and what is asked (design §11)."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import combinations, pairwise
from typing import Any

import numpy as np

from newcourse.errors import BadInput, Fault
from newcourse.formations.interventions import settings_under
from newcourse.formations.mappings import rebuilt, unchangeable
from newcourse.formations.readings import reading
from newcourse.formations.runs import Start
from newcourse.formations.scenario_parts import (
    Asked,
    Beginning,
    Branch,
    Circumstance,
    DatedFact,
    Recipe,
    scenario_fault,
)
from newcourse.formations.spaces import DEFAULT, GROUPS, Space
from newcourse.formations.worlds import COVARIATES, WEIGHTS, Setting


@dataclass(frozen=True)
class FormationScenario:
    """Countries over some years, conditional on hypotheses.

    Parameters
    ----------
    name, title, summary
        Short name, a title, and what it is about in words.
    countries
        Codes and names.
    first, until
        The years it covers: from the beginning of ``first`` to the beginning of ``until``.
    circumstances
        What the countries are like.
    beginnings
        Where each country begins.
    model, rival
        The model, and the best classical rival that stands beside it.
    branches
        Ways things may go, at least one.
    readings
        Names of the rival readings that are run too.
    asked, facts
        Questions it answers, and what happened.
    space
        Which formations there are.

    Raises
    ------
    BadInput
        With all that is wrong.
    """

    name: str
    title: str
    summary: str
    countries: Mapping[str, str]
    first: float
    until: float
    circumstances: tuple[Circumstance, ...]
    beginnings: Mapping[str, Beginning]
    model: Recipe
    rival: Recipe
    branches: tuple[Branch, ...]
    readings: tuple[str, ...] = ()
    asked: tuple[Asked, ...] = ()
    facts: tuple[DatedFact, ...] = ()
    space: Space = DEFAULT

    def __post_init__(self) -> None:
        for name in ("countries", "beginnings"):
            object.__setattr__(self, name, unchangeable(getattr(self, name)))
        faults = list(_faults(self))
        if faults:
            raise BadInput(faults)
        for branch in self.branches:
            self.start(branch)
            for recipe in (self.model, self.rival):
                laws = [recipe.model(self.space).law(setting) for setting in self.settings(branch, recipe)]
                if recipe is self.rival and not all(law.classical for law in laws):
                    expected = "a classical one: no Hamiltonian that mixes formations"
                    raise BadInput(scenario_fault(f"scenario {self.name!r}", f"rival {recipe.name!r}", expected))

    def __reduce__(self) -> tuple[object, ...]:
        return rebuilt(self)

    @property
    def codes(self) -> tuple[str, ...]:
        """Codes of the countries."""
        return tuple(self.countries)

    @property
    def conditions(self) -> str:
        """What its outcome is conditional on, in words: the title of every outcome."""
        held = ", ".join(f"{each.code} ({each.title})" for each in self.model.hypotheses)
        return f"Conditional on hypotheses {held}, and on the values stated: {self.title}"

    def branch(self, name: str) -> Branch:
        """Return a branch by its name."""
        for each in self.branches:
            if each.name == name:
                return each
        known = ", ".join(each.name for each in self.branches)
        raise BadInput(scenario_fault(f"scenario {self.name!r}", f"branch {name!r}", f"one of {known}"))

    def base(self) -> tuple[Setting, ...]:
        """Return the countries period by period, before anybody intervenes."""
        edges = {each.first for each in self.circumstances} | {each.until for each in self.circumstances}
        cuts = [self.first, *sorted(e for e in edges if self.first < e < self.until), self.until]
        return tuple(self._setting(a, b) for a, b in pairwise(cuts))

    def settings(self, branch: Branch, recipe: Recipe) -> tuple[Setting, ...]:
        """Return the countries period by period in a branch, with what belongs to a model."""
        return settings_under(self.base(), (*branch.interventions, *recipe.interventions))

    def start(self, branch: Branch) -> Start:
        """Return where the countries begin in a branch."""
        given = {**self.beginnings, **branch.beginnings}
        states = []
        for code in self.codes:
            chances = np.zeros(self.space.size)
            for formation, chance in given[code].formations.items():
                chances[self.space.index(formation)] = chance
            roots = np.sqrt(chances)
            states.append(np.outer(roots, roots) if given[code].superposed else np.diag(chances))
        return Start(np.array(states))

    def with_(self, **changes: Any) -> "FormationScenario":
        """Return the scenario with fields changed."""
        return replace(self, **changes)

    def _setting(self, first: float, until: float) -> Setting:
        holding = [each for each in self.circumstances if each.first <= first < each.until]
        arrays = {
            name: np.sum([each.array(self.codes) for each in holding if each.name == name], axis=0)
            for name in {each.name: each for each in holding}
        }
        covariates = {name: array for name, array in arrays.items() if name in COVARIATES}
        weights = {name: array for name, array in arrays.items() if name in WEIGHTS}
        return Setting(self.codes, covariates, weights, until - first, first)


def _faults(scenario: FormationScenario) -> Iterator[Fault]:
    where, codes = f"scenario {scenario.name!r}", set(scenario.countries)
    if not scenario.first < scenario.until:
        yield scenario_fault(where, f"{scenario.first} to {scenario.until}", "a beginning before its end")
    if set(scenario.beginnings) != codes:
        found = ", ".join(sorted(set(scenario.beginnings) ^ codes))
        yield scenario_fault(where, f"beginnings and countries differ by {found}", "one for each country")
    if len({each.name for each in scenario.branches}) != len(scenario.branches) or not scenario.branches:
        yield scenario_fault(where, f"{len(scenario.branches)} branches", "at least one, each name once")
    for name in scenario.readings:
        rival = scenario.rival.model(scenario.space)
        read = reading(name).remodel(rival)
        if (read.space, read.codes) == (rival.space, rival.codes):
            expected = "one that changes the rival"
            yield scenario_fault(where, f"reading {name!r}, which changes nothing here", expected)
    yield from _strangers(where, scenario, codes)
    yield from _overlaps(where, scenario.circumstances)
    for each in scenario.asked:
        if each.group not in GROUPS or not scenario.first <= each.year <= scenario.until:
            expected = f"a group ({', '.join(GROUPS)}) in {scenario.first:g} to {scenario.until:g}"
            yield scenario_fault(f"{where}, {each.title!r}", f"{each.group!r} in {each.year:g}", expected)


def _strangers(where: str, scenario: FormationScenario, codes: set[str]) -> Iterator[Fault]:
    keys = {key for each in scenario.circumstances for key in each.values}
    named = {code for key in keys for code in (key if isinstance(key, tuple) else (key,))}
    named |= {each.country for each in scenario.asked if each.country}
    named |= {code for branch in scenario.branches for code in branch.beginnings}
    for code in sorted(named - codes):
        yield scenario_fault(where, f"country {code!r}", "one of " + ", ".join(sorted(codes)))


def _overlaps(where: str, circumstances: Iterable[Circumstance]) -> Iterator[Fault]:
    for one, other in combinations(circumstances, 2):
        first, until = max(one.first, other.first), min(one.until, other.until)
        twice = set(one.values) & set(other.values)
        if one.name == other.name and first < until and twice:
            found = f"{one.name} of {', '.join(map(str, twice))} twice from {first:g} until {until:g}"
            yield scenario_fault(where, found, "each number once at a time")
