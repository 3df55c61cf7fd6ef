"""No more of a factor is used than there is: labour by skill and place, land, minerals.

Per supply and period t: Σ use by all processes and projects at the place and beneath it ≤ supply × (1 + growth)^t and
what training of earlier periods, there and beneath, has added and has not been lost since.
"""

from collections.abc import Iterator
from itertools import zip_longest
from typing import Final

import numpy as np
import pandas as pd
import scipy.sparse as sp

from newcourse.plan.layout import Layout, grown
from newcourse.plan.names import Names
from newcourse.plan.schedule import put_schedule

ROWS: Final = "factors"
TITLE: Final = "Limits of factors"


def add(layout: Layout) -> None:
    """Add one row per supply and period."""
    economy = layout.economy
    supply = economy["factor_supply"]
    labels = pd.MultiIndex.from_frame(supply[["place", "factor"]])
    layout.add_rows(ROWS, labels, upper=[grown(supply, "quantity", t) for t in range(layout.limits.periods)])
    layout.put_by_lead(ROWS, use_beneath(layout, supply, "factor"))
    for rows in _supplies_at_and_above(layout, economy["project_factors"], labels):
        put_schedule(layout, ROWS, "project_factors", rows, 1.0)
    for rows in _supplies_at_and_above(layout, economy["training"], labels):
        _put_training(layout, rows, len(labels))


def _put_training(layout: Layout, row_of: np.ndarray, height: int) -> None:
    """Put what training adds to supplies, from its delay on, less what is lost of it each period."""
    training = layout.economy["training"]
    process = layout.economy.process_index.get_indexer(pd.Index(training["process"]))
    delay, life = training["delay"].to_numpy(dtype=int), training["life"].to_numpy(dtype=float)
    width = len(layout.economy.process_index)
    for later in range(1, layout.limits.periods):
        there = (later >= delay) & (row_of >= 0)
        left = -training["quantity"].to_numpy()[there] * (1.0 - 1.0 / life[there]) ** (later - delay[there])
        added = sp.csr_array((left, (row_of[there], process[there])), shape=(height, width))
        layout.put(ROWS, "activity", added, shift=-later)


def _supplies_at_and_above(layout: Layout, table: pd.DataFrame, labels: pd.MultiIndex) -> Iterator[np.ndarray]:
    """Yield for the places of a table's rows, then for those above them, the supply there, −1 where there is none."""
    ways = [layout.economy.at_and_above(place) for place in table["place"]]
    for places in zip_longest(*ways, fillvalue=""):
        yield labels.get_indexer(pd.MultiIndex.from_arrays([places, table["factor"]]))


def use_beneath(layout: Layout, table: pd.DataFrame, kind: str) -> sp.csr_array:
    """Return for each (place, factor or emission) of ``table`` what each process beneath the place uses of it."""
    use = layout.economy.factor_use if kind == "factor" else layout.economy.emission_use
    listed = layout.economy["factors" if kind == "factor" else "emissions"][kind]
    order = pd.Index(listed).get_indexer(pd.Index(table[kind]))
    inside = [layout.beneath(place).astype(float) for place in table["place"]]
    if not inside:
        return sp.csr_array((0, use.shape[1]))
    return sp.csr_array(use[order].multiply(sp.csr_array(pd.DataFrame(inside).to_numpy())))


def words(names: Names, block: str, label: tuple[str, ...]) -> str:  # noqa: ARG001 (all constraints answer alike)
    """Name the row in words."""
    place, factor, period = label
    return f"{names.factor(factor)} available in {names.place(place)} in {period}"


def unit(names: Names, label: tuple[str, ...]) -> str:
    """Return the unit of the row."""
    return names.unit("factor", label[1])
