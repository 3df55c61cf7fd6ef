"""Two plans beside each other: how far each meets each group of needs, and what each brings and takes."""

from collections.abc import Mapping

import altair as alt
import pandas as pd

from newcourse.errors import BadInput, Fault
from newcourse.pictures.look import (
    BLUE,
    GREY,
    GRID,
    INK,
    NARROW,
    NORMAL,
    PAPER,
    SMALL,
    WIDE,
    Picture,
    dressed,
    each,
    in_lines,
    sentence,
)
from newcourse.pictures.rows import in_rows
from newcourse.pictures.variants import variants_table
from newcourse.plan.plan import Plan
from newcourse.plan.sentences import and_list

_GAP, _TRACK, _NUMBERS = 44, 18, 92
"""Room between the panels, height of a row, width of the words at its end, in pixels."""


def compare_table(plans: Mapping[str, Plan]) -> pd.DataFrame:
    """Return the numbers of the picture: one row per group of needs and per total.

    Parameters
    ----------
    plans
        Two plans by their titles: before and after.

    Returns
    -------
    DataFrame
        Columns part (``needs`` or ``totals``), what, unit, before, after (means of the years planned; for needs the
        percent met of what is asked for), difference.

    Raises
    ------
    BadInput
        If there are not two plans.
    """
    if len(plans) != 2:
        raise BadInput(
            Fault("plans-number", "picture of two plans", f"{len(plans)} plans", "two with different names", "name two")
        )
    first, second = plans
    numbers = variants_table(plans)
    wide = numbers.pivot_table(index=["part", "what", "unit"], columns="variant", values="value", sort=False)
    table = wide[[first, second]].fillna(0.0).set_axis(["before", "after"], axis=1).reset_index()
    return table.assign(difference=table["after"] - table["before"])


def compare(plans: Mapping[str, Plan], *, width: int = WIDE) -> Picture:
    """Return a line from each group and total of the first plan, a grey dot, to that of the second, a blue one.

    Parameters
    ----------
    plans
        Two plans by their titles: before and after.
    width
        Of the picture, in pixels.

    Raises
    ------
    BadInput
        If there are not two plans.
    """
    table, (first, second) = compare_table(plans), plans
    needs = table[table["part"] == "needs"].assign(start=lambda t: t["before"], end=lambda t: t["after"])
    totals = table[(table["part"] == "totals") & (table["before"] > 0)]
    totals = totals.assign(start=0.0, end=100 * totals["difference"] / totals["before"])
    needs["words"] = [f"{row.start:.1f} → {row.end:.1f}".replace("-", "−") for row in each(needs)]
    totals["words"] = [f"{row.end:+.1f} %".replace("-0.0 %", "0.0 %").replace("-", "−") for row in each(totals)]
    beside = width > 2 * NARROW
    panel = (width - _GAP) / 2 if beside else width
    panels = [
        _panel(needs, panel, "Needs met, percent of what is asked for"),
        _panel(totals, panel, f"Totals, percent more or less than {first}"),
    ]
    whole = alt.hconcat(*panels, spacing=_GAP) if beside else alt.vconcat(*panels, spacing=24)
    title = f"From {first} to {second}"
    how = f"Grey ring: {first}. Blue dot: {second}. Mean of the years planned."
    told = and_list([f"{row.what} {row.before:.1f} to {row.after:.1f}" for row in each(needs)])
    description = f"{title}. Needs met in percent of what is asked for: {told}."
    return dressed(whole.resolve_scale(x="independent"), title, how, description, width)


def _panel(table: pd.DataFrame, width: float, heading: str) -> Picture:
    headings = {name: in_lines(sentence(name), width, NORMAL)[:1] for name in table["what"].unique()}
    rows = in_rows(table, "what", headings, bar=_TRACK, gap=0, space=9)
    end = width - _NUMBERS
    ends = pd.concat([table["start"], table["end"]])
    low, high = float(ends.min()), float(ends.max())
    room = max(0.05 * (high - low), 0.5)
    scale = alt.Scale(domain=[low - room, high + room], range=[8, end - 8], nice=False, zero=False)
    axis = alt.Axis(title=heading, titleAlign="left", titleAnchor="start", titleX=0, tickCount=4, domain=False)
    base = alt.Chart(rows.bars)
    x, y = alt.X("start:Q", scale=scale, axis=axis), rows.y("middle")
    track = base.mark_rule(color=GRID, strokeWidth=2).encode(x=alt.value(0), x2=alt.value(end), y=y)
    line = base.mark_rule(color=INK, strokeWidth=2).encode(x=x, x2="end:Q", y=y)
    ring = base.mark_point(size=70, filled=True, opacity=1, color=PAPER, stroke=GREY, strokeWidth=2.5)
    dot = base.mark_point(size=90, filled=True, opacity=1, color=BLUE, stroke=PAPER, strokeWidth=1)
    words = base.mark_text(align="right", fontSize=SMALL, color=INK)
    words = words.encode(x=alt.value(width), y=y, text="words:N")
    layers = (track, line, ring.encode(x=x, y=y), dot.encode(x=alt.X("end:Q", scale=scale, axis=axis), y=y), words)
    whole: Picture = alt.layer(*layers, rows.heading_layer()).properties(width=width, height=rows.height + 4)
    return whole
