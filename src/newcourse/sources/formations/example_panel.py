"""A panel that comes with New Course: states and codings, and nothing else about them (CC0).

Made from ``examples/formations/panel``: which states there were and whether an absolute monarch ruled them, after
Anckar & Fredriksson (2019). It has no covariates and no ties, since no data on those may be handed on.
"""

from importlib.resources import files
from pathlib import Path

import numpy as np
import pandas as pd

from newcourse.errors import BadInput, Fault
from newcourse.formations.panel import Panel
from newcourse.formations.spaces import DEFAULT
from newcourse.sources.formations import anckar
from newcourse.sources.formations.codings.registry import CODINGS, DEFAULT_CODING
from newcourse.sources.formations.files import read_file, whole_numbers
from newcourse.sources.formations.grid import Grid
from newcourse.sources.formations.reading import coded
from newcourse.sources.formations.stages import PRE_CAPITALIST, stages_of
from newcourse.sources.formations.succession_table import SUCCESSIONS

YEARS = range(1900, 2011)
RULES = {"monarchy": 1.0, "other": 0.0, "": np.nan}


def example_panel(coding: str = DEFAULT_CODING) -> Panel:
    """Return the formations of all states from 1900 to 2010 under a coding, without covariates and ties.

    Pre-capitalist is an absolute monarchy, by the rule of stages of that name.

    >>> panel = example_panel()
    >>> panel.summary().loc["workers", "country_years"]
    np.int64(7)

    Raises
    ------
    BadInput
        When the coding is not one of the tables.
    """
    if coding not in CODINGS:
        expected = "one of " + ", ".join(CODINGS)
        raise BadInput(Fault("coding-unknown", "coding", repr(coding), expected, "choose one of these"))
    spells = _spells()
    grid = Grid(tuple(sorted(set(map(int, spells["state"])))), tuple(YEARS))
    holds = np.full(grid.shape, np.nan)
    exists = np.zeros(grid.shape, dtype=bool)
    for state, first, last, rule in spells[["state", "first", "last", "rule"]].itertuples(index=False):
        row, years = grid.row(int(state)), slice(first - YEARS[0], last - YEARS[0] + 1)
        exists[row, years] = True
        holds[row, years] = RULES[rule]
    staged = stages_of(holds, exists)
    codes = DEFAULT.index("pre_capitalist"), DEFAULT.index("capitalist")
    base = np.where(staged < 0, -1, np.where(staged == PRE_CAPITALIST, *codes)).astype(np.int8)
    observed = np.where(exists, coded(CODINGS[coding], base, grid), -1)
    return Panel(
        space=DEFAULT,
        countries=grid.codes,
        years=grid.years,
        observed=observed.astype(np.int8),
        exists=exists,
        coding=f"{coding}/monarchy",
        sources=(f"Coding: {CODINGS[coding].reading}", "Stages: an absolute monarchy", anckar.SOURCE),
        successions=SUCCESSIONS,
        titles={str(state): str(title) for state, title in zip(spells["state"], spells["title"], strict=True)},
    )


def _spells() -> pd.DataFrame:
    package = Path(str(files("newcourse")))
    places = (root / "examples" / "formations" / "panel" for root in (package, package.parents[1]))
    folder = next((place for place in places if place.is_dir()), package)
    columns = ["state", "first", "last"]
    table = read_file(folder, "states", [*columns, "title", "rule"], dict.fromkeys(columns, "float64"))
    return whole_numbers(table, columns, "states").fillna({"rule": ""})
