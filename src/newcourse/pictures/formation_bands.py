"""Populations of formations over time, as bands: what the hypotheses give, beside what their rivals give."""

import altair as alt
import pandas as pd

from newcourse.formations.banner import BANNER
from newcourse.pictures.formation_words import formation_colours, needed
from newcourse.pictures.look import INK, NORMAL, WIDE, Picture, dressed, each, in_lines
from newcourse.plan.sentences import and_list

COLUMNS = ("model", "formation", "year", "low", "middle", "high")
"""What the table must have: title of the model, title of the formation, year, and three shares between 0 and 1."""

_SIDE, _LINE, _HIGH = 46, 16, 190
"""Room for the axis, height of a line of letters, height of the axes, in pixels."""

_DASHES = [[1, 0], [6, 3], [2, 2], [8, 2, 2, 2], [4, 4], [1, 3], [10, 4], [3, 1]]
"""How the lines of the formations are broken, so that they can be told apart without colours."""


def formation_bands(table: pd.DataFrame, *, title: str, how: str, quantum_like: bool, width: int = WIDE) -> Picture:
    """Return one panel a model, each formation a band between ``low`` and ``high`` with a line through its middle.

    Parameters
    ----------
    table
        One row a model, formation and year, with the columns :data:`COLUMNS`. The models keep the order of their
        first rows: the hypotheses first, their best classical rival next.
    title
        What is shown; for a scenario "conditional on hypotheses …".
    how
        What the bands are, such as "Nine runs in ten lie within the band".
    quantum_like
        Whether any of the models is quantum-like: then the banner stands beneath the title.
    width
        Of the picture, in pixels.

    Raises
    ------
    BadInput
        If columns are missing or there are no rows.
    """
    needed(table, COLUMNS, "bands of formations")
    models = list(dict.fromkeys(table["model"]))
    colours = formation_colours(list(dict.fromkeys(table["formation"])))
    across = 1 if width < WIDE // 2 else min(2, len(models))
    wide = (width - across * _SIDE - 20) // across
    panels = [_panel(table[table["model"] == model], model, colours, wide) for model in models]
    rows = [alt.hconcat(*panels[k : k + across], spacing=18) for k in range(0, len(panels), across)]
    chart = alt.vconcat(*rows, spacing=16)
    subtitle = " ".join(filter(None, [how, f"{BANNER[0].upper()}{BANNER[1:]}." if quantum_like else ""]))
    return dressed(chart, title, subtitle, f"{title}. {subtitle} {_told(table, models)}", width)


def _panel(table: pd.DataFrame, model: str, colours: dict[str, str], wide: int) -> Picture:
    scale = alt.Scale(domain=list(colours), range=list(colours.values()))
    legend = alt.Legend(
        title=None, orient="top", columns=1 if wide < WIDE // 3 else 3, labelLimit=wide, symbolType="stroke",
        symbolOpacity=1, symbolSize=500, symbolStrokeWidth=2.5,
    )  # fmt: skip
    colour = alt.Color("formation:N", scale=scale, legend=legend)
    x = alt.X("year:Q", title=None, axis=alt.Axis(format="d", tickCount=max(2, wide // 70), grid=False))
    y = alt.Y("low:Q", title=None, scale=alt.Scale(domain=[0, 1]), axis=alt.Axis(format="%", tickCount=5))
    base = alt.Chart(table)
    band = base.mark_area(opacity=0.35).encode(x=x, y=y, y2="high:Q", color=colour)
    dash = alt.StrokeDash(
        "formation:N", scale=alt.Scale(domain=list(colours), range=_DASHES[: len(colours)]), legend=legend
    )
    middle = base.mark_line(strokeWidth=1.8).encode(x=x, y="middle:Q", color=colour, strokeDash=dash)
    lines = in_lines(model, wide, NORMAL)
    heading = alt.TitleParams(
        lines, anchor="start", fontSize=NORMAL, fontWeight="bold", color=INK, lineHeight=_LINE, offset=8, frame="bounds"
    )
    return alt.layer(band, middle, title=heading).properties(width=wide, height=_HIGH)


def _told(table: pd.DataFrame, models: list[str]) -> str:
    last = table[table["year"] == table["year"].max()]
    parts = []
    for model in models:
        own = last[last["model"] == model].sort_values("middle", ascending=False).head(3)
        parts.append(f"{model}, {own['year'].max():g}: " + and_list(
            [f"{row.formation} {row.low:.0%} to {row.high:.0%}" for row in each(own)]
        ))  # fmt: skip
    return ". ".join(parts) + "."
