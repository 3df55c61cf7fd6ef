"""How far branches grow apart: bars of their growth beside the balanced growth that all could share."""

import altair as alt
import pandas as pd

from newcourse.pictures.look import (
    BLUE,
    INK,
    NORMAL,
    ORANGE,
    RED,
    SMALL,
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
from newcourse.plan.disproportion import Disproportion, measure_disproportion
from newcourse.plan.disproportion_words import signed
from newcourse.plan.plan import Plan
from newcourse.plan.sentences import and_list

_VALUES = 66


def growth_table(found: Disproportion) -> pd.DataFrame:
    """Return the numbers of the picture: the mean growth of each product a period, fastest first.

    Returns
    -------
    DataFrame
        Columns name, branch, growth (part of one), apart (less the balanced rate).
    """
    known = found.growth.dropna(subset="growth")
    table = known.groupby(["name", "branch"], sort=False)[["growth", "apart"]].mean().reset_index()
    return table.sort_values("growth", ascending=False, kind="stable", ignore_index=True)


def disproportion(plan: Plan, *, most: int = 8, width: int = WIDE, found: Disproportion | None = None) -> Picture:
    """Return bars of the growth of the fastest and the slowest branches, and a line where balanced growth is.

    Parameters
    ----------
    plan
        What to show.
    most
        How many of the fastest, and how many of the slowest, are shown.
    width
        Of the picture, in pixels.
    found
        The measure, if it is there already.
    """
    measured = found or measure_disproportion(plan)
    whole = growth_table(measured)
    title = "How far branches grow apart"
    if whole.empty:
        return nothing_to_show(title, "Nothing was made before.", width)
    table = whole if len(whole) <= 2 * most else pd.concat([whole.head(most), whole.tail(most)])
    table = table.assign(key=[str(row) for row in range(len(table))], value=[signed(g) for g in table["growth"]])
    years = "–".join(str(year) for year in dict.fromkeys((plan.economy.about.year, plan.periods[-1])))
    rate = None if measured.balanced is None else measured.balanced.rate
    how = f"Growth of output a {plan.economy.about.period}, {years}."
    if len(table) < len(whole):
        how += f" The {most} fastest and the {most} slowest of {len(whole)} branches."
    if rate is not None:
        how += f" Line: {signed(rate)}, at which all could grow together; blue is faster."
    told = and_list([f"{sentence(row.name)} {row.value}" for row in each(table)])
    headings = {row.key: in_lines(sentence(row.name), width, NORMAL) for row in each(table)}
    rows = in_rows(table, "key", headings, bar=12, gap=0, space=7)
    return dressed(_bars(rows, rate, width), title, how, f"{title}. {how} {told}.", width)


def _bars(rows: Rows, rate: float | None, width: int) -> Picture:
    ends = [0.0, *rows.bars["growth"], *([] if rate is None else [rate])]
    scale = alt.Scale(domain=[min(ends), max(*ends, min(ends) + 1e-6)], range=[0, width - _VALUES], nice=False)
    limit = 0.0 if rate is None else rate
    bars = rows.bars.assign(start=0.0, faster=rows.bars["growth"] >= limit)
    base = alt.Chart(bars)
    x = alt.X("start:Q", scale=scale, axis=None)
    colour = alt.Color("faster:N", legend=None, scale=alt.Scale(domain=[True, False], range=[BLUE, ORANGE]))
    bar = base.mark_rect().encode(x=x, x2="growth:Q", y=rows.y("top"), y2="bottom:Q", color=colour)
    value = base.mark_text(align="right", fontSize=NORMAL, color=INK).encode(
        x=alt.value(width), y=rows.y("middle"), text="value:N"
    )
    layers = [bar, value, rows.heading_layer(), _line(0.0, scale, rows, SOFT)]
    if rate is not None:
        layers.append(_line(rate, scale, rows, RED))
    return alt.layer(*layers).properties(width=width, height=rows.height + SMALL)


def _line(at: float, scale: alt.Scale, rows: Rows, colour: str) -> alt.Chart:
    """Return a line across every bar, broken where the bars' names stand."""
    line = alt.Chart(rows.bars.assign(at=at)).mark_rule(color=colour, strokeWidth=1.5)
    drawn: alt.Chart = line.encode(x=alt.X("at:Q", scale=scale, axis=None), y=rows.y("top"), y2="bottom:Q")
    return drawn
