"""The best that a stopped method can prove: a plan within all limits, and prices that no plan can beat (design §6.7).

*Plan.* Balances are met by both the plan reached and the idle one (nothing made, nothing delivered), so by every mix of
them; the mix with just so much of the idle plan that every limit is met is a plan. *Prices.* Product prices are lowered
by sweeps until no source without a bound costs less than it supplies: the greatest such prices below those reached
(a monotone map, Tarski 1955); sources with a bound may earn a rent, which the bound counts.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from newcourse.solver.problem import Vector
from newcourse.solver.structured import sweeps
from newcourse.solver.structured.found import Found
from newcourse.solver.structured.offers import Offers

_SWEEPS: Final = 200
_FILLS: Final = 8


@dataclass(frozen=True, eq=False)
class Pair:
    """Amounts of the offers, and prices of products and limits."""

    amount: Vector
    price: Vector
    limit_price: Vector


def certified_pair(plan: Offers, found: Found) -> Pair:
    """Return the best feasible plan and the best feasible prices near to where a method stopped."""
    lowest = np.where(np.isneginf(plan.least), 0.0, -np.inf)
    highest = np.where(np.isposinf(plan.most), 0.0, np.inf)
    limit_price = np.clip(found.limit_price, lowest, highest)
    return Pair(
        _mixed(plan, _balanced(plan, found, limit_price)), _lowered(plan, found.price, limit_price), limit_price
    )


def _balanced(plan: Offers, found: Found, limit_price: Vector) -> Vector:
    """Return the plan reached if its balances are met, else the one that fills in merit order at the prices reached."""
    amount = np.clip(found.amount, 0.0, plan.upper)
    given = np.maximum(amount * plan.supply, 0.0)
    owned = plan.owner >= 0
    needed = np.bincount(plan.owner[owned], weights=given[owned], minlength=plan.demand.size).astype(float)
    if (plan.demand - plan.balance @ amount <= 1e-9 * needed).all():
        return amount
    charge, reduced = np.empty(plan.cost.size), np.empty(plan.cost.size)
    sweeps.charged(*plan.limited, plan.cost, limit_price, charge)
    sweeps.reduced(*plan.balances, charge, np.maximum(found.price, 0.0), reduced)
    listed, marginal = np.full(needed.size, -1, np.int32), np.zeros(needed.size, np.int32)
    status = np.zeros(plan.cost.size, np.int8)
    for _ in range(_FILLS):
        sweeps.classify(
            plan.start, plan.sources, plan.supply, plan.upper, reduced, reduced, needed, listed, status, marginal
        )
        sweeps.forward(
            plan.start, plan.sources, plan.supply, plan.upper, status, np.ones(status.size), listed, *plan.balances,
            plan.owner, plan.demand, needed, amount, 1e-11, 100,
        )  # fmt: skip
    return amount


def _mixed(plan: Offers, amount: Vector) -> Vector:
    idle = np.where(plan.ends & plan.bounded & (plan.turn < 0), plan.upper, 0.0)
    part = 0.0
    used, rest = plan.limits @ amount, plan.limits @ idle
    for over, back in ((used - plan.most, used - rest), (plan.least - used, rest - used)):
        wrong = (over > 0) & (back > over)
        part = max(part, float((over[wrong] / back[wrong]).max(initial=0.0)))
    return np.asarray((1 - part) * np.clip(amount, 0.0, plan.upper) + part * idle)


def _lowered(plan: Offers, price: Vector, limit_price: Vector) -> Vector:
    charge, reduced = np.empty(plan.cost.size), np.empty(plan.cost.size)
    sweeps.charged(*plan.limited, plan.cost, limit_price, charge)
    price = np.maximum(price, 0.0)
    steady = np.flatnonzero(~plan.bounded & (plan.owner >= 0))
    owner = plan.owner[steady]
    for _ in range(_SWEEPS):
        sweeps.reduced(*plan.balances, charge, price, reduced)
        lower = price.copy()
        np.minimum.at(lower, owner, price[owner] + reduced[steady] / plan.supply[steady])
        lower = np.maximum(lower, 0.0)
        done = bool((price - lower <= 1e-12 * price).all())
        price = lower
        if done:
            break
    return price
