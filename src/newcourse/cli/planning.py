"""A plan for commands that look at several periods: read from a file, or made for so many periods."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from newcourse.cli.plan_file import plan_at, read_plan
from newcourse.cli.progress import progress
from newcourse.cli.reading import economy_at

if TYPE_CHECKING:
    from newcourse.plan.plan import Plan

PeriodsOfPlan = Annotated[
    int | None, typer.Option("--periods", min=1, help="How many periods are planned, where PLAN is no saved plan.")
]


def planned(path: Path, periods: int | None) -> "Plan":
    """Return the plan of a file; for a folder or an example, make it for so many periods."""
    from newcourse.plan.limits import Limits
    from newcourse.plan.planner import make_plan

    if path.is_file():
        return read_plan(path)
    if periods is None:
        return plan_at(path)
    economy = economy_at(path)
    with progress("Planning") as tell:
        return make_plan(economy, limits=Limits(periods=periods), on_progress=tell)
