"""``newcourse compare``: plans side by side."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from newcourse.cli.guard import answering
from newcourse.cli.options import AsJson, Periods
from newcourse.cli.output import bullets, give, say
from newcourse.cli.plan_file import plan_at
from newcourse.cli.progress import progress
from newcourse.cli.reading import economy_at, limits_from
from newcourse.cli.variant_tables import group_table, total_table
from newcourse.errors import BadInput, Fault

if TYPE_CHECKING:
    from newcourse.plan.cost import Costing
    from newcourse.plan.plan import Plan


@answering
def compare(
    paths: Annotated[
        list[Path],
        typer.Argument(metavar="PLANS", help="Saved plans; or one folder or example, for which variants are made."),
    ],
    variants: Annotated[int, typer.Option(min=2, help="How many variants to make for a folder.")] = 3,
    periods: Periods = 1,
    as_json: AsJson = False,
) -> None:
    """Put plans side by side: what each brings and takes, and how far it meets each group of needs.

    Of two plans it is also said who gains and who gives from the first to the second.

    For one folder, really different variants are made, each for its own aim: needs first, shorter hours, fewer
    emissions, an even share.

        newcourse compare sweden
        newcourse compare monday.json tuesday.json
    """
    descriptions: dict[str, str] = {}
    if len(paths) == 1 and not paths[0].is_file():
        plans, descriptions = _variants(paths[0], variants, periods)
    else:
        plans = _saved(paths)
    differences = _differences(plans)
    if as_json:
        told = [_data(name, plan, descriptions.get(name)) for name, plan in plans.items()]
        give({"plans": told, "differences": [costing.to_data() for _, costing in differences]})
        return
    say(total_table(plans), "", group_table(plans))
    for title, costing in differences:
        say("", f"{title}. {costing.words()}")
    if descriptions:
        say("", bullets(f"{name}. {description}" for name, description in descriptions.items()))


def _differences(plans: "dict[str, Plan]") -> "list[tuple[str, Costing]]":
    """Return what the second of two plans brings and takes beside the first."""
    from newcourse.plan.cost import compare as compared

    if len(plans) != 2:
        return []
    (first, before), (second, after) = plans.items()
    return [(f"From {first} to {second}", compared(before, after))]


def _variants(path: Path, count: int, periods: int) -> "tuple[dict[str, Plan], dict[str, str]]":
    from newcourse.plan.goal import Goal
    from newcourse.plan.variants import make_variants

    economy = economy_at(path)
    with progress("Making variants") as tell:
        made = make_variants(economy, Goal(), limits_from(periods, ()), {}, count, on_progress=tell)
    return {v.title: v.plan for v in made}, {v.title: v.description for v in made}


def _saved(paths: list[Path]) -> "dict[str, Plan]":
    if len(paths) == 1:
        raise BadInput(
            Fault("plans-few", str(paths[0]), "one saved plan", "at least two, or one folder", "name another plan")
        )
    names = [path.stem for path in paths]
    labels = [path.stem if names.count(path.stem) == 1 else str(path) for path in paths]
    return {label: plan_at(path) for label, path in zip(labels, paths, strict=True)}


def _data(name: str, plan: "Plan", description: str | None) -> dict[str, object]:
    from newcourse.cli.plan_tables import plan_data

    data = plan_data(plan)
    return {
        "name": name,
        "description": description,
        **{key: data[key] for key in ("goal", "totals", "fulfilment", "certified")},
    }
