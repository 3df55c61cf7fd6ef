"""Several plans side by side, as tables for people."""

from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text

from newcourse.cli.output import bar, table
from newcourse.cli.parts import changed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rich.console import RenderableType

    from newcourse.plan.plan import Plan

BAR = 6


def total_table(
    plans: "Mapping[str, Plan]", *, title: str = "What each brings and takes, against the base year"
) -> Table:
    """Return one row per total and one column per plan: the sum over its periods beside as many base years."""
    parts: dict[str, dict[str, str]] = {}
    for name, plan in plans.items():
        sums = plan.totals().groupby(["measure", "unit"], sort=False)[["quantity", "base"]].sum()
        for row in sums.reset_index().to_dict("records"):
            shown = changed(row["quantity"] / row["base"] - 1) if row["base"] else f"{row['quantity']:,.4g}"
            parts.setdefault(f"{row['measure']}, {row['unit']}", {})[name] = shown
    rows = [[label, *(found.get(name, "") for name in plans)] for label, found in parts.items()]
    return table(["total", *plans], rows, title=title, right=range(1, len(plans) + 1))


def group_table(plans: "Mapping[str, Plan]", *, title: str = "How far needs are met") -> Table:
    """Return one row per group of needs and one bar per plan."""
    met: dict[str, dict[str, Text]] = {}
    for name, plan in plans.items():
        sums = plan.fulfilment("group").groupby("group", sort=False)[["asked", "delivered"]].sum()
        for row in sums.reset_index().to_dict("records"):
            part = row["delivered"] / row["asked"] if row["asked"] else 1.0
            met.setdefault(str(row["group"]), {})[name] = bar(part, BAR) + Text(f" {part:6.1%}")
    rows: list[list[RenderableType]] = [
        [group, *(found.get(name, Text("")) for name in plans)] for group, found in met.items()
    ]
    return table(["group", *plans], rows, title=title)
