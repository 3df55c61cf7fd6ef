"""Democracy or autocracy, 1955 to 2010: Ulfelder (2012), as in democracyData; in the public domain (CC0).

Ulfelder, Democracy/Autocracy Data Set (2012). A state that unites or falls apart has two rows in that year, one for
what it was and one for what it became; :data:`LATER` says which is dropped, the one of what it was.
"""

from pathlib import Path

import numpy as np

from newcourse.sources.formations.files import read_file, whole_numbers
from newcourse.sources.formations.identities import LeftOut, reconciled
from newcourse.sources.formations.regimes import Regimes
from newcourse.sources.formations.states import StateList

NAME = "Ulfelder"
SOURCE = "Regimes: Ulfelder (2012), Democracy/Autocracy Data Set, CC0, as in democracyData"
TYPES = {"A": "autocracy", "D": "democracy", "NS": "no state", "-99": "not known"}
LATER = {
    ("GFR", 1990): "united Germany has a row of its own",
    ("USS", 1991): "Russia has a row of its own",
    ("YGS", 1992): "the Yugoslavia of two republics has a row of its own",
    ("YAR", 1990): "united Yemen has a row of its own",
    ("DRV", 1976): "united Vietnam has a row of its own",
}
"""Code and year of rows that stand beside that of a successor with the same number, with why they are left out."""
_COLUMNS = {"extended_country_name": "entity", "pitfcode": "own", "year": "year", "rgjtype": "regime", "GWn": "code"}


def read_ulfelder(folder: str | Path, states: StateList) -> Regimes:
    """Return the regimes, with column ``regime`` as one of :data:`TYPES`.

    Raises
    ------
    BadInput
        When the file is missing or unreadable or states cannot be matched.
    """
    kinds = dict.fromkeys(("year", "GWn"), "float64")
    table = read_file(folder, "democracyData__ulfelder", list(_COLUMNS), kinds).rename(columns=_COLUMNS)
    table = whole_numbers(table, ["year"], NAME)
    marks = list(zip(table["own"], table["year"], table["entity"], strict=True))
    older = np.array([(own, year) in LATER for own, year, _ in marks])
    dropped = tuple(
        LeftOut(NAME, str(entity), year, year, 1, LATER[own, year])
        for own, year, entity in marks
        if (own, year) in LATER
    )
    kept, left_out = reconciled(table[~older], NAME, states.known)
    columns = ["gw", "year", "entity", "regime"]
    return Regimes(NAME, SOURCE, kept[columns], (*dropped, *left_out), len(table))
