"""Plan variants side by side: how far each meets each group of needs, and what each brings and takes."""

from collections.abc import Mapping
from typing import Any

import altair as alt
import pandas as pd

from newcourse.errors import BadInput, Fault
from newcourse.pictures.look import (
    CATEGORIES,
    GRID,
    INK,
    NARROW,
    NORMAL,
    PAPER,
    SHAPES,
    SMALL,
    WIDE,
    Picture,
    dressed,
    each,
    in_lines,
    in_pixels,
    sentence,
)  # fmt: skip
from newcourse.pictures.rows import in_rows
from newcourse.plan.plan import Plan
from newcourse.plan.sentences import and_list

_GAP, _TRACK, _NUMBER = 44, 20, 46
"""Room between the panels, height of a row of dots, width of a number, in pixels."""


def variants_table(plans: Mapping[str, Plan]) -> pd.DataFrame:
    """Return the numbers of the picture: each variant's mean over its years.

    Parameters
    ----------
    plans
        Plans by the title of the variant.

    Returns
    -------
    DataFrame
        Columns part (``needs`` or ``totals``), what, unit, variant, value: for needs the percent met of what is asked
        for, for totals the mean quantity of a year, with the base year's in column base.
    """
    return pd.concat([_rows_of(title, plan) for title, plan in plans.items()], ignore_index=True)


def variants(plans: Mapping[str, Plan], *, width: int = WIDE) -> Picture:
    """Return dots for each variant: by group of needs in percent met, and by total in percent of the base year.

    Parameters
    ----------
    plans
        Plans by the title of the variant, in the order of the vote; at most six.
    width
        Of the picture, in pixels.

    Raises
    ------
    BadInput
        If there is no plan, or more than can be told apart.
    """
    if not 1 <= len(plans) <= len(SHAPES):
        raise BadInput(
            Fault("variants-number", "picture of variants", f"{len(plans)} plans", f"1 to {len(SHAPES)}", "choose some")
        )
    table, titles = variants_table(plans), list(plans)
    needs = table[table["part"] == "needs"].assign(shown=lambda rows: rows["value"])
    totals = table[(table["part"] == "totals") & (table["base"] > 0)]
    totals = totals.assign(shown=100 * (totals["value"] / totals["base"] - 1))
    beside = width > 2 * NARROW
    panel = (width - _GAP) / 2 if beside else width
    panels = [
        _panel(needs, titles, panel, "Needs met, percent of what is asked for", "{:.1f}"),
        _panel(totals, titles, panel, "Totals, change since the base year in percent", "{:+.1f}"),
    ]
    whole = alt.hconcat(*panels, spacing=_GAP) if beside else alt.vconcat(*panels, spacing=24)
    title = "Variants side by side"
    how = "Mean of the years planned. The columns of numbers stand under the mark of their variant."
    return dressed(whole.resolve_scale(x="independent"), title, how, f"{title}. {_told(needs, titles)}", width)


def _rows_of(title: str, plan: Plan) -> pd.DataFrame:
    met = plan.fulfilment("group").groupby("group", sort=False)["fulfilment"].mean().mul(100).rename("value")
    needs = met.reset_index().rename(columns={"group": "what"}).assign(part="needs", unit="percent", base=0.0)
    totals = plan.totals().groupby(["measure", "unit"], sort=False)[["quantity", "base"]].mean().reset_index()
    totals = totals.rename(columns={"measure": "what", "quantity": "value"}).assign(part="totals")
    columns = ["part", "what", "unit", "variant", "value", "base"]
    return pd.concat([needs, totals], ignore_index=True).assign(variant=title)[columns]


def _panel(table: pd.DataFrame, titles: list[str], width: float, heading: str, form: str) -> Picture:
    headings = {name: in_lines(sentence(name), width, NORMAL)[:1] for name in table["what"].unique()}
    rows = in_rows(pd.DataFrame({"what": list(headings)}), "what", headings, bar=_TRACK, gap=0, space=11)
    middle = table["what"].map(rows.bars.set_index("what")["middle"])
    place = table["variant"].map({title: number for number, title in enumerate(titles)})
    right = width - _NUMBER * (len(titles) - 1 - place)
    dodge = (place - (len(titles) - 1) / 2) * min(6.0, _TRACK / len(titles))
    words = [form.format(value).replace("-", "−") for value in table["shown"]]
    marks = table.assign(middle=middle, dodged=middle + dodge, right=right, words=words)
    end = width - _NUMBER * len(titles) - 8
    colour = alt.Color("variant:N", scale=_scale(titles, CATEGORIES), legend=_key(titles, width))
    shape = alt.Shape("variant:N", scale=_scale(titles, SHAPES))
    track = alt.Chart(rows.bars).mark_rule(color=GRID, strokeWidth=2)
    track = track.encode(x=alt.value(0), x2=alt.value(end), y=rows.y("middle"))
    symbol: dict[str, Any] = {"filled": True, "size": 100, "opacity": 1, "stroke": PAPER, "strokeWidth": 1}
    points = (
        alt.Chart(marks)
        .mark_point(**symbol)
        .encode(
            x=_axis(table["shown"], end, heading, change="+" in form), y=rows.y("dodged"), color=colour, shape=shape
        )
    )
    pixels = alt.X("right:Q", scale=alt.Scale(domain=[0, width], range=[0, width], nice=False, zero=False), axis=None)
    numbers = alt.Chart(marks).mark_text(align="right", fontSize=SMALL, color=INK)
    numbers = numbers.encode(x=pixels, y=rows.y("middle"), text="words:N")
    heads = alt.Chart(marks.drop_duplicates("variant")).mark_point(**symbol, xOffset=-14)
    heads = heads.encode(x=pixels, y=alt.value(7), color=colour, shape=shape)
    layers = alt.layer(track, points, numbers, heads, rows.heading_layer())
    whole: Picture = layers.resolve_scale(x="independent").properties(width=width, height=rows.height + 8)
    return whole


def _axis(shown: pd.Series, end: float, heading: str, *, change: bool) -> alt.X:
    low, high = (min(shown.min(), 0), max(shown.max(), 0)) if change else (shown.min(), max(shown.max(), 100))
    axis = alt.Axis(title=heading, titleAlign="left", titleAnchor="start", titleX=0, tickCount=4, domain=False)
    return alt.X("shown:Q", scale=alt.Scale(domain=[low, high], range=[8, end - 8], nice=True, zero=False), axis=axis)


def _scale(titles: list[str], values: tuple[str, ...]) -> alt.Scale:
    return alt.Scale(domain=titles, range=list(values[: len(titles)]))


def _key(titles: list[str], width: float) -> alt.Legend:
    columns = max(1, int(width / max(in_pixels(title) + 30 for title in titles)))
    return alt.Legend(title=None, orient="top", columns=min(columns, len(titles)), labelLimit=int(width) - 30)


def _told(needs: pd.DataFrame, titles: list[str]) -> str:
    parts = []
    for title in titles:
        mine = needs[needs["variant"] == title]
        listed = and_list([f"{row.what} {row.value:.1f}" for row in each(mine)])
        parts.append(f"{title} meets, in percent of what is asked for: {listed}.")
    return " ".join(parts)
