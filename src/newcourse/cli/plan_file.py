"""A plan as one file that holds all it was made from: what ``newcourse plan --out`` writes and other commands read."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from newcourse.cli.files import require_folder, writing
from newcourse.cli.output import plain
from newcourse.cli.progress import progress
from newcourse.cli.reading import economy_at, json_at
from newcourse.errors import BadInput, Fault

if TYPE_CHECKING:
    from newcourse.economy.economy import Economy
    from newcourse.plan.plan import Plan

FORMAT: Final = "newcourse plan 1"


def require_plan_file(path: Path | None) -> None:
    """Refuse a name that no plan can be written to; commands ask before they plan, not after.

    Raises
    ------
    BadInput
        If something that is no plan is there already, or the folder is not there.
    """
    if path is None:
        return
    if path.exists():
        _require_plan(path, json_at(path))
    require_folder(path)


def write_plan(plan: "Plan", path: Path) -> None:
    """Write a plan and its economy to a new file, or over an older plan.

    Raises
    ------
    BadInput
        If something that is no plan is there already, or the file cannot be written.
    """
    require_plan_file(path)
    economy = plan.economy
    tables = {
        name: {str(column): frame[column].tolist() for column in frame}
        for name, frame in economy.tables.items()
        if len(frame)
    }
    data = {"format": FORMAT, "about": asdict(economy.about), "economy": tables, "plan": plan.to_data()}
    with writing(path):
        path.write_text(json.dumps(plain(data), ensure_ascii=False, allow_nan=False) + "\n", encoding="utf-8")


def read_plan(path: Path) -> "Plan":
    """Return the plan of a file that :func:`write_plan` wrote.

    Raises
    ------
    BadInput
        If the file is none, or its economy is not the one the plan was made from.
    """
    import pandas as pd

    from newcourse.economy.economy import About, Economy
    from newcourse.plan.plan import Plan

    data = _require_plan(path, json_at(path))
    try:
        tables = {name: pd.DataFrame(columns) for name, columns in data["economy"].items()}
        return Plan.from_data(data["plan"], Economy(About(**data["about"]), tables))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise BadInput(_no_plan(path, f"{type(error).__name__}: {error}")) from None


def plan_at(path: Path, economy: "Economy | None" = None) -> "Plan":
    """Return the plan of a file; for a folder or an example, make it with equal regard for each unit of money."""
    from newcourse.plan.planner import make_plan

    if path.is_file():
        return read_plan(path)
    with progress("Planning") as tell:
        return make_plan(economy or economy_at(path), on_progress=tell)


def _require_plan(path: Path, data: object) -> Mapping[str, Any]:
    if isinstance(data, Mapping) and data.get("format") == FORMAT:
        return data
    raise BadInput(_no_plan(path, "another kind of file"))


def _no_plan(path: Path, found: str) -> Fault:
    return Fault("plan-unreadable", str(path), found, "a plan saved with newcourse plan --out", "give such a file")
