"""Idle and overloaded capacity: how much of each kind of stock is used in the last year planned."""

import altair as alt
import pandas as pd

from newcourse.pictures.look import (
    BLUE,
    INK,
    MUTED,
    NORMAL,
    SOFT,
    WIDE,
    Picture,
    dressed,
    each,
    in_lines,
    nothing_to_show,
    sentence,
)
from newcourse.pictures.rows import Rows, in_rows
from newcourse.plan.disproportion import capacity_table
from newcourse.plan.plan import Plan
from newcourse.plan.sentences import and_list

_VALUES = 66


def capacity_by_product(table: pd.DataFrame, names: dict[str, str]) -> pd.DataFrame:
    """Return capacity added up over the stocks of each product, in value.

    Parameters
    ----------
    table
        As :func:`~newcourse.plan.disproportion.capacity_table` returns it.
    names
        Name by product.

    Returns
    -------
    DataFrame
        Columns product, name, period, value, idle (currency), part (used), stocks, overloaded (how many).
    """
    parts = table.assign(
        idle=table["value"] * (1.0 - table["part"].clip(upper=1.0)), over=table["state"] == "overloaded"
    )
    grouped = parts.groupby(["product", "period"], sort=False)
    total = grouped.agg(
        value=("value", "sum"), idle=("idle", "sum"), stocks=("stock", "count"), overloaded=("over", "sum")
    ).reset_index()
    total["name"] = total["product"].map(names)
    total["part"] = 1.0 - total["idle"] / total["value"].where(total["value"] > 0, 1.0)
    return total[["product", "name", "period", "value", "idle", "part", "stocks", "overloaded"]]


def capacity(plan: Plan, *, width: int = WIDE) -> Picture:
    """Return bars of the part of each kind of capital that is used in the last year planned.

    Parameters
    ----------
    plan
        What to show.
    width
        Of the picture, in pixels.
    """
    title = f"Used and idle capital in {plan.periods[-1]}"
    products = plan.economy["products"]
    names = dict(zip(products["product"], products["name"], strict=True))
    whole = capacity_by_product(capacity_table(plan), names)
    table = whole[whole["period"] == plan.periods[-1]].sort_values("value", ascending=False, kind="stable")
    if table.empty:
        return nothing_to_show(title, "No capital is counted.", width)
    table = table.assign(
        key=[str(row) for row in range(len(table))],
        share=[f"{part:.1%}" for part in table["part"]],
        note=[f"{row.overloaded} of {row.stocks} stocks overloaded" for row in each(table)],
    )
    told = and_list([f"{sentence(row.name)} {row.share} used, {row.note}" for row in each(table)])
    how = "Blue: used. Grey: idle. Overloaded: at its limit, and more of it would bring something."
    headings = {row.key: in_lines(sentence(row.name), width, NORMAL) for row in each(table)}
    rows = in_rows(table, "key", headings, bar=14, gap=0, space=26)
    return dressed(_bars(rows, width), title, how, f"{title}. {told}.", width)


def _bars(rows: Rows, width: int) -> Picture:
    bars = rows.bars.assign(start=0.0, end=1.0, under=rows.bars["bottom"] + 9)
    base = alt.Chart(bars)
    x = alt.X("start:Q", scale=alt.Scale(domain=[0, 1], range=[0, width - _VALUES], nice=False), axis=None)
    behind = base.mark_rect(color=MUTED).encode(x=x, x2="end:Q", y=rows.y("top"), y2="bottom:Q")
    bar = base.mark_rect(color=BLUE).encode(x=x, x2="part:Q", y=rows.y("top"), y2="bottom:Q")
    value = base.mark_text(align="right", fontSize=NORMAL, color=INK).encode(
        x=alt.value(width), y=rows.y("middle"), text="share:N"
    )
    note = base.mark_text(align="left", baseline="middle", color=SOFT).encode(
        x=alt.value(0), y=rows.y("under"), text="note:N"
    )
    return alt.layer(behind, bar, value, note, rows.heading_layer()).properties(width=width, height=rows.height + 18)
