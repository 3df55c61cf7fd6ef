"""Comparative coefficients: what a product costs at home over what it costs to get it elsewhere (design §6.3).

The coefficient of a product at a place in a period is the full domestic cost of one more unit (labour, emissions,
capital, imported inputs, each at the plan's valuations, along all inputs) over the cost of getting it by import (world
price times the valuation of means of payment) or from another place of the economy. It is the *domestic resource cost*
in the form in which imported inputs stand with the costs: M. Bruno, "Domestic Resource Costs and Effective
Protection", *J. Political Economy* 80 (1972) 16-33. The word is that of L. Trotsky, *Towards Socialism or
Capitalism?* (1925), who asked for such coefficients, of cost and of quality, for each product beside the world's.

Theorem (complementary slackness). Without paces of change and quotas, a product with a coefficient below 1 is not
bought, one with a coefficient above 1 is not made, and one that is both made and bought has the coefficient 1.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd

from newcourse.economy.economy import Economy
from newcourse.errors import BadInput, Fault
from newcourse.plan.choosing import model_of
from newcourse.plan.model import Model
from newcourse.plan.plan import Plan
from newcourse.plan.planner import OnProgress, goal_stages, silent
from newcourse.plan.trade.coefficient import Coefficient
from newcourse.plan.trade.idle import raised
from newcourse.plan.trade.reckoning import Reckoning
from newcourse.plan.trade.ways import Valued, bought_goods

COLUMNS: Final = (
    "place", "product", "name", "unit", "period", "coefficient", "verdict", "domestic cost", "cost elsewhere",
    "valuation", "built coefficient", "export coefficient", "made", "bought", "sold",
)  # fmt: skip
"""Columns of the table of coefficients."""


@dataclass(frozen=True)
class ComparativeCoefficients:
    """The coefficients of every traded product, dearest to make at home first.

    Parameters
    ----------
    rows
        One per place, product and period; those not made at home come last.
    exchange
        By period: what one more unit of means of payment would bring to the goal, in currency; the dearest account's.
    currency
        Unit of money.
    """

    rows: tuple[Coefficient, ...]
    exchange: Mapping[int, float]
    currency: str

    def of(self, product: str, place: str | None = None, period: int | None = None) -> Coefficient:
        """Return the coefficient of a product; the first place and period if they are left out.

        Raises
        ------
        BadInput
            If the product is not traded there and then.
        """
        for row in sorted(self.rows, key=lambda row: row.period):
            if row.product == product and place in (None, row.place) and period in (None, row.period):
                return row
        where = f"product {product}" + (f" at {place}" if place else "") + (f" in {period}" if period else "")
        raise BadInput(
            Fault("not-traded", where, "no trade in it", "a product that can be imported or received", "correct it")
        )

    def verdicts(self, period: int | None = None) -> Mapping[str, tuple[Coefficient, ...]]:
        """Return the coefficients by verdict."""
        chosen = [row for row in self.rows if period in (None, row.period)]
        return {v: tuple(r for r in chosen if r.verdict == v) for v in ("make", "either", "buy", "catch up")}

    def table(self) -> pd.DataFrame:
        """Return the coefficients as a table with the columns of :data:`COLUMNS`, costs in currency per unit."""
        return pd.DataFrame([row.as_row() for row in self.rows], columns=list(COLUMNS))

    def as_data(self) -> dict[str, Any]:
        """Return everything as plain data."""
        return {
            "currency": self.currency,
            "exchange": {str(period): value for period, value in self.exchange.items()},
            "coefficients": [row.as_data() for row in self.rows],
        }


def comparative_coefficients(
    plan: Plan,
    *,
    quality: Mapping[str, float] | None = None,
    interest: float = 0.0,
    on_progress: OnProgress | None = None,
) -> ComparativeCoefficients:
    """Return the comparative coefficient of every product that a plan can get from elsewhere.

    The planning problem is solved again (it is the same problem, so it is the same answer) to have all valuations.

    Parameters
    ----------
    plan
        Whose valuations are taken.
    quality
        By product: for how many units bought one unit made at home serves as well (0.8: for four fifths); 1 if left
        out.
    interest
        Charged a period on capital that has yet to be built, beside its wear.
    on_progress
        Told the name of each stage as it begins, and which part of the way it stands at.

    Returns
    -------
    ComparativeCoefficients
        Highest coefficient first, by period.

    Raises
    ------
    BadInput
        If a quality weight is no positive number or its product unknown, or the interest is negative.
    """
    weights = _checked(plan.economy, quality or {}, interest)
    tell = on_progress or silent
    tell("valuations", 0.1)
    model = model_of(plan)
    needs = goal_stages(model, on_progress=lambda name, part: tell(name, 0.1 + part))[-1].solution
    valued = raised(Valued.of(model, needs))
    tell("coefficients", 0.8)
    reckoning = Reckoning(plan, valued, weights, interest)
    rows = [row for period in plan.periods for row in reckoning.coefficients(bought_goods(valued, period))]
    tell("done", 1.0)
    return ComparativeCoefficients(_ranked(rows), _exchange(plan, model, valued), plan.economy.about.currency)


def _ranked(rows: list[Coefficient]) -> tuple[Coefficient, ...]:
    def rank(row: Coefficient) -> tuple[bool, float, int]:
        return row.coefficient is None, -(row.coefficient or 0.0), row.period

    return tuple(sorted(rows, key=rank))


def _exchange(plan: Plan, model: Model, valued: Valued) -> Mapping[int, float]:
    block = model.problem.row_block("payments")
    worth = pd.Series(valued.dual[block.slice], index=block.labels.get_level_values("period"), dtype=float)
    dearest = worth.groupby(level=0).max()
    return {period: float(dearest.get(period, 0.0)) for period in plan.periods}


def _checked(economy: Economy, quality: Mapping[str, float], interest: float) -> Mapping[str, float]:
    known = set(economy["products"]["product"])
    faults = [
        Fault("product-unknown", f"quality of {product}", product, "a product of the economy", "correct the code")
        for product in quality
        if product not in known
    ]
    faults += [
        Fault("quality-value", f"quality of {product}", repr(weight), "a number above 0", "correct the weight")
        for product, weight in quality.items()
        if not (np.isfinite(weight) and weight > 0)
    ]
    if not (np.isfinite(interest) and interest >= 0):
        faults.append(Fault("interest-value", "interest", repr(interest), "a part of at least 0", "correct it"))
    if faults:
        raise BadInput(faults)
    return dict(quality)
