"""Which periods a project may be begun in (design §6.4)."""

from typing import Final

import pandas as pd

from newcourse.economy.economy import Economy
from newcourse.plan.limits import Limits

SCHEDULES: Final = ("project_inputs", "project_factors", "project_yields")
"""Tables with a column ``year``, counted from the period a project is begun in."""


def length(economy: Economy) -> dict[str, int]:
    """Return how many periods a plan must have at least to take up each project: its works and its first yield."""
    needed = dict.fromkeys(economy["projects"]["project"], 1)
    for name in SCHEDULES:
        years = economy[name].groupby("project")["year"]
        last = years.min() if name == "project_yields" else years.max()
        for project, year in last.items():
            needed[str(project)] = max(needed[str(project)], int(year) + 1)
    return needed


def starts(economy: Economy, limits: Limits) -> pd.MultiIndex:
    """Return every (project, year) in which a project may be begun so that it is finished and used in the horizon."""
    first = economy.about.year + 1
    pairs = [
        (project, first + start)
        for project, needed in length(economy).items()
        for start in range(limits.periods - needed + 1)
    ]
    if not pairs:
        return pd.MultiIndex.from_arrays([[], []], names=["project", "period"])
    return pd.MultiIndex.from_tuples(pairs, names=["project", "period"])
