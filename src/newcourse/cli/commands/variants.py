"""``newcourse variants``: what can be had together, and a few really different efficient plans."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from newcourse.cli.files import PictureFile, require_picture_files, write_picture
from newcourse.cli.guard import answering
from newcourse.cli.options import AsJson, EconomyPath, Guarantees, LimitSettings, Periods, Weights
from newcourse.cli.output import bullets, give, say, table
from newcourse.cli.progress import progress
from newcourse.cli.reading import economy_at, goal_from, limits_from

if TYPE_CHECKING:
    from rich.table import Table

    from newcourse.plan.pareto import Choices


@answering
def variants(
    folder: EconomyPath,
    aims: Annotated[
        str,
        typer.Option(
            metavar="AIM,AIM",
            help="Aims, the first one first: needs, hours, emissions, pace. Those there are figures for if left out.",
        ),
    ] = "",
    count: Annotated[int, typer.Option(min=1, help="How many plans to choose from.")] = 3,
    steps: Annotated[int, typer.Option(min=1, help="Into how many steps the range of each aim is divided.")] = 5,
    periods: Periods = 1,
    weights: Weights = None,
    guarantee: Guarantees = None,
    limits: LimitSettings = None,
    picture: PictureFile = None,
    as_json: AsJson = False,
) -> None:
    """Show what can be had together: efficient plans for several aims, and a few really different ones.

    Of an efficient plan no aim can be served better without serving another worse; each is certified. The plans to
    choose from are far from each other in the aims and in who gets what.

        newcourse variants sweden
        newcourse variants sweden --aims needs,emissions --count 4 --picture choices.svg
    """
    from newcourse.plan.pareto import efficient_plans

    require_picture_files(picture)
    economy = economy_at(folder)
    goal, within = goal_from(economy, weights, guarantee), limits_from(periods, limits)
    named = tuple(aim.strip() for aim in aims.split(",")) if aims else None
    with progress("Variants") as tell:
        found = efficient_plans(economy, goal, within, aims=named, count=count, steps=steps, on_progress=tell)
    if picture is not None:
        _draw(found, picture)
    if as_json:
        give({**found.to_data(), "file": str(picture) if picture else None})
        return
    say(_table(found), "", bullets(f"{one.title}. {one.description}" for one in found.chosen), "")
    say(
        f"{len(found.frontier)} efficient plans were found with {found.solved} certified solves; "
        f"{found.passed} more of the grid could be passed over."
    )
    say(*([f"Drawn in {picture}."] if picture else []))


def _table(found: "Choices") -> "Table":
    from newcourse.plan.sentences import number

    columns = [f"{aim.title}\n{unit}" for aim, unit in zip(found.aims, found.units, strict=True)]
    ends = [
        [f"exactly: {aim.best.lower()}", *(number(float(value)) for value in found.payoff.iloc[row])]
        for row, aim in enumerate(found.aims)
    ]
    rows = [[one.title, *(number(one.values[aim.name]) for aim in found.aims)] for one in found.chosen]
    title = "Plans to choose from, and the best of each aim"
    return table(["", *columns], [*rows, *ends], title=title, right=range(1, len(columns) + 1))


def _draw(found: "Choices", out: Path) -> None:
    from newcourse.pictures.pareto import pareto

    write_picture(pareto(found), out)
