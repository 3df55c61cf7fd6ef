"""What can be had together: every efficient point as a line over the aims, the plans to choose from in colour."""

from typing import Any

import altair as alt
import pandas as pd

from newcourse.errors import BadInput, Fault
from newcourse.pictures.look import (
    CATEGORIES,
    GRID,
    INK,
    MUTED,
    NARROW,
    SHAPES,
    SMALL,
    SOFT,
    WIDE,
    Picture,
    dressed,
    in_lines,
    in_pixels,
    sentence,
)  # fmt: skip
from newcourse.plan.pareto import Choices, aim_places
from newcourse.plan.sentences import and_list, quantity

_HEIGHT, _SIDE, _NARROW_SIDE, _LINE = 260, 70, 48, 15
"""Height of the axes, room beside the outer ones in a wide and a narrow picture, height of a line, in pixels."""


def pareto_table(choices: Choices) -> pd.DataFrame:
    """Return the numbers of the picture.

    Returns
    -------
    DataFrame
        Columns point (row of the frontier), plan (title, empty if it is not one to choose from), aim, value, unit,
        place (0 the worst of what the table of best values holds, 1 the best).
    """
    places = aim_places(choices)
    titles = {one.point: one.title for one in choices.chosen}
    return pd.DataFrame(
        [
            {"point": point, "plan": titles.get(point, ""), "aim": sentence(aim.title), "value": float(value),
             "unit": unit, "place": float(places[point, k])}
            for point, row in enumerate(choices.frontier.to_numpy())
            for k, (aim, unit, value) in enumerate(zip(choices.aims, choices.units, row, strict=True))
        ]
    )  # fmt: skip


def pareto(choices: Choices, *, width: int = WIDE) -> Picture:
    """Return the efficient points as lines over the aims: the higher, the better; grey but for the plans to choose.

    Parameters
    ----------
    choices
        Frontier and plans.
    width
        Of the picture, in pixels.

    Raises
    ------
    BadInput
        If there are more plans than can be told apart.
    """
    if len(choices.chosen) > len(SHAPES):
        found = f"{len(choices.chosen)} plans"
        raise BadInput(Fault("variants-number", "picture of choices", found, f"up to {len(SHAPES)}", "choose fewer"))
    table = pareto_table(choices)
    aims = [sentence(aim.title) for aim in choices.aims]
    side = _SIDE if width > 2 * NARROW else _NARROW_SIDE
    x = alt.X(
        "aim:N", sort=aims, axis=None, scale=alt.Scale(domain=aims, type="point", range=[side, width - side], padding=0)
    )
    y = alt.Y("place:Q", axis=None, scale=alt.Scale(domain=[0, 1], range=[_HEIGHT, 0]))
    titles = [one.title for one in choices.chosen]
    colour = alt.Color(
        "plan:N", scale=alt.Scale(domain=titles, range=list(CATEGORIES[: len(titles)])), legend=_key(titles, width)
    )
    shape = alt.Shape("plan:N", scale=alt.Scale(domain=titles, range=list(SHAPES[: len(titles)])))
    chosen = alt.Chart(table[table["plan"] != ""])
    others = alt.Chart(table[table["plan"] == ""])
    layers: list[Any] = [
        alt.Chart(pd.DataFrame({"aim": aims})).mark_rule(color=GRID, strokeWidth=2).encode(x=x),
        others.mark_line(color=MUTED, strokeWidth=1).encode(x=x, y=y, detail="point:N"),
        chosen.mark_line(strokeWidth=2.5).encode(x=x, y=y, detail="point:N", color=colour),
        chosen.mark_point(filled=True, size=90, opacity=1).encode(x=x, y=y, color=colour, shape=shape),
        *_ends(choices, aims, (width - 2 * side) / max(1, len(aims) - 1), x),
    ]
    whole = alt.layer(*layers).properties(width=width, height=_HEIGHT)
    title = f"What can be had together: {len(choices.frontier)} efficient plans"
    how = "Each line is a plan of which no aim can be served better without serving another worse. Higher is better."
    return dressed(whole, title, how, f"{title}. {_told(choices)}", width)


def _ends(choices: Choices, aims: list[str], room: float, x: alt.X) -> list[alt.Chart]:
    """Return the names of the aims with their best values above the axes, and the worst values beneath."""
    signs = [1 if aim.sense == "max" else -1 for aim in choices.aims]
    width = min(0.95 * room, 2 * _SIDE)
    made = []
    for k, (aim, unit, sign) in enumerate(zip(aims, choices.units, signs, strict=True)):
        values = sorted(choices.payoff.iloc[:, k] * sign)
        heads = [*in_lines(aim, width, SMALL), quantity(sign * values[-1], unit)]
        for number, words in enumerate(reversed(heads)):
            made.append(_text(aim, words, -12 - _LINE * number, x, INK if number else SOFT))
        made.append(_text(aim, quantity(sign * values[0], unit), _HEIGHT + 16, x, SOFT))
    return made


def _text(aim: str, words: str, pixels: float, x: alt.X, colour: str) -> alt.Chart:
    data = pd.DataFrame({"aim": [aim], "words": [words]})
    mark = alt.Chart(data).mark_text(align="center", fontSize=SMALL, color=colour)
    made: alt.Chart = mark.encode(x=x, y=alt.value(pixels), text="words:N")
    return made


def _key(titles: list[str], width: float) -> alt.Legend:
    columns = max(1, int(width / max(in_pixels(title) + 30 for title in titles)))
    return alt.Legend(title=None, orient="bottom", offset=26, columns=columns, labelLimit=int(width) - 30)


def _told(choices: Choices) -> str:
    parts = []
    for one in choices.chosen:
        values = [
            f"{aim.title} {quantity(one.values[aim.name], unit)}"
            for aim, unit in zip(choices.aims, choices.units, strict=True)
        ]
        parts.append(f"{one.title}: {and_list(values)}.")
    return " ".join(parts)
