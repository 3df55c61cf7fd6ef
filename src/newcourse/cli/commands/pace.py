"""``newcourse pace``: what consumption today and consumption later can be had together."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from newcourse.cli.files import PictureFile, require_picture_files, write_picture
from newcourse.cli.guard import answering
from newcourse.cli.options import AsJson, PlanPath
from newcourse.cli.output import give, say, table
from newcourse.cli.planning import PeriodsOfPlan, planned
from newcourse.cli.progress import progress

if TYPE_CHECKING:
    from rich.table import Table

    from newcourse.plan.pace import PaceFrontier


@answering
def pace(
    path: PlanPath,
    points: Annotated[int, typer.Option(min=2, help="How many points between most today and most later.")] = 5,
    periods: PeriodsOfPlan = None,
    span: Annotated[
        int | None,
        typer.Option(min=1, help="How many periods are today, and how many later; half of them if left out."),
    ] = None,
    picture: PictureFile = None,
    as_json: AsJson = False,
) -> None:
    """Choose the pace: how much of today's consumption buys how much consumption later, by what is invested.

    Every point is efficient (more of one takes some of the other), found exactly, and a certified plan. A pace is
    proposed with {"kind": "pace", "pace": 0.2} and voted like any share.

        newcourse pace sweden --periods 4
        newcourse pace plan.json --points 8 --picture frontier.svg
    """
    from newcourse.plan.pace import pace_frontier

    require_picture_files(picture)
    plan = planned(path, periods)
    with progress("Pace") as tell:
        found = pace_frontier(plan, points, span=span, on_progress=tell)
    if picture is not None:
        _draw(found, picture)
    if as_json:
        give({**found.as_data(), "file": str(picture) if picture else None})
        return
    say(found.words(), "", _table(found))
    say("", *([f"Drawn in {picture}."] if picture else []))


def _table(found: "PaceFrontier") -> "Table":
    from newcourse.plan.disproportion_words import signed
    from newcourse.plan.sentences import number

    rows = []
    for name, point in (*(("", point) for point in found.points), ("the plan", found.planned)):
        growth = "" if point.growth is None else signed(point.growth)
        price = "" if point.price is None else number(point.price)
        rows.append(
            [name, f"{point.pace:.1%}", number(point.today), number(point.later), growth, price, f"{point.least:.1%}"]
        )
    first = found.points[0]
    columns = (
        "", f"invested\n{first.today_words()}", f"consumed\n{first.today_words()}", f"consumed\n{first.later_words()}",
        "growth", "one less today\nbrings later", "least pace\nof any year",
    )  # fmt: skip
    title = f"Consumption today and later, {found.currency}"
    return table(columns, rows, title=title, right=range(1, len(columns)))


def _draw(found: "PaceFrontier", out: Path) -> None:
    from newcourse.pictures.pace import pace as drawn

    write_picture(drawn(found), out)
