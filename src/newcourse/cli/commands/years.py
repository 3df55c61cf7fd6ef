"""``newcourse years``: what grows apart in a plan, and what stands idle."""

from typing import TYPE_CHECKING, Annotated

import typer

from newcourse.cli.guard import answering
from newcourse.cli.options import AsJson, PlanPath
from newcourse.cli.output import bullets, give, say, table
from newcourse.cli.planning import PeriodsOfPlan, planned
from newcourse.cli.progress import progress

if TYPE_CHECKING:
    from rich.table import Table

    from newcourse.plan.disproportion import Disproportion
    from newcourse.plan.plan import Plan

SHOWN = 6


@answering
def years(
    path: PlanPath,
    periods: PeriodsOfPlan = None,
    show_all: Annotated[bool, typer.Option("--all", help="Show every branch and every stock.")] = False,
    as_json: AsJson = False,
) -> None:
    """Measure disproportion: growth of each branch against balanced growth, idle and overloaded capacity.

    Balanced growth is the fastest at which all branches could grow together, with the consumption per unit of work,
    the trade and the techniques of the plan's first period. It is calculated, with a lower and an upper bound.

        newcourse years sweden --periods 3
        newcourse years plan.json --all
    """
    from newcourse.plan.disproportion import measure_disproportion

    plan = planned(path, periods)
    with progress("Measuring") as tell:
        tell("balanced growth", 0.2)
        found = measure_disproportion(plan)
    if as_json:
        give(found.as_data())
        return
    say(bullets(found.sentences), "", _growth(plan, found, show_all), "", _distance(found))
    if len(found.capacity):
        say("", _capacity(plan, found, show_all))
    say("", _departments(plan, found))


def _growth(plan: "Plan", found: "Disproportion", show_all: bool) -> "Table":
    wide = found.growth.pivot_table(index="name", columns="period", values="growth", sort=False, dropna=False)
    order = wide.mean(axis=1).sort_values(ascending=False, kind="stable").index
    shown = list(order) if show_all or len(order) <= 2 * SHOWN else [*order[:SHOWN], *order[-SHOWN:]]
    rows = [[str(name), *(_part(value) for value in wide.loc[name])] for name in shown]
    if found.balanced is not None:
        rows.append(["balanced growth", *([_part(found.balanced.rate)] * len(plan.periods))])
    left = f", {len(order) - len(shown)} between them left out (--all)" if len(shown) < len(order) else ""
    columns = ["branch", *(str(period) for period in wide.columns)]
    title = f"Growth of each branch a {plan.economy.about.period}, fastest first{left}"
    return table(columns, rows, title=title, right=range(1, len(columns)))


def _distance(found: "Disproportion") -> "Table":
    rows = [
        [str(int(row["period"])), _number(row["angle"]), _number(row["hilbert"]), _part(row["widest"]).lstrip("+")]
        for row in found.distance.to_dict("records")
    ]
    columns = ("year", "angle, degrees", "Hilbert distance", "widest difference\nof growth")
    return table(columns, rows, title="Distance from the balanced proportions", right=(1, 2, 3))


def _capacity(plan: "Plan", found: "Disproportion", show_all: bool) -> "Table":
    from newcourse.plan.sentences import number

    last = found.capacity[found.capacity["period"] == plan.periods[-1]]
    last = last.sort_values(["valuation", "part"], ascending=False, kind="stable")
    shown = last if show_all else last.head(2 * SHOWN)
    rows = [
        [
            row["name"],
            f"{row['part']:.1%}",
            number(row["in place"]),
            row["unit"],
            number(row["valuation"]),
            row["state"],
        ]
        for row in shown.to_dict("records")
    ]
    left = f", {len(last) - len(shown)} more left out (--all)" if len(shown) < len(last) else ""
    columns = ("stock", "used", "in place", "unit", "one more is\nworth", "which is")
    return table(columns, rows, title=f"Capacity in {plan.periods[-1]}, dearest first{left}", right=(1, 2, 4))


def _departments(plan: "Plan", found: "Disproportion") -> "Table":
    from newcourse.plan.sentences import number

    rows = [
        [str(row["period"]), str(row["department"]), number(row["output"]), f"{row['share']:.1%}", _part(row["growth"])]
        for row in found.departments.to_dict("records")
        if row["output"]
    ]
    columns = ("year", "production that works for", plan.economy.about.currency, "share", "growth")
    return table(columns, rows, title="What production is for, with all that goes into it", right=(2, 3, 4))


def _part(value: float) -> str:
    from newcourse.plan.disproportion_words import signed

    return signed(value) if value == value else ""


def _number(value: float) -> str:
    return f"{value:.3g}" if value == value else ""
