"""Shares of imports and of origins in what is supplied can move only so fast.

With the base-year share σ and the rate r, in period t (from 1): (σ − r t) S ≤ m ≤ (σ + r t) S, where S is everything
supplied there: outputs, imports and arrivals. Exports stay within a growing band around the base year's:
(1 − r t) e ≤ e(t) ≤ (1 + r t) e; a good that was not exported may begin with the part r t of what was supplied of it.
"""

from typing import Final

import numpy as np
import pandas as pd
import scipy.sparse as sp

from newcourse.economy.identities import gross_supply
from newcourse.plan.incidence import incidence
from newcourse.plan.layout import Layout
from newcourse.plan.names import Names

ROWS: Final = "import share"
TITLE: Final = "Pace of change of trade"


def add(layout: Layout) -> None:
    """Add two rows per import, route and export and period, as far as the limits set rates."""
    economy, limits = layout.economy, layout.limits
    trade, routes = economy["trade"], economy["routes"]
    if limits.import_share_rate is not None:
        labels = pd.MultiIndex.from_frame(trade[["place", "product"]])
        goods = economy.good_rows(trade)
        _add_band(layout, "import share", "imports", labels, goods, trade["imports"], limits.import_share_rate)
    if limits.route_share_rate is not None:
        labels = pd.MultiIndex.from_frame(routes[["product", "origin", "destination"]])
        goods = economy.good_rows(routes, "destination")
        _add_band(layout, "route share", "shipments", labels, goods, routes["base"], limits.route_share_rate)
    if limits.export_rate is not None:
        _add_exports(layout, trade, limits.export_rate)


def _add_band(
    layout: Layout, name: str, columns: str, labels: pd.Index, goods: np.ndarray, base: pd.Series, rate: float
) -> None:
    supply = gross_supply(layout.economy).to_numpy()[goods]
    share = np.divide(base.to_numpy(), supply, out=np.zeros(len(goods)), where=supply > 0)
    measured = supply > 0
    layout.add_rows(f"{name} up", labels, upper=np.where(measured, 0.0, np.inf))
    layout.add_rows(f"{name} down", labels, lower=np.where(measured, 0.0, -np.inf))
    parts = _supply_columns(layout, goods) if len(goods) else {}
    for period in range(layout.limits.periods):
        for way, part in (("up", share + rate * (period + 1)), ("down", share - rate * (period + 1))):
            rows = layout.rows(f"{name} {way}", period)
            scale = sp.diags_array(np.clip(part, 0.0, 1.0))
            for block, matrix in parts.items():
                layout.builder.put_matrix(rows, layout.columns(block, period), sp.csr_array(-(scale @ matrix)))
            own = sp.eye_array(len(goods), format="csr")
            layout.builder.put_matrix(rows, layout.columns(columns, period), own)


def _supply_columns(layout: Layout, goods: np.ndarray) -> dict[str, sp.csr_array]:
    """Return, by block of columns, what each column adds to the supply of each of ``goods``."""
    economy = layout.economy
    n = len(economy.goods)
    arriving = incidence(economy.good_rows(economy["routes"], "destination"), n)
    imported = incidence(economy.good_rows(economy["trade"]), n)
    blocks = {"activity": economy.outputs, "imports": imported, "shipments": arriving}
    return {name: sp.csr_array(matrix[goods]) for name, matrix in blocks.items()}


def _add_exports(layout: Layout, trade: pd.DataFrame, rate: float) -> None:
    base = trade["exports"].to_numpy()
    times = rate * (1 + np.arange(layout.limits.periods))[:, None]
    labels = pd.MultiIndex.from_frame(trade[["place", "product"]])
    supply = gross_supply(layout.economy).to_numpy()[layout.economy.good_rows(trade)]
    start = np.where(supply > 0, times * supply, np.inf)
    upper = np.where(base > 0, (1 + times) * base, start)
    layout.add_rows("exports", labels, lower=np.maximum(0.0, 1 - times) * base, upper=upper)
    layout.put("exports", "exports", sp.eye_array(len(base), format="csr"))


def words(names: Names, block: str, label: tuple[str, ...]) -> str:
    """Name the row in words."""
    *codes, period = label
    way = "rise" if block.endswith("up") else "fall"
    if block.startswith("route"):
        product, origin, destination = codes
        what = f"share of {names.place(origin)} in {names.product(product)} for {names.place(destination)}"
        return f"pace at which the {what} may {way} in {period}"
    place, product = codes
    if block == "exports":
        return f"pace at which exports of {names.product(product)} by {names.place(place)} may change in {period}"
    return f"pace at which the import share in {names.product(product)} of {names.place(place)} may {way} in {period}"


def unit(names: Names, label: tuple[str, ...]) -> str:
    """Return the unit of the row: that of the product."""
    return names.unit("product", label[0] if len(label) == 4 else label[1])
