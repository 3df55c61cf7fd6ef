"""An open plan as tables for people, and as data for programs."""

from typing import TYPE_CHECKING, Any, Final

from rich.table import Table

from newcourse.cli.output import table

if TYPE_CHECKING:
    from newcourse.plan.futures.hedged import Hedged
    from newcourse.plan.futures.open_plan import OpenPlan
    from newcourse.plan.futures.worth import Worth

SHOWN: Final = 8
"""Rows of a table of decisions."""


def notice(plan: "OpenPlan") -> str:
    """Say on what everything shown rests."""
    return f"Conditional on these futures and their weights (source: {plan.tree.source})."


def met_table(plan: "OpenPlan") -> Table:
    """Return how far needs are met in each future and year."""
    found = plan.fulfilment()
    years = list(dict.fromkeys(found["period"]))
    rows = []
    for name, part in found.groupby("scenario", sort=False):
        met = part.set_index("period")["fulfilment"]
        rows.append(
            [plan.tree.node(str(name)).title, f"{plan.weights[str(name)]:.0%}", *(f"{met[y]:.1%}" for y in years)]
        )
    expected = plan.bands().set_index("period")["expected"]
    rows.append(["expected", "", *(f"{expected[year]:.1%}" for year in years)])
    columns = ["future", "weight", *map(str, years)]
    return table(columns, rows, title="How far needs are met", right=range(1, len(columns)))


def common_table(plan: "OpenPlan") -> Table:
    """Return the largest changes from the base year that are common to all futures."""
    from newcourse.plan.futures.telling import common_decisions
    from newcourse.plan.sentences import number

    rows = [
        [
            row["what"],
            str(row["period"]),
            "" if row["base"] != row["base"] else number(row["base"]),
            number(row["quantity"]),
        ]
        for row in common_decisions(plan, SHOWN).to_dict("records")
    ]
    title = "Decided now, for every future: the largest changes"
    return table(["decision", "takes effect", "base year", "planned"], rows, title=title, right=(1, 2, 3))


def different_table(plan: "OpenPlan") -> Table:
    """Return the decisions that differ most from future to future."""
    from newcourse.plan.futures.telling import different_decisions
    from newcourse.plan.sentences import number

    rows = [
        [row["what"], str(row["period"]), *(number(row[name]) for name in plan.plans)]
        for row in different_decisions(plan, SHOWN).to_dict("records")
    ]
    columns = ["decision", "in", *plan.plans]
    return table(columns, rows, title="Decided when more is known: what differs most", right=range(1, len(columns)))


def open_plan_data(plan: "OpenPlan", worth: "Worth", hedged: "Hedged | None") -> dict[str, Any]:
    """Return what :mod:`newcourse futures` prints, as plain data."""
    from newcourse.plan.futures.telling import common_decisions, different_decisions

    return {
        **plan.to_data(),
        "conditional": notice(plan),
        "common": common_decisions(plan, None).to_dict("records"),
        "different": different_decisions(plan, None).to_dict("records"),
        "worth": worth.to_data(),
        "hedging": None if hedged is None else hedged.to_data(),
    }
