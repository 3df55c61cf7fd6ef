"""What a reader of regimes hands back: one row a state and year, with what was left out and why."""

from dataclasses import dataclass

import pandas as pd

from newcourse.sources.formations.identities import LeftOut


@dataclass(frozen=True)
class Regimes:
    """Regimes of states after one source.

    Parameters
    ----------
    name
        Short name of the source.
    source
        Authors, year, where published, and where the file is from.
    table
        Columns ``gw``, ``year``, ``entity`` (the source's own name) and what the source says; one row a state and
        year. Years before a state's independence are among them: a panel leaves them out by what existed.
    left_out
        Rows that belong to no state of the list, with the reason.
    rows
        How many rows the file has.
    """

    name: str
    source: str
    table: pd.DataFrame
    left_out: tuple[LeftOut, ...]
    rows: int
