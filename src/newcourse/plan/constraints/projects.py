"""A project is begun once, or not at all.

Per project: Σ of its starts over all periods that leave time to finish it ≤ 1. What it takes and yields stands in the
balances, the limits of factors and the motion of stocks, period by period of its schedule.
"""

from typing import Final

import pandas as pd

from newcourse.plan.incidence import incidence
from newcourse.plan.layout import Layout
from newcourse.plan.names import WHOLE, Names
from newcourse.plan.starts import starts

ROWS: Final = "projects"
TITLE: Final = "Projects begun once"


def add(layout: Layout) -> None:
    """Add one row per project."""
    projects = pd.Index(layout.economy["projects"]["project"], name="project")
    columns = starts(layout.economy, layout.limits)
    rows = layout.builder.add_rows(ROWS, projects, upper=1.0)
    of_project = projects.get_indexer(columns.get_level_values(0))
    layout.builder.put_matrix(rows, layout.once("projects"), incidence(of_project, len(projects)))


def words(names: Names, block: str, label: tuple[str, ...]) -> str:  # noqa: ARG001 (all constraints answer alike)
    """Name the row in words."""
    return f"{names.project(label[0])} once and no more"


def unit(names: Names, label: tuple[str, ...]) -> str:  # noqa: ARG001 (all constraints answer alike)
    """Return the unit of the row: whole projects."""
    return WHOLE
