"""Projects over the years: what each takes while it is built, and what its works make afterwards."""

import altair as alt
import pandas as pd

from newcourse.pictures.look import (
    BLUE,
    INK,
    NORMAL,
    ORANGE,
    SMALL,
    SOFT,
    WIDE,
    Picture,
    dressed,
    each,
    heading_lines,
    in_lines,
    nothing_to_show,
    sentence,
)
from newcourse.plan.plan import Plan
from newcourse.plan.project_schedule import project_years
from newcourse.plan.sentences import and_list, number

_COLUMNS, _LINE = 150, 17
"""Height of the tallest columns up and down together, and of a line of letters, in pixels."""


def projects(plan: Plan, *, width: int = WIDE) -> Picture:
    """Return columns for each project begun: what it takes each year downwards, what its works make upwards.

    Parameters
    ----------
    plan
        What to show.
    width
        Of the picture, in pixels.
    """
    table = project_years(plan)
    title = "Projects over the years"
    if table.empty:
        return nothing_to_show(title, "No project is begun.", width)
    how = (
        f"Down: goods it takes. Up: what the works it gives make. Both in {plan.economy.about.currency} at base-year "
        "prices; each project has its own scale."
    )
    panels = [_panel(part, width) for _, part in table.groupby("project", sort=False)]
    told = " ".join(_told(part) for _, part in table.groupby("project", sort=False))
    whole = alt.vconcat(*panels, spacing=18).resolve_scale(x="independent", y="independent")
    return dressed(whole, title, how, f"{title}. {told}", width)


def _panel(table: pd.DataFrame, width: int) -> Picture:
    most, least = float(table["made"].max()), -float(table["taken"].max())
    both = max(most - least, 1e-9)
    heading = in_lines(sentence(str(table["name"].iloc[0])), width, NORMAL)
    above = len(heading) * _LINE + _LINE
    below = above + _COLUMNS
    scale = alt.Scale(domain=[least, least + both], range=[below, above], nice=False)
    up = table.assign(value=table["made"], year=table["period"].astype(str), words=table["made"].map(_words))
    down = table.assign(value=-table["taken"], year=up["year"], words=table["taken"].map(_words))
    x = alt.X("year:O", axis=None, scale=alt.Scale(range=[0, width], paddingInner=0.15, paddingOuter=0))
    y = alt.Y("value:Q", axis=None, scale=scale)
    layers: list[alt.Chart] = []
    for part, colour in ((up, BLUE), (down, ORANGE)):
        layers.append(alt.Chart(part).mark_bar(color=colour).encode(x=x, y=y, y2=alt.Y2(datum=0)))
    over = alt.Chart(up).mark_text(baseline="bottom", dy=-3, color=INK, fontSize=SMALL)
    under = alt.Chart(down).mark_text(baseline="top", dy=3, color=INK, fontSize=SMALL)
    layers += [words.encode(x=x, y=y, text="words:N") for words in (over, under)]
    years = alt.Chart(up).mark_text(baseline="top", color=SOFT, fontSize=SMALL)
    layers.append(years.encode(x=x, y=alt.value(below + 20), text="year:N"))
    layers += heading_lines(heading, _LINE)
    return alt.layer(*layers).properties(width=width, height=below + 36)


def _words(value: float) -> str:
    return number(value) if value > 0 else ""


def _told(table: pd.DataFrame) -> str:
    years = and_list([f"{row.period} takes {number(row.taken)}, makes {number(row.made)}" for row in each(table)])
    return f"{sentence(str(table['name'].iloc[0]))}: {years}."
