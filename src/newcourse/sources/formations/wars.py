"""Which states were at war: Correlates of War, wars 4.0 between and 4.1 within states, as in peacesciencer.

Sarkees & Wayman, *Resort to War: 1816-2007* (2010). Wars with at least 1000 battle deaths. The lists end in 2007:
later years are not known, not peaceful.
"""

from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from newcourse.sources.formations.files import read_file, whole_numbers
from newcourse.sources.formations.grid import Grid
from newcourse.sources.formations.identities import cow_to_gw

SOURCE = "Wars: Correlates of War, wars 4.0 and 4.1, Sarkees & Wayman (2010), as in peacesciencer; to 2007"
LAST_YEAR = 2007


def read_wars(folder: str | Path, grid: Grid) -> NDArray[np.float64]:
    """Return (n, t) whether a state took part in a war between states that year; NaN after 2007.

    Raises
    ------
    BadInput
        When the file is missing or unreadable.
    """
    names = ["ccode1", "year"]
    table = read_file(folder, "peacesciencer__cow_war_inter", names, dict.fromkeys(names, "float64"))
    return _marked(whole_numbers(table, names, "cow_war_inter").rename(columns={"ccode1": "ccode"}), grid)


def read_civil_wars(folder: str | Path, grid: Grid) -> NDArray[np.float64]:
    """Return (n, t) whether there was a war inside a state that year, over power or over a region; NaN after 2007.

    Only the state within which the war is fought counts, not those that intervene.

    Raises
    ------
    BadInput
        When the file is missing or unreadable.
    """
    names = ["ccodea", "year", "primary_state"]
    table = read_file(folder, "peacesciencer__cow_war_intra", names, dict.fromkeys(names, "float64"))
    table = whole_numbers(table[table["primary_state"] == 1], names, "cow_war_intra")
    return _marked(table[table["ccodea"] > 0].rename(columns={"ccodea": "ccode"}), grid)


def _marked(table: pd.DataFrame, grid: Grid) -> NDArray[np.float64]:
    marked = grid.filled(table.assign(gw=cow_to_gw(table, "ccode"), at_war=1.0), "at_war")
    known = np.array(grid.years) <= LAST_YEAR
    return np.where(known, np.nan_to_num(marked), np.nan)
