"""``newcourse cost``: what a structured change would bring and take, and whom."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from newcourse.cli.costing_tables import costing_table
from newcourse.cli.guard import answering
from newcourse.cli.options import AsJson, PlanPath
from newcourse.cli.output import give, say
from newcourse.cli.plan_file import plan_at
from newcourse.cli.progress import progress
from newcourse.cli.reading import json_at, several
from newcourse.errors import BadInput, Fault


@answering
def cost(
    path: PlanPath,
    changes: Annotated[
        Path, typer.Argument(metavar="CHANGES", help="JSON file with a list of structured changes, or with one change.")
    ],
    as_json: AsJson = False,
) -> None:
    """Say what a change can bring at most, at once, and what it brings and takes when the plan is made again with it.

    At once, from the plan's valuations: a bound, and how much of the change may be made before it is no longer exact.

    A change is written as in a proposal, for instance

        [{"kind": "cap", "place": "SE", "emission": "CO2", "quantity": 46000}]

    with the kinds need, floor, supply, cap, trade, technique, weight, pace, free-time and project.

        newcourse cost sweden tighter-cap.json
    """
    from newcourse.plan.changes.registry import change_from_data
    from newcourse.plan.cost import cost_changes
    from newcourse.plan.cost_estimate import estimate
    from newcourse.plan.sentences import number

    wanted = several(change_from_data, _listed(changes), f"{changes}, change")
    plan = plan_at(path)
    with progress("Costing") as tell:
        tell("at once, from valuations", 0.1)
        bound = estimate(plan, wanted)
        tell("plan with the change", 0.4)
        costing = cost_changes(plan, wanted)
    if as_json:
        give({**costing.to_data(), "estimate": bound.to_data()})
        return
    change = f"{'+' if costing.satisfaction > 0 else ''}{number(costing.satisfaction)} {costing.currency}"
    say(bound.words(), "", f"Made again, the goal changes by {change}. {costing.words()}", "")
    say(costing_table(costing.totals, "total"), "", costing_table(costing.groups, "group"))
    if len(costing.places) > 1:
        say("", costing_table(costing.places, "place"))


def _listed(path: Path) -> list[Mapping[str, Any]]:
    data = json_at(path)
    rows = data if isinstance(data, list) else [data]
    if rows and all(isinstance(row, Mapping) for row in rows):
        return rows
    raise BadInput(
        Fault(
            "changes-malformed", str(path), "no list of changes", "a list of objects, each with its kind", "see --help"
        )
    )
