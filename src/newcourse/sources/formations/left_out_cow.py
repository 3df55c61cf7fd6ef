"""Rows on borders, treaties, trade and wars that no panel has: microstates, and states the list does not have then."""

from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from newcourse.sources.formations.files import read_file, whole_numbers
from newcourse.sources.formations.identities import MICROSTATES, LeftOut, cow_to_gw
from newcourse.sources.formations.states import StateList

FILES = {
    "peacesciencer__cow_contdir": ("ccode1", "enddate"),
    "peacesciencer__atop_alliance": ("ccode1", "year"),
    "peacesciencer__cow_trade_sy": ("ccode", "year"),
    "peacesciencer__cow_war_inter": ("ccode1", "year"),
    "peacesciencer__cow_war_intra": ("ccodea", "year"),
}
"""Files, with the column of the state (of pairs the first: each pair is there both ways) and that of the year."""

MICROSTATE = "a microstate, below the size of the list"
NOT_THEN = "years in which the list does not have this state"
NOBODY = "an intervention, or a side that is no state: the war is not inside it"


def left_out_of_cow(folder: str | Path, listed: StateList) -> Iterable[LeftOut]:
    """Yield what these files have and no panel does.

    Raises
    ------
    BadInput
        When a file is missing or unreadable or a number is of no state.
    """
    grid = listed.grid(range(1789, listed.last_year + 1))
    exists = listed.exists(grid)
    for name, (state, year) in FILES.items():
        table = read_file(folder, name, [state, year], {state: "float64"})
        table = table.assign(year=pd.to_numeric(table[year].str[:4], errors="coerce"))
        table = whole_numbers(table, [state, "year"], name)
        source = name.partition("__")[2]
        nobody = table[table[state] < 0]
        if len(nobody):
            yield _item(source, "no state", nobody, NOBODY)
        table = table[table[state] > 0]
        table = table.assign(gw=cow_to_gw(table, state))
        rows, columns = grid.rows(table["gw"]), grid.columns(table["year"])
        away = (rows < 0) | (columns < 0) | ~exists[rows, columns]
        for _, found in table[away].groupby("gw"):
            number = int(found["gw"].iloc[0])
            entity = MICROSTATES.get(number, listed.titles.get(number, str(number)))
            yield _item(source, entity, found, MICROSTATE if number in MICROSTATES else NOT_THEN)


def _item(source: str, entity: str, rows: pd.DataFrame, reason: str) -> LeftOut:
    return LeftOut(source, entity, int(rows["year"].min()), int(rows["year"].max()), len(rows), reason)
