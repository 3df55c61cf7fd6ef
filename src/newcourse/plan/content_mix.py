"""How the goods of one year come about on average: which processes make them, what is imported, what is brought.

What several products of one process have in common is divided among them by value. What is taken out of stores is left
out (it was made before), and so is the wear of capital.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
import pandas as pd
import scipy.sparse as sp

from newcourse.economy.economy import Economy
from newcourse.errors import BadInput, Fault
from newcourse.plan.layout import grown
from newcourse.plan.plan import Plan

IMPORTS: Final = "imports"
"""What to ask for to learn the content of imports, at world prices."""


@dataclass(frozen=True, eq=False)
class SupplyMix:
    """How the goods of one year come about, on average.

    Parameters
    ----------
    economy
        Whose techniques.
    activity
        Activity of each process, shape (processes,).
    imports, shipments
        Quantities by row of the economy's ``trade`` and ``routes``.
    period
        The year.
    """

    economy: Economy
    activity: np.ndarray
    imports: np.ndarray
    shipments: np.ndarray
    period: int

    @cached_property
    def supply(self) -> np.ndarray:
        """What is made, imported and brought of every good, shape (goods,)."""
        e, total = self.economy, self.economy.outputs @ self.activity
        np.add.at(total, e.good_rows(e["trade"]), self.imports)
        np.add.at(total, e.good_rows(e["routes"], "destination"), self.shipments)
        return np.asarray(total)

    @cached_property
    def of_process(self) -> sp.csr_array:
        """Activity of each process that goes into one unit of each good, processes × goods."""
        e = self.economy
        price = e.prices.reindex(e.goods.get_level_values(1)).to_numpy(dtype=float)
        valued = sp.diags_array(np.where(price > 0, price, 1.0)) @ e.outputs
        part = sp.csr_array(valued @ sp.diags_array(_over(1.0, np.asarray(valued.sum(axis=0)).ravel())))
        per_unit = part.T @ sp.diags_array(_over(1.0, self.supply))
        return sp.csr_array(sp.diags_array(self.activity) @ per_unit)

    @cached_property
    def coefficients(self) -> sp.csr_array:
        """Goods that go into one unit of each good, goods × goods; what is brought goes into what arrives."""
        e, n = self.economy, len(self.economy.goods)
        routes = e["routes"]
        ends = (e.good_rows(routes, "origin"), e.good_rows(routes, "destination"))
        brought = sp.csr_array((self.shipments, ends), shape=(n, n)) @ sp.diags_array(_over(1.0, self.supply))
        found = sp.csr_array(e.inputs @ self.of_process + brought)
        found.eliminate_zeros()
        return found

    def direct(self, measure: str) -> np.ndarray:
        """Return what is taken directly per unit of each good: a factor or an emission by code, or imports at prices.

        Raises
        ------
        BadInput
            If there is no such factor or emission.
        """
        e = self.economy
        for table, key, use in (("factors", "factor", e.factor_use), ("emissions", "emission", e.emission_use)):
            codes = e[table][key].tolist()
            if measure in codes:
                return np.asarray(use[[codes.index(measure)]] @ self.of_process.toarray()).ravel()
        if measure != IMPORTS:
            raise BadInput(unknown("content-unknown", "--of", measure, measures(e)))
        paid = np.zeros(len(e.goods))
        years = max(0, self.period - e.about.year - 1)
        price = grown(e["trade"], "import_price", years, "import_price_growth")
        np.add.at(paid, e.good_rows(e["trade"]), self.imports * price)
        return np.asarray(paid * _over(1.0, self.supply))


def measures(economy: Economy) -> list[str]:
    """Return what contents can be asked for: codes of factors and emissions, and imports where there is trade."""
    found = [*economy["factors"]["factor"], *economy["emissions"]["emission"]]
    return [str(code) for code in found] + ([IMPORTS] if len(economy["trade"]) else [])


def base_mix(economy: Economy) -> SupplyMix:
    """Return how the goods of the base year came about."""
    return SupplyMix(
        economy,
        economy.base_activity,
        economy["trade"]["imports"].to_numpy(dtype=float),
        economy["routes"]["base"].to_numpy(dtype=float),
        economy.about.year,
    )


def mix_of(plan: Plan, period: int) -> SupplyMix:
    """Return how the goods of one year of a plan come about.

    Raises
    ------
    BadInput
        If the plan does not cover the year.
    """
    if period not in plan.periods:
        raise BadInput(unknown("period-unknown", "year", str(period), [str(year) for year in plan.periods]))
    e = plan.economy
    imports = _rows_of(plan["imports"], e["trade"], ["place", "product"], period)
    shipments = _rows_of(plan["shipments"], e["routes"], ["product", "origin", "destination"], period)
    return SupplyMix(e, plan.activity_in(period), imports, shipments, period)


def _rows_of(made: pd.DataFrame, rows: pd.DataFrame, key: list[str], period: int) -> np.ndarray:
    if rows.empty:
        return np.empty(0)
    found = made[made["period"] == period].set_index(key)["quantity"]
    return found.reindex(pd.MultiIndex.from_frame(rows[key])).fillna(0.0).to_numpy(dtype=float)


def _over(part: float, whole: np.ndarray) -> np.ndarray:
    return np.asarray(np.divide(part, whole, out=np.zeros_like(whole), where=whole > 0))


def unknown(code: str, where: str, found: str, known: Sequence[str]) -> Fault:
    """Return the fault of a name that is none of those known, the first of which are told."""
    shown = [*known[:8], "…"] if len(known) > 8 else known
    return Fault(code, where, repr(found), f"one of {', '.join(shown)}", "correct it")
