"""Lexical Index of Electoral Democracy, 1789 to 2024, as in democracyData; in the public domain (CC0).

Skaaning, Gerring & Bartusevičius, A lexical index of electoral democracy, *Comparative Political Studies* 48 (2015)
1491-1525. Its column of Gleditsch–Ward numbers has those of the Correlates of War where the two differ (Germany since
1990 is 255, Yemen 679, Serbia 345), so it is read as the latter. Vietnam has two rows a year from 1945 to 1953, before
it is in the list of states; that of the whole country is left out.
"""

from pathlib import Path

from newcourse.sources.formations.files import read_file, whole_numbers
from newcourse.sources.formations.identities import LeftOut, reconciled
from newcourse.sources.formations.regimes import Regimes
from newcourse.sources.formations.states import StateList

NAME = "LIED"
SOURCE = "Regimes: Lexical Index of Electoral Democracy, Skaaning et al. (2015), CC0, as in democracyData"
TWICE = ("Vietnam", 1945, 1953, "North Vietnam has a row of its own in these years")
LEVELS = {
    0: "no elections",
    1: "one party, one candidate, or an elected legislature or executive only in name",
    2: "several parties take part",
    3: "multi-party elections for legislature and executive",
    4: "elections are competitive",
    5: "all men or all women may vote",
    6: "all may vote",
}
"""Levels of the index in our words; each contains those below."""
_COLUMNS = {"lied_country": "entity", "year": "year", "lexical_index": "regime", "GWn": "code"}


def read_lied(folder: str | Path, states: StateList) -> Regimes:
    """Return the index as column ``regime``, 0 to 6.

    Raises
    ------
    BadInput
        When the file is missing or unreadable or states cannot be matched.
    """
    kinds = dict.fromkeys(("year", "lexical_index", "GWn"), "float64")
    table = read_file(folder, "democracyData__LIED", list(_COLUMNS), kinds).rename(columns=_COLUMNS)
    table = whole_numbers(table, ["year", "regime"], NAME)
    entity, first, last, reason = TWICE
    twice = (table["entity"] == entity) & table["year"].between(first, last)
    dropped = LeftOut(NAME, entity, first, last, int(twice.sum()), reason)
    kept, left_out = reconciled(table[~twice], NAME, states.known, cow=True)
    columns = ["gw", "year", "entity", "regime"]
    return Regimes(NAME, SOURCE, kept[columns], (dropped, *left_out), len(table))
