"""At least the voted part of what is delivered and invested is invested: the pace of accumulation.

Per period, at base-year prices, with the pace π: (1 − π) Σ investment − π Σ deliveries to all needs but those of the
group ``Investment`` ≥ 0.
"""

from typing import Final

import numpy as np
import pandas as pd
import scipy.sparse as sp

from newcourse.plan.goal import TIERS, need_prices
from newcourse.plan.investing import is_investment_need
from newcourse.plan.layout import Layout
from newcourse.plan.names import Names

ROWS: Final = "pace"
TITLE: Final = "Pace of accumulation"


def add(layout: Layout) -> None:
    """Add one row per period, if a pace was voted."""
    pace = layout.goal.pace
    if pace is None:
        return
    economy = layout.economy
    price = economy.prices
    invested = economy["stocks"]["product"].map(price).to_numpy(dtype=float)
    used = np.where(is_investment_need(economy), 0.0, need_prices(economy))
    layout.add_rows(ROWS, pd.Index([economy.about.currency], name="currency"), lower=0.0)
    layout.put(ROWS, "investment", sp.csr_array((1.0 - pace) * invested[None, :]))
    layout.put(ROWS, "delivery", sp.csr_array(-pace * np.repeat(used, len(TIERS))[None, :]))


def words(names: Names, block: str, label: tuple[str, ...]) -> str:  # noqa: ARG001 (all constraints answer alike)
    """Name the row in words."""
    return f"voted pace of accumulation in {label[1]}"


def unit(names: Names, label: tuple[str, ...]) -> str:  # noqa: ARG001 (all constraints answer alike)
    """Return the unit of the row: money."""
    return names.currency
