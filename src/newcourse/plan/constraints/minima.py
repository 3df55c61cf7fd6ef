"""The worst-off place first.

Per need with a minimum and period: delivered in the first tier − minimum × what is secured for the place ≥ 0; and per
place: secured − worst off ≥ 0. Raising *worst off*, place by place, is the repeated max-min of design §6.1.
"""

from typing import Final

import numpy as np
import pandas as pd
import scipy.sparse as sp

from newcourse.plan.goal import TIERS
from newcourse.plan.incidence import incidence
from newcourse.plan.layout import Layout, grown
from newcourse.plan.names import Names

ROWS: Final = "minima"
TITLE: Final = "Minima of the worst-off place"


def add(layout: Layout) -> None:
    """Add one row per need with a minimum and period, and one per place."""
    needs, builder = layout.economy["needs"], layout.builder
    asked = np.flatnonzero(needs["minimum"].to_numpy() > 0)
    layout.add_rows(ROWS, pd.Index(needs["need"].iloc[asked], name="need"), lower=0.0)
    first_tier = sp.csr_array(
        (np.ones(len(asked)), (np.arange(len(asked)), asked * len(TIERS))), shape=(len(asked), len(needs) * len(TIERS))
    )
    layout.put(ROWS, "delivery", first_tier)
    places = pd.Index(needs["place"].drop_duplicates(), name="place")
    of_place = places.get_indexer(pd.Index(needs["place"].iloc[asked]))
    for period in range(layout.limits.periods):
        minimum = incidence(of_place, len(places), -grown(needs, "minimum", period)[asked]).T
        builder.put_matrix(layout.rows(ROWS, period), layout.once("secured"), sp.csr_array(minimum))
    rows = builder.add_rows("worst off", places, lower=0.0)
    builder.put_matrix(rows, layout.once("secured"), sp.eye_array(len(places), format="csr"))
    builder.put_matrix(rows, layout.once("worst off"), sp.csr_array(-np.ones((len(places), 1))))


def words(names: Names, block: str, label: tuple[str, ...]) -> str:  # noqa: ARG001 (all constraints answer alike)
    """Name the row in words."""
    need, period = label
    return f"minimum of {names.need(need)} in {period}"


def unit(names: Names, label: tuple[str, ...]) -> str:
    """Return the unit of the row."""
    return names.unit("need", label[0])
