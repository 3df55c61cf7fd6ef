"""Who is bound to defend whom: Alliance Treaty Obligations and Provisions 5, as in peacesciencer.

Leeds, Ritter, Mitchell & Long, Alliance treaty obligations and provisions, 1815-1944, *International Interactions* 28
(2002) 237-260; version 5 to 2018. Numbers are those of the Correlates of War.
"""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from newcourse.sources.formations.files import read_file, whole_numbers
from newcourse.sources.formations.grid import Grid
from newcourse.sources.formations.identities import cow_to_gw
from newcourse.sources.formations.ties import equal_shares, no_ties

SOURCE = "Alliances: Alliance Treaty Obligations and Provisions 5, Leeds et al. (2002), as in peacesciencer"
LAST_YEAR = 2018


def read_alliances(folder: str | Path, grid: Grid, exists: NDArray[np.bool_]) -> NDArray[np.float32]:
    """Return (t, n, n) equal shares of those each state has a treaty of defence with.

    Consultation, neutrality and non-aggression alone do not count: nearly all states have promised these to most
    others by now.

    Raises
    ------
    BadInput
        When the file is missing or unreadable.
    """
    names = ["ccode1", "ccode2", "year", "atop_defense"]
    table = read_file(folder, "peacesciencer__atop_alliance", names, dict.fromkeys(names, "float64"))
    table = whole_numbers(table[table["year"].between(grid.years[0], grid.years[-1])], names, "atop_alliance")
    table = table[table["atop_defense"] == 1]
    rows, columns = (grid.rows(cow_to_gw(table, name)) for name in ("ccode1", "ccode2"))
    inside = (rows >= 0) & (columns >= 0)
    tied = no_ties(grid)
    tied[table["year"].to_numpy()[inside] - grid.years[0], rows[inside], columns[inside]] = True
    return equal_shares(tied | tied.transpose(0, 2, 1), exists)
