"""``newcourse plan``: the plan that serves the goal best, with its certificate."""

from pathlib import Path
from typing import Annotated

import typer

from newcourse.cli.guard import answering
from newcourse.cli.options import AsJson, EconomyPath, Guarantees, LimitSettings, Periods, TimeLimit, Weights
from newcourse.cli.output import bullets, give, say
from newcourse.cli.plan_file import require_plan_file, write_plan
from newcourse.cli.plan_tables import bottleneck_table, certificate_sentences, fulfilment_table, plan_data, totals_table
from newcourse.cli.progress import progress
from newcourse.cli.reading import economy_at, goal_from, limits_from


@answering
def plan(
    folder: EconomyPath,
    periods: Periods = 1,
    weights: Weights = None,
    guarantee: Guarantees = None,
    limits: LimitSettings = None,
    out: Annotated[Path | None, typer.Option(help="Save the plan with all it was made from to this JSON file.")] = None,
    time_limit: TimeLimit = None,
    as_json: AsJson = False,
) -> None:
    """Make the plan that serves the voted goal best, within what the economy can do.

    First the minima of the worst-off place are raised, then the weighted needs, then the same is reached with the
    least effort. Each stage is certified by plain arithmetic, apart from the solver.

        newcourse plan sweden --periods 3
        newcourse plan examples/sweden --weights Health=0.2 --weights Care=0.1
        newcourse plan my-town --limits activity_rate=0.2 --out plan.json
    """
    from newcourse.plan.planner import make_plan

    require_plan_file(out)
    economy = economy_at(folder)
    goal, within = goal_from(economy, weights, guarantee), limits_from(periods, limits)
    with progress("Planning") as tell:
        made = make_plan(economy, goal, within, time_limit=time_limit, on_progress=tell)
    if out is not None:
        write_plan(made, out)
    if as_json:
        give({**plan_data(made), "file": str(out) if out else None})
        return
    years = "–".join(str(year) for year in dict.fromkeys((made.periods[0], made.periods[-1])))
    say(f"{economy.about.title}: a plan for {years}", "", fulfilment_table(made), "")
    if made.needs["place"].nunique() > 1:
        say(fulfilment_table(made, "place", title="By place"), "")
    say(
        totals_table(made), "", bottleneck_table(made), "", "What is proved of it", bullets(certificate_sentences(made))
    )
    say("", f"Saved in {out}." if out else f"Why is it so? newcourse explain {folder}")
