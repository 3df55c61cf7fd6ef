"""No more is given off than the cap allows.

Per cap and period t: Σ emissions of all processes at the place and beneath it ≤ cap × (1 + growth)^t.
"""

from typing import Final

import pandas as pd

from newcourse.plan.constraints.factors import use_beneath
from newcourse.plan.layout import Layout, grown
from newcourse.plan.names import Names

ROWS: Final = "emissions"
TITLE: Final = "Caps on emissions"


def add(layout: Layout) -> None:
    """Add one row per cap and period."""
    caps = layout.economy["emission_caps"]
    labels = pd.MultiIndex.from_frame(caps[["place", "emission"]])
    layout.add_rows(ROWS, labels, upper=[grown(caps, "quantity", t) for t in range(layout.limits.periods)])
    layout.put_by_lead(ROWS, use_beneath(layout, caps, "emission"))


def words(names: Names, block: str, label: tuple[str, ...]) -> str:  # noqa: ARG001 (all constraints answer alike)
    """Name the row in words."""
    place, emission, period = label
    return f"cap on {names.emission(emission)} in {names.place(place)} in {period}"


def unit(names: Names, label: tuple[str, ...]) -> str:
    """Return the unit of the row."""
    return names.unit("emission", label[1])
