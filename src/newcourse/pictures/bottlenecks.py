"""Which limits hold the plan back most: bars of what each is worth."""

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
from newcourse.plan.plan import Plan
from newcourse.plan.sentences import and_list, number

_VALUES = 88


def bottleneck_table(plan: Plan) -> pd.DataFrame:
    """Return the numbers of the picture: every limit that is reached, dearest first.

    Returns
    -------
    DataFrame
        Columns kind, label, words, unit, period, limit, used, valuation (currency per unit), worth (valuation × limit
        where it stands, currency).
    """
    table = plan["limits_met"].copy()
    table["worth"] = table["valuation"] * table["used"].abs()
    return table.sort_values("worth", ascending=False, kind="stable", ignore_index=True)


def bottlenecks(plan: Plan, *, most: int = 10, width: int = WIDE) -> Picture:
    """Return the dearest limits as bars of their worth: valuation × where the limit stands.

    Parameters
    ----------
    plan
        What to show.
    most
        How many limits are shown at most; the sentence above says how many there are.
    width
        Of the picture, in pixels.
    """
    whole = bottleneck_table(plan)
    currency = plan.economy.about.currency
    title = "What holds the plan back most"
    if whole.empty:
        return nothing_to_show(title, "No limit is reached.", width)
    table = whole.head(most).copy()
    table["key"] = [str(row) for row in range(len(table))]
    headings = {row.key: in_lines(sentence(row.words), width, NORMAL) for row in each(table)}
    table["value"] = [f"{number(worth)}" for worth in table["worth"]]
    table["unit value"] = [f"one more {row.unit} would bring {number(row.valuation)} {currency}" for row in each(table)]
    how = (
        f"The {len(table)} dearest of {len(whole)} limits reached. "
        f"Bar: what one more unit would bring × where the limit stands, in {currency}."
    )
    told = and_list([f"{sentence(row.words)}: {row.value} {currency}" for row in each(table)])
    rows = in_rows(table, "key", headings, bar=14, gap=0, space=26)
    return dressed(_bars(rows, width), title, how, f"{title}. {told}.", width)


def _bars(rows: Rows, width: int) -> Picture:
    bars = rows.bars.assign(start=0.0, end=rows.bars["worth"].max(), note=rows.bars["bottom"] + 9)
    base = alt.Chart(bars)
    scale = alt.Scale(domain=[0, float(bars["worth"].max())], range=[0, width - _VALUES], nice=False)
    x = alt.X("start:Q", scale=scale, axis=None)
    bar = base.mark_rect(color=BLUE).encode(x=x, x2="worth:Q", y=rows.y("top"), y2="bottom:Q")
    behind = base.mark_rect(color=MUTED, opacity=0.35).encode(x=x, x2="end:Q", y=rows.y("top"), y2="bottom:Q")
    value = base.mark_text(align="right", fontSize=NORMAL, color=INK).encode(
        x=alt.value(width), y=rows.y("middle"), text="value:N"
    )
    note = base.mark_text(align="left", baseline="middle", color=SOFT).encode(
        x=alt.value(0), y=rows.y("note"), text="unit value:N"
    )
    return alt.layer(behind, bar, value, note, rows.heading_layer()).properties(width=width, height=rows.height + 18)
