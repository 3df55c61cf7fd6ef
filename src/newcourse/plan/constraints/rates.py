"""An activity grows and shrinks only so fast; a new technique begins small.

Per process and period: x(t) ≤ (1 + rate) x(t−1) + start, where start is the uptake part of what the product's makers
make in the base year; and x(t) ≥ (1 − rate) x(t−1). Before the first period stands the base year. A process whose
products nobody makes in the base year has no limit: there is nothing to measure its pace by.
"""

from typing import Final

import numpy as np
import scipy.sparse as sp

from newcourse.economy.economy import Economy
from newcourse.plan.layout import Layout
from newcourse.plan.names import Names

ROWS: Final = "growth"
DECLINE: Final = "decline"
TITLE: Final = "Pace of change of activities"


def add(layout: Layout) -> None:
    """Add two rows per process and period, if the limits set a rate."""
    rate = layout.limits.activity_rate
    if rate is None:
        return
    economy = layout.economy
    base, start = economy.base_activity, first_activity(economy, layout.limits.uptake)
    later = np.tile(start, (layout.limits.periods, 1))
    later[0] += np.where(np.isfinite(start), (1 + rate) * base, 0.0)
    layout.add_rows(ROWS, economy.process_index, upper=later)
    lower = np.zeros((layout.limits.periods, len(base)))
    lower[0] = np.maximum(0.0, 1 - rate) * base
    layout.add_rows(DECLINE, economy.process_index, lower=lower)
    same = sp.eye_array(len(base), format="csr")
    for name, kept in ((ROWS, 1 + rate), (DECLINE, max(0.0, 1 - rate))):
        layout.put(name, "activity", same)
        layout.put(name, "activity", -kept * same, shift=-1)


def first_activity(economy: Economy, uptake: float) -> np.ndarray:
    """Return how much of each process may be added beside its growth: the uptake part of the present makers' activity.

    Infinite where nobody makes any of its products in the base year.
    """
    made = economy.outputs @ economy.base_activity
    produces = economy.outputs.tocsc()
    room = np.full(produces.shape[1], np.inf)
    for process in range(produces.shape[1]):
        part = slice(produces.indptr[process], produces.indptr[process + 1])
        goods, quantity = produces.indices[part], produces.data[part]
        running = made[goods] > 0
        if running.any():
            main = np.argmax(quantity * running)
            room[process] = uptake * made[goods[main]] / quantity[main]
    return room


def words(names: Names, block: str, label: tuple[str, ...]) -> str:
    """Name the row in words."""
    process, period = label
    return f"pace at which {names.process(process)} may {'grow' if block == ROWS else 'shrink'} in {period}"


def unit(names: Names, label: tuple[str, ...]) -> str:
    """Return the unit of the row."""
    return names.unit("process", label[0])
