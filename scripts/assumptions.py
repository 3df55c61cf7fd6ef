"""Assumptions of an example, written down in a CSV file beside its script."""

from collections.abc import Mapping
from pathlib import Path

import pandas as pd


def assumptions_from(file: Path, values: Mapping[str, object]) -> pd.DataFrame:
    """Return the rows of a file, with each ``{NAME}`` in a text replaced by the value the script computes with."""
    rows = pd.read_csv(file, dtype=str, keep_default_na=False)
    return rows.assign(text=[text.format_map(values) for text in rows["text"]])
