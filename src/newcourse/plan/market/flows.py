"""Everything that is bought, made, paid and left over at given prices: the two sides of each market (design §6.2).

Walras' law: whatever the prices, the value of all excess demand is 0, because every budget is used up. It is tested.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from newcourse.errors import BadInput, Fault
from newcourse.plan.market.levers import Levers
from newcourse.plan.market.market import Household, Market
from newcourse.plan.market.producers import STATE, Supply, Technique


@dataclass(frozen=True, eq=False)
class Flows:
    """Flows of one period at some prices, n products.

    Parameters
    ----------
    activity
        Of each producer, in its unit.
    made
        Net output of each producer (inputs negative), producers × n.
    left
        What each producer with a fixed recipe leaves its owners, in money.
    gross, tax, transfers, returned
        Income of each group before tax, its tax, what it gets from the common budget by lever and as its part.
    bought
        What each group buys, groups × n.
    offered
        What households sell and the plan, trade and reserves bring in, net of what the plan takes, n.
    budget
        Lines of the common budget in money, before what is left of it is returned and invested.
    invested
        What is bought with the invested part, n.
    exports
        Quantity exported, n.
    """

    activity: np.ndarray
    made: np.ndarray
    left: np.ndarray
    gross: np.ndarray
    tax: np.ndarray
    transfers: np.ndarray
    returned: np.ndarray
    bought: np.ndarray
    offered: np.ndarray
    budget: Mapping[str, float]
    invested: np.ndarray
    exports: np.ndarray

    @property
    def excess(self) -> np.ndarray:
        """Demand beyond supply of each product, n."""
        return np.asarray(self.bought.sum(axis=0) + self.invested - self.offered - self.made.sum(axis=0))

    @property
    def spending(self) -> np.ndarray:
        """What each group spends, in money."""
        return np.asarray(self.gross - self.tax + self.transfers + self.returned)


def flows_at(
    market: Market,
    levers: Levers,
    prices: np.ndarray,
    activity: Mapping[str, float],
    buffer: Mapping[str, float],
) -> Flows:
    """Return all flows at these prices.

    Parameters
    ----------
    market, levers
        What answers, and what is steered.
    prices
        Of each product, n positive numbers.
    activity
        Of each technique with constant returns.
    buffer
        What the plan sells of each product with an administered price (negative: buys).

    Raises
    ------
    BadInput
        If a group's income does not pay for what it must buy.
    """
    level = market.level(prices)
    made, runs, left, lines = _production(market, levers, prices, activity, level)
    gross = np.array([_gross(market, household, prices, left) for household in market.households])
    tax = np.array([_tax(levers, h, income, level) for h, income in zip(market.households, gross, strict=True)])
    transfers = np.array([levers.transfers.get(h.name, 0.0) * level for h in market.households])
    exports = exported(market, levers)
    outside = _from_outside(market, levers, buffer, exports)
    lines |= {
        "taxes on income": float(tax.sum()),
        "transfers": -float(transfers.sum()),
        **{name: float(prices @ amounts) for name, amounts in outside.items()},
    }
    rest = sum(lines.values())
    returned = np.array([market.returned.get(h.name, 0.0) * rest for h in market.households])
    invested = _vector(market, market.invested) * rest / prices
    endowment = sum((_vector(market, h.endowment) for h in market.households), np.zeros(len(prices)))
    spending = gross - tax + transfers + returned
    bought = np.array(
        [_bought(market, h, prices, float(income)) for h, income in zip(market.households, spending, strict=True)]
    )
    offered = endowment + sum(outside.values())
    return Flows(runs, made, left, gross, tax, transfers, returned, bought, offered, lines, invested, exports)


def _from_outside(
    market: Market, levers: Levers, buffer: Mapping[str, float], exports: np.ndarray
) -> dict[str, np.ndarray]:
    """Return what the plan, its reserves and trade bring to the market (what they take is negative), n each."""
    return {
        "sales of the planned part": _vector(market, market.planned),
        "trade abroad, at home prices": _vector(market, levers.imports) - exports,
        "sales from reserves": _vector(market, levers.reserves) + _vector(market, buffer),
        "purchases of the plan": -levers.pace * _vector(market, market.purchases),
    }


def exported(market: Market, levers: Levers) -> np.ndarray:
    """Return what is exported of each product: what the lever says, and what must pay for the imports, n."""
    exports = dict(levers.exports)
    if levers.payment:
        world = market.world_prices
        paid = sum(world[product] * amount for product, amount in exports.items()) + market.foreign
        owed = sum(world[product] * amount for product, amount in levers.imports.items()) - paid
        exports[levers.payment] = exports.get(levers.payment, 0.0) + max(0.0, owed) / world[levers.payment]
    return _vector(market, exports)


def interest_of(levers: Levers, maker: Supply) -> float:
    """Return the rate of interest a producer pays: its own lever, its sector's, or the base year's."""
    return levers.credit.get(maker.name, levers.credit.get(maker.sector, maker.interest))


def _production(
    market: Market, levers: Levers, prices: np.ndarray, activity: Mapping[str, float], level: float
) -> tuple[np.ndarray, np.ndarray, np.ndarray, dict[str, float]]:
    count, named = len(market.producers), market.by_product(prices)
    made, runs, left = np.zeros((count, len(prices))), np.zeros(count), np.zeros(count)
    interest = use_taxes = 0.0
    for row, maker in enumerate(market.producers):
        if isinstance(maker, Technique):
            runs[row] = activity[maker.name]
            made[row] = runs[row] * _net_of(market, maker, prices)
            use_taxes += _use_taxes(market, maker.name, prices, made[row])
            continue
        rate, saving = interest_of(levers, maker), levers.costs.get(maker.name, 1.0)
        margin = maker.left_over(named, rate, saving) + _use_tax_per_unit(market, maker, named, saving)
        answer = maker.answer(margin, market.base_margins[maker.name], level)
        runs[row] = maker.base * levers.capacity.get(maker.name, 1.0) * answer
        inputs = saving * _vector(market, maker.inputs)
        made[row] = runs[row] * (_vector(market, maker.outputs) - inputs)
        left[row] = runs[row] * margin
        interest += float(runs[row]) * rate * float(prices @ inputs)
        use_taxes -= float(runs[row]) * _use_tax_per_unit(market, maker, named, saving)
    owned = [m.owners.get(STATE, 0.0) * left[row] for row, m in enumerate(market.producers) if isinstance(m, Supply)]
    lines = {
        "surplus of common producers": float(sum(owned)),
        "interest": interest,
        "taxes on use": use_taxes,
    }
    return made, runs, left, lines


def taxed_prices(market: Market, maker: Technique, prices: np.ndarray) -> np.ndarray:
    """Return what a technique pays for each of its inputs, taxes on use in it."""
    taxes = [1 + market.use_taxes.get((maker.name, product), 0.0) for product in maker.inputs]
    return np.asarray(prices[[market.position[product] for product in maker.inputs]] * taxes)


def _net_of(market: Market, maker: Technique, prices: np.ndarray) -> np.ndarray:
    net = np.zeros(len(prices))
    net[market.position[maker.product]] += 1.0
    takes = maker.unit_inputs(taxed_prices(market, maker, prices))
    np.add.at(net, [market.position[product] for product in maker.inputs], -takes)
    return net


def _use_taxes(market: Market, name: str, prices: np.ndarray, net: np.ndarray) -> float:
    taxed = [(market.position[product], rate) for (maker, product), rate in market.use_taxes.items() if maker == name]
    return float(sum(-rate * prices[place] * min(net[place], 0.0) for place, rate in taxed))


def _use_tax_per_unit(market: Market, maker: Supply, prices: Mapping[str, float], saving: float) -> float:
    return -sum(
        rate * prices[product] * saving * maker.inputs.get(product, 0.0)
        for (name, product), rate in market.use_taxes.items()
        if name == maker.name
    )


def _gross(market: Market, household: Household, prices: np.ndarray, left: np.ndarray) -> float:
    shares = [
        maker.owners.get(household.name, 0.0) * float(left[row])
        for row, maker in enumerate(market.producers)
        if isinstance(maker, Supply)
    ]
    return float(prices @ _vector(market, household.endowment)) + sum(shares)


def _tax(levers: Levers, household: Household, income: float, level: float) -> float:
    tax = levers.taxes.get(household.name)
    return 0.0 if tax is None else household.members * tax.on(income / household.members, level)


def _bought(market: Market, household: Household, prices: np.ndarray, spending: float) -> np.ndarray:
    places = [market.position[product] for product in household.demand.products]
    bought = np.zeros(len(prices))
    try:
        bought[places] = household.demand.quantities(prices[places], spending)
    except BadInput as error:
        raise BadInput(
            Fault(f.code, f"group {household.name}: {f.where}", f.found, f.expected, f.remedy) for f in error.faults
        ) from None
    return bought


def _vector(market: Market, amounts: Mapping[str, float]) -> np.ndarray:
    vector = np.zeros(len(market.products))
    for product, amount in amounts.items():
        vector[market.position[product]] += amount
    return vector
