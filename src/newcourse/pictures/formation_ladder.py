"""The ladder of models: how much better or worse each predicts than the first, with its standard error."""

import altair as alt
import pandas as pd

from newcourse.pictures.formation_words import needed
from newcourse.pictures.look import BLUE, INK, MUTED, NORMAL, ORANGE, SMALL, WIDE, Picture, dressed, each, in_pixels
from newcourse.plan.sentences import and_list

COLUMNS = ("model", "split", "difference", "error")
"""What the table must have: title of the model, how data were held out, mean difference of log score from the first
model for each country, and its paired standard error."""

_ROW = 24
"""Height of a row in pixels."""


def formation_ladder(table: pd.DataFrame, *, title: str, how: str, width: int = WIDE) -> Picture:
    """Return a point with two standard errors each way for every model and way of holding out.

    Parameters
    ----------
    table
        One row a model and split, with the columns :data:`COLUMNS`, in the order of the ladder.
    title, how
        The verdict in short, and how to read the picture.
    width
        Of the picture, in pixels.

    Raises
    ------
    BadInput
        If columns are missing or there are no rows.
    """
    needed(table, COLUMNS, "the ladder of models")
    data = table.assign(low=table["difference"] - 2 * table["error"], high=table["difference"] + 2 * table["error"])
    models, splits = list(dict.fromkeys(data["model"])), list(dict.fromkeys(data["split"]))
    beside = width >= WIDE // 2
    room = min(width // 3, int(max(in_pixels(model, SMALL) for model in models)) + 14) if beside else 110
    wide = width - room - 40
    y = alt.Y("model:N", sort=models, title=None, axis=alt.Axis(labelLimit=room, ticks=False, domain=False))
    x = alt.X("low:Q", title="better than the first model →", scale=alt.Scale(zero=True, nice=True))
    colour = alt.Color("split:N", sort=splits, scale=alt.Scale(domain=splits, range=[BLUE, ORANGE][: len(splits)]),
                       legend=alt.Legend(title=None, orient="top", labelFontSize=NORMAL))  # fmt: skip
    offset = alt.YOffset("split:N", sort=splits)
    zero = alt.Chart(pd.DataFrame({"low": [0.0]})).mark_rule(color=MUTED, strokeWidth=2).encode(x="low:Q")
    bars = alt.Chart(data).mark_rule(strokeWidth=2).encode(x=x, x2="high:Q", y=y, yOffset=offset, color=colour)
    points = alt.Chart(data).mark_point(filled=True, size=70, opacity=1, stroke=INK, strokeWidth=0.5).encode(
        x="difference:Q", y=y, yOffset=offset, color=colour, shape=alt.Shape("split:N", sort=splits, legend=None)
    )  # fmt: skip
    high = _ROW * len(models) * max(1, len(splits))
    chart = alt.layer(zero, bars, points).properties(width=wide, height=high)
    told = and_list([f"{row.model}, {row.split}: {row.difference:+.3f} ± {row.error:.3f}" for row in each(data)])
    return dressed(chart, title, how, f"{title}. {how} {told}.", width)
