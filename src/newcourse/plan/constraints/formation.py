"""Investment is made of the investment goods that were delivered.

Per investment good (a place's product that has a need in the group ``Investment``) and period: Σ investment in stocks
of that product − deliveries to its investment needs ≤ 0. So the voted weight of investment is the pace of
accumulation. Investment in a product without such a need is drawn from the product's own balance.
"""

from typing import Final

import numpy as np
import pandas as pd

from newcourse.plan.goal import TIERS
from newcourse.plan.incidence import incidence
from newcourse.plan.investing import investment_goods, is_investment_need
from newcourse.plan.layout import Layout
from newcourse.plan.names import Names

ROWS: Final = "formation"
TITLE: Final = "Investment from delivered goods"


def add(layout: Layout) -> None:
    """Add one row per investment good and period."""
    economy = layout.economy
    goods = investment_goods(economy)
    layout.add_rows(ROWS, goods, upper=0.0)
    invested = goods.get_indexer(pd.MultiIndex.from_frame(economy["stocks"][["place", "product"]]))
    layout.put(ROWS, "investment", incidence(invested, len(goods)))
    asked = goods.get_indexer(pd.MultiIndex.from_frame(economy["needs"][["place", "product"]]))
    counted = np.where(is_investment_need(economy), asked, -1)
    layout.put(ROWS, "delivery", incidence(np.repeat(counted, len(TIERS)), len(goods), -1.0))


def words(names: Names, block: str, label: tuple[str, ...]) -> str:  # noqa: ARG001 (all constraints answer alike)
    """Name the row in words."""
    place, product, period = label
    return f"investment goods made of {names.product(product)} for {names.place(place)} in {period}"


def unit(names: Names, label: tuple[str, ...]) -> str:
    """Return the unit of the row."""
    return names.unit("product", label[1])
