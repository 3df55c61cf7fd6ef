"""How far the needs of each group are met: bars, with marks at what is the minimum and what is asked for."""

from typing import Final

import altair as alt
import pandas as pd

from newcourse.pictures.look import (
    BLUE,
    GREEN,
    INK,
    MUTED,
    NORMAL,
    PAPER,
    RED,
    SOFT,
    WIDE,
    Picture,
    dressed,
    each,
    in_lines,
)
from newcourse.pictures.rows import Rows, in_rows
from newcourse.plan.plan import Plan
from newcourse.plan.sentences import and_list

MET, BETWEEN, BELOW = "all that is asked for", "more than the minimum", "less than the minimum"
_COLOURS: Final = {MET: GREEN, BETWEEN: BLUE, BELOW: RED}
_FULL: Final = 0.9995
_VALUES, _YEARS = 62, 36
"""Room for the numbers at the right and for the years at the left, in pixels."""


def fulfilment_table(plan: Plan) -> pd.DataFrame:
    """Return the numbers of the picture: one row per group of needs and period.

    Returns
    -------
    DataFrame
        Columns group, period, asked, delivered (currency), fulfilment, minimum (parts of what is asked for), state
        (in words). The group that lacks most comes first.
    """
    table = plan.fulfilment("group")
    needs = plan.needs.assign(least=plan.needs["minimum"] * plan.needs["price"])
    least = needs.groupby(["group", "period"], sort=False)["least"].sum().reset_index()
    table = table.merge(least, on=["group", "period"], how="left")
    table["minimum"] = (table.pop("least") / table["asked"].where(table["asked"] > 0)).fillna(0.0)
    table["state"] = [_state(row.fulfilment, row.minimum) for row in each(table)]
    mean = table.groupby("group", sort=False)["fulfilment"].mean().sort_values(kind="stable")
    return table.sort_values(
        "group", key=lambda s: s.map({g: i for i, g in enumerate(mean.index)}), kind="stable", ignore_index=True
    )


def fulfilment(plan: Plan, *, width: int = WIDE) -> Picture:
    """Return bars of fulfilment by group of needs, one per period, with a mark at the minimum.

    Parameters
    ----------
    plan
        What to show.
    width
        Of the picture, in pixels.
    """
    table = fulfilment_table(plan)
    table["words"] = [f"{100 * part:.1f} %" for part in table["fulfilment"]]
    table["shown"] = table["fulfilment"].clip(upper=1.0)
    table["year"] = table["period"].astype(str) if len(plan.periods) > 1 else ""
    table["start"], table["end"] = 0.0, 1.0
    headings = {group: in_lines(group, width, NORMAL) for group in table["group"].unique()}
    rows = in_rows(table, "group", headings)
    years = "–".join(str(year) for year in dict.fromkeys((plan.periods[0], plan.periods[-1])))
    title = f"How far needs are met, {years}"
    how = "Part of what is asked for, at base-year prices; where most is lacking comes first. Upright mark: minimum."
    return dressed(
        _bars(rows, width, _YEARS if len(plan.periods) > 1 else 0),
        title,
        how,
        f"{title}. {_told(table, plan.periods[-1])}",
        width,
    )


def _bars(rows: Rows, width: int, left: int) -> Picture:
    base = alt.Chart(rows.bars)
    across = alt.Scale(domain=[0, 1], range=[left, width - _VALUES], nice=False)
    y, y2 = rows.y("top"), alt.Y2("bottom:Q")
    states = [state for state in _COLOURS if (rows.bars["state"] == state).any()]
    legend = alt.Legend(title=None, orient="top", columns=3 if width > 400 else 1, offset=14)
    colour = alt.Color(
        "state:N", legend=legend, scale=alt.Scale(domain=states, range=[_COLOURS[state] for state in states])
    )

    def x(column: str) -> alt.X:
        return alt.X(f"{column}:Q", scale=across, axis=None)

    asked = base.mark_rect(color=MUTED, opacity=0.6).encode(x=x("start"), x2="end:Q", y=y, y2=y2)
    got = base.mark_rect().encode(x=x("start"), x2="shown:Q", y=y, y2=y2, color=colour)
    promised = base.transform_filter("datum.minimum > 0")
    halo = promised.mark_rule(color=PAPER, strokeWidth=5).encode(x=x("minimum"), y=y, y2=y2)
    least = promised.mark_rule(color=INK, strokeWidth=2.5).encode(x=x("minimum"), y=y, y2=y2)
    words = base.mark_text(align="right", fontSize=NORMAL, color=INK).encode(
        x=alt.value(width), y=rows.y("middle"), text="words:N"
    )
    year = base.mark_text(align="left", color=SOFT).encode(x=alt.value(0), y=rows.y("middle"), text="year:N")
    return alt.layer(asked, got, halo, least, words, year, rows.heading_layer()).properties(
        width=width, height=rows.height
    )


def _state(part: float, minimum: float) -> str:
    if part >= _FULL:
        return MET
    return BETWEEN if part >= minimum - 1e-6 else BELOW


def _told(table: pd.DataFrame, period: int) -> str:
    last = table[table["period"] == period]
    parts = [f"{row.group} {row.words}" for row in each(last)]
    return f"In {period}: {and_list(parts)} of what is asked for."
