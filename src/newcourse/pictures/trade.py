"""What products cost at home beside getting them elsewhere: ranked bars of the parts of the cost, a mark at 1."""

from typing import Final

import altair as alt
import pandas as pd

from newcourse.pictures.look import (
    BLUE,
    GREEN,
    GREY,
    INK,
    NORMAL,
    ORANGE,
    PAPER,
    PINK,
    SKY,
    SOFT,
    WIDE,
    YELLOW,
    Picture,
    dressed,
    each,
    in_lines,
    nothing_to_show,
)
from newcourse.pictures.rows import Rows, in_rows
from newcourse.plan.comparative import ComparativeCoefficients, comparative_coefficients
from newcourse.plan.plan import Plan
from newcourse.plan.sentences import and_list, number
from newcourse.plan.trade.coefficient import Coefficient

COLOURS: Final = (BLUE, ORANGE, SKY, GREEN, PINK, YELLOW, GREY)
"""Colours of the parts in their order."""

LAST: Final = "everything else"
"""What parts beyond the number of colours are added up to."""

_VALUES: Final = 112
"""Room for the coefficient and the verdict at the right, in pixels."""


def trade_table(found: ComparativeCoefficients, period: int) -> pd.DataFrame:
    """Return the numbers of the picture: one row per product of a period and part of its cost at home.

    Parameters
    ----------
    found
        The coefficients.
    period
        Which year.

    Returns
    -------
    DataFrame
        Columns name, coefficient, verdict, part (in words), share (of the coefficient: its worth over the cost
        elsewhere, by quality). Highest coefficient first; products that no technique in use makes are left out, and
        those that cost nothing elsewhere.
    """
    many = len({row.place for row in found.rows}) > 1
    rows = [
        {
            "name": f"{row.name} ({row.place_name})" if many else row.name,
            "coefficient": row.coefficient,
            "verdict": row.verdict,
            "part": part.what,
            "share": part.worth / (row.quality * row.bought.cost),
        }
        for row in _shown(found, period)
        for part in (row.made.parts if row.made else ())
        if part.worth != 0
    ]
    return pd.DataFrame(rows, columns=["name", "coefficient", "verdict", "part", "share"])


def _shown(found: ComparativeCoefficients, period: int) -> list[Coefficient]:
    return [row for row in found.rows if row.period == period and row.made is not None and row.bought.cost > 0]


def trade(plan: Plan, *, found: ComparativeCoefficients | None = None, most: int = 40, width: int = WIDE) -> Picture:
    """Return a ranked bar for each product, its parts side by side, and an upright line where making equals buying.

    Parameters
    ----------
    plan
        What to show; its first year.
    found
        Its coefficients, where they are known already.
    most
        How many products are shown at most.
    width
        Of the picture, in pixels.
    """
    period = plan.periods[0]
    whole = trade_table(found or comparative_coefficients(plan), period)
    title = f"Making over buying, {period}"
    names = list(whole["name"].unique())[:most]
    if not names:
        return nothing_to_show(title, "Nothing that is made here can be bought elsewhere.", width)
    table = _few_parts(whole[whole["name"].isin(names)])
    products = table.drop_duplicates("name")
    told = and_list([f"{row.name} {number(row.coefficient)} ({row.verdict})" for row in each(products)])
    how = (
        "Cost of one more unit at home, over the cost of getting it elsewhere, by what it is made of. "
        "Right of the mark at 1 making is dearer than buying."
    )
    return dressed(_bars(table, width), title, how, f"{title}. {told}.", width)


def _few_parts(table: pd.DataFrame) -> pd.DataFrame:
    """Return the table with at most as many parts as colours, the smallest added up, each with its place in the bar."""
    size = table.assign(size=table["share"].abs()).groupby("part", sort=False)["size"].sum()
    kept = list(size.sort_values(ascending=False, kind="stable").index[: len(COLOURS) - (len(size) > len(COLOURS))])
    part = [row.part if row.part in kept else LAST for row in each(table)]
    table = table.assign(part=part)
    table = table.groupby(["name", "coefficient", "verdict", "part"], sort=False)["share"].sum().reset_index()
    order = {name: rank for rank, name in enumerate([*kept, LAST])}
    table = table.assign(rank=table["part"].map(order), product=pd.factorize(table["name"])[0])
    table = table.sort_values(["product", "rank"], kind="stable", ignore_index=True)
    positive = table["share"].clip(lower=0.0)
    table["end"] = positive.groupby(table["product"]).cumsum()
    table["start"] = table["end"] - positive
    return table


def _bars(table: pd.DataFrame, width: int) -> Picture:
    products = table.drop_duplicates("name").copy()
    products["words"] = [f"{row.coefficient:.2f} {row.verdict}" for row in each(products)]
    rows = in_rows(products, "name", {name: in_lines(str(name), width, NORMAL) for name in products["name"]})
    parts = table.merge(rows.bars[["name", "top", "bottom"]], on="name")
    far = max(1.0, float(table["end"].max())) * 1.02
    across = alt.Scale(domain=[0, far], range=[0, width - _VALUES], nice=False)
    order = table.drop_duplicates("part").sort_values("rank")["part"].tolist()
    legend = alt.Legend(title=None, orient="top", columns=3 if width > 400 else 1, offset=14, labelLimit=width)
    colour = alt.Color("part:N", legend=legend, scale=alt.Scale(domain=order, range=list(COLOURS[: len(order)])))
    bar = (
        alt.Chart(parts)
        .mark_rect()
        .encode(
            x=alt.X("start:Q", scale=across, axis=None),
            x2="end:Q",
            y=rows.y("top"),
            y2=alt.Y2("bottom:Q"),
            color=colour,
        )
    )
    return alt.layer(bar, *_marks(rows, across, width), rows.heading_layer()).properties(
        width=width, height=rows.height
    )


def _marks(rows: Rows, across: alt.Scale, width: int) -> list[alt.Chart]:
    base = alt.Chart(rows.bars.assign(one=1.0))
    x = alt.X("one:Q", scale=across, axis=None)
    y, y2 = rows.y("top"), alt.Y2("bottom:Q")
    halo = base.mark_rule(color=PAPER, strokeWidth=5).encode(x=x, y=y, y2=y2)
    line = base.mark_rule(color=INK, strokeWidth=2.5).encode(x=x, y=y, y2=y2)
    words = base.mark_text(align="right", fontSize=NORMAL, color=SOFT).encode(
        x=alt.value(width), y=rows.y("middle"), text="words:N"
    )
    return [halo, line, words]
