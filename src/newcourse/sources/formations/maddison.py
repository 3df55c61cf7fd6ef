"""Product per head and people: Maddison Project Database 2023 (Bolt & van Zanden 2024), as in the package MaddisonData.

Bolt & van Zanden, Maddison style estimates of the evolution of the world economy: a new 2023 update, *Journal of
Economic Surveys* 39 (2025) 631-671. Product per head in international dollars of 2011; people in thousands.

The project follows today's or former territories, not states. :data:`TERRITORIES` says which state each stands for
and when; a state that was one part of a territory has no figure of its own (both German states until 1990 except
that the territory stands for the Federal Republic, both Vietnams until 1975, both Yemens until 1990, Austria-Hungary).
"""

from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from newcourse.errors import BadInput, Fault
from newcourse.sources.formations.files import read_file, whole_numbers
from newcourse.sources.formations.grid import Grid
from newcourse.sources.formations.identities import LeftOut
from newcourse.sources.formations.maddison_territories import BEFORE, OUTSIDE_TERRITORIES, TERRITORIES

NAME = "Maddison"
SOURCE = "Product and people: Maddison Project Database 2023, Bolt & van Zanden (2024), as in MaddisonData"
BRIDGED = 15
"""Years over which a gap between two figures is bridged, growth being steady in between (assumed)."""
LARGE = 20_000
"""Thousands of people a country must have to be the frontier: small oil exporters are not (assumed)."""
CRISIS = 0.05
"""Fall of product per head within a year that counts as a crisis (assumed)."""


@dataclass(frozen=True)
class Product:
    """Product of states: all arrays (n, t).

    Parameters
    ----------
    grid
        Which states and years.
    reported
        Product per head as the source has it, international dollars of 2011; NaN where it has none.
    per_head
        The same with gaps of at most :data:`BRIDGED` years bridged.
    people
        Thousands of people, gaps bridged likewise.
    left_out
        Rows that belong to no state of the grid, with the reason.
    """

    grid: Grid
    reported: NDArray[np.float64]
    per_head: NDArray[np.float64]
    people: NDArray[np.float64]
    left_out: tuple[LeftOut, ...]

    def gap(self) -> NDArray[np.float64]:
        """Return the logarithm of the frontier's product per head over the state's own.

        The frontier is the largest figure of a country with at least :data:`LARGE` people; 0 there, negative for a
        small country that is richer.
        """
        counts = (self.people >= LARGE) & np.isfinite(self.per_head)
        frontier = np.where(counts, self.per_head, 0.0).max(axis=0)
        known = np.where(frontier > 0, frontier, np.nan)
        gap: NDArray[np.float64] = np.log(known) - np.log(self.per_head)
        return gap

    def crisis(self) -> NDArray[np.float64]:
        """Return 1 where product per head fell by more than :data:`CRISIS` from the year before, else 0.

        NaN where the source does not report both years: a bridged gap says nothing of single years.
        """
        result = np.full(self.grid.shape, np.nan)
        before, after = self.reported[:, :-1], self.reported[:, 1:]
        known = np.isfinite(before) & np.isfinite(after)
        result[:, 1:][known] = after[known] < (1 - CRISIS) * before[known]
        return result


def read_maddison(folder: str | Path, grid: Grid) -> Product:
    """Return product and people of the states of a grid.

    Raises
    ------
    BadInput
        When the file is missing or unreadable, a territory is not known, or a figure is not positive.
    """
    kinds = dict.fromkeys(("year", "gdppc", "pop"), "float64")
    table = read_file(folder, "MaddisonData__MaddisonData", ["ISO", "year", "gdppc", "pop"], kinds)
    table = whole_numbers(table, ["year"], NAME)
    faults = _faults(table)
    if faults:
        raise BadInput(faults)
    placed, left_out = _placed(table)
    reported = grid.filled(placed.dropna(subset=["gdppc"]), "gdppc")
    per_head = bridged(reported)
    people = bridged(grid.filled(placed.dropna(subset=["pop"]), "pop"))
    return Product(grid, reported, per_head, people, left_out)


def _faults(table: pd.DataFrame) -> list[Fault]:
    known = {code for code, *_ in TERRITORIES} | set(OUTSIDE_TERRITORIES)
    unknown = sorted(set(table["ISO"]) - known)
    faults = [
        Fault("state-unknown", NAME, code, "a territory in TERRITORIES", "say which state it stands for, and when")
        for code in unknown
    ]
    for column in ("gdppc", "pop"):
        rows = table[(table[column] <= 0) | np.isinf(table[column])]
        faults += [
            Fault(
                "number-wrong",
                f"{NAME}: {row.ISO} {row.year}",
                f"{column} not positive or not finite",
                "more than 0",
                "mend it",
            )
            for row in rows.itertuples()
        ]
    return faults


def _placed(table: pd.DataFrame) -> tuple[pd.DataFrame, tuple[LeftOut, ...]]:
    """Return the rows with the number of the state they stand for, and what stands for none."""
    spans = pd.DataFrame(TERRITORIES, columns=["ISO", "gw", "first", "last"])
    both = table.reset_index().merge(spans, on="ISO")
    placed = both[both["year"].between(both["first"], both["last"])]
    rest = table[~table.index.isin(placed["index"])]
    out = []
    for code, rows in rest.groupby("ISO"):
        reason = OUTSIDE_TERRITORIES.get(str(code), BEFORE)
        years = rows["year"]
        out.append(LeftOut(NAME, str(code), int(years.min()), int(years.max()), len(rows), reason))
    return placed[["gw", "year", "gdppc", "pop"]], tuple(out)


def bridged(figures: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return (n, t) figures with gaps of at most :data:`BRIDGED` years filled by steady growth.

    Nothing is carried beyond the first or the last figure.

    >>> bridged(np.array([[100.0, np.nan, 400.0, np.nan]])).round(6).tolist()
    [[100.0, 200.0, 400.0, nan]]
    """
    result = figures.copy()
    for row in result:
        known = np.flatnonzero(np.isfinite(row))
        for a, b in pairwise(known):
            if 1 < b - a <= BRIDGED:
                inside = np.arange(a + 1, b)
                row[inside] = np.exp(np.interp(inside, [a, b], np.log(row[[a, b]])))
    return result
