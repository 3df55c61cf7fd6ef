"""An activity reaches only as far as the stock that is in place for it.

Per stock and period: Σ stock required by activities ≤ capital in place.
"""

from typing import Final

import pandas as pd
import scipy.sparse as sp

from newcourse.plan.layout import Layout
from newcourse.plan.names import Names

ROWS: Final = "capacity"
TITLE: Final = "Capacity from stocks"


def add(layout: Layout) -> None:
    """Add one row per stock and period."""
    economy = layout.economy
    stocks = pd.Index(economy["stocks"]["stock"], name="stock")
    layout.add_rows(ROWS, stocks, upper=0.0)
    layout.put(ROWS, "activity", economy.stock_use)
    layout.put(ROWS, "capital", -sp.eye_array(len(stocks), format="csr"))


def words(names: Names, block: str, label: tuple[str, ...]) -> str:  # noqa: ARG001 (all constraints answer alike)
    """Name the row in words."""
    stock, period = label
    return f"capacity of {names.stock(stock)} in {period}"


def unit(names: Names, label: tuple[str, ...]) -> str:
    """Return the unit of the row."""
    return names.unit("stock", label[0])
