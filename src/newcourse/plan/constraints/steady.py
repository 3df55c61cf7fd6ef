"""Activity can go on after the horizon, growing, where it ends ``steady``: the turnpike condition.

Per stock and period T + j after the last one T, for j = 1 up to its gestation (at least 1): K(T + j), from what is
invested and built up to T, ≥ (1 + growth)^j × stock required by the activities of T. With it a plan ends as if it went
on along a ray of steady growth (primal equilibrium; A. S. Manne, *Management Science* 16 (1970) 611-620), so that a
longer horizon changes its first periods little. A stock without gestation counts as if it took one period.
"""

from typing import Final

import numpy as np
import pandas as pd
import scipy.sparse as sp

from newcourse.plan.incidence import incidence
from newcourse.plan.layout import Layout
from newcourse.plan.names import Names
from newcourse.plan.wear import given_after, put_in_place_after

ROWS: Final = "steady"
TITLE: Final = "Steady growth after the horizon"


def add(layout: Layout) -> None:
    """Add one row per stock and period after the horizon that its gestation reaches, if the limits ask for it."""
    stocks = layout.economy["stocks"]
    if layout.limits.terminal != "steady" or stocks.empty:
        return
    reach = np.maximum(1, stocks["gestation"].to_numpy(dtype=int))
    chosen = [(int(s), later) for later in range(1, int(reach.max()) + 1) for s in np.flatnonzero(reach >= later)]
    last = layout.limits.periods - 1
    labels = pd.MultiIndex.from_tuples(
        [(stocks["stock"].iloc[s], int(layout.periods[-1]) + later) for s, later in chosen], names=["stock", "period"]
    )
    lower = [0.0 - given_after(stocks, last, later)[s] for s, later in chosen]
    rows = layout.builder.add_rows(ROWS, labels, lower=lower)
    for later in range(1, int(reach.max()) + 1):
        row_of = np.full(len(stocks), -1)
        for position, (s, when) in enumerate(chosen):
            if when == later:
                row_of[s] = position
        put_in_place_after(layout, rows, row_of, later)
        _put_required(layout, rows, row_of, later)


def _put_required(layout: Layout, rows: slice, row_of: np.ndarray, later: int) -> None:
    height, last = rows.stop - rows.start, layout.limits.periods - 1
    needed = sp.csr_array(-layout.limits.after(later) * (incidence(row_of, height) @ layout.economy.stock_use))
    layout.builder.put_matrix(rows, layout.columns("activity", last), needed)
    at_once = layout.economy["stocks"]["gestation"].to_numpy(dtype=int) == 0
    invested = incidence(np.where(at_once, row_of, -1), height, layout.limits.after(later))
    layout.builder.put_matrix(rows, layout.columns("investment", last), invested)


def words(names: Names, block: str, label: tuple[str, ...]) -> str:  # noqa: ARG001 (all constraints answer alike)
    """Name the row in words."""
    stock, period = label
    return f"{names.stock(stock)} for activity to go on in {period}, after the horizon"


def unit(names: Names, label: tuple[str, ...]) -> str:
    """Return the unit of the row."""
    return names.unit("stock", label[0])
