"""What production is for in the end: capital, consumption, or sale elsewhere (design §6.4).

All activities of a period are split by what their output goes into, directly and through all that is made of it: with
``s = U T s + f`` (supply of each good: used in production, or final), ``T`` the activity per unit of supply, the part
``T (I − U T)⁻¹ f_d`` of all activities works for the final use ``f_d``. The parts add up to the plan's activities.
Department I makes the means of production that are added to stocks, with all that goes into them; department II what
people consume, with all that goes into it: the two departments of K. Marx, *Capital* II (1885), ch. 20-21, counted
vertically as by G. A. Fel'dman (1928) for growth. Joint products are split by value.
"""

from typing import Final

import numpy as np
import pandas as pd
import scipy.sparse as sp
import scipy.sparse.linalg as spla

from newcourse.plan.plan import Plan
from newcourse.plan.plan_growth import add_quantities, consumption, delivered_capital, in_period

DEPARTMENTS: Final = ("capital", "consumption", "elsewhere", "left over")
"""Ends of production: I, II, exports and goods for other places' accounts, and what is carried on or not used."""

NEGLIGIBLE: Final = 1e-9
"""A part of all activities below this is rounding."""


def department_table(plan: Plan) -> pd.DataFrame:
    """Return what all activities of each period are for in the end.

    Returns
    -------
    DataFrame
        Columns period, department, output (value of gross output, currency), share, growth (against the period
        before, a part of one; NaN in the first and for what is left over).
    """
    value = _output_value(plan)
    rows = []
    for period in plan.periods:
        parts = activities_by_end(plan, period)
        total = float(value @ parts.sum(axis=1))
        for number, department in enumerate(DEPARTMENTS):
            output = float(value @ parts[:, number])
            output = output if abs(output) > NEGLIGIBLE * total else 0.0
            share = output / total if total > 0 else 0.0
            rows.append({"period": period, "department": department, "output": output, "share": share})
    table = pd.DataFrame(rows)
    before = table.groupby("department", sort=False)["output"].shift()
    before = before.where(table["department"] != DEPARTMENTS[-1], 0.0)
    table["growth"] = np.where(before > 0, table["output"] / before.where(before > 0) - 1.0, np.nan)
    return table


def activities_by_end(plan: Plan, period: int) -> np.ndarray:
    """Return the part of each process's activity that works for each end, processes × ends; rows add up."""
    economy = plan.economy
    x, begun = plan.activity_in(period), plan.activity_begun_in(period)
    supply = _supply(plan, period)
    per_supply = _activity_per_supply(plan, x, supply)
    chain = economy.inputs @ per_supply + _shipped(plan, period, supply)
    capital = delivered_capital(plan, period) + economy.inputs @ (begun - x)
    ends = [capital, consumption(plan, period), _sold(plan, period)]
    left = supply - chain @ supply - np.sum(ends, axis=0)
    system = sp.csc_array(sp.eye_array(len(supply), format="csc") - chain)
    solved = spla.splu(system).solve(np.column_stack([*ends, left]))
    return np.asarray(per_supply @ solved)


def _supply(plan: Plan, period: int) -> np.ndarray:
    """Return what there is of each good in a period: made, imported, arrived, carried in, in store."""
    economy = plan.economy
    total = economy.outputs @ plan.activity_in(period)
    for table, place, when in (
        ("imports", "place", period),
        ("shipments", "destination", period),
        ("carried", "place", period - 1),
    ):
        add_quantities(total, economy, in_period(plan, table, when), place=place)
    if period == plan.periods[0]:
        add_quantities(total, economy, economy["stores"])
    return np.asarray(total)


def _activity_per_supply(plan: Plan, x: np.ndarray, supply: np.ndarray) -> sp.csr_array:
    """Return the activity of each process per unit of supply of each good, its activity split by value of outputs."""
    economy = plan.economy
    valued = sp.diags_array(_prices(plan)) @ economy.outputs
    total = np.asarray(valued.sum(axis=0)).ravel()
    parts = valued @ sp.diags_array(np.divide(x, total, out=np.zeros_like(x), where=total > 0))
    return sp.csr_array((sp.diags_array(_inverse(supply)) @ parts).T)


def _shipped(plan: Plan, period: int, supply: np.ndarray) -> sp.csr_array:
    economy = plan.economy
    rows = in_period(plan, "shipments", period)
    ends = economy.good_rows(rows, "origin"), economy.good_rows(rows, "destination")
    flows = sp.csr_array((rows["quantity"].to_numpy(dtype=float), ends), shape=(len(supply), len(supply)))
    return sp.csr_array(flows @ sp.diags_array(_inverse(supply)))


def _sold(plan: Plan, period: int) -> np.ndarray:
    total = np.zeros(len(plan.economy.goods))
    add_quantities(total, plan.economy, in_period(plan, "exports", period))
    return total


def _output_value(plan: Plan) -> np.ndarray:
    return np.asarray(plan.economy.outputs.T @ _prices(plan))


def _prices(plan: Plan) -> np.ndarray:
    """Return the base-year price of each good; 1 where it has none."""
    price = plan.economy.prices
    found = price.reindex(plan.economy.goods.get_level_values("product")).to_numpy(dtype=float)
    return np.where(found > 0, found, 1.0)


def _inverse(values: np.ndarray) -> np.ndarray:
    return np.asarray(np.divide(1.0, values, out=np.zeros_like(values), where=values > 0))
