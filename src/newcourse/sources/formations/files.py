"""Tables of other people's data in one folder: which files there are, and how each is opened.

The files are not part of this project, since most of their terms are unknown; ``scripts/fetch_formations.py`` gets
them from where they are published. Each is a table in comma-separated values, ``NAME.csv`` or ``NAME.csv.gz``.
"""

from collections.abc import Hashable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from newcourse.errors import BadInput, Fault

LARGEST = 1e9
"""Whole numbers of these files are states, years and codes, all far smaller."""
REMEDY = "fetch the files with scripts/fetch_formations.py, or give the folder that has them"


def read_file(
    folder: str | Path, name: str, columns: Sequence[str], kinds: Mapping[str, str] | None = None
) -> pd.DataFrame:
    """Return chosen columns of a table.

    Parameters
    ----------
    folder
        Where the files are.
    name
        Name of the file without ``.csv`` or ``.csv.gz``.
    columns
        What is needed of it.
    kinds
        Kind of each column that is not text, as pandas calls it.

    Raises
    ------
    BadInput
        When the file is missing, unreadable, empty or lacks columns.
    """
    path = _path(Path(folder), name)
    try:
        there = list(pd.read_csv(path, nrows=0).columns)
    except (OSError, ValueError) as error:
        raise BadInput(Fault("file-unreadable", path.name, str(error), "a table in CSV", REMEDY)) from None
    missing = [column for column in columns if column not in there]
    if missing:
        raise BadInput(Fault("column-missing", path.name, "no " + ", ".join(missing), ", ".join(columns), REMEDY))
    chosen: dict[Hashable, Any] = {column: (kinds or {}).get(column, "str") for column in columns}
    try:
        table = pd.read_csv(path, usecols=list(columns), dtype=chosen)
    except (OSError, EOFError, ValueError) as error:
        raise BadInput(Fault("file-unreadable", path.name, str(error), f"columns {chosen}", REMEDY)) from None
    if table.empty:
        raise BadInput(Fault("file-empty", path.name, "no row", "at least one", REMEDY))
    return table[list(columns)]


def _path(folder: Path, name: str) -> Path:
    for ending in (".csv.gz", ".csv"):
        if (path := folder / f"{name}{ending}").is_file():
            return path
    raise BadInput(Fault("file-missing", str(folder), f"no {name}.csv.gz or {name}.csv", "the table", REMEDY))


def whole_numbers(table: pd.DataFrame, columns: Sequence[str], name: str) -> pd.DataFrame:
    """Return the table with these columns as whole numbers.

    Raises
    ------
    BadInput
        With the first rows that have none.
    """
    faults = []
    for column in columns:
        figures = table[column].to_numpy(dtype=np.float64, na_value=np.nan)
        finite = np.where(np.isfinite(figures), figures, 0.5)
        whole = (finite % 1 == 0) & (np.abs(finite) < LARGEST)
        faults += [
            Fault("number-missing", f"{name}, row {row + 2}, {column}", str(figures[at]), "a whole number", "mend it")
            for at, row in zip(np.flatnonzero(~whole)[:5], table.index[~whole][:5], strict=True)
        ]
    if faults:
        raise BadInput(faults)
    return table.astype(dict.fromkeys(columns, "int64"))
