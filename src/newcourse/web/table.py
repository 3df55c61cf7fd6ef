"""Tables as pages show them and as programs read them: one thing, so that the two never differ."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import pandas as pd

Kind = Literal["text", "words", "number", "percent", "change", "code"]
"""How a cell is written; ``words`` are words of the program, said in the language of the page."""


@dataclass(frozen=True, slots=True)
class Link:
    """A text that leads somewhere on this site."""

    text: str
    href: str


Columns = Mapping[str, tuple[str, Kind]]
"""Heading and kind by column of a data frame."""

Headings = list[tuple[str, Kind]]
"""Headings and kinds of columns in order."""

Cell = str | int | float | Link | None


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading, and what its cells are.

    Parameters
    ----------
    label
        Heading.
    kind
        ``text``, ``number``, ``percent`` (a part of 1), ``change`` (a number whose sign matters) or ``code``.
    """

    label: str
    kind: Kind = "text"


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a caption. The first cell of a row names the row."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]


def table(caption: str, columns: Headings, rows: Iterable[Sequence[Cell]]) -> Table:
    """Return a table of rows.

    >>> table("Bread", [("kind", "text"), ("loaves", "number")], [("rye", 3.0), ("oat", float("nan"))]).rows
    (('rye', 3.0), ('oat', None))
    """
    return Table(caption, tuple(Column(*column) for column in columns), tuple(tuple(map(_cell, row)) for row in rows))


def frame_table(caption: str, frame: pd.DataFrame, columns: Columns) -> Table:
    """Return a table of some columns of a data frame.

    Parameters
    ----------
    caption
        What it shows.
    frame
        The numbers.
    columns
        Heading and kind by column of the frame, in order.
    """
    return table(caption, list(columns.values()), frame[list(columns)].itertuples(index=False, name=None))


def _cell(value: Any) -> Cell:
    if hasattr(value, "item"):  # a NumPy number
        value = value.item()
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value  # type: ignore[no-any-return]
