"""Authoritarian regimes by how they justify themselves, 1945 to 2010: Kailitz (2013), as in democracyData.

Kailitz, Classifying political regimes revisited: legitimation and durability, *Democratization* 20 (2013) 39-60.
"""

from pathlib import Path

from newcourse.sources.formations.files import read_file, whole_numbers
from newcourse.sources.formations.identities import reconciled
from newcourse.sources.formations.regimes import Regimes
from newcourse.sources.formations.states import StateList

NAME = "Kailitz"
SOURCE = "Regimes: Kailitz (2013), Democratization 20, 39-60, as in democracyData"
_COLUMNS = {
    "kailitz_country": "entity",
    "year": "year",
    "combined_regime": "regime",
    "communist": "communist",
    "GWn": "code",
}


def read_kailitz(folder: str | Path, states: StateList) -> Regimes:
    """Return the regimes: ``regime`` in words, two joined by a hyphen where both hold, and ``communist`` as truth.

    Raises
    ------
    BadInput
        When the file is missing or unreadable or states cannot be matched.
    """
    kinds = {"year": "float64", "communist": "bool", "GWn": "float64"}
    table = read_file(folder, "democracyData__kailitz", list(_COLUMNS), kinds).rename(columns=_COLUMNS)
    table = whole_numbers(table, ["year"], NAME)
    kept, left_out = reconciled(table, NAME, states.known)
    return Regimes(NAME, SOURCE, kept[["gw", "year", "entity", "regime", "communist"]], left_out, len(table))
