"""Varieties of Political Regimes 1.7 (Kailitz 2024), 1900 to 2024, as in the package democracyData (Marquez).

The table of codes in the documentation of that package does **not** fit the data. So each code is checked by states
of which it is known what they were (:data:`CHECKS`); a file that does not fit is refused. Among them, 120 is the
communist ideocracy, which the documentation gives another meaning.

That an ideocracy is a (degenerated) workers' state is a claim of some theories, not of this source.
"""

from pathlib import Path

import pandas as pd

from newcourse.errors import BadInput, Fault
from newcourse.sources.formations.files import read_file, whole_numbers
from newcourse.sources.formations.identities import reconciled
from newcourse.sources.formations.regimes import Regimes
from newcourse.sources.formations.states import StateList

NAME = "va-PoReg"
SOURCE = "Regimes: Varieties of Political Regimes 1.7, Kailitz (2024), as in democracyData"

DEMOCRACY = 10
MONARCHY = 90
RIGHT_WING = 110
COMMUNIST = 120
MILITARY = 140
COLONY = 160

CHECKS: tuple[tuple[str, int, int, int, str], ...] = (
    ("Union of Soviet Socialist Republics", 1923, 1991, COMMUNIST, "communist ideocracy"),
    ("China", 1949, 2024, COMMUNIST, "communist ideocracy"),
    ("Cuba", 1959, 2024, COMMUNIST, "communist ideocracy"),
    ("Germany, East", 1950, 1989, COMMUNIST, "communist ideocracy"),
    ("Ethiopia", 1900, 1935, MONARCHY, "absolute monarchy"),
    ("Saudi Arabia", 1932, 2024, MONARCHY, "absolute monarchy"),
    ("Russia", 1900, 1916, MONARCHY, "absolute monarchy"),
    ("Germany", 1933, 1944, RIGHT_WING, "right-wing ideocracy"),
    ("India", 1900, 1947, COLONY, "colony"),
    ("Sweden", 1922, 2024, DEMOCRACY, "democracy of all men and women"),
    ("Chile", 1974, 1988, MILITARY, "military rule"),
)
"""States, first year, last year, code they must have, what it means."""

DUAL_MONARCHY = ("Austria", 1900, 1917, 300)
"""The source has Austria and Hungary apart before 1918; Austria stands for the state of both (assumed)."""

_COLUMNS = {"vaporeg_country": "entity", "year": "year", "vaporeg_cr": "regime", "GWn": "code"}


def read_vaporeg(folder: str | Path, states: StateList) -> Regimes:
    """Return the regimes, with column ``regime`` for the code.

    Raises
    ------
    BadInput
        When the file is missing, the codes do not mean what they must, or states cannot be matched.
    """
    kinds = dict.fromkeys(("year", "vaporeg_cr", "GWn"), "float64")
    table = read_file(folder, "democracyData__vaporeg", list(_COLUMNS), kinds).rename(columns=_COLUMNS)
    table = whole_numbers(table, ["year", "regime"], NAME)
    faults = code_faults(table)
    if faults:
        raise BadInput(faults)
    entity, first, last, number = DUAL_MONARCHY
    both = (table["entity"] == entity) & table["year"].between(first, last)
    table["code"] = table["code"].mask(both, number)
    kept, left_out = reconciled(table, NAME, states.known)
    return Regimes(NAME, SOURCE, kept[["gw", "year", "entity", "regime"]], left_out, len(table))


def code_faults(table: pd.DataFrame) -> list[Fault]:
    """Return where the codes of the file do not mean what they must, by states of which it is known.

    Parameters
    ----------
    table
        Columns ``entity``, ``year``, ``regime``.
    """
    faults = []
    for entity, first, last, code, meaning in CHECKS:
        rows = table[(table["entity"] == entity) & table["year"].between(first, last)]
        wrong = rows.loc[rows["regime"] != code, "regime"]
        if len(rows) == last - first + 1 and wrong.empty:
            continue
        found = f"codes {sorted(set(map(int, wrong)))}" if len(wrong) else f"{len(rows)} years"
        expected = f"{code}, {meaning}, in all of them"
        remedy = "the codes of this file mean something else: use release 1.7 as in democracyData, or correct CHECKS"
        faults.append(Fault("codes-contradict", f"{NAME}: {entity} {first} to {last}", found, expected, remedy))
    return faults
