"""A plan as tables and sentences for people, and as data for programs."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final

from rich.table import Table

from newcourse.cli.output import Bar, table

if TYPE_CHECKING:
    from rich.console import RenderableType

    from newcourse.plan.plan import Plan

BAR: Final = 20
"""Letters of a bar."""


def fulfilment_table(plan: "Plan", by: str = "group", *, title: str = "How far needs are met") -> Table:
    """Return bars of how far targets are met, by group of needs or by place; one row per period."""
    from newcourse.plan.names import Names
    from newcourse.plan.sentences import number

    names, currency = Names(plan.economy), plan.economy.about.currency
    several = len(plan.periods) > 1
    rows: list[list[RenderableType]] = []
    for row in plan.fulfilment(by).to_dict("records"):
        label, part = str(row[by]), float(row["fulfilment"])
        year = [str(row["period"])] if several else []
        cells: list[RenderableType] = [
            Bar(part, BAR, colour_of(part)),
            f"{part:.1%}",
            number(row["delivered"]),
            number(row["asked"]),
        ]
        rows.append([names.place(label) if by == "place" else label, *year, *cells])
    years = ["year"] if several else []
    columns = [by, *years, "", "met", f"gets, {currency}", "asks for"]
    return table(columns, rows, title=title, right=range(len(columns) - 3, len(columns)))


def totals_table(plan: "Plan", *, title: str = "What the plan brings and takes") -> Table:
    """Return totals beside the base year: needs met, hours, emissions, trade."""
    from newcourse.plan.sentences import number

    several = len(plan.periods) > 1
    rows = []
    for row in plan.totals().to_dict("records"):
        change = f"{row['quantity'] / row['base'] - 1:+.1%}" if row["base"] else ""
        year = [str(row["period"])] if several else []
        rows.append(
            [row["measure"], *year, number(row["quantity"]), number(row["base"]), change.replace("-", "−"), row["unit"]]
        )
    columns = ["total", *(["year"] if several else []), "plan", f"{plan.economy.about.year}", "change", "unit"]
    return table(columns, rows, title=title, right=range(len(columns) - 4, len(columns) - 1), whole=(len(columns) - 1,))


def bottleneck_table(plan: "Plan", most: int = 5) -> Table:
    """Return the limits that hold the plan back, dearest first."""
    from newcourse.plan.explain import bottlenecks
    from newcourse.plan.sentences import number

    currency = plan.economy.about.currency
    rows = [
        [found.words_, number(found.limit), found.unit, number(found.valuation)] for found in bottlenecks(plan)[:most]
    ]
    columns = ["limit", "stands at", "unit", f"one more is\nworth, {currency}"]
    return table(columns, rows, title="What holds the plan back, dearest first", right=(1, 3), whole=(2,))


def colour_of(part: float) -> str:
    """Return the colour of a bar: all that is asked for, nearly so, or less."""
    return "green" if part >= 0.9995 else "yellow" if part >= 0.9 else "red"


def certificate_sentences(plan: "Plan") -> Iterable[str]:
    """Return what was proved of the plan, one sentence per stage."""
    return [f"{proof.stage}: {proof.sentence}" for proof in plan.proofs]


def plan_data(plan: "Plan") -> dict[str, Any]:
    """Return what :mod:`newcourse plan` prints, as plain data."""
    from newcourse.plan.explain import bottlenecks

    about = plan.economy.about
    return {
        "economy": {"name": about.name, "title": about.title, "currency": about.currency, "year": about.year},
        "fingerprint": plan.economy.fingerprint,
        "goal": plan.goal.to_data(),
        "limits": plan.limits.to_data(),
        "certified": plan.certified,
        "fulfilment": plan.fulfilment("group").to_dict("records"),
        "places": plan.fulfilment("place").to_dict("records"),
        "totals": plan.totals().to_dict("records"),
        "bottlenecks": [found.as_data() for found in bottlenecks(plan)],
        "proofs": [proof.to_data() for proof in plan.proofs],
    }
