"""``newcourse picture``: one picture of a plan, as SVG or PNG."""

from enum import StrEnum
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from newcourse.cli.files import require_picture_files, write_picture
from newcourse.cli.guard import answering
from newcourse.cli.options import AsJson, PlanPath
from newcourse.cli.output import give, say
from newcourse.cli.plan_file import plan_at
from newcourse.errors import BadInput, Fault

if TYPE_CHECKING:
    from newcourse.plan.plan import Plan


class Kind(StrEnum):
    """Pictures there are of one plan, or of several side by side."""

    FULFILMENT = "fulfilment"
    PLACES = "places"
    FLOWS = "flows"
    BOTTLENECKS = "bottlenecks"
    YEARS = "years"
    DISPROPORTION = "disproportion"
    CAPACITY = "capacity"
    PROJECTS = "projects"
    PRICES = "prices"
    TRADE = "trade"
    VARIANTS = "variants"


@answering
def picture(
    kind: Annotated[Kind, typer.Argument(metavar="KIND", help=f"One of {', '.join(Kind)}.")],
    plan: PlanPath,
    out: Annotated[Path, typer.Argument(metavar="OUT", help="File to write, ending in .svg or .png.")],
    beside: Annotated[
        list[Path] | None,
        typer.Option(metavar="PLAN", help="Another plan to put beside it, for variants. May be given several times."),
    ] = None,
    width: Annotated[int, typer.Option(min=200, help="Width in pixels.")] = 880,
    as_json: AsJson = False,
) -> None:
    """Draw a picture of a plan.

    How far needs are met (fulfilment; places), where goods come from and go to (flows), what holds the plan back
    (bottlenecks), how it goes on (years; disproportion; capacity; projects), what to make and what to buy (trade),
    price over cost of what households buy (prices), several plans side by side (variants).

        newcourse picture flows sweden flows.svg
        newcourse picture variants monday.json both.png --beside tuesday.json
    """
    require_picture_files(out)
    drawn = _drawn(kind, [plan, *(beside or ())], width)
    write_picture(drawn, out)
    if as_json:
        give({"kind": kind.value, "file": str(out), "description": drawn.to_dict().get("description", "")})
    else:
        say(f"Written to {out}.")


def _drawn(kind: Kind, paths: list[Path], width: int) -> Any:
    draw = getattr(import_module(f"newcourse.pictures.{kind.value}"), kind.value)
    if kind is Kind.VARIANTS:
        return draw(_named(paths), width=width)
    if len(paths) > 1:
        raise BadInput(
            Fault(
                "plans-many", "--beside", f"{len(paths)} plans", "one plan, or variants", "draw variants, or one by one"
            )
        )
    return draw(plan_at(paths[0]), width=width)


def _named(paths: list[Path]) -> "dict[str, Plan]":
    if len({path.stem for path in paths}) < max(2, len(paths)):
        found = ", ".join(str(path) for path in paths)
        expected = "at least two plans with different names"
        raise BadInput(Fault("plans-few", "variants", found, expected, "add plans with --beside"))
    return {path.stem: plan_at(path) for path in paths}
