"""Consumption today against consumption later: the efficient frontier, and where the plan stands."""

import altair as alt
import pandas as pd

from newcourse.pictures.look import (
    BLUE,
    INK,
    NORMAL,
    ORANGE,
    SMALL,
    WIDE,
    Picture,
    dressed,
    each,
)
from newcourse.plan.pace import PaceFrontier
from newcourse.plan.sentences import and_list, number

_SIDE, _FOOT = 76, 44
"""Room for the axes, in pixels."""


def pace_points(frontier: PaceFrontier) -> pd.DataFrame:
    """Return the numbers of the picture, from the most consumption today to the most later.

    Returns
    -------
    DataFrame
        Columns pace, least (parts of one), today, later (currency), growth (part of one), price (later per today),
        which (``frontier`` or ``plan``).
    """
    rows = [(point, "frontier") for point in frontier.points] + [(frontier.planned, "plan")]
    columns = ["pace", "least", "today", "later", "growth", "price"]
    table = pd.DataFrame([{name: getattr(point, name) for name in columns} | {"which": which} for point, which in rows])
    return table.astype({"growth": float, "price": float})


def pace(frontier: PaceFrontier, *, width: int = WIDE) -> Picture:
    """Return the frontier between consumption today and later: a line through its points, each with its pace.

    Parameters
    ----------
    frontier
        What to show.
    width
        Of the picture, in pixels.
    """
    table = pace_points(frontier)
    table = table.assign(label=[f"{share:.1%}" for share in table["pace"]])
    first = frontier.points[0]
    title = "Today's consumption and later consumption"
    how = (
        f"Line: the most that can be consumed {first.later_words()} for what is consumed {first.today_words()}, in "
        f"{frontier.currency}. Each point says what part is invested {first.today_words()}. Diamond: the plan as it is."
    )
    told = and_list(
        [f"{row.label} invested: {number(row.today)} today, {number(row.later)} later" for row in each(table)]
    )
    return dressed(_drawn(table, frontier, width), title, how, f"{title}. {frontier.words()} {told}.", width)


def _drawn(table: pd.DataFrame, frontier: PaceFrontier, width: int) -> Picture:
    wide, high = width - _SIDE - 40, min(360, max(220, width // 2))
    first, few = frontier.points[0], 3 if width < WIDE // 2 else 6
    across, up = (f"consumed {years}, {frontier.currency}" for years in (first.today_words(), first.later_words()))
    x = alt.X("today:Q", title=across, scale=_scale(table["today"], wide), axis=alt.Axis(tickCount=few, format=",~f"))
    y = alt.Y(
        "later:Q", title=up, scale=_scale(table["later"], high, down=True), axis=alt.Axis(tickCount=5, format=",~f")
    )
    line = alt.Chart(table[table["which"] == "frontier"])
    plan = alt.Chart(table[table["which"] == "plan"])
    drawn = line.mark_line(color=BLUE, strokeWidth=2, order=False).encode(x=x, y=y)
    dots = line.mark_point(color=BLUE, filled=True, size=80).encode(x=x, y=y)
    words = line.mark_text(align="left", dx=8, dy=-8, fontSize=SMALL, color=INK).encode(x=x, y=y, text="label:N")
    mark = plan.mark_point(color=ORANGE, filled=True, shape="diamond", size=150).encode(x=x, y=y)
    named = plan.mark_text(align="left", dx=9, dy=12, fontSize=NORMAL, color=INK).encode(x=x, y=y, text="label:N")
    return alt.layer(drawn, dots, words, mark, named).properties(width=wide, height=high)


def _scale(values: pd.Series, length: int, *, down: bool = False) -> alt.Scale:
    low, high = float(values.min()), float(values.max())
    room = 0.08 * max(high - low, 1e-9 + 0.01 * abs(high))
    return alt.Scale(
        domain=[low - room, high + room], range=[length, 0] if down else [0, length], nice=False, zero=False
    )
