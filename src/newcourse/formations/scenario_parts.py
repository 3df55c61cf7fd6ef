"""What a scenario is made of: circumstances, beginnings, models with labelled numbers, branches, questions, facts."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from newcourse.errors import BadInput, Fault
from newcourse.formations.hypotheses.hypothesis import Hypothesis
from newcourse.formations.interventions import Intervention
from newcourse.formations.labelled import Labelled, label_faults
from newcourse.formations.mappings import rebuilt, unchangeable
from newcourse.formations.models import Model
from newcourse.formations.spaces import Space
from newcourse.formations.worlds import COVARIATES, WEIGHTS


@dataclass(frozen=True)
class Circumstance:
    """A covariate or a tie of the countries, from one year to another.

    Parameters
    ----------
    name
        Of :data:`~newcourse.formations.worlds.COVARIATES` or :data:`~newcourse.formations.worlds.WEIGHTS`.
    values
        By country code for a covariate, by pair of codes (from, to) for a tie; what is not named counts as 0.
    first, until
        From the beginning of which year to the beginning of which.
    label, source
        Where the numbers are from.
    """

    name: str
    values: Mapping[str | tuple[str, str], float]
    first: float
    until: float
    label: str = "assumed"
    source: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "values", unchangeable(self.values))
        where = f"circumstance {self.name!r}"
        faults = list(label_faults(where, self.label, self.source))
        if self.name not in COVARIATES and self.name not in WEIGHTS:
            faults.append(scenario_fault(where, "unknown", "one of " + ", ".join([*COVARIATES, *WEIGHTS])))
        if not self.first < self.until:
            faults.append(scenario_fault(where, f"from {self.first} until {self.until}", "a beginning before its end"))
        if any(isinstance(key, tuple) != (self.name in WEIGHTS) for key in self.values):
            faults.append(scenario_fault(where, "keys of the wrong kind", "codes for a covariate, pairs for a tie"))
        if faults:
            raise BadInput(faults)

    def __reduce__(self) -> tuple[object, ...]:
        return rebuilt(self)

    def array(self, countries: tuple[str, ...]) -> NDArray[np.float64]:
        """Return the numbers of the countries, (n,) for a covariate, (n, n) for a tie."""
        found = np.zeros((len(countries),) * (2 if self.name in WEIGHTS else 1))
        for key, value in self.values.items():
            codes = key if isinstance(key, tuple) else (key,)
            found[tuple(countries.index(code) for code in codes)] = value
        return found


@dataclass(frozen=True)
class Beginning:
    """Where a country begins.

    Parameters
    ----------
    formations
        Probability by formation code; they add up to 1.
    superposed
        Whether it is in all of them at once, with full coherence and phases 0, not in one of them we do not know.
    label, source
        Where this is from.
    """

    formations: Mapping[str, float]
    superposed: bool = False
    label: str = "assumed"
    source: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "formations", unchangeable(self.formations))
        faults = list(label_faults("a beginning", self.label, self.source))
        total = sum(self.formations.values())
        if abs(total - 1) > 1e-9 or min(self.formations.values(), default=-1.0) < 0:
            faults.append(scenario_fault("a beginning", f"probabilities of {total:g}", "none negative, 1 together"))
        if faults:
            raise BadInput(faults)

    def __reduce__(self) -> tuple[object, ...]:
        return rebuilt(self)


@dataclass(frozen=True)
class Recipe:
    """A model whose every number says where it is from.

    Parameters
    ----------
    name
        Short name.
    hypotheses
        What is switched on.
    values
        A labelled number for every parameter of the hypotheses.
    reason
        Why this model, in words.
    interventions
        What belongs to the reading of events that this model stands for, such as a common shock.
    """

    name: str
    hypotheses: tuple[Hypothesis, ...]
    values: Mapping[str, Labelled]
    reason: str = ""
    interventions: tuple[Intervention, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "values", unchangeable(self.values))
        faults = list(self._faults())
        if faults:
            raise BadInput(faults)

    def __reduce__(self) -> tuple[object, ...]:
        return rebuilt(self)

    def model(self, space: Space, parts: Mapping[str, float] | None = None) -> Model:
        """Return the model at its best values, or each a part of the way through its range."""
        values = {k: v.value if parts is None else v.at(parts[k]) for k, v in self.values.items()}
        return Model(self.name, space, self.hypotheses, values)

    def _faults(self) -> Iterator[Fault]:
        where = f"model {self.name!r}"
        known = {each.name: each for hypothesis in self.hypotheses for each in hypothesis.parameters}
        for name in sorted(set(known) - set(self.values)):
            yield scenario_fault(where, f"no value for {name}", "one, labelled")
        for name in sorted(set(self.values) - set(known)):
            yield scenario_fault(where, f"value {name!r}", "one of " + ", ".join(known))
        for name in sorted(set(known) & set(self.values)):
            for end in dict.fromkeys((self.values[name].at(0), self.values[name].at(1))):
                fault = known[name].fault(end)
                if fault:
                    yield fault


@dataclass(frozen=True)
class Branch:
    """One way things may go: what is done, and what is different at the beginning.

    Parameters
    ----------
    name, title
        Short name, and the branch in words.
    interventions
        What is done.
    beginnings
        Where countries begin otherwise than the scenario says.
    """

    name: str
    title: str
    interventions: tuple[Intervention, ...] = ()
    beginnings: Mapping[str, Beginning] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "beginnings", unchangeable(self.beginnings))

    def __reduce__(self) -> tuple[object, ...]:
        return rebuilt(self)


@dataclass(frozen=True)
class Asked:
    """How likely a country is to be in a group of formations in a year; where none is named, the share of all."""

    title: str
    group: str
    year: float
    country: str = ""


@dataclass(frozen=True)
class DatedFact:
    """Something that happened, with its source; it is told beside the scenario and enters no reckoning."""

    year: float
    text: str
    source: str


def scenario_fault(where: str, found: str, expected: str) -> Fault:
    """Return a fault of a scenario."""
    return Fault("formation-scenario", where, found, expected, "correct the scenario")
