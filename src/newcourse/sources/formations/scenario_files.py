"""Scenarios of formations, read from a file or from the examples that come with New Course (design §11)."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import partial
from importlib.resources import files
from pathlib import Path
from typing import Any, Final, TypeVar

from newcourse.errors import BadInput, Fault
from newcourse.formations.hypotheses.registry import hypothesis
from newcourse.formations.interventions import Intervention
from newcourse.formations.labelled import Labelled
from newcourse.formations.scenario import FormationScenario
from newcourse.formations.scenario_parts import Asked, Beginning, Branch, Circumstance, DatedFact, Recipe
from newcourse.formations.spaces import BASIS_AND_RULE, DEFAULT, Space

FOLDER: Final = "formations"

SAME: Final = "as the model"
"""What a file says for a number of the rival that is the same as the model's."""

SPACES: Final[Mapping[str, Space]] = {space.name: space for space in (DEFAULT, BASIS_AND_RULE)}

KEYS: Final = (
    "title", "summary", "years", "countries", "space", "circumstances", "beginnings", "model", "rival", "branches",
    "readings", "asked", "facts",
)  # fmt: skip
"""What a file may say."""

Made = TypeVar("Made")


def scenario_names() -> list[str]:
    """Return the names of the scenarios that come with New Course.

    >>> "russia-1917" in scenario_names()
    True
    """
    return sorted({path.stem for root in _roots() for path in root.glob("*.json")})


def read_scenario(path: Path | str) -> FormationScenario:
    """Return a scenario: of a JSON file, or by the name of one that comes with New Course.

    Raises
    ------
    BadInput
        If there is no such file, or with every fault of it.

    Examples
    --------
    >>> read_scenario("russia-1917").codes
    ('RUS', 'DEU', 'HUN')
    """
    given = Path(path)
    own = next((root / f"{path}.json" for root in _roots() if (root / f"{path}.json").is_file()), given)
    chosen = given if given.is_file() else own
    try:
        data = json.loads(chosen.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        expected = "a JSON file of a scenario, or one of " + ", ".join(scenario_names())
        fault = Fault(
            "scenario-unreadable", str(path), f"{type(error).__name__}: {error}", expected, "correct the path"
        )
        raise BadInput(fault) from None
    return scenario_from_data(data, chosen.stem)


def scenario_from_data(data: Any, name: str) -> FormationScenario:
    """Return a scenario of what a JSON file holds.

    Parameters
    ----------
    data
        A mapping as in ``examples/formations``.
    name
        Short name.

    Raises
    ------
    BadInput
        With what is wrong in every part of it.
    """
    if not isinstance(data, Mapping):
        raise BadInput(_fault(name, "no mapping", "title, years, countries, model, rival, branches"))
    parts = _Parts(name)
    parts.faults += [_fault(name, f"{key!r}", "one of " + ", ".join(KEYS)) for key in data if key not in KEYS]
    first, until = parts.made("years", lambda: tuple(float(year) for year in data["years"])) or (0.0, 1.0)
    model = parts.made("model", lambda: _recipe(data["model"], {}))
    made: dict[str, Any] = {
        "summary": parts.made("summary", lambda: str(data["summary"])),
        "title": parts.made("title", lambda: str(data["title"])),
        "countries": parts.made("countries", lambda: dict(data["countries"])),
        "circumstances": parts.each("circumstances", data, lambda one: _circumstance(one, first, until)),
        "beginnings": parts.made("beginnings", lambda: _beginnings(data["beginnings"])),
        "model": model,
        "rival": parts.made("rival", lambda: _recipe(data["rival"], model.values if model else {})),
        "branches": parts.each("branches", data, _branch),
        "readings": tuple(data.get("readings", ())),
        "asked": parts.each("asked", data, lambda one: Asked(**one)),
        "facts": parts.each("facts", data, lambda one: DatedFact(**one)),
        "space": parts.made("space", lambda: SPACES[data.get("space", DEFAULT.name)]),
    }
    if parts.faults:
        raise BadInput(parts.faults)
    return FormationScenario(name=name, first=first, until=until, **made)


class _Parts:
    """Makes parts of a scenario one by one and keeps what is wrong with each."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.faults: list[Fault] = []

    def made(self, part: str, make: Callable[[], Made]) -> Made | None:
        """Return a part, or nothing and remember why."""
        try:
            return make()
        except BadInput as error:
            self.faults += [replace(each, where=f"{self.name}, {part}: {each.where}") for each in error.faults]
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            found = f"{type(error).__name__}: {error}"
            self.faults.append(_fault(f"{self.name}, {part}", found, "what the examples in examples/formations have"))
        return None

    def each(self, part: str, data: Mapping[str, Any], make: Callable[[Any], Made]) -> tuple[Made, ...]:
        """Return all of a list, without those that are wrong."""
        found = [self.made(f"{part} {number}", partial(make, one)) for number, one in enumerate(data.get(part, ()), 1)]
        return tuple(one for one in found if one is not None)


def _circumstance(given: Mapping[str, Any], first: float, until: float) -> Circumstance:
    data = dict(given)
    values: dict[str | tuple[str, str], float] = dict(data.pop("values", {}))
    values |= {(one, other): float(weight) for one, other, weight in data.pop("ties", ())}
    return Circumstance(values=values, first=data.pop("from", first), until=data.pop("until", until), **data)


def _beginnings(given: Mapping[str, Any]) -> dict[str, Beginning]:
    return {code: _beginning(one) for code, one in given.items()}


def _beginning(given: Mapping[str, Any]) -> Beginning:
    data = dict(given)
    formation = data.pop("formation", None)
    formations = {formation: 1.0} if formation else data.pop("formations")
    return Beginning(formations=formations, **data)


def _branch(given: Mapping[str, Any]) -> Branch:
    data = dict(given)
    interventions = tuple(map(_intervention, data.pop("interventions", ())))
    return Branch(interventions=interventions, beginnings=_beginnings(data.pop("beginnings", {})), **data)


def _intervention(given: Mapping[str, Any]) -> Intervention:
    data = dict(given)
    return Intervention(first=data.pop("from"), countries=tuple(data.pop("countries", ())), **data)


def _recipe(given: Mapping[str, Any], model: Mapping[str, Labelled]) -> Recipe:
    data = dict(given)
    chosen = tuple(_hypothesis(one) for one in data.pop("hypotheses"))
    values = {name: model[name] if one == SAME else Labelled(**one) for name, one in data.pop("values").items()}
    interventions = tuple(map(_intervention, data.pop("interventions", ())))
    return Recipe(hypotheses=chosen, values=values, interventions=interventions, **data)


def _hypothesis(given: str | Mapping[str, Any]) -> Any:
    if isinstance(given, str):
        return hypothesis(given)
    choices = {key: tuple(one) if isinstance(one, list) else one for key, one in given.items() if key != "code"}
    return hypothesis(given["code"], **choices)


def _fault(where: str, found: str, expected: str) -> Fault:
    return Fault("scenario-unreadable", where, found, expected, "correct the file")


def _roots() -> Iterable[Path]:
    """Return where scenarios lie: inside the package when installed, at the top of the repository in a checkout."""
    package = Path(str(files("newcourse")))
    places = (package / "examples" / FOLDER, package.parents[1] / "examples" / FOLDER)
    return [place for place in places if place.is_dir()]
