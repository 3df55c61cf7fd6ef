"""What all pictures have in common: colours, letters, sizes, title and description.

Colours: M. Okabe and K. Ito, "Color Universal Design" (2008), for categories; cividis for quantities (J. Nuñez,
C. Anderton, R. Renslow, PLoS ONE 13 (2018) e0199239). Both can be told apart by colour-blind people.
"""

import textwrap
from collections.abc import Iterator, Sequence
from typing import Any, Final

import altair as alt
import pandas as pd

WIDE: Final = 880
"""Width in pixels of a picture on a page."""

NARROW: Final = 300
"""Width in pixels of a picture on a phone."""

FONT: Final = "Arial, 'Liberation Sans', Helvetica, sans-serif"
"""Letters of equal widths on nearly every machine, so that labels fit where they were measured to fit."""

SMALLEST, SMALL, NORMAL, LARGE = 11, 12, 13, 16
"""Sizes of letters in pixels; nothing is smaller."""

INK: Final = "#1b2730"
SOFT: Final = "#53616c"
GRID: Final = "#dfe4e8"
MUTED: Final = "#c9d1d8"
PAPER: Final = "#fffffe"
"""Colours that change with the page, see :data:`AT_NIGHT`. Letters on coloured ground keep their own."""

AT_NIGHT: Final = {INK: "#e8edf1", SOFT: "#a9b6c0", GRID: "#2d3840", MUTED: "#46535d", PAPER: "#161d22"}
"""What the colours of the page become where people prefer dark pages."""

ON_DARK: Final = "#ffffff"
ON_LIGHT: Final = "#0d0d0d"

BLUE, ORANGE, GREEN, PINK, SKY, RED, YELLOW = (
    "#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#f0e442",
)  # fmt: skip
GREY: Final = "#8593a0"
CATEGORIES: Final = (BLUE, ORANGE, GREEN, PINK, SKY, RED)
SHAPES: Final = ("circle", "square", "triangle-up", "diamond", "cross", "triangle-down")

Picture = alt.Chart | alt.LayerChart | alt.FacetChart | alt.ConcatChart | alt.HConcatChart | alt.VConcatChart

_LETTER: Final = 0.52
"""Mean width of a letter, in parts of its size."""


def letters_in(width: float, size: int = NORMAL) -> int:
    """Return how many letters fit into a width in pixels.

    >>> letters_in(340, 13)
    50
    """
    return max(8, int(width / (size * _LETTER)))


def each(table: pd.DataFrame) -> Iterator[Any]:
    """Yield the rows of a table, their columns as attributes."""
    yield from table.itertuples(index=False)


def in_pixels(text: str, size: int = NORMAL) -> float:
    """Return about how wide a text is, in pixels."""
    return len(text) * size * _LETTER


def sentence(words: str) -> str:
    """Return the words with a capital first letter.

    >>> sentence("cap on CO2")
    'Cap on CO2'
    """
    return words[:1].upper() + words[1:]


def in_lines(text: str, width: float, size: int = NORMAL) -> list[str]:
    """Return the text broken into lines that fit into a width in pixels; words stay whole.

    >>> in_lines("Hours of work available in Sweden", 120)
    ['Hours of work', 'available in', 'Sweden']
    """
    return textwrap.wrap(text, letters_in(width, size), break_long_words=False) or [""]


def shortened(text: str, width: float, size: int = NORMAL) -> str:
    """Return the text, cut at a word with an ellipsis where it does not fit into a width in pixels.

    >>> shortened("Glass, cement and other mineral goods", 150), shortened("Care", 150)
    ('Glass, cement and…', 'Care')
    """
    return textwrap.shorten(text, letters_in(width, size), placeholder="…")


def heading_lines(lines: Sequence[str], height: float) -> list[alt.Chart]:
    """Return the lines of a heading within a picture, beginning at its upper left, each so many pixels high."""
    return [
        alt.Chart(pd.DataFrame({"words": [line]}))
        .mark_text(align="left", baseline="top", fontSize=NORMAL, fontWeight="bold", color=INK)
        .encode(x=alt.value(0), y=alt.value(number * height), text="words:N")
        for number, line in enumerate(lines)
    ]


def nothing_to_show(title: str, words: str, width: int) -> Picture:
    """Return the picture that says why there is nothing to draw."""
    letters = alt.Chart(pd.DataFrame({"words": [words]})).mark_text(align="left", fontSize=NORMAL, color=INK)
    return dressed(
        letters.encode(x=alt.value(0), text="words:N").properties(width=width, height=30), title, "", words, width
    )


def dressed(chart: Picture, title: str, subtitle: str, description: str, width: int = WIDE) -> Picture:
    """Return the chart with its title, a sentence beneath it, a description in words, and the common look.

    Parameters
    ----------
    chart
        The bare chart.
    title, subtitle
        What is shown, and how to read it.
    description
        What the picture shows, with its main numbers, for those who do not see it.
    width
        Width available, in pixels: longer titles are broken.
    """
    heading = alt.TitleParams(
        in_lines(title, width, LARGE + 1), subtitle=in_lines(subtitle, width, NORMAL), anchor="start", frame="bounds",
        fontSize=LARGE, subtitleFontSize=NORMAL, color=INK, subtitleColor=SOFT, offset=14, subtitlePadding=5,
        fontWeight="bold", lineHeight=LARGE + 4, subtitleLineHeight=NORMAL + 4,
    )  # fmt: skip
    whole = chart.properties(title=heading, description=description, background="transparent")
    letters = {"labelFontSize": SMALL, "titleFontSize": SMALL, "labelColor": SOFT, "titleColor": SOFT}
    finished: Picture = (
        whole.configure(font=FONT, padding=4, aria=False)
        .configure_view(stroke=None)
        .configure_axis(**letters, titleFontWeight="normal", gridColor=GRID, domainColor=GRID, tickColor=GRID)
        .configure_legend(**letters, titleFontWeight="normal", symbolSize=90)
        .configure_header(**letters)
        .configure_text(fontSize=SMALL, color=INK)
    )
    return finished
