"""What somebody does, or might do, from one year to another: aid, trade, war, a united front (design §11.2).

An intervention changes what the countries are like (a covariate, their ties) or how fast they move; nothing is changed
by it but what it states, and it says where its numbers are from.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import isfinite

import numpy as np
from numpy.typing import NDArray

from newcourse.errors import BadInput, Fault
from newcourse.formations.labelled import label_faults
from newcourse.formations.mappings import rebuilt, unchangeable
from newcourse.formations.models import Model
from newcourse.formations.runs import Stretch
from newcourse.formations.spaces import MOVES, Space
from newcourse.formations.terms import by_move, scaled
from newcourse.formations.worlds import COVARIATES, WEIGHTS, Setting


@dataclass(frozen=True)
class Intervention:
    """Something that is different for some countries from one year to another.

    Parameters
    ----------
    name, title
        Short name, and what is done in words.
    first, until
        It holds from the beginning of the year ``first`` to the beginning of the year ``until``; parts of a year are
        given as decimals.
    countries
        Codes of the countries it is for; all where none are named.
    moves
        Factors, none negative, on the rates of moves of these countries, what others call forth included. 0 closes a
        way. Hamiltonians are left as they are.
    covariates
        What is added to covariates of these countries.
    weights
        Factors, none negative, on ties from and to these countries.
    label, source
        Where these numbers are from, as in :class:`~newcourse.formations.labelled.Labelled`.

    Raises
    ------
    BadInput
        With all that is wrong.
    """

    name: str
    title: str
    first: float
    until: float
    countries: tuple[str, ...] = ()
    moves: Mapping[str, float] = field(default_factory=dict)
    covariates: Mapping[str, float] = field(default_factory=dict)
    weights: Mapping[str, float] = field(default_factory=dict)
    label: str = "assumed"
    source: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "countries", tuple(self.countries))
        for name in ("moves", "covariates", "weights"):
            object.__setattr__(self, name, unchangeable(getattr(self, name)))
        faults = list(self._faults())
        if faults:
            raise BadInput(faults)

    def __reduce__(self) -> tuple[object, ...]:
        return rebuilt(self)

    def chosen(self, countries: Sequence[str]) -> NDArray[np.bool_]:
        """Return which of some countries (n,) it is for."""
        return np.array([not self.countries or code in self.countries for code in countries])

    def holds(self, setting: Setting) -> bool:
        """Return whether it holds in a period that it does not begin or end within."""
        return self.first <= setting.start < self.until

    def _faults(self) -> Iterator[Fault]:
        yield from label_faults(self._where, self.label, self.source)
        if not (isfinite(self.first) and isfinite(self.until) and self.first < self.until):
            yield self._fault(f"from {self.first} until {self.until}", "a beginning before its end")
        if not (self.moves or self.covariates or self.weights):
            yield self._fault("no change", "moves, covariates or weights that it changes")
        for kind, known in (("moves", MOVES), ("covariates", COVARIATES), ("weights", WEIGHTS)):
            for name, value in getattr(self, kind).items():
                if name not in known:
                    yield self._fault(f"{kind}: {name!r}", "one of " + ", ".join(known))
                if not isfinite(value) or (kind != "covariates" and value < 0):
                    yield self._fault(f"{kind}: {name} by {value}", "a finite number; a factor is not negative")

    @property
    def _where(self) -> str:
        return f"intervention {self.name!r}"

    def _fault(self, found: str, expected: str) -> Fault:
        return Fault("formation-intervention", self._where, found, expected, "correct the intervention")


def settings_under(settings: Iterable[Setting], interventions: Sequence[Intervention]) -> tuple[Setting, ...]:
    """Return settings cut where interventions begin and end, with their covariates and ties changed.

    Raises
    ------
    BadInput
        When an intervention is for a country that is not there, or makes ties impossible.
    """
    listed = tuple(settings)
    _refuse_strangers({code for setting in listed for code in setting.countries}, interventions)
    edges = sorted({edge for each in interventions for edge in (each.first, each.until)})
    return tuple(_changed(part, interventions) for setting in listed for part in _cut(setting, edges))


def stretches_under(
    model: Model, settings: Iterable[Setting], interventions: Sequence[Intervention] = ()
) -> tuple[Stretch, ...]:
    """Return the laws of a model in settings that follow one another, with interventions.

    Parameters
    ----------
    model
        Which hypotheses hold.
    settings
        The countries, period by period, before anybody intervenes.
    interventions
        What is done; factors of several that hold together multiply, additions add up.

    Raises
    ------
    BadInput
        As :func:`settings_under`, or where the model needs ties that are not given.
    """
    found = []
    for setting in settings_under(settings, interventions):
        law, factors = model.law(setting), factors_of(model.space, setting, interventions)
        found.append(Stretch(law if (factors == 1).all() else scaled(law, factors), setting.years))
    return tuple(found)


def factors_of(space: Space, setting: Setting, interventions: Iterable[Intervention]) -> NDArray[np.float64]:
    """Return by how much interventions multiply each country's rates (n, d, d) in a period."""
    factors = np.ones((setting.size, space.size, space.size))
    for each in interventions:
        if each.holds(setting):
            for move, factor in each.moves.items():
                arcs = by_move(space, {move: each.chosen(setting.countries)}, setting.size) > 0
                factors[arcs] *= factor
    return factors


def _changed(setting: Setting, interventions: Sequence[Intervention]) -> Setting:
    holding = [each for each in interventions if each.holds(setting)]
    covariates, weights = dict(setting.covariates), dict(setting.weights)
    for each in holding:
        chosen = each.chosen(setting.countries)
        for name, shift in each.covariates.items():
            covariates[name] = covariates.get(name, np.zeros(setting.size)) + shift * chosen
        for name, factor in each.weights.items():
            touched = chosen[:, None] | chosen[None, :]
            weights[name] = setting.weight(name) if name not in weights else weights[name]
            weights[name] = np.where(touched, factor, 1.0) * weights[name]
    return replace(setting, covariates=covariates, weights=weights) if holding else setting


def _cut(setting: Setting, edges: Iterable[float]) -> Iterator[Setting]:
    end = setting.start + setting.years
    inner = [edge for edge in edges if setting.start < edge < end]
    for first, until in zip([setting.start, *inner], [*inner, end], strict=True):
        yield setting if not inner else replace(setting, start=first, years=until - first)


def _refuse_strangers(countries: set[str], interventions: Iterable[Intervention]) -> None:
    faults = [
        Fault("formation-intervention", f"intervention {each.name!r}", code, "one of " + ", ".join(sorted(countries)),
              "name a country that is there")
        for each in interventions for code in each.countries if code not in countries
    ]  # fmt: skip
    if faults:
        raise BadInput(faults)
