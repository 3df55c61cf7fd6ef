"""The ladder of models: how much better or worse each predicts than the first, with its standard error."""

import altair as alt
import pandas as pd

from newcourse.formations.banner import BANNER
from newcourse.formations.inference.verdict import LadderVerdict
from newcourse.pictures.formation_words import needed
from newcourse.pictures.look import (
    BLUE,
    INK,
    MUTED,
    NORMAL,
    ORANGE,
    SMALL,
    WIDE,
    Picture,
    dressed,
    each,
    in_lines,
    in_pixels,
)
from newcourse.plan.sentences import and_list

COLUMNS = ("model", "split", "difference", "error")
"""What the table must have: title of the model, how data were held out, mean difference of log score from the first
model for each country, and its paired standard error."""

HOW = "Point: mean difference of log score from the first model, country by country; line: two paired standard errors."
"""How the picture is read."""

_ROW, _NUMBERS = 24, 125
"""Height of a row, and room for the numbers at the right, in pixels."""


def verdict_picture(found: LadderVerdict, *, width: int = WIDE) -> Picture:
    """Return the ladder of a verdict, with what can be said as its title.

    Parameters
    ----------
    found
        The verdict.
    width
        Of the picture, in pixels.
    """
    title = " ".join(answer.sentence for answer in found.answers)
    return formation_ladder(found.table, title=title, how=HOW, quantum_like=bool(found.banner), width=width)


def formation_ladder(
    table: pd.DataFrame, *, title: str, how: str = HOW, quantum_like: bool = False, width: int = WIDE
) -> Picture:
    """Return a point with two standard errors each way for every model and way of holding out, and the numbers beside.

    Parameters
    ----------
    table
        One row a model and split, with the columns :data:`COLUMNS`, in the order of the ladder.
    title, how
        The verdict in short, and how to read the picture.
    quantum_like
        Whether any of the models is quantum-like: then the banner stands beneath the title.
    width
        Of the picture, in pixels.

    Raises
    ------
    BadInput
        If columns are missing or there are no rows.
    """
    needed(table, COLUMNS, "the ladder of models")
    said = [f"{row.difference:+.4f} ± {row.error:.4f}".replace("-", "−") for row in each(table)]
    data = table.assign(
        low=table["difference"] - 2 * table["error"], high=table["difference"] + 2 * table["error"], said=said
    )
    models, splits = list(dict.fromkeys(data["model"])), list(dict.fromkeys(data["split"]))
    chart = alt.layer(*_layers(data, models, splits, width)).properties(
        width=_across(models, width), height=len(models) * _high(models, splits, width)
    )
    subtitle = " ".join(filter(None, [how, f"{BANNER[0].upper()}{BANNER[1:]}." if quantum_like else ""]))
    told = and_list([f"{row.model}, {row.split}: {row.said}" for row in each(data)])
    return dressed(chart, title, subtitle, f"{title}. {subtitle} {told}.", width)


def _beside(models: list[str], width: int) -> int:
    """Return the room for the names of the models, in pixels."""
    longest = int(max(in_pixels(line, SMALL) for model in models for line in _broken(model, width))) + 14
    return min(width // 3, longest)


def _broken(model: str, width: int) -> list[str]:
    return in_lines(model, width / 3 - 14, SMALL)


def _high(models: list[str], splits: list[str], width: int) -> int:
    """Return the height of a model's row, in which its name has room."""
    lines = max(len(_broken(model, width)) for model in models)
    return max(_ROW * max(1, len(splits)), (SMALL + 3) * lines + 6)


def _numbered(width: int) -> bool:
    """Return whether there is room for the numbers at the right."""
    return width >= WIDE // 2


def _across(models: list[str], width: int) -> int:
    return width - _beside(models, width) - (_NUMBERS if _numbered(width) else 0) - 20


def _layers(data: pd.DataFrame, models: list[str], splits: list[str], width: int) -> list[Picture]:
    """Return zero, the lines of two standard errors, the points, and the numbers at the right."""
    lines = {model: "\n".join(_broken(model, width)) for model in models}
    shown = data.assign(model=data["model"].map(lines))
    names = alt.Axis(labelLimit=0, ticks=False, domain=False, labelExpr="split(datum.label, '\\n')")
    y = alt.Y("model:N", sort=list(lines.values()), title=None, axis=names)
    ticks = alt.Axis(tickCount=max(2, _across(models, width) // 70), labelOverlap=True)
    unit = in_lines("nats better than the first model →", _across(models, width), SMALL)
    x = alt.X("low:Q", title=unit, axis=ticks, scale=alt.Scale(zero=True, nice=True))
    legend = alt.Legend(title=None, orient="top", labelFontSize=NORMAL, columns=1 if width < WIDE // 2 else 2)
    scale = alt.Scale(domain=splits, range=[BLUE, ORANGE][: len(splits)])
    shapes = alt.Scale(domain=splits, range=["circle", "square"][: len(splits)])
    colour = alt.Color("split:N", scale=scale, legend=legend)
    shape = alt.Shape("split:N", scale=shapes, legend=legend)
    offset = alt.YOffset("split:N", sort=splits)
    base = alt.Chart(shown)
    zero = alt.Chart(pd.DataFrame({"low": [0.0]})).mark_rule(color=MUTED, strokeWidth=2).encode(x="low:Q")
    layers: list[Picture] = [
        zero,
        base.mark_rule(strokeWidth=2).encode(x=x, x2="high:Q", y=y, yOffset=offset, color=colour),
        base.mark_point(filled=True, size=70, opacity=1, stroke=INK, strokeWidth=0.5).encode(
            x="difference:Q", y=y, yOffset=offset, color=colour, shape=shape
        ),
    ]
    if _numbered(width):
        words = base.mark_text(align="right", dx=_NUMBERS, fontSize=SMALL, color=INK)
        layers.append(words.encode(x=alt.value(_across(models, width)), y=y, yOffset=offset, text="said:N"))
    return layers
