"""Who borders on whom: Correlates of War, direct contiguity 3.2, as in peacesciencer.

Stinnett, Tir, Schafer, Diehl & Gochman, The Correlates of War Project direct contiguity data, version 3, *Conflict
Management and Peace Science* 19 (2002) 58-66. Types: 1 a border on land or along a river, 2 to 5 at most 12, 24, 150,
400 miles of water, 0 none.

The Correlates of War count some states later than the list used here (Canada 1920 against 1867, both German states
1954-55 against 1949). Where the first border of two states begins in the year in which the later of them is first
counted, it is carried back to when both exist (assumed: borders are older than their recognition). The file ends in
2016; borders of that year hold for later ones (assumed).
"""

from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from newcourse.sources.formations.files import read_file, whole_numbers
from newcourse.sources.formations.grid import Grid
from newcourse.sources.formations.identities import cow_to_gw
from newcourse.sources.formations.states import cow_entries
from newcourse.sources.formations.ties import equal_shares, no_ties

SOURCE = "Borders: Correlates of War, direct contiguity 3.2, Stinnett et al. (2002), as in peacesciencer"
LAST_YEAR, EVER = 2016, 9999
REACH = 3
"""Largest type that counts as a neighbour: at most 24 miles of water in between (assumed)."""


def read_contiguity(folder: str | Path, grid: Grid, exists: NDArray[np.bool_]) -> NDArray[np.float32]:
    """Return (t, n, n) equal shares of the neighbours of each state in each year.

    Raises
    ------
    BadInput
        When a file is missing or unreadable.
    """
    tied = no_ties(grid)
    spells = _spells(folder)
    rows, columns = grid.rows(spells["gw1"]), grid.rows(spells["gw2"])
    for i, j, first, last in zip(rows, columns, spells["first"], spells["last"], strict=True):
        start, end = max(first, grid.years[0]), min(last, grid.years[-1])
        if i >= 0 and j >= 0 and start <= end:
            tied[start - grid.years[0] : end - grid.years[0] + 1, i, j] = True
    return equal_shares(tied | tied.transpose(0, 2, 1), exists)


def _spells(folder: str | Path) -> pd.DataFrame:
    kinds = dict.fromkeys(("ccode1", "ccode2", "conttype"), "float64")
    table = read_file(
        folder, "peacesciencer__cow_contdir", ["ccode1", "ccode2", "conttype", "stdate", "enddate"], kinds
    )
    table = table[table["conttype"].between(1, REACH)].reset_index(drop=True)
    table = table.assign(
        first=pd.to_numeric(table["stdate"].str[:4], errors="coerce"),
        last=pd.to_numeric(table["enddate"].str[:4], errors="coerce"),
    )
    table = whole_numbers(table, ["ccode1", "ccode2", "first", "last"], "cow_contdir")
    # A spell is read by the year in which it ends: Germany's number changes in 1945 and 1990, never within a spell.
    table["year"] = table["last"]
    table["gw1"], table["gw2"] = cow_to_gw(table, "ccode1"), cow_to_gw(table, "ccode2")
    return _extended(table, cow_entries(folder))


def _extended(spells: pd.DataFrame, entries: dict[int, int]) -> pd.DataFrame:
    earliest = spells.groupby(["gw1", "gw2"])["first"].transform("min")
    counted = np.maximum(spells["gw1"].map(entries), spells["gw2"].map(entries))
    older = (spells["first"] == earliest) & (spells["first"] <= counted + 1)
    last = spells["last"].where(spells["last"] < LAST_YEAR, EVER)
    return spells.assign(first=spells["first"].where(~older, 0), last=last)
