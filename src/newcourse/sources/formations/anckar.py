"""Political regimes since 1800: Anckar & Fredriksson (2019), as in democracyData; in the public domain (CC0).

Anckar & Fredriksson, Classifying political regimes 1800-2016: a typology and a new dataset, *European Political
Science* 18 (2019) 84-96.
"""

from pathlib import Path

from newcourse.sources.formations.files import read_file, whole_numbers
from newcourse.sources.formations.identities import reconciled
from newcourse.sources.formations.regimes import Regimes
from newcourse.sources.formations.states import StateList

NAME = "Anckar–Fredriksson"
SOURCE = "Regimes: Anckar & Fredriksson (2019), European Political Science 18, 84-96, CC0, as in democracyData"
_COLUMNS = {
    "anckar_country": "entity",
    "year": "year",
    "regimenarrowcat": "regime",
    "democracy": "democracy",
    "GWn": "code",
}


def read_anckar(folder: str | Path, states: StateList) -> Regimes:
    """Return the regimes: ``regime`` in words (missing where the source has none) and ``democracy`` (0, 1, NaN).

    Raises
    ------
    BadInput
        When the file is missing or unreadable or states cannot be matched.
    """
    kinds = dict.fromkeys(("year", "democracy", "GWn"), "float64")
    table = read_file(folder, "democracyData__anckar", list(_COLUMNS), kinds).rename(columns=_COLUMNS)
    table = whole_numbers(table, ["year"], NAME)
    kept, left_out = reconciled(table, NAME, states.known)
    return Regimes(NAME, SOURCE, kept[["gw", "year", "entity", "regime", "democracy"]], left_out, len(table))
