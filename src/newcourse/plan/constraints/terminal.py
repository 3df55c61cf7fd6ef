"""The horizon's end does not eat the capital.

Per place and product that stocks consist of: Σ (1 − 1/life) K(last) + what arrives in the period after − Σ K(first)
≥ 0: as much capital is left as there was. Labelled with the last period.
"""

from typing import Final

import numpy as np
import pandas as pd

from newcourse.plan.constraints.capital import remaining
from newcourse.plan.incidence import incidence
from newcourse.plan.layout import Layout
from newcourse.plan.names import Names

ROWS: Final = "terminal"
TITLE: Final = "Capital kept intact"


def add(layout: Layout) -> None:
    """Add one row per place and product held as capital, if the limits ask for it."""
    stocks, builder, horizon = layout.economy["stocks"], layout.builder, layout.limits.periods
    if not layout.limits.keep_capital or stocks.empty:
        return
    goods = pd.MultiIndex.from_frame(stocks[["place", "product"]].drop_duplicates())
    row = goods.get_indexer(pd.MultiIndex.from_frame(stocks[["place", "product"]]))
    start, lag = stocks["quantity"].to_numpy(), stocks["gestation"].to_numpy(dtype=int)
    on_its_way = np.where(lag > horizon, start / stocks["life"].to_numpy(), 0.0)
    lower = np.zeros(len(goods))
    np.add.at(lower, row, start - on_its_way)
    labels = pd.MultiIndex.from_arrays(
        [*(goods.get_level_values(i) for i in (0, 1)), np.repeat(layout.periods[-1], len(goods))],
        names=["place", "product", "period"],
    )
    rows = builder.add_rows(ROWS, labels, lower=lower)
    builder.put_matrix(rows, layout.columns("capital", horizon - 1), incidence(row, len(goods), remaining(stocks)))
    for period in range(horizon):
        arrives = lag == horizon - period
        arriving = incidence(row, len(goods), arrives.astype(float))
        builder.put_matrix(rows, layout.columns("investment", period), arriving)


def words(names: Names, block: str, label: tuple[str, ...]) -> str:  # noqa: ARG001 (all constraints answer alike)
    """Name the row in words."""
    place, product, period = label
    return f"capital in {names.product(product)} kept intact in {names.place(place)} to the end of {period}"


def unit(names: Names, label: tuple[str, ...]) -> str:
    """Return the unit of the row."""
    return names.unit("product", label[1])
