"""What comes out in the first periods was begun before the horizon.

Per process with a lead and period before that lead has passed: x(t) ≤ activity of the base year. Its inputs were taken
before the plan begins, so no more comes out than was begun, which is taken to be what the base year begins.
"""

from typing import Final

import numpy as np
import pandas as pd

from newcourse.plan.incidence import incidence
from newcourse.plan.layout import Layout
from newcourse.plan.names import Names

ROWS: Final = "begun"
TITLE: Final = "Output begun before the horizon"


def add(layout: Layout) -> None:
    """Add one row per process with a lead and period; those of later periods ask nothing."""
    processes = layout.economy["processes"]
    lead = processes["lead"].to_numpy(dtype=int)
    slow = np.flatnonzero(lead > 0)
    early = np.arange(layout.limits.periods)[:, None] < lead[slow]
    upper = np.where(early, layout.economy.base_activity[slow], np.inf)
    layout.add_rows(ROWS, pd.Index(processes["process"].iloc[slow], name="process"), upper=upper)
    layout.put(ROWS, "activity", incidence(slow, len(lead)).T.tocsr())


def words(names: Names, block: str, label: tuple[str, ...]) -> str:  # noqa: ARG001 (all constraints answer alike)
    """Name the row in words."""
    process, period = label
    return f"what {names.process(process)} had begun before the plan for {period}"


def unit(names: Names, label: tuple[str, ...]) -> str:
    """Return the unit of the row."""
    return names.unit("process", label[0])
