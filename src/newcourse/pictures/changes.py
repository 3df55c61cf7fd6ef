"""The price of stability: how few orders need change when a little of the goal is given up."""

import altair as alt
import pandas as pd

from newcourse.pictures.look import BLUE, INK, SMALL, WIDE, Picture, dressed, each

_HEIGHT = 220
"""Height of the picture's ground, in pixels."""


def changes(table: pd.DataFrame, *, width: int = WIDE) -> Picture:
    """Return a column of changed orders for each part of the goal that may be given up.

    Parameters
    ----------
    table
        What :func:`newcourse.plan.replan.stability` gave.
    width
        Of the picture, in pixels.
    """
    shown = table.assign(
        may=[f"{value:.1%}" for value in table["tolerance"]],
        words=[f"{row.changed} of {row.orders}" for row in each(table)],
    )
    x = alt.X(
        "may:N", sort=list(shown["may"]), axis=alt.Axis(title="Part of the goal that may be given up", labelAngle=0)
    )
    y = alt.Y(
        "changed:Q", axis=None, scale=alt.Scale(domain=[0, max(1, int(table["changed"].max()))], range=[_HEIGHT, 20])
    )
    chart = alt.Chart(shown)
    columns = chart.mark_bar(color=BLUE).encode(x=x, y=y, y2=alt.Y2(datum=0))
    words = chart.mark_text(baseline="bottom", dy=-4, color=INK, fontSize=SMALL).encode(x=x, y=y, text="words:N")
    title = "Orders that change when the plan is made again"
    how = "Number of changed orders. Columns begin at zero."
    told = "; ".join(f"{row.may} of the goal: {row.words} orders" for row in each(shown))
    return dressed(
        alt.layer(columns, words).properties(width=width - 20, height=_HEIGHT), title, how, f"{title}. {told}.", width
    )
