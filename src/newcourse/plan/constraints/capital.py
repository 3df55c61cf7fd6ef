"""Stocks grow by investment after its gestation lag and by what projects yield, and wear by age.

Per stock and period. A stock that ages geometrically: K(t) − (1 − 1/life) K(t−1) − investment(t − gestation) − yields
of projects = what was on its way before the horizon, which is taken to be just what keeps the stock as it is
(K(0)/life a period). One that ages by vintage: K(t) − Σ investment and yields that came into place less than its life
ago = what is left of K(0), of which an equal part leaves each period, and of what was on its way.
"""

from typing import Final

import numpy as np
import pandas as pd
import scipy.sparse as sp

from newcourse.plan.incidence import incidence
from newcourse.plan.layout import Layout
from newcourse.plan.names import Names
from newcourse.plan.schedule import timed
from newcourse.plan.wear import VINTAGE, arriving, given, stock_rows

ROWS: Final = "capital"
TITLE: Final = "Motion of stocks"


def add(layout: Layout) -> None:
    """Add one row per stock and period."""
    stocks = layout.economy["stocks"]
    horizon = layout.limits.periods
    vintage = (stocks["ageing"] == VINTAGE).to_numpy()
    kept = np.where(vintage, 0.0, 1.0 - 1.0 / stocks["life"].to_numpy(dtype=float))
    new = [np.where(vintage, given(stocks, t), arriving(stocks, t)) for t in range(horizon)]
    layout.add_rows(ROWS, pd.Index(stocks["stock"], name="stock"), new, new)
    layout.put(ROWS, "capital", sp.eye_array(len(stocks), format="csr"))
    layout.put(ROWS, "capital", sp.csr_array(-sp.diags_array(kept)), shift=-1)
    yields = timed(layout, "project_yields", stock_rows(layout.economy["project_yields"], stocks), len(stocks))
    life = stocks["life"].to_numpy(dtype=float)
    for age in range(horizon):
        young = np.where(vintage, age < life, age == 0)
        _put_arrivals(layout, young, age)
        for period in yields:
            if period + age < horizon and young.any():
                left = sp.csr_array(-sp.diags_array(young.astype(float)) @ yields[period])
                layout.builder.put_matrix(layout.rows(ROWS, period + age), layout.once("projects"), left)


def _put_arrivals(layout: Layout, young: np.ndarray, age: int) -> None:
    """Put the investment that came into place ``age`` periods ago, for the stocks that it counts for."""
    lag = layout.economy["stocks"]["gestation"].to_numpy(dtype=int)
    for later in np.unique(lag[young]):
        arriving = np.where((lag == later) & young, -1.0, 0.0)
        matrix = incidence(np.arange(len(lag)), len(lag), arriving)
        layout.put(ROWS, "investment", matrix, shift=-int(later) - age)


def words(names: Names, block: str, label: tuple[str, ...]) -> str:  # noqa: ARG001 (all constraints answer alike)
    """Name the row in words."""
    stock, period = label
    return f"stock of {names.stock(stock)} in {period}"


def unit(names: Names, label: tuple[str, ...]) -> str:
    """Return the unit of the row."""
    return names.unit("stock", label[0])
