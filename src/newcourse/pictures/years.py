"""What the plan brings and takes year by year, beside the base year: small columns, one panel per measure."""

import altair as alt
import pandas as pd

from newcourse.pictures.look import (
    BLUE,
    GREY,
    INK,
    NARROW,
    NORMAL,
    SMALL,
    SOFT,
    WIDE,
    Picture,
    dressed,
    each,
    heading_lines,
    in_lines,
    sentence,
)
from newcourse.plan.plan import Plan
from newcourse.plan.sentences import number

_COLUMN, _LINE, _GAP = 74, 17, 28
"""Height of the tallest column and of a line of letters, and room between panels, in pixels."""


def years_table(plan: Plan) -> pd.DataFrame:
    """Return the numbers of the picture: every measure in the base year and each year planned.

    Returns
    -------
    DataFrame
        Columns measure, unit, period, quantity, planned (whether it is planned or the base year's).
    """
    totals = plan.totals()
    base = totals.drop_duplicates("measure").assign(
        period=plan.economy.about.year, quantity=lambda table: table["base"], planned=False
    )
    rank = {measure: number for number, measure in enumerate(totals["measure"].unique())}
    table = pd.concat([base, totals.assign(planned=True)], ignore_index=True)
    order = table["measure"].map(rank)
    table = table.assign(order=order).sort_values(["order", "period"], kind="stable", ignore_index=True)
    return table[["measure", "unit", "period", "quantity", "planned"]]


def years(plan: Plan, *, width: int = WIDE) -> Picture:
    """Return columns for each measure: grey for the base year, blue for the years planned, all from zero.

    Parameters
    ----------
    plan
        What to show.
    width
        Of the picture, in pixels.
    """
    table = years_table(plan)
    measures = list(table["measure"].unique())
    columns = min(3 if width > 2 * NARROW else 1, len(measures))
    panel = (width - _GAP * (columns - 1)) / columns
    parts = [table[table["measure"] == measure] for measure in measures]
    heads = [in_lines(_heading(part), panel, NORMAL) for part in parts]
    top = max(map(len, heads)) * _LINE + _LINE + 2
    charts = [_panel(part, lines, panel, top) for part, lines in zip(parts, heads, strict=True)]
    title = "Year by year: " + ", ".join(str(year) for year in (plan.economy.about.year, *plan.periods))
    how = "Grey: the base year as it was. Blue: as planned, with the change since the base year. Columns begin at zero."
    told = " ".join(_told(part) for part in parts)
    whole = alt.concat(*charts, columns=columns, spacing={"row": 14, "column": _GAP}).resolve_scale(
        y="independent", x="independent"
    )
    return dressed(whole, title, how, f"{title}. {told}", width)


def _panel(table: pd.DataFrame, heading: list[str], width: float, top: int) -> Picture:
    base = float(table["quantity"].iloc[0])
    table = table.assign(
        year=table["period"].astype(str),
        words=[_column_words(row.quantity, base, row.planned) for row in each(table)],
    )
    foot = top + _COLUMN
    scale = alt.Scale(domain=[0, max(float(table["quantity"].max()), 1e-12)], range=[foot, top])
    y = alt.Y("quantity:Q", axis=None, scale=scale)
    x = alt.X("year:O", axis=None, scale=alt.Scale(range=[0, width], paddingInner=0.12, paddingOuter=0))
    colour = alt.Color("planned:N", legend=None, scale=alt.Scale(domain=[False, True], range=[GREY, BLUE]))
    chart = alt.Chart(table)
    column = chart.mark_bar().encode(x=x, y=y, y2=alt.Y2(datum=0), color=colour)
    words = chart.mark_text(baseline="bottom", dy=-3, color=INK, fontSize=SMALL).encode(x=x, y=y, text="words:N")
    year = chart.mark_text(baseline="top", color=SOFT, fontSize=SMALL).encode(x=x, y=alt.value(foot + 5), text="year:N")
    return alt.layer(column, words, year, *heading_lines(heading, _LINE)).properties(width=width, height=foot + 20)


def _heading(table: pd.DataFrame) -> str:
    return f"{sentence(table['measure'].iloc[0])}, {table['unit'].iloc[0]}"


def _column_words(quantity: float, base: float, planned: bool) -> str:
    if not planned:
        return number(quantity)
    return f"{100 * (quantity / base - 1):+.1f} %".replace("-", "−") if base > 0 else number(quantity)


def _told(table: pd.DataFrame) -> str:
    words = ", ".join(f"{row.period} {number(row.quantity)}" for row in each(table))
    return f"{sentence(table['measure'].iloc[0])} in {table['unit'].iloc[0]}: {words}."
