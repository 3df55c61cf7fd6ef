"""The balanced growth that a plan is measured by: its techniques, with consumption, work and trade as in one period.

One more process stands for everything outside production, *households*: it gives the work that the plan uses in the
period, takes what the plan delivers for consumption, and trades as the plan does, all in the same proportions. So work
grows with consumption: what is found is the growth of everything together at the period's consumption per hour.
"""

from dataclasses import replace
from typing import Final

import numpy as np
import pandas as pd
import scipy.sparse as sp

from newcourse.economy.economy import Economy
from newcourse.plan.constraints.factors import use_beneath
from newcourse.plan.growth_system import GrowthSystem, holdings_of, inputs_by_lead
from newcourse.plan.investing import investment_goods, is_investment_need
from newcourse.plan.layout import Layout
from newcourse.plan.plan import Plan

HOUSEHOLDS: Final = "households"
"""The process that takes what people consume and gives their work."""

ALL_WORK: Final = "activity"
"""What households give where an economy counts no factor: the activity of all processes together."""


def plan_growth_system(plan: Plan, period: int) -> GrowthSystem:
    """Return a plan's techniques as a system that can grow, with households as in one of its periods.

    Parameters
    ----------
    plan
        Whose techniques, deliveries, use of factors and trade are taken.
    period
        The year.
    """
    economy = plan.economy
    taken = outside_use(plan, period)
    labels, work, given = _work(plan, period)
    inputs = {lead: _framed(matrix, len(given)) for lead, matrix in inputs_by_lead(economy).items()}
    now = sp.block_array([[sp.csr_array(economy.inputs.shape), _column(taken)], [work, _column(np.zeros(len(given)))]])
    inputs[0] = sp.csr_array(inputs[0] + now) if 0 in inputs else sp.csr_array(now)
    nothing = sp.csr_array(work.shape)
    base = np.maximum(economy.base_activity, plan.activity_in(period))
    return GrowthSystem(
        pd.Index([*("/".join(good) for good in economy.goods), *labels], name="good"),
        pd.Index([*economy.process_index, HOUSEHOLDS], name="process"),
        sp.csr_array(sp.block_array([[economy.outputs, _column(-taken)], [nothing, _column(given)]])),
        inputs,
        tuple(replace(part, held=_framed(part.held, len(given))) for part in holdings_of(economy)),
        np.append(np.where(base > 0, base, base[base > 0].mean() if (base > 0).any() else 1.0), 1.0),
    )


def outside_use(plan: Plan, period: int) -> np.ndarray:
    """Return what leaves production for good in a period, less what arrives: by good.

    Consumption (all deliveries but those that become capital), exports less imports, departures less arrivals, what is
    carried on less what was there.
    """
    economy = plan.economy
    total = consumption(plan, period)
    for table, sign, place, when in (
        ("exports", 1.0, "place", period),
        ("imports", -1.0, "place", period),
        ("shipments", 1.0, "origin", period),
        ("shipments", -1.0, "destination", period),
        ("carried", 1.0, "place", period),
        ("carried", -1.0, "place", period - 1),
    ):
        add_quantities(total, economy, in_period(plan, table, when), sign, place)
    if period == plan.periods[0]:
        add_quantities(total, economy, economy["stores"], -1.0)
    return total


def add_quantities(
    total: np.ndarray, economy: Economy, rows: pd.DataFrame, sign: float = 1.0, place: str = "place"
) -> None:
    """Add the quantities of a table to a total by good."""
    np.add.at(total, economy.good_rows(rows, place), sign * rows["quantity"].to_numpy(dtype=float))


def consumption(plan: Plan, period: int) -> np.ndarray:
    """Return what is delivered for other ends than capital in a period, by good."""
    return _delivered(plan, period, ~becomes_capital(plan.economy))


def delivered_capital(plan: Plan, period: int) -> np.ndarray:
    """Return what becomes capital in a period: delivered as such, drawn for stocks directly, put into projects."""
    economy = plan.economy
    total = _delivered(plan, period, becomes_capital(economy))
    stocks = economy["stocks"]
    asked = investment_goods(economy)
    direct = ~pd.MultiIndex.from_frame(stocks[["place", "product"]]).isin(asked)
    invested = in_period(plan, "investment", period).set_index("stock")["quantity"].reindex(stocks["stock"])
    np.add.at(total, economy.good_rows(stocks)[direct], invested.to_numpy(dtype=float)[direct])
    return np.asarray(total + _put_into_projects(plan, period))


def _put_into_projects(plan: Plan, period: int) -> np.ndarray:
    economy = plan.economy
    begun = plan["projects"].rename(columns={"period": "start", "quantity": "part"})
    total = np.zeros(len(economy.goods))
    if begun.empty:
        return total
    lines = economy["project_inputs"].merge(begun, on="project")
    lines = lines[lines["start"] + lines["year"] == period]
    np.add.at(total, economy.good_rows(lines), (lines["quantity"] * lines["part"]).to_numpy(dtype=float))
    return total


def becomes_capital(economy: Economy) -> np.ndarray:
    """Return which needs' deliveries become stocks: investment needs for goods that stocks consist of."""
    needs = pd.MultiIndex.from_frame(economy["needs"][["place", "product"]])
    return np.asarray(is_investment_need(economy) & needs.isin(investment_goods(economy)))


def in_period(plan: Plan, table: str, period: int) -> pd.DataFrame:
    """Return the rows of one of the plan's tables in one period."""
    rows = plan[table]
    return rows[rows["period"] == period]


def _delivered(plan: Plan, period: int, which: np.ndarray) -> np.ndarray:
    needs = plan.economy["needs"]
    given = in_period(plan, "deliveries", period).set_index("need")["quantity"].reindex(needs["need"]).to_numpy()
    total = np.zeros(len(plan.economy.goods))
    np.add.at(total, plan.economy.good_rows(needs)[which], given[which])
    return total


def _work(plan: Plan, period: int) -> tuple[list[str], sp.csr_array, np.ndarray]:
    """Return each supply's label, what a unit of each process takes of it, and what the plan takes in the period."""
    economy = plan.economy
    begun = plan.activity_begun_in(period)
    supply = economy["factor_supply"]
    labels = [f"{place}/{factor}" for place, factor in zip(supply["place"], supply["factor"], strict=True)]
    if labels:
        use = use_beneath(Layout(economy, plan.goal, plan.limits), supply, "factor")
        given = np.asarray(use @ begun)
        if (given > 0).any():
            used = np.flatnonzero(given > 0)
            return [labels[row] for row in used], sp.csr_array(use[used]), given[used]
    return [ALL_WORK], sp.csr_array(np.ones((1, len(begun)))), np.array([max(float(begun.sum()), 1e-300)])


def _column(values: np.ndarray) -> sp.csr_array:
    """Return what is positive of the values as a column."""
    return sp.csr_array(np.maximum(values, 0.0)[:, None])


def _framed(matrix: sp.csr_array, height: int) -> sp.csr_array:
    """Return the matrix with ``height`` empty rows beneath and one empty column at the right."""
    goods, processes = matrix.shape
    return sp.csr_array(
        (matrix.data, matrix.indices, np.append(matrix.indptr, [matrix.nnz] * height)),
        shape=(goods + height, processes + 1),
    )
