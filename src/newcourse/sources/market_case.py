"""Worked cases of the mixed economy, read from a file or from the examples that come with New Course (§6.2)."""

import json
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from newcourse.errors import BadInput, Fault
from newcourse.plan.market.case import Case, case_from_data
from newcourse.plan.market.village import Village, village_from_data

FILE: Final = "case.json"

VILLAGE: Final = "village.json"


def case_names() -> list[str]:
    """Return the names of the worked cases that come with New Course."""
    return sorted({path.name for root in _roots() for path in root.iterdir() if (path / FILE).is_file()})


def read_case(path: Path | str) -> Case:
    """Return a worked case: of a file, of a folder with a ``case.json``, or by the name of one that comes with us.

    Raises
    ------
    BadInput
        If there is no such case, or with every fault of it.
    """
    return case_from_data(_read(path, FILE))


def read_village(path: Path | str) -> Village:
    """Return a village and an offer: of a file, a folder with a ``village.json``, or by the name of an example.

    Raises
    ------
    BadInput
        If there is no such file, or with what is wrong in it.
    """
    return village_from_data(_read(path, VILLAGE))


def _read(path: Path | str, name: str) -> Mapping[str, Any]:
    given = Path(path)
    found = given / name if given.is_dir() else given
    if not found.is_file():
        found = next((root / str(path) / name for root in _roots() if (root / str(path) / name).is_file()), found)
    try:
        data = json.loads(found.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        known = f"a {name}, or one of {', '.join(case_names())}"
        raise BadInput(Fault("file-unreadable", str(path), str(error), known, "correct the path or the file")) from None
    if not isinstance(data, dict):
        raise BadInput(Fault("file-unreadable", str(path), "no mapping", f"a {name}", "correct the file"))
    return data


def _roots() -> list[Path]:
    """Return where examples lie: inside the package when installed, at the top of the repository in a checkout."""
    package = Path(str(files("newcourse")))
    return [root for root in (package / "examples", package.parents[1] / "examples") if root.is_dir()]
