"""Disproportion: how far a plan's branches grow apart, and which capacity is idle or overloaded (design §6.4).

The measure is the plan's own balanced growth: the proportions in which all branches could grow together fastest with
the consumption per unit of work, the trade and the techniques of the first period. Distance of two proportions: the
angle between the vectors of outputs in value, and the projective metric of D. Hilbert (1895), log of the largest over
the smallest ratio: exp of it says how many times too large the largest branch is beside the smallest.
"""

from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

import numpy as np
import pandas as pd

from newcourse.errors import BadInput
from newcourse.plan.balanced_growth import BalancedGrowth, balanced_growth
from newcourse.plan.departments import department_table
from newcourse.plan.disproportion_words import disproportion_in_words
from newcourse.plan.names import Names
from newcourse.plan.plan import Plan
from newcourse.plan.plan_growth import plan_growth_system

FULL: Final = 1e-6
"""A stock of which less than this part is idle is at its limit."""

MADE: Final = 1e-6
"""A product whose output is below this part of all output is not counted in the distance."""


@dataclass(frozen=True, eq=False)
class Disproportion:
    """What grows apart in a plan, and what stands idle.

    Parameters
    ----------
    balanced
        The balanced growth that the plan is measured by; nothing where there is none: where the period lives on what
        was begun before, or nothing has to be in place or made beforehand, so that growth has no limit.
    growth
        By product and period: output (value at base-year prices), growth against the period before (the first against
        the base year; NaN where nothing was made), and that less the balanced rate (``apart``).
    distance
        By period, base year included: ``angle`` (degrees) and ``hilbert`` to the balanced proportions, and the
        ``widest`` difference of any product's growth from the balanced rate.
    capacity
        By stock and period: in place, used, ``part`` used, value in place, ``valuation`` of one more unit, and
        ``state``: ``overloaded`` (at its limit, and more would bring something), ``full`` or ``idle``.
    departments
        By period and end of production (capital, consumption, elsewhere): output, share, growth.
    sentences
        The main things in words.
    """

    balanced: BalancedGrowth | None
    growth: pd.DataFrame
    distance: pd.DataFrame
    capacity: pd.DataFrame
    departments: pd.DataFrame
    sentences: tuple[str, ...]

    def as_data(self) -> dict[str, Any]:
        """Return everything as plain data."""
        tables = {name: getattr(self, name) for name in ("growth", "distance", "capacity", "departments")}
        return {
            "balanced": self.balanced.as_data() if self.balanced else None,
            **{
                name: frame.astype(object).where(frame.notna(), None).to_dict("records")
                for name, frame in tables.items()
            },
            "sentences": list(self.sentences),
        }


def measure_disproportion(plan: Plan) -> Disproportion:
    """Return how far a plan's branches grow apart and which capacity is idle or overloaded.

    Parameters
    ----------
    plan
        What to measure.
    """
    balanced, why_not = _balanced(plan)
    outputs = _outputs(plan)
    growth = _growth_table(plan, outputs, balanced.rate if balanced else np.nan)
    distance = _distance_table(plan, outputs, balanced, growth)
    capacity, departments = capacity_table(plan), department_table(plan)
    sentences = disproportion_in_words(plan, balanced or why_not, growth, distance, capacity, departments)
    return Disproportion(balanced, growth, distance, capacity, departments, sentences)


def _balanced(plan: Plan) -> tuple[BalancedGrowth | None, str]:
    """Return the balanced growth of the plan's first period, or why there is none."""
    try:
        return balanced_growth(plan_growth_system(plan, plan.periods[0])), ""
    except BadInput as error:
        return None, error.faults[0].code


def capacity_table(plan: Plan) -> pd.DataFrame:
    """Return how much of each stock is used in each period, and what one more unit would bring.

    Returns
    -------
    DataFrame
        Columns stock, name, product, holder, place, period, unit, in place, used, part, value, valuation, state.
    """
    economy, names = plan.economy, Names(plan.economy)
    stocks = economy["stocks"]
    price = stocks["product"].map(economy.prices)
    met = plan["limits_met"]
    worth = met[met["kind"] == "capacity"].set_index("label")["valuation"]
    frames = []
    for period in plan.periods:
        there = plan["capital"][plan["capital"]["period"] == period].set_index("stock")["quantity"]
        frame = stocks[["stock", "name", "product", "holder", "place"]].assign(period=period)
        frame["unit"] = [names.unit("product", code) for code in stocks["product"]]
        frame["in place"] = there.reindex(stocks["stock"]).to_numpy(dtype=float)
        frame["used"] = economy.stock_use @ plan.activity_in(period)
        frame["value"] = frame["in place"] * price.to_numpy(dtype=float)
        labels = [f"{stock}/{period}" for stock in stocks["stock"]]
        frame["valuation"] = worth.reindex(labels).fillna(0.0).to_numpy(dtype=float)
        frames.append(frame)
    table = pd.concat(frames, ignore_index=True)
    full = table["used"] >= (1 - FULL) * table["in place"]
    table["part"] = np.where(table["in place"] > 0, table["used"] / table["in place"].where(table["in place"] > 0), 0.0)
    table["state"] = np.select([table["valuation"] > 0, full & (table["used"] > 0)], ["overloaded", "full"], "idle")
    return table


def angle(one: np.ndarray, other: np.ndarray) -> float:
    """Return the angle between two vectors, in degrees.

    >>> round(angle(np.array([1.0, 0.0]), np.array([1.0, 1.0])), 6)
    45.0
    """
    size = float(np.linalg.norm(one) * np.linalg.norm(other))
    return float(np.degrees(np.arccos(np.clip(one @ other / size, -1.0, 1.0)))) if size > 0 else 0.0


def hilbert(one: np.ndarray, other: np.ndarray) -> float:
    """Return Hilbert's projective distance of two positive vectors; 0 if they have the same proportions.

    >>> hilbert(np.array([2.0, 2.0]), np.array([1.0, 1.0])), round(float(np.exp(hilbert([1.0, 6.0], [1.0, 2.0]))), 9)
    (0.0, 3.0)
    """
    ratio = np.asarray(one, dtype=float) / np.asarray(other, dtype=float)
    return float(np.log(ratio.max() / ratio.min())) if ratio.size else 0.0


def _outputs(plan: Plan) -> pd.DataFrame:
    """Return the value of each product's output, products × (base year and years planned)."""
    economy = plan.economy
    activities = {economy.about.year: economy.base_activity} | {t: plan.activity_in(t) for t in plan.periods}
    return pd.DataFrame({year: _by_product(plan, x) for year, x in activities.items()})


def _by_product(plan: Plan, x: np.ndarray) -> pd.Series:
    economy = plan.economy
    products = economy["products"].set_index("product")
    made = pd.Series(economy.outputs @ x, index=economy.goods.get_level_values("product"))
    total = made.groupby(level=0).sum().reindex(products.index).fillna(0.0)
    price = products["price"].where(products["price"] > 0, 1.0)
    return total * price


def _growth_table(plan: Plan, outputs: pd.DataFrame, rate: float) -> pd.DataFrame:
    products = plan.economy["products"].set_index("product")
    rows = []
    for before, period in pairwise(outputs.columns):
        earlier, now = outputs[before].to_numpy(), outputs[period].to_numpy()
        frame = pd.DataFrame({"product": outputs.index, "name": products["name"].to_numpy(), "period": period})
        frame["branch"] = products["branch"].to_numpy()
        frame["output"] = now
        frame["growth"] = np.where(earlier > 0, now / np.where(earlier > 0, earlier, 1.0) - 1.0, np.nan)
        frame["apart"] = frame["growth"] - rate
        rows.append(frame[(earlier > 0) | (now > 0)])
    return pd.concat(rows, ignore_index=True)


def _distance_table(
    plan: Plan, outputs: pd.DataFrame, balanced: BalancedGrowth | None, growth: pd.DataFrame
) -> pd.DataFrame:
    columns = ["period", "angle", "hilbert", "widest"]
    if balanced is None:
        return pd.DataFrame({"period": list(outputs.columns)}).reindex(columns=columns)
    ray = _by_product(plan, balanced.activity.reindex(plan.economy.process_index).fillna(0.0).to_numpy()).to_numpy()
    rows = []
    for period in outputs.columns:
        now = outputs[period].to_numpy()
        both = (now > MADE * now.sum()) & (ray > MADE * ray.sum())
        apart = growth.loc[growth["period"] == period, "apart"].abs().max()
        rows.append(
            {
                "period": period,
                "angle": angle(now, ray),
                "hilbert": hilbert(now[both], ray[both]),
                "widest": float(apart) if pd.notna(apart) else np.nan,
            }
        )
    return pd.DataFrame(rows, columns=columns)
