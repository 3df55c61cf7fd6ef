"""Bars in rows under headings: where each row and each heading stands, in pixels from the top.

Headings stand above their bars and not beside them, so that long names need no room at the side and the same picture
can be read on a wall and on a phone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import altair as alt
import pandas as pd

from newcourse.pictures.look import INK, MUTED, NORMAL, SOFT, Picture

LINE: Final = NORMAL + 4
"""Height of a line of a heading."""


@dataclass(frozen=True, eq=False)
class Rows:
    """Rows placed under their headings.

    Parameters
    ----------
    bars
        The rows, with columns ``top``, ``middle`` and ``bottom``.
    headings
        Columns ``words`` (one line each) and ``top``.
    height
        Of all together.
    """

    bars: pd.DataFrame
    headings: pd.DataFrame
    height: float

    @property
    def scale(self) -> alt.Scale:
        """The scale of the vertical axis: pixels from the top."""
        return alt.Scale(domain=[0, self.height], range=[0, self.height], nice=False, zero=False)

    def y(self, column: str) -> alt.Y:
        """Return the vertical place given by a column."""
        return alt.Y(f"{column}:Q", scale=self.scale, axis=None)

    def heading_layer(self) -> alt.Chart:
        """Return the headings as a layer at the left."""
        letters = alt.Chart(self.headings).mark_text(align="left", baseline="top", fontSize=NORMAL, fontWeight="bold")
        layer: alt.Chart = letters.encode(x=alt.value(0), y=self.y("top"), text="words:N", color=alt.value(INK))
        return layer


def in_rows(
    table: pd.DataFrame,
    by: str,
    headings: Mapping[str, Sequence[str]],
    *,
    bar: float = 15,
    gap: float = 3,
    space: float = 9,
) -> Rows:
    """Place the rows of a table under the headings of their groups, in the order of ``headings``.

    Parameters
    ----------
    table
        One row per bar.
    by
        Column that says which heading a bar belongs to.
    headings
        Lines of the heading of each group.
    bar, gap, space
        Height of a bar, room between two bars, room between two groups, in pixels.

    Examples
    --------
    >>> rows = in_rows(pd.DataFrame({"g": ["a", "b"], "n": [1, 2]}), "g", {"b": ["Bread"], "a": ["Ale"]})
    >>> rows.bars["g"].tolist(), rows.bars["top"].tolist(), rows.height
    (['b', 'a'], [17.0, 58.0], 73.0)
    """
    lines: list[tuple[str, float]] = []
    placed: list[pd.DataFrame] = []
    top = 0.0
    for key, words in headings.items():
        lines += [(line, top + number * LINE) for number, line in enumerate(words)]
        top += len(words) * LINE
        part = table[table[by] == key].copy()
        part["top"] = [top + number * (bar + gap) for number in range(len(part))]
        top += len(part) * (bar + gap) - gap + space
        placed.append(part)
    bars = pd.concat(placed, ignore_index=True)
    bars["bottom"] = bars["top"] + bar
    bars["middle"] = bars["top"] + bar / 2
    return Rows(bars, pd.DataFrame(lines, columns=["words", "top"]), top - space)


def labelled_bars(rows: Rows, column: str, width: int, room: float = 88) -> Picture:
    """Return one bar a row, its number at the right and a note beneath it.

    Parameters
    ----------
    rows
        Placed rows with columns ``colour``, ``value`` and ``note`` (words).
    column
        Column with the length of the bars.
    width, room
        Of the picture, and of that what is kept for the numbers, in pixels.
    """
    most = max(float(rows.bars[column].max()), 1e-12)
    base = alt.Chart(rows.bars.assign(start=0.0, end=most, under=rows.bars["bottom"] + 9))
    x = alt.X("start:Q", scale=alt.Scale(domain=[0, most], range=[0, width - room], nice=False), axis=None)
    across = {"x": x, "y": rows.y("top"), "y2": "bottom:Q"}
    behind = base.mark_rect(color=MUTED, opacity=0.35).encode(x2="end:Q", **across)
    bar = base.mark_rect().encode(x2=f"{column}:Q", color=alt.Color("colour:N", scale=None), **across)
    value = base.mark_text(align="right", fontSize=NORMAL, color=INK).encode(
        x=alt.value(width), y=rows.y("middle"), text="value:N"
    )
    note = base.mark_text(align="left", baseline="middle", color=SOFT).encode(
        x=alt.value(0), y=rows.y("under"), text="note:N"
    )
    return alt.layer(behind, bar, value, note, rows.heading_layer()).properties(width=width, height=rows.height + 18)
