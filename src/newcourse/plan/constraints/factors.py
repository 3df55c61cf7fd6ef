"""No more of a factor is used than there is: labour by skill and place, land, minerals.

Per supply and period: Σ use by all processes at the place and beneath it ≤ supply.
"""

from typing import Final

import pandas as pd
import scipy.sparse as sp

from newcourse.plan.layout import Layout
from newcourse.plan.names import Names

ROWS: Final = "factors"
TITLE: Final = "Limits of factors"


def add(layout: Layout) -> None:
    """Add one row per supply and period."""
    supply = layout.economy["factor_supply"]
    labels = pd.MultiIndex.from_frame(supply[["place", "factor"]])
    layout.add_rows(ROWS, labels, upper=supply["quantity"].to_numpy())
    layout.put_by_lead(ROWS, use_beneath(layout, supply, "factor"))


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
