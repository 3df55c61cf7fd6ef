"""One pace of accumulation: what it invests, what it consumes today and later, in numbers and words (design §6.4)."""

from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
import pandas as pd

from newcourse.plan.goal import need_prices
from newcourse.plan.investing import is_investment_need
from newcourse.plan.plan import Plan
from newcourse.plan.sentences import number

HARDLY: Final = 1e-3
"""Consumption below this part of the other end's is hardly anything: no growth is told from it."""


@dataclass(frozen=True, eq=False)
class PacePoint:
    """A plan as a choice between today and later.

    Parameters
    ----------
    pace
        Part of what is consumed and invested today that is invested.
    least
        The same in the period with the smallest part: the pace that would have to be voted to allow this plan.
    today, later
        Consumption in the first and in the last periods, in ``currency``.
    growth
        Growth of consumption a period from the first to the last periods; nothing where hardly anything is consumed.
    price
        What consumption later gains by one unit less consumed today, where it was found on a frontier.
    periods
        By period: consumption, investment, and the part invested.
    plan
        The plan.
    """

    pace: float
    least: float
    today: float
    later: float
    growth: float | None
    price: float | None
    periods: pd.DataFrame = field(repr=False)
    plan: Plan = field(repr=False)
    span: int = 1

    @property
    def currency(self) -> str:
        """Unit of consumption."""
        return self.plan.economy.about.currency

    def today_words(self) -> str:
        """Say which periods are today: ``in 2009``, ``in 2009–2010``."""
        return _years(self.plan.periods[: self.span])

    def later_words(self) -> str:
        """Say which periods are later."""
        return _years(self.plan.periods[-self.span :])

    def words(self) -> str:
        """Say in a sentence what is invested and what is consumed today and later."""
        growth = "" if self.growth is None else f", {self.growth:+.1%} a {self.plan.economy.about.period}"
        return (
            f"Investing {self.pace:.1%} {self.today_words()}: people consume {number(self.today)} {self.currency} then "
            f"and {number(self.later)} {self.currency} {self.later_words()}{growth.replace('-', '−')}."
        )

    def as_data(self) -> dict[str, Any]:
        """Return the point as plain data, without its plan."""
        return {
            "pace": self.pace,
            "least": self.least,
            "today": self.today,
            "later": self.later,
            "growth": self.growth,
            "price": self.price,
            "certified": self.plan.certified,
            "periods": self.periods.to_dict("records"),
            "words": self.words(),
        }


def pace_point(plan: Plan, span: int, price: float | None = None) -> PacePoint:
    """Return what a plan invests, and consumes today and later.

    Parameters
    ----------
    plan
        Any plan.
    span
        How many periods at each end are today and later.
    price
        What consumption later gains by one unit less consumed today, if it is known.
    """
    table = pace_table(plan)
    consumed, invested = table["consumption"].to_numpy(), table["investment"].to_numpy()
    today, later = float(consumed[:span].sum()), float(consumed[-span:].sum())
    between = max(1, len(table) - span)
    growth = (later / today) ** (1.0 / between) - 1.0 if min(today, later) > HARDLY * max(today, later) else None
    put = float(invested[:span].sum())
    return PacePoint(
        pace=put / (put + today) if put + today > 0 else 0.0,
        least=float(table["pace"].min()),
        today=today,
        later=later,
        growth=growth,
        price=price,
        periods=table,
        plan=plan,
        span=span,
    )


def pace_table(plan: Plan) -> pd.DataFrame:
    """Return what a plan consumes and invests in each period, at base-year prices.

    Returns
    -------
    DataFrame
        Columns period, consumption, investment (currency), pace (part of both that is invested).
    """
    economy = plan.economy
    needs, stocks = economy["needs"], economy["stocks"]
    price = np.where(is_investment_need(economy), 0.0, need_prices(economy))
    worth = pd.Series(price, index=needs["need"].to_numpy())
    of_stock = pd.Series(
        stocks["product"].map(economy.prices).to_numpy(dtype=float),
        index=stocks["stock"].to_numpy(),
    )
    consumption = _by_period(plan, "deliveries", "need", worth)
    investment = _by_period(plan, "investment", "stock", of_stock)
    both = consumption + investment
    part = np.divide(investment, both, out=np.zeros_like(both), where=both > 0)
    return pd.DataFrame({"period": plan.periods, "consumption": consumption, "investment": investment, "pace": part})


def _by_period(plan: Plan, table: str, key: str, worth: pd.Series) -> np.ndarray:
    rows = plan[table]
    value = rows["quantity"].to_numpy(dtype=float) * worth.reindex(rows[key]).to_numpy(dtype=float)
    total = pd.Series(value).groupby(rows["period"].to_numpy()).sum()
    return total.reindex(plan.periods).fillna(0.0).to_numpy(dtype=float)


def _years(periods: list[int]) -> str:
    return f"in {periods[0]}" if len(periods) == 1 else f"in {periods[0]}–{periods[-1]}"
