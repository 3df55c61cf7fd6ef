"""Results of the laboratory that pages show: JSON files that ``newcourse lab run`` and ``lab compare`` wrote."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from math import isfinite, nan
from pathlib import Path
from typing import Any, Final

import pandas as pd

from newcourse.errors import BadInput, Fault
from newcourse.formations.scenario import FormationScenario
from newcourse.sources.formations.scenario_files import read_scenario, scenario_names

RUN_FORMAT: Final = "newcourse-lab-run/1"
"""What a file of a run says of itself; a verdict says nothing, and is known by its keys."""

_SHARES: Final = {"low": float, "middle": float, "high": float}
_ANSWERS: Final = {"question": str, "branch": str, "role": str, "low": float, "median": float, "high": float}

RUN_TABLES: Final[Mapping[str, Mapping[str, type]]] = {
    "ensembles": {"branch": str, "by": str, "title": str, "method": str, "draws": float},
    "answers": _ANSWERS,
    "differences": _ANSWERS,
    "bands": {"branch": str, "country": str, "model": str, "formation": str, "year": float, **_SHARES},
    "waves": {"branch": str, "year": float, "country": str, "title": str, "formation": str, "share": float},
}
"""Tables of a run with their columns."""

VERDICT_TABLES: Final[Mapping[str, Mapping[str, type]]] = {
    "table": {"model": str, "kind": str, "split": str, "score": float, "difference": float, "error": float},
    "fits": {"model": str, "title": str, "search": str},
    "answers": {
        "better": str,
        "rival": str,
        "sentence": str,
        "state": str,
        "power": float,
        "false_positives": float,
    },
}
"""Tables of a verdict with their columns."""

_MAY_BE_EMPTY: Final = ("differences", "answers")


@dataclass(frozen=True, slots=True)
class LabRun:
    """A run of a scenario, as ``newcourse lab run --out`` writes it."""

    scenario: str
    title: str
    banner: str
    seed: int
    tables: Mapping[str, pd.DataFrame] = field(repr=False)


@dataclass(frozen=True, slots=True)
class LabVerdict:
    """What a comparison of models found, as ``newcourse lab compare --out`` writes it; named by its file."""

    name: str
    coding: str
    banner: str
    remarks: tuple[str, ...]
    tables: Mapping[str, pd.DataFrame] = field(repr=False)

    @property
    def sentences(self) -> tuple[str, ...]:
        """The verdict in words, remarks last."""
        return (*self.tables["answers"]["sentence"], *self.remarks)


@dataclass(frozen=True, slots=True)
class LabResults:
    """All results that pages show: runs by scenario, verdicts by the names of their files."""

    runs: Mapping[str, LabRun] = field(default_factory=dict)
    verdicts: Mapping[str, LabVerdict] = field(default_factory=dict)


def read_results(folder: Path) -> LabResults:
    """Return the results in a folder.

    Parameters
    ----------
    folder
        Every file in it that ends in ``.json`` is read.

    Raises
    ------
    BadInput
        With every fault of every file: unreadable, of no known kind, a run of no scenario that comes with New Course,
        two runs of one scenario, tables that lack columns or hold what they cannot.
    """
    files = sorted(folder.glob("*.json")) if folder.is_dir() else []
    if not files:
        found = "no file that ends in .json" if folder.is_dir() else "no such folder"
        raise BadInput(_fault(str(folder), found, "a folder with results of newcourse lab run or lab compare --out"))
    runs: dict[str, LabRun] = {}
    verdicts: dict[str, LabVerdict] = {}
    faults: list[Fault] = []
    for file in files:
        try:
            made = _made(file)
        except BadInput as error:
            faults += error.faults
            continue
        if isinstance(made, LabVerdict):
            verdicts[made.name] = made
        elif made.scenario in runs:
            found = f"a second run of {made.scenario}"
            faults.append(_fault(file.name, found, "one run of each scenario", "move one of them away"))
        else:
            runs[made.scenario] = made
    if faults:
        raise BadInput(faults)
    return LabResults(runs, verdicts)


def _made(file: Path) -> LabRun | LabVerdict:
    try:
        data = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise BadInput(_fault(file.name, f"{type(error).__name__}: {error}", "a JSON file")) from None
    if isinstance(data, Mapping) and data.get("format") == RUN_FORMAT:
        return _run(file.name, data)
    if isinstance(data, Mapping) and set(data) >= set(VERDICT_TABLES):
        return _verdict(file, data)
    raise BadInput(_fault(file.name, "neither a run nor a verdict", f"the format {RUN_FORMAT}, or a verdict"))


def _run(where: str, data: Mapping[str, Any]) -> LabRun:
    tables, faults = _tables(where, data, RUN_TABLES)
    faults += _text_faults(where, data, ("scenario", "title", "banner"))
    if not isinstance(data.get("seed"), int):
        faults.append(_fault(f"{where}, seed", repr(data.get("seed")), "a whole number"))
    if data.get("scenario") in scenario_names():
        scenario = read_scenario(str(data["scenario"]))
        for name, table in tables.items():
            faults += _strangers(f"{where}, {name}", table, scenario)
    else:
        expected = "one of " + ", ".join(scenario_names())
        faults.append(_fault(f"{where}, scenario", repr(data.get("scenario")), expected))
    if faults:
        raise BadInput(faults)
    return LabRun(data["scenario"], data["title"], data["banner"], data["seed"], tables)


def _verdict(file: Path, data: Mapping[str, Any]) -> LabVerdict:
    tables, faults = _tables(file.name, data, VERDICT_TABLES)
    faults += _text_faults(file.name, data, ("coding", "banner"))
    remarks = data.get("remarks", [])
    if not isinstance(remarks, list) or not all(isinstance(each, str) for each in remarks):
        faults.append(_fault(f"{file.name}, remarks", type(remarks).__name__, "a list of sentences"))
    if faults:
        raise BadInput(faults)
    return LabVerdict(file.stem, data["coding"], data["banner"], tuple(remarks), tables)


def _text_faults(where: str, data: Mapping[str, Any], names: tuple[str, ...]) -> list[Fault]:
    wrong = [name for name in names if not isinstance(data.get(name), str)]
    return [_fault(f"{where}, {name}", repr(data.get(name))[:40], "words") for name in wrong]


def _tables(
    where: str, data: Mapping[str, Any], wanted: Mapping[str, Mapping[str, type]]
) -> tuple[dict[str, pd.DataFrame], list[Fault]]:
    tables: dict[str, pd.DataFrame] = {}
    faults: list[Fault] = []
    for name, columns in wanted.items():
        rows = data.get(name)
        if not isinstance(rows, list) or not all(isinstance(row, Mapping) for row in rows):
            faults.append(_fault(f"{where}, {name}", type(rows).__name__, "a list of rows"))
        elif not rows and name not in _MAY_BE_EMPTY:
            faults.append(_fault(f"{where}, {name}", "no rows", "at least one"))
        else:
            wrong = list(_column_faults(f"{where}, {name}", rows, columns))
            faults += wrong
            if not wrong:
                kept = [{column: _value(row[column]) for column in columns} for row in rows]
                tables[name] = pd.DataFrame(kept, columns=list(columns))
    return tables, faults


def _column_faults(where: str, rows: list[Mapping[str, Any]], columns: Mapping[str, type]) -> Iterator[Fault]:
    """Yield a fault for every column that is not as it must be, with the first row where it is not."""
    for column, kind in columns.items():
        for number, row in enumerate(rows, 1):
            if column not in row or not _fits(row[column], kind):
                found = repr(row[column])[:60] if column in row else "nothing"
                expected = "words" if kind is str else "a finite number, or null where it is not known"
                yield _fault(f"{where}, row {number}, {column}", found, expected)
                break


def _fits(value: Any, kind: type) -> bool:
    if kind is str:
        return isinstance(value, str)
    return value is None or (isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value))


def _value(value: Any) -> Any:
    return nan if value is None else value


def _strangers(where: str, table: pd.DataFrame, scenario: FormationScenario) -> Iterator[Fault]:
    """Yield a fault for each branch and country that the scenario does not have."""
    known = {"branch": {branch.name for branch in scenario.branches}, "country": {"", *scenario.countries}}
    for column, names in known.items():
        for stranger in sorted(set(table.get(column, ())) - names):
            expected = "one of " + ", ".join(sorted(names - {""})) + "; or a new run, where the scenario has changed"
            yield _fault(f"{where}, {column}", stranger, expected)


def _fault(where: str, found: str, expected: str, remedy: str = "") -> Fault:
    return Fault("lab-results", where, found, expected, remedy or "write it again, or move it away")
