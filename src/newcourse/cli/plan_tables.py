"""A plan as tables and sentences for people, and as data for programs."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final

from rich.table import Table
from rich.text import Text

from newcourse.cli.output import Bar, bar, table
from newcourse.cli.parts import changed, colour_of

if TYPE_CHECKING:
    import pandas as pd
    from rich.console import RenderableType

    from newcourse.plan.plan import Plan

BAR: Final = 20
SHORT: Final = 6
"""Letters of a bar, and of one that stands beside others."""


def fulfilment_table(plan: "Plan", by: str = "group", *, title: str = "How far needs are met") -> Table:
    """Return bars of how far targets are met, by group of needs or by place; of several years beside each other."""
    from newcourse.plan.names import Names
    from newcourse.plan.sentences import number

    currency, found = plan.economy.about.currency, plan.fulfilment(by)
    names = Names(plan.economy).places() if by == "place" else {}
    if len(plan.periods) > 1:
        return _years_of_fulfilment(found.assign(label=found[by].map(lambda label: names.get(label, label))), by, title)
    rows: list[list[RenderableType]] = []
    for row in found.to_dict("records"):
        label, part = str(row[by]), float(row["fulfilment"])
        drawn = Bar(part, BAR, colour_of(part))
        rows.append([names.get(label, label), drawn, f"{part:.1%}", number(row["delivered"]), number(row["asked"])])
    return table([by, "", "met", f"gets, {currency}", "asks for"], rows, title=title, right=(2, 3, 4))


def _years_of_fulfilment(found: "pd.DataFrame", by: str, title: str) -> Table:
    met: dict[str, list[RenderableType]] = {}
    for row in found.to_dict("records"):
        part = float(row["fulfilment"])
        met.setdefault(str(row["label"]), []).append(bar(part, SHORT, colour_of(part)) + Text(f" {part:6.1%}"))
    years = [str(year) for year in found["period"].drop_duplicates()]
    return table([by, *years], [[label, *cells] for label, cells in met.items()], title=title)


def totals_table(plan: "Plan", *, title: str = "What the plan brings and takes") -> Table:
    """Return totals beside the base year: needs met, hours, emissions, trade; of several years as changes."""
    from newcourse.plan.sentences import number

    base_year = f"{plan.economy.about.year}"
    rows: dict[str, list[str]] = {}
    for row in plan.totals().to_dict("records"):
        change = changed(row["quantity"] / row["base"] - 1) if row["base"] else ""
        if len(plan.periods) > 1:
            rows.setdefault(row["measure"], [row["measure"], row["unit"], number(row["base"])]).append(change)
        else:
            quantities = [number(row["base"]), number(row["quantity"]), change]
            rows[row["measure"]] = [row["measure"], row["unit"], *quantities]
    years = [str(year) for year in plan.periods] if len(plan.periods) > 1 else ["plan", "change"]
    columns = ["total", "unit", base_year, *years]
    return table(columns, rows.values(), title=title, right=range(2, len(columns)), whole=(1,))


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
