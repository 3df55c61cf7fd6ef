"""Activity can go on after the horizon, growing, where it ends ``steady``: the turnpike condition.

Per stock and period T + j after the last one T, for j = 1 up to its gestation (the last period itself where it has
none): what is invested so as to arrive then ≥ what wear and growth take of the stock that the activities of T require.
With growth g and S x(T) required that is (1 + g)^(j−1) (g + 1/life) S x(T) for a stock that ages geometrically, and
(1 + g)^j S x(T) / Σ (1 + g)^(−a) over the ages a of its life for one that ages by vintage. So the last period could
be repeated for ever along a ray of growth (primal equilibrium: A. S. Manne, *Management Science* 16 (1970) 611-620); as
it also counts for the periods after it, capital keeps its worth, and a longer horizon changes the first periods little.
"""

from typing import Final

import numpy as np
import pandas as pd
import scipy.sparse as sp

from newcourse.plan.layout import Layout
from newcourse.plan.names import Names
from newcourse.plan.wear import replacement

ROWS: Final = "steady"
TITLE: Final = "Steady growth after the horizon"


def add(layout: Layout) -> None:
    """Add one row per stock and period in which what is invested up to the last one arrives, if the limits ask."""
    stocks, last = layout.economy["stocks"], layout.limits.periods - 1
    if layout.limits.terminal != "steady" or stocks.empty:
        return
    lag = stocks["gestation"].to_numpy(dtype=int)
    reach = [(stock, later) for stock in range(len(lag)) for later in range(min(lag[stock], 1), lag[stock] + 1)]
    chosen = [(stock, later) for stock, later in reach if last + later - lag[stock] >= 0]
    labels = pd.MultiIndex.from_tuples(
        [(stocks["stock"].iloc[stock], int(layout.periods[-1]) + later) for stock, later in chosen],
        names=["stock", "period"],
    )
    rows = layout.builder.add_rows(ROWS, labels, lower=0.0)
    stock, later = np.array(chosen, dtype=int).reshape(-1, 2).T
    part = replacement(stocks, layout.limits.growth)[stock] * (1.0 + layout.limits.growth) ** later
    needed = sp.csr_array(-sp.diags_array(part) @ layout.economy.stock_use[stock])
    layout.builder.put_matrix(rows, layout.columns("activity", last), needed)
    for period in range(last + 1):
        now = np.flatnonzero(last + later - lag[stock] == period)
        arriving = sp.csr_array((np.ones(len(now)), (now, stock[now])), shape=(len(chosen), len(lag)))
        layout.builder.put_matrix(rows, layout.columns("investment", period), arriving)


def words(names: Names, block: str, label: tuple[str, ...]) -> str:  # noqa: ARG001 (all constraints answer alike)
    """Name the row in words."""
    stock, period = label
    return f"{names.stock(stock)} for activity to go on in {period}, after the horizon"


def unit(names: Names, label: tuple[str, ...]) -> str:
    """Return the unit of the row."""
    return names.unit("stock", label[0])
