"""Reads what a picture draws: its data, its letters, and what its SVG refers to."""

import re
from typing import Any

import pandas as pd

from newcourse.pictures.look import Picture


def drawn_data(picture: Picture) -> list[pd.DataFrame]:
    """Every table of data a chart carries."""
    datasets: dict[str, list[dict[str, Any]]] = picture.to_dict()["datasets"]
    return [pd.DataFrame(rows) for rows in datasets.values()]


def table_with(picture: Picture, *columns: str) -> pd.DataFrame:
    """The one table of a chart that has these columns."""
    found = [table for table in drawn_data(picture) if set(columns) <= set(table.columns)]
    assert len(found) == 1, [list(table.columns) for table in drawn_data(picture)]
    return found[0]


def letter_sizes(svg: str) -> list[float]:
    """Sizes of all letters in pixels."""
    return [float(size) for size in re.findall(r'font-size="([0-9.]+)px"', svg)]


def texts(svg: str) -> list[str]:
    """All texts drawn."""
    return re.findall(r"<text[^>]*>([^<]*)</text>", svg)
