"""``newcourse content``: hours, emissions and imports embodied in a product, in all and by path."""

from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from newcourse.cli.guard import answering
from newcourse.cli.options import AsJson, PlanPath
from newcourse.cli.output import give, say, table
from newcourse.cli.plan_file import plan_at

if TYPE_CHECKING:
    from newcourse.plan.content import Content


@answering
def content(
    path: PlanPath,
    product: Annotated[str, typer.Argument(metavar="PRODUCT", help="Code of a product.")],
    place: Annotated[str, typer.Option(help="Code of the place, where several have the product.")] = "",
    of: Annotated[
        str, typer.Option("--of", help="Code of a factor or an emission, or imports; the first factor if left out.")
    ] = "",
    paths: Annotated[int, typer.Option(min=1, help="How many paths are told, largest first.")] = 10,
    year: Annotated[int | None, typer.Option(help="Year of the plan; the first one if left out.")] = None,
    as_json: AsJson = False,
) -> None:
    """Say how much working time, emissions or imports are in one unit of a product, and where they get in.

    The techniques and the trade are those of the plan, on average. Each path is told from where something is taken to
    the product; all paths together are the total, nothing is counted twice.

        newcourse content sweden F
        newcourse content sweden F --of CO2 --paths 20
        newcourse content sweden C10 --of imports
    """
    from newcourse.plan.content import content as content_of_plan

    found = content_of_plan(plan_at(path), product, place, of=of, paths=paths, period=year)
    if as_json:
        give(found.as_data())
        return
    say(found.words())
    if found.total:
        say("", _layers(found), "", _paths(found))


def _layers(found: "Content") -> Table:
    from newcourse.plan.sentences import quantity

    further = (f"{n} steps away" for n in range(2, len(found.layers)))
    steps = ["directly", "in the making of its inputs", *further][: len(found.layers)]
    rows = [
        [name, quantity(amount, found.unit), f"{amount / found.total:.1%}"]
        for name, amount in zip(steps, found.layers, strict=True)
    ]
    rest = found.total - sum(found.layers)
    rows.append(["further away", quantity(max(rest, 0.0), found.unit), f"{max(rest, 0.0) / found.total:.1%}"])
    return table(["where it gets in", "amount", "share"], rows, right=(1, 2))


def _paths(found: "Content") -> Table:
    from newcourse.plan.sentences import quantity

    rows = [[f"{p.share:.1%}", quantity(p.amount, found.unit), p.route()] for p in found.paths]
    title = f"The {len(rows)} largest paths, {found.covered:.1%} of the total"
    return table(["share", "amount", "taken in, for"], rows, title=title, right=(0, 1))
