"""Stocks grow by investment after its gestation lag and decay by service life.

Per stock and period: K(t) − (1 − 1/life) K(t−1) − investment(t − gestation) = what was on its way before the horizon,
which is taken to be just what keeps the stock as it is (K(0)/life a period).
"""

from typing import Final

import numpy as np
import pandas as pd
import scipy.sparse as sp

from newcourse.plan.incidence import incidence
from newcourse.plan.layout import Layout
from newcourse.plan.names import Names

ROWS: Final = "capital"
TITLE: Final = "Motion of stocks"


def add(layout: Layout) -> None:
    """Add one row per stock and period."""
    stocks = layout.economy["stocks"]
    start = stocks["quantity"].to_numpy()
    lag = stocks["gestation"].to_numpy(dtype=int)
    periods = np.arange(layout.limits.periods)[:, None]
    given = np.where(periods == 0, start, np.where(periods < lag, start / stocks["life"].to_numpy(), 0.0))
    layout.add_rows(ROWS, pd.Index(stocks["stock"], name="stock"), given, given)
    layout.put(ROWS, "capital", sp.eye_array(len(stocks), format="csr"))
    layout.put(ROWS, "capital", sp.csr_array(-sp.diags_array(remaining(stocks))), shift=-1)
    for periods_later in np.unique(lag):
        arriving = np.where(lag == periods_later, -1.0, 0.0)
        layout.put(ROWS, "investment", incidence(np.arange(len(lag)), len(lag), arriving), shift=-int(periods_later))


def remaining(stocks: pd.DataFrame) -> np.ndarray:
    """Return the part of each stock that is left after one period."""
    return 1.0 - 1.0 / stocks["life"].to_numpy(dtype=float)


def words(names: Names, block: str, label: tuple[str, ...]) -> str:  # noqa: ARG001 (all constraints answer alike)
    """Name the row in words."""
    stock, period = label
    return f"stock of {names.stock(stock)} in {period}"


def unit(names: Names, label: tuple[str, ...]) -> str:
    """Return the unit of the row."""
    return names.unit("stock", label[0])
