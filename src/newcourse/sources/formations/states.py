"""Which states there were, after Gleditsch & Ward (1999), *International Interactions* 25, 393-413.

As carried in the package peacesciencer (Miller), file ``gw_states``: number, abbreviation, name, first and last day
of each spell of independence since 1816. Where Correlates of War tables are read, its list ``cow_states`` says from
when that project counts a state.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from newcourse.sources.formations.files import read_file, whole_numbers
from newcourse.sources.formations.grid import Grid
from newcourse.sources.formations.identities import cow_to_gw

SOURCE = "States: Gleditsch & Ward (1999), International Interactions 25, 393-413, as in peacesciencer"


@dataclass(frozen=True)
class StateList:
    """Spells of independence: columns ``gw``, ``title``, ``first``, ``last`` (years, both included)."""

    spells: pd.DataFrame

    @cached_property
    def known(self) -> frozenset[int]:
        """Numbers of all states that ever were."""
        return frozenset(map(int, self.spells["gw"]))

    @cached_property
    def titles(self) -> dict[int, str]:
        """Name of each state."""
        return {int(gw): str(title) for gw, title in zip(self.spells["gw"], self.spells["title"], strict=True)}

    @cached_property
    def last_year(self) -> int:
        """The last year the list covers."""
        return int(self.spells["last"].max())

    def grid(self, years: Sequence[int]) -> Grid:
        """Return the states that existed in any of the years."""
        there = self.spells[(self.spells["first"] <= years[-1]) & (self.spells["last"] >= years[0])]
        return Grid(tuple(sorted(set(map(int, there["gw"])))), tuple(years), self.known)

    def exists(self, grid: Grid) -> NDArray[np.bool_]:
        """Return (n, t) whether each state existed on at least one day of each year."""
        result = np.zeros(grid.shape, dtype=bool)
        years = np.array(grid.years)
        for gw, first, last in self.spells[["gw", "first", "last"]].itertuples(index=False):
            if (row := grid.row(int(gw))) >= 0:
                result[row] |= (years >= first) & (years <= last)
        return result


def read_states(folder: str | Path) -> StateList:
    """Return the states of the list.

    Raises
    ------
    BadInput
        When the file is missing or unreadable.
    """
    table = read_file(folder, "peacesciencer__gw_states", ["gwcode", "statename", "startdate", "enddate"])
    table = table.assign(
        gw=pd.to_numeric(table["gwcode"], errors="coerce"),
        first=pd.to_numeric(table["startdate"].str[:4], errors="coerce"),
        last=pd.to_numeric(table["enddate"].str[:4], errors="coerce"),
    )
    table = whole_numbers(table, ["gw", "first", "last"], "gw_states").rename(columns={"statename": "title"})
    return StateList(table[["gw", "title", "first", "last"]])


def cow_entries(folder: str | Path) -> dict[int, int]:
    """Return the first year in which the Correlates of War count each state of the list.

    Raises
    ------
    BadInput
        When the file is missing or unreadable.
    """
    kinds = {"ccode": "float64", "styear": "float64"}
    table = read_file(folder, "peacesciencer__cow_states", ["ccode", "styear"], kinds)
    table = whole_numbers(table, ["ccode", "styear"], "cow_states").rename(columns={"styear": "year"})
    first = table.assign(gw=cow_to_gw(table, "ccode")).groupby("gw")["year"].min()
    return {int(gw): int(year) for gw, year in zip(first.index.to_numpy(), first.to_numpy(), strict=True)}
