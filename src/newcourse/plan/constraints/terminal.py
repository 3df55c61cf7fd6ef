"""The horizon's end does not eat the capital: as much is left as there was, where it ends ``kept``.

Per place and product that stocks consist of: Σ K in the period after the horizon, from what is invested and built in
it, ≥ Σ K(0). Labelled with the last period.
"""

from typing import Final

import numpy as np
import pandas as pd

from newcourse.plan.layout import Layout
from newcourse.plan.names import Names
from newcourse.plan.wear import given_after, put_in_place_after

ROWS: Final = "terminal"
TITLE: Final = "Capital kept intact"


def add(layout: Layout) -> None:
    """Add one row per place and product held as capital, if the limits ask for it."""
    stocks = layout.economy["stocks"]
    if layout.limits.terminal != "kept" or stocks.empty:
        return
    goods = pd.MultiIndex.from_frame(stocks[["place", "product"]].drop_duplicates())
    row = goods.get_indexer(pd.MultiIndex.from_frame(stocks[["place", "product"]]))
    labels = pd.MultiIndex.from_arrays(
        [*(goods.get_level_values(i) for i in (0, 1)), np.repeat(layout.periods[-1], len(goods))],
        names=["place", "product", "period"],
    )
    lower = np.zeros(len(goods))
    np.add.at(lower, row, stocks["quantity"].to_numpy() - given_after(stocks, layout.limits.periods - 1, 1))
    rows = layout.builder.add_rows(ROWS, labels, lower=lower)
    put_in_place_after(layout, rows, row, 1)


def words(names: Names, block: str, label: tuple[str, ...]) -> str:  # noqa: ARG001 (all constraints answer alike)
    """Name the row in words."""
    place, product, period = label
    return f"capital in {names.product(product)} kept intact in {names.place(place)} to the end of {period}"


def unit(names: Names, label: tuple[str, ...]) -> str:
    """Return the unit of the row."""
    return names.unit("product", label[1])
