"""No good is used that is not there.

Per product, place and period: outputs − inputs + carried in − carried out + imports − exports + arrivals − departures
− deliveries − investment − works of projects ≥ −stores at hand in the first period. A last
period that stands for those after it takes nothing out of stores.
"""

from typing import Final

import numpy as np

from newcourse.plan.goal import TIERS
from newcourse.plan.incidence import incidence
from newcourse.plan.investing import drawn_from_balance
from newcourse.plan.layout import Layout, storable_goods
from newcourse.plan.names import Names
from newcourse.plan.schedule import put_schedule

ROWS: Final = "balance"
TITLE: Final = "Balance of each product"


def add(layout: Layout) -> None:
    """Add one row per good and period."""
    economy = layout.economy
    goods = len(economy.goods)
    lower = np.zeros((layout.limits.periods, goods))
    if not layout.limits.repeated(0):
        np.subtract.at(lower[0], economy.good_rows(economy["stores"]), economy["stores"]["quantity"].to_numpy())
    layout.add_rows(ROWS, economy.goods, lower=lower)
    layout.put(ROWS, "activity", economy.outputs)
    layout.put_by_lead(ROWS, -economy.inputs)
    needs = np.repeat(economy.good_rows(economy["needs"]), len(TIERS))
    layout.put(ROWS, "delivery", incidence(needs, goods, -1.0))
    trade = economy.good_rows(economy["trade"])
    layout.put(ROWS, "imports", incidence(trade, goods))
    layout.put(ROWS, "exports", incidence(trade, goods, -1.0))
    routes = economy["routes"]
    layout.put(ROWS, "shipments", incidence(economy.good_rows(routes, "destination"), goods))
    layout.put(ROWS, "shipments", incidence(economy.good_rows(routes, "origin"), goods, -1.0))
    stored = economy.goods.get_indexer(storable_goods(economy))
    layout.put(ROWS, "carried", incidence(stored, goods, -1.0))
    layout.put_unrepeated(ROWS, "carried", incidence(stored, goods), shift=-1)
    layout.put(ROWS, "investment", drawn_from_balance(economy))
    put_schedule(layout, ROWS, "project_inputs", economy.good_rows(economy["project_inputs"]), -1.0)


def words(names: Names, block: str, label: tuple[str, ...]) -> str:  # noqa: ARG001 (all constraints answer alike)
    """Name the row in words."""
    place, product, period = label
    return f"balance of {names.product(product)} at {names.place(place)} in {period}"


def unit(names: Names, label: tuple[str, ...]) -> str:
    """Return the unit of the row."""
    return names.unit("product", label[1])
