"""``newcourse replan``: a plan made again from what happened, with few changed orders."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from newcourse.cli.files import require_picture_files, write_picture
from newcourse.cli.guard import answering
from newcourse.cli.options import AsJson, PlanPath, TimeLimit
from newcourse.cli.output import bullets, give, say, table
from newcourse.cli.plan_file import plan_at, require_plan_file, write_plan
from newcourse.cli.progress import progress
from newcourse.cli.reading import json_at
from newcourse.errors import BadInput, Fault

if TYPE_CHECKING:
    import pandas as pd

    from newcourse.plan.happened import Happened
    from newcourse.plan.replan import Replanned

SHOWN = 10


@answering
def replan(
    path: PlanPath,
    happened: Annotated[Path, typer.Option(metavar="FILE", help="JSON file of what happened; see below.")],
    tolerance: Annotated[
        float, typer.Option(min=0.0, max=1.0, help="Part of the goal that may be given up for fewer changed orders.")
    ] = 0.0,
    prices: Annotated[
        bool, typer.Option("--prices", help="Also say how many orders change at several tolerances.")
    ] = False,
    out: Annotated[Path | None, typer.Option(help="Save the new plan to this JSON file.")] = None,
    picture: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Draw changed orders at several tolerances to this file, .svg or .png."),
    ] = None,
    time_limit: TimeLimit = None,
    as_json: AsJson = False,
) -> None:
    """Make a plan again for the rest of its years, from what really happened, with as few changed orders as can be.

    The file says which year is over, what came out otherwise than planned, and what has changed for the years to come:

        {"through": 2011,
         "facts": [{"table": "activity", "label": {"process": "A01"}, "period": 2011, "quantity": 40000}],
         "changes": [{"kind": "supply", "place": "SE", "factor": "hours", "quantity": 7400}]}

    Without news not one order changes, unless a year that is over was what held the minima of a place down.

        newcourse replan plan.json --happened news.json --tolerance 0.001 --out again.json
    """
    from newcourse.plan.replan import replan as again
    from newcourse.plan.replan import stability

    require_picture_files(picture)
    require_plan_file(out)
    news = _happened(happened)
    plan = plan_at(path)
    with progress("Planning again") as tell:
        found = again(plan, news, tolerance=tolerance, time_limit=time_limit, on_progress=tell)
    steps = stability(plan, news, time_limit=time_limit) if prices or picture else None
    if out is not None:
        write_plan(found.plan, out)
    if picture is not None:
        _draw(steps, picture)
    if as_json:
        rows = None if steps is None else steps.to_dict("records")
        give({**found.to_data(), "prices": rows, "file": str(out) if out else None})
        return
    _tell(found, steps)
    say(*([f"Saved in {out}."] if out else []))


def _tell(found: "Replanned", steps: "pd.DataFrame | None") -> None:
    say(found.words())
    if found.changed:
        more = len(found.changed) - SHOWN
        rest = [f"… and {more} more (--json lists all)"] if more > 0 else []
        say("", bullets([change.words() for change in found.changed[:SHOWN]] + rest))
    if steps is not None:
        rows_ = [
            [f"{row.tolerance:.1%}", f"{row.given_up:.3%}", f"{row.changed} of {row.orders}"]
            for row in steps.itertuples(index=False)
        ]
        title = "What fewer changed orders cost"
        say("", table(["may be given up", "is given up", "orders that change"], rows_, title=title, right=(0, 1, 2)))


def _happened(path: Path) -> "Happened":
    from newcourse.plan.happened import Happened

    data = json_at(path)
    if not isinstance(data, dict):
        raise BadInput(Fault("happened-malformed", str(path), "no object", "an object with through", "see --help"))
    return Happened.from_data(data)


def _draw(steps: object, out: Path) -> None:
    from newcourse.pictures.changes import changes

    write_picture(changes(steps), out)  # type: ignore[arg-type]
