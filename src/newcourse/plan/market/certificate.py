"""Whether a state of plan and market is consistent, checked in plain arithmetic apart from the search that found it.

Sums are made again from the flows, product by product and budget by budget, with exact addition (``math.fsum``).
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from math import fsum
from typing import Any, Final

import numpy as np

from newcourse.errors import Fault, NotCertified
from newcourse.plan.market.flows import Flows, taxed_prices
from newcourse.plan.market.levers import Levers
from newcourse.plan.market.market import Market
from newcourse.plan.market.producers import STATE, Supply, Technique

TOLERANCE: Final = 1e-8
"""Largest excess demand, as a part of turnover, and largest hole in a budget, as a part of it."""

_REMEDY: Final = "set the levers less far"


@dataclass(frozen=True)
class Certificate:
    """What a check of a state found.

    Parameters
    ----------
    excess
        Demand beyond supply of each product, as a part of its turnover.
    budgets
        What each group, and the common budget, spends beyond what it has, as a part of all spending.
    walras
        Value of all excess demand, as a part of all spending: 0 whatever the prices.
    profits
        What each technique with constant returns earns on a unit, as a part of its price.
    negative
        What is below 0 and must not be, in words.
    tolerance
        Largest number that passes.
    """

    excess: Mapping[str, float]
    budgets: Mapping[str, float]
    walras: float
    profits: Mapping[str, float]
    negative: tuple[str, ...]
    tolerance: float

    @property
    def holds(self) -> bool:
        """Whether everything is within the tolerance."""
        found = [*self.excess.values(), *self.budgets.values(), *self.profits.values(), self.walras]
        return not self.negative and all(abs(value) <= self.tolerance for value in found)

    @property
    def largest(self) -> tuple[str, float]:
        """The product with the largest excess demand, and that."""
        product = max(self.excess, key=lambda name: abs(self.excess[name]))
        return product, self.excess[product]

    def words(self) -> str:
        """Return what is certified, in one sentence."""
        product, excess = self.largest
        if not self.holds:
            return f"Not consistent: {product} is off by {excess:.1e} of its turnover."
        most = f"by more than {abs(excess):.1e} of its turnover ({product})" if excess else "at all"
        return (
            f"Checked apart from the search: no product is short or left over {most}, every budget is used up, and "
            "nothing is negative."
        )

    def as_data(self) -> dict[str, Any]:
        """Return the certificate as plain data."""
        return {**asdict(self), "negative": list(self.negative), "holds": self.holds}

    def require(self) -> "Certificate":
        """Return the certificate if it holds.

        Raises
        ------
        NotCertified
            With every product, budget or quantity that does not pass.
        """
        if self.holds:
            return self
        kinds = {"market of": self.excess, "budget of": self.budgets, "technique": self.profits}
        faults = [
            Fault(
                "inconsistent",
                f"{kind} {name}",
                f"off by {value:.2e}",
                f"within {self.tolerance:g}",
                "set levers less far",
            )
            for kind, values in kinds.items()
            for name, value in values.items()
            if not abs(value) <= self.tolerance
        ]
        faults += [Fault("negative", what, "below 0", "at least 0", _REMEDY) for what in self.negative]
        faults = faults or [Fault("walras", "all markets", f"{self.walras:.2e}", "0", "report this as a fault")]
        raise NotCertified(faults)


def certified(
    market: Market,
    levers: Levers,
    prices: np.ndarray,
    flows: Flows,
    buffer: Mapping[str, float],
    tolerance: float = TOLERANCE,
) -> Certificate:
    """Return the check of a state."""
    uses, sources = _both_sides(market, levers, flows, buffer)
    spent = [fsum(p * q for p, q in zip(prices, row, strict=True)) for row in flows.bought]
    whole = fsum(spent)
    excess = {
        product: (uses[product] - sources[product]) / max(uses[product], sources[product], 1e-300)
        for product in market.products
    }
    value = fsum(p * (uses[name] - sources[name]) for name, p in zip(market.products, prices, strict=True))
    return Certificate(
        excess,
        _budgets(market, levers, prices, flows, spent, whole, buffer),
        value / whole,
        _profits(market, prices),
        _negative(market, prices, flows),
        tolerance,
    )


def _both_sides(
    market: Market, levers: Levers, flows: Flows, buffer: Mapping[str, float]
) -> tuple[dict[str, float], dict[str, float]]:
    """Return uses and sources of each product, every flow on the side where it is positive."""
    uses, sources = {}, {}
    for product, place in market.position.items():
        sold = market.planned.get(product, 0.0)
        released = levers.reserves.get(product, 0.0) + buffer.get(product, 0.0)
        made = [float(row[place]) for row in flows.made]
        signed = [
            sold,
            released,
            *made,
            -levers.pace * market.purchases.get(product, 0.0),
            -float(flows.invested[place]),
        ]
        signed += [household.endowment.get(product, 0.0) for household in market.households]
        signed += [levers.imports.get(product, 0.0), -float(flows.exports[place])]
        signed += [-float(row[place]) for row in flows.bought]
        sources[product] = fsum(amount for amount in signed if amount > 0)
        uses[product] = -fsum(amount for amount in signed if amount < 0)
    return uses, sources


def _budgets(
    market: Market,
    levers: Levers,
    prices: np.ndarray,
    flows: Flows,
    spent: list[float],
    whole: float,
    buffer: Mapping[str, float],
) -> dict[str, float]:
    """Return the hole in the budget of each group and in the common one, made again from what was made and bought."""
    priced = market.by_product(prices)
    level = market.level(prices)
    holes, taxes, returned = {}, [], []
    for row, household in enumerate(market.households):
        own = [priced[product] * amount for product, amount in household.endowment.items()]
        own += [
            maker.owners.get(household.name, 0.0) * float(flows.left[number])
            for number, maker in enumerate(market.producers)
            if isinstance(maker, Supply)
        ]
        gross = fsum(own)
        tax = levers.taxes.get(household.name)
        paid = household.members * tax.on(gross / household.members, level) if tax else 0.0
        transfer = levers.transfers.get(household.name, 0.0) * level
        got = float(flows.returned[row])
        taxes.append(paid)
        returned.append(transfer + got)
        holes[household.name] = (spent[row] - (gross - paid + transfer + got)) / whole
    common = fsum([*taxes, *_common(market, levers, prices, flows, buffer)])
    bought = fsum(p * q for p, q in zip(prices, flows.invested, strict=True))
    holes[STATE] = (fsum(returned) + bought - common) / whole
    return holes


def _common(
    market: Market, levers: Levers, prices: np.ndarray, flows: Flows, buffer: Mapping[str, float]
) -> list[float]:
    """Return what the common budget gets beside taxes on income; what it buys counts negative."""
    priced = market.by_product(prices)
    lines = []
    for row, maker in enumerate(market.producers):
        value_added = fsum(p * q for p, q in zip(prices, flows.made[row], strict=True))
        if isinstance(maker, Supply):  # what owners do not get of the value added are interest and taxes on use
            lines += [value_added - float(flows.left[row]), maker.owners.get(STATE, 0.0) * float(flows.left[row])]
        else:
            lines.append(value_added)
    for product in market.products:
        amount = market.planned.get(product, 0.0) + levers.reserves.get(product, 0.0) + buffer.get(product, 0.0)
        amount += levers.imports.get(product, 0.0) - float(flows.exports[market.position[product]])
        lines.append(priced[product] * (amount - levers.pace * market.purchases.get(product, 0.0)))
    return lines


def _profits(market: Market, prices: np.ndarray) -> dict[str, float]:
    return {
        maker.name: 1
        - maker.unit_cost(taxed_prices(market, maker, prices)) / float(prices[market.position[maker.product]])
        for maker in market.producers
        if isinstance(maker, Technique)
    }


def _negative(market: Market, prices: np.ndarray, flows: Flows) -> tuple[str, ...]:
    found = [f"price of {name}" for name, price in zip(market.products, prices, strict=True) if not price > 0]
    found += [
        f"{product} bought by {household.name}"
        for household, row in zip(market.households, flows.bought, strict=True)
        for product, amount in zip(market.products, row, strict=True)
        if amount < 0
    ]
    found += [f"activity of {m.name}" for m, run in zip(market.producers, flows.activity, strict=True) if run < 0]
    found += [
        f"{product} invested"
        for product, amount in zip(market.products, flows.invested, strict=True)
        if amount < -TOLERANCE
    ]
    return tuple(found)
