"""How far the needs of each place are met, group by group: a table whose cells are coloured."""

from typing import Final

import altair as alt
import pandas as pd

from newcourse.pictures.look import (
    INK,
    NARROW,
    ON_DARK,
    ON_LIGHT,
    SMALL,
    SMALLEST,
    SOFT,
    WIDE,
    Picture,
    dressed,
    in_lines,
    shortened,
)  # fmt: skip
from newcourse.plan.names import Names
from newcourse.plan.plan import Plan

_ROW, _HEAD, _SLANT = 26, 86, 36
"""Height of a row and of the names of places at the top, and how far a slanting name reaches out, in pixels."""

_FITS: Final = 17.0
"""Width of a cell, in pixels, below which its number does not fit and stands in the table alone."""

_DARK: Final = 0.42
"""Shades below this one take white letters."""

_LIGHT: Final = 0.9
"""The scale of colours reaches down to here at least, so that small wants do not look like large ones."""


def places_table(plan: Plan, period: int | None = None) -> pd.DataFrame:
    """Return the numbers of the picture: one row per place and group of needs that it files.

    Returns
    -------
    DataFrame
        Columns place (code), name, group, period, asked, delivered (currency), fulfilment (part of 1).
    """
    needs = plan.needs[plan.needs["period"] == (plan.periods[0] if period is None else period)]
    keys = ["place", "group", "period"]
    table = needs.groupby(keys, sort=False)[["asked value", "delivered value"]].sum().reset_index()
    table = table.rename(columns={"asked value": "asked", "delivered value": "delivered"})
    table = table[table["asked"] > 0].reset_index(drop=True)
    table["fulfilment"] = table["delivered"] / table["asked"]
    names = Names(plan.economy)
    table.insert(1, "name", [names.place(code) for code in table["place"]])
    return table


def places(plan: Plan, *, period: int | None = None, width: int = WIDE) -> Picture:
    """Return a table of places (columns) and groups of needs (rows), each cell with the part of its needs met.

    Parameters
    ----------
    plan
        What to show.
    period
        Year; the first one planned if left out.
    width
        Of the picture, in pixels.
    """
    table = places_table(plan, period)
    year = int(table["period"].iloc[0])
    table["words"] = [f"{100 * part:.0f}" for part in table["fulfilment"]]
    low = min(float(table["fulfilment"].min()), _LIGHT)
    table["shade"] = ((table["fulfilment"] - low) / (1 - low)).clip(upper=1.0)
    title = f"How far each place's needs are met, {year}"
    how = "Percent of what is asked for, in value at base-year prices; darker lacks more."
    worst = table.sort_values("fulfilment", kind="stable").iloc[0]
    told = f"The least is {worst['group']} in {worst['name']}: {worst['words']} percent. The table beside it has all."
    return dressed(_cells(table, width), title, how, f"{title}. {how} {told}", width)


def _cells(table: pd.DataFrame, width: int) -> Picture:
    codes, groups = list(table["place"].unique()), list(table["group"].unique())
    names = dict(zip(table["place"], table["name"], strict=True))
    left = 210 if width > 2 * NARROW else 94
    height = _HEAD + _ROW * len(groups)
    row = {group: _HEAD + _ROW * number for number, group in enumerate(groups)}
    table = table.assign(
        ground=[ON_DARK if shade < _DARK else ON_LIGHT for shade in table["shade"]], top=table["group"].map(row) + 1.0
    )
    table = table.assign(bottom=table["top"] + _ROW - 2, middle=table["top"] + _ROW / 2 - 1)
    pixels = alt.Scale(domain=[0, height], range=[0, height], nice=False, zero=False)
    x = alt.X(
        "place:N",
        sort=codes,
        axis=None,
        scale=alt.Scale(range=[left, width - _SLANT], paddingInner=0.06, paddingOuter=0),
    )
    colour = alt.Color("shade:Q", legend=None, scale=alt.Scale(domain=[0, 1], scheme="cividis"))
    chart = alt.Chart(table)
    cells = chart.mark_rect().encode(x=x, y=alt.Y("top:Q", scale=pixels, axis=None), y2="bottom:Q", color=colour)
    letters = chart.mark_text(
        fontSize=SMALLEST, opacity=1 if (width - left - _SLANT) / len(codes) > _FITS else 0
    ).encode(x=x, y=alt.Y("middle:Q", scale=pixels, axis=None), text="words:N", color=alt.Color("ground:N", scale=None))
    heads = pd.DataFrame(
        {"place": codes, "words": [shortened(names[code].partition(" (")[0], _HEAD + 20, SMALL) for code in codes]}
    )
    above = alt.Chart(heads).mark_text(angle=300, align="left", baseline="middle", color=INK, fontSize=SMALL)
    above = above.encode(x=x, y=alt.value(_HEAD - 8), text="words:N")
    lines = pd.DataFrame(
        {"y": row[group] + _ROW / 2 + (number - (len(broken) - 1) / 2) * SMALL, "words": line}
        for group in groups
        for broken in [in_lines(group, left - 8, SMALL)[:2]]
        for number, line in enumerate(broken)
    )
    side = alt.Chart(lines).mark_text(align="left", baseline="middle", color=SOFT, fontSize=SMALL)
    side = side.encode(x=alt.value(0), y=alt.Y("y:Q", scale=pixels, axis=None), text="words:N")
    return alt.layer(cells, letters, above, side).properties(width=width, height=height)
