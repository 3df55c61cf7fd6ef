"""What of the sources has no place in a panel, and why; and how a panel compares with a source on regimes."""

from collections.abc import Callable, Iterable
from pathlib import Path

import pandas as pd

from newcourse.errors import BadInput, Fault
from newcourse.formations.panel import Panel
from newcourse.sources.formations import anckar, kailitz, lied, maddison, states, ulfelder, vaporeg
from newcourse.sources.formations.grid import Grid
from newcourse.sources.formations.identities import LeftOut
from newcourse.sources.formations.left_out_cow import left_out_of_cow
from newcourse.sources.formations.regimes import Regimes
from newcourse.sources.formations.states import StateList

REGIMES: dict[str, Callable[[str | Path, StateList], Regimes]] = {
    vaporeg.NAME: vaporeg.read_vaporeg,
    kailitz.NAME: kailitz.read_kailitz,
    anckar.NAME: anckar.read_anckar,
    ulfelder.NAME: ulfelder.read_ulfelder,
    lied.NAME: lied.read_lied,
}
"""Readers of all sources on regimes, by name."""

NO_INDEPENDENCE = "years in which the state is not independent, or after the list ends"


def left_out(folder: str | Path) -> pd.DataFrame:
    """Return every row of the sources that no panel has, by source and entity.

    Parameters
    ----------
    folder
        Where the files are.

    Returns
    -------
    pandas.DataFrame
        Columns ``source``, ``entity``, ``first``, ``last``, ``rows``, ``reason``.

    Raises
    ------
    BadInput
        With everything that is wrong with any of the files, all at once.
    """
    listed = states.read_states(folder)
    grid = listed.grid(range(1789, listed.last_year + 1))
    items: list[LeftOut] = []
    faults: list[Fault] = []
    for read in REGIMES.values():
        try:
            items += _of_regimes(read(folder, listed), listed)
        except BadInput as error:
            faults += error.faults
    others: tuple[Callable[[], Iterable[LeftOut]], ...] = (
        lambda: maddison.read_maddison(folder, grid).left_out,
        lambda: list(left_out_of_cow(folder, listed)),
    )
    for told in others:
        try:
            items += told()
        except BadInput as error:
            faults += error.faults
    if faults:
        raise BadInput(faults)
    columns = ["source", "entity", "first", "last", "rows", "reason"]
    return pd.DataFrame([[getattr(item, name) for name in columns] for item in items], columns=columns)


def _of_regimes(regimes: Regimes, listed: StateList) -> Iterable[LeftOut]:
    yield from regimes.left_out
    years = range(int(regimes.table["year"].min()), int(regimes.table["year"].max()) + 1)
    grid = listed.grid(years)
    exists = listed.exists(grid)
    rows, columns = grid.rows(regimes.table["gw"]), grid.columns(regimes.table["year"])
    outside = regimes.table[~exists[rows, columns]]
    for _, found in outside.groupby("entity"):
        span = found["year"]
        entity = str(found["entity"].iloc[0])
        yield LeftOut(regimes.name, entity, int(span.min()), int(span.max()), len(found), NO_INDEPENDENCE)


def against(panel: Panel, regimes: Regimes) -> pd.DataFrame:
    """Return how often each formation of a panel goes with each regime of a source: a check of a coding from outside.

    Parameters
    ----------
    panel
        Of states of the list of Gleditsch and Ward, as :func:`~newcourse.sources.formations.reading.read_panel` makes.
    regimes
        Of any source.

    Returns
    -------
    pandas.DataFrame
        Country-years by formation (rows) and regime as the source names it (columns); years that either does not
        know are left out.
    """
    grid = Grid(tuple(map(int, panel.countries)), panel.years)
    table = regimes.table[regimes.table["gw"].isin(grid.countries)].dropna(subset=["regime"])
    rows, columns = grid.rows(table["gw"]), grid.columns(table["year"])
    inside = (rows >= 0) & (columns >= 0)
    numbers = panel.observed[rows[inside], columns[inside]]
    named = table[inside].assign(formation=numbers)
    counts = named[named["formation"] >= 0].groupby(["formation", "regime"]).size().unstack(fill_value=0)
    return counts.rename(index=dict(enumerate(panel.space.formations)))
