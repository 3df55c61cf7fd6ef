"""Whether a technique would beat buying once it is built, and what building it takes (design §6.3).

A technique that is new here is held back this year by the pace of change and by the plants it does not have yet. What
it would cost once it is built is counted without both: its inputs, factors and emissions at the plan's valuations,
and for its capital the yearly charge ``value × r / (1 − (1 + r)^−life)`` (``value / life`` without interest), the value
being that of the products the stock consists of.
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any, Final

import numpy as np
import pandas as pd

from newcourse.economy.economy import Economy
from newcourse.plan.constraints.rates import first_activity
from newcourse.plan.limits import Limits
from newcourse.plan.plan import Plan
from newcourse.plan.sentences import and_list, quantity
from newcourse.plan.trade.ways import Column, Valued

LONG: Final = 100
"""A technique that needs more periods than this is said to take longer than it."""


@dataclass(frozen=True)
class Investment:
    """A product that has to be put in place.

    Parameters
    ----------
    product, unit
        What, in words, and its unit.
    amount
        How much of it.
    value
        At base-year prices, in currency.
    """

    product: str
    unit: str
    amount: float
    value: float

    def words(self) -> str:
        """Say it in a phrase."""
        return f"{quantity(self.amount, self.unit)} of {self.product}"

    def as_data(self) -> dict[str, Any]:
        """Return it as plain data."""
        return asdict(self)


def charge(life: np.ndarray, interest: float) -> np.ndarray:
    """Return the yearly charge for a unit of capital: the annuity that pays it back with interest over its life.

    >>> charge(np.array([10.0, np.inf]), 0.0).tolist()
    [0.1, 0.0]
    >>> charge(np.array([20.0]), 0.05).round(6).tolist()
    [0.080243]
    """
    if interest == 0:
        return np.asarray(1.0 / life)
    return np.asarray(interest / -np.expm1(-life * np.log1p(interest)))


def capital_charge(valued: Valued, column: Column, period: int, interest: float) -> float:
    """Return what the capital of a process costs a period per unit of the good, in currency; 0 without a process."""
    if column.kind != "make":
        return 0.0
    economy = valued.model.economy
    stocks = economy["stocks"]
    if stocks.empty:
        return 0.0
    used = economy.stock_use[:, [_position(economy, column)]].toarray().ravel() / column.yields
    held = np.flatnonzero(used)
    places, products = stocks["place"].tolist(), stocks["product"].tolist()
    value = np.array([valued.valuation((places[i], products[i], period)) for i in held])
    return float(used[held] @ (value * charge(stocks["life"].to_numpy(dtype=float)[held], interest)))


def investment_for(plan: Plan, column: Column, period: int, amount: float) -> tuple[Investment, ...]:
    """Return what has to be put in place for a process to supply an amount more of the good, beyond what lies idle.

    Parameters
    ----------
    plan
        In which some capacity may be idle in the period.
    column
        The process.
    period
        The year.
    amount
        Units of the good per period.
    """
    economy = plan.economy
    use = economy.stock_use
    more = use[:, [_position(economy, column)]].toarray().ravel() * amount / column.yields
    table = plan["capital"]
    there = table.loc[table["period"] == period].set_index("stock")["quantity"]
    idle = there.reindex(pd.Index(economy["stocks"]["stock"])).to_numpy(dtype=float) - use @ plan.activity_in(period)
    return tuple(_by_product(economy, np.where(more > 0, np.maximum(0.0, more - idle.clip(min=0.0)), 0.0)))


def _by_product(economy: Economy, needed: np.ndarray) -> Iterable[Investment]:
    columns = (economy["products"][name].tolist() for name in ("product", "name", "unit", "price"))
    known = {code: (name, unit, price) for code, name, unit, price in zip(*columns, strict=True)}
    by: dict[str, float] = {}
    for product, amount in zip(economy["stocks"]["product"], needed.tolist(), strict=True):
        by[product] = by.get(product, 0.0) + amount
    for product, amount in by.items():
        if amount > 0:
            name, unit, price = known[product]
            yield Investment(name, unit, amount, amount * price)


def _position(economy: Economy, column: Column) -> int:
    return int(economy.process_index.get_indexer(pd.Index([column.code]))[0])


def periods_needed(economy: Economy, limits: Limits, column: Column, now: float, amount: float) -> int | None:
    """Return in how many periods the pace of change lets a process supply an amount of the good.

    Parameters
    ----------
    economy, limits
        Whose pace.
    column
        The process.
    now
        Its activity now.
    amount
        Units of the good per period that it is to reach.

    Returns
    -------
    int or None
        ``None`` where it never gets there or needs more than :data:`LONG` periods. Without a pace, 1.
    """
    rate, wanted = limits.activity_rate, amount / column.yields
    if rate is None:
        return 1
    start = float(first_activity(economy, limits.uptake)[_position(economy, column)])
    if np.isinf(start):
        return 1
    for period in range(1, LONG + 1):
        now = (1 + rate) * now + start
        if now >= wanted * (1 - 1e-9):
            return period
    return None


def investment_words(needed: tuple[Investment, ...], currency: str) -> str:
    """Say what has to be put in place."""
    if not needed:
        return "the capacity for it is there"
    main = sorted(needed, key=lambda i: -i.value)[:3]
    total = sum(i.value for i in needed)
    return f"it needs an investment of {quantity(total, currency)} ({and_list([i.words() for i in main])})"
