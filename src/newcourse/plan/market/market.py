"""The market part of an economy as one value that checks itself: who buys, who makes, what the plan does in it.

All prices are in money. The *price level* is what a fixed basket costs, beside the base year; supply, brackets and
transfers follow it, so that a change of money alone changes nothing real.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import Final

import numpy as np

from newcourse.errors import BadInput, Fault
from newcourse.plan.market.checks import fixed, require_positive
from newcourse.plan.market.demand import Demand
from newcourse.plan.market.levers import Levers
from newcourse.plan.market.producers import SECTORS, STATE, Producer, Supply

SPENDING: Final = "spending"
"""What all households together spend, as the anchor of prices."""


@dataclass(frozen=True, eq=False)
class Household:
    """A group of households alike.

    Parameters
    ----------
    name
        Code of the group.
    demand
        What the whole group buys.
    members
        How many there are; brackets of a tax count the income of one.
    endowment
        What the group owns and sells in a period: hours of work, land.
    """

    name: str
    demand: Demand
    members: float = 1.0
    endowment: Mapping[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "endowment", MappingProxyType(dict(self.endowment)))
        if not self.members > 0 or any(not amount >= 0 for amount in self.endowment.values()):
            found = f"{self.members:g} members, {dict(self.endowment)}"
            raise BadInput(Fault("household", f"group {self.name}", found, "numbers of at least 0", "correct them"))


@dataclass(frozen=True, eq=False)
class Market:
    """Households, producers and the plan's own part.

    Parameters
    ----------
    products
        What is bought and sold, factors such as hours of work among them.
    base_prices
        One for each product, above 0.
    basket
        Quantities whose cost is the price level, one for each product.
    households, producers
        Who buys and who makes.
    planned
        Net quantity that the planned part sells to the market (negative: buys).
    purchases
        Quantity the plan takes for itself, such as accumulation; the lever ``pace`` multiplies it.
    returned
        Part of what is left in the common budget that goes to each group.
    invested
        Part of what is left that buys each product; with ``returned`` together 1.
    use_taxes
        Rate of tax on what a producer uses of a product.
    world_prices
        Of products traded abroad, in foreign money.
    foreign
        Reserves and credit in foreign money that trade may use up in a period.
    stocks
        Most that the plan can sell from its reserves of a product in a period.
    anchor
        What holds prices down: a product whose price is given, or ``spending`` of all households.
    anchor_value
        That price, or that sum.
    """

    products: tuple[str, ...]
    base_prices: np.ndarray
    basket: np.ndarray
    households: tuple[Household, ...]
    producers: tuple[Producer, ...] = ()
    planned: Mapping[str, float] = field(default_factory=dict)
    purchases: Mapping[str, float] = field(default_factory=dict)
    returned: Mapping[str, float] = field(default_factory=dict)
    invested: Mapping[str, float] = field(default_factory=dict)
    use_taxes: Mapping[tuple[str, str], float] = field(default_factory=dict)
    world_prices: Mapping[str, float] = field(default_factory=dict)
    foreign: float = 0.0
    stocks: Mapping[str, float] = field(default_factory=dict)
    anchor: str = SPENDING
    anchor_value: float = 1.0

    def __post_init__(self) -> None:
        for name in ("products", "households", "producers"):
            object.__setattr__(self, name, tuple(getattr(self, name)))
        for name in ("base_prices", "basket"):
            object.__setattr__(self, name, fixed(getattr(self, name)))
        for name in _MAPPINGS:
            object.__setattr__(self, name, MappingProxyType(dict(getattr(self, name))))
        require_positive("market", self.products, base_prices=self.base_prices)
        faults = [*_wrong_names(self), *_wrong_parts(self), *_wrong_margins(self)]
        if faults:
            raise BadInput(faults)

    @cached_property
    def position(self) -> Mapping[str, int]:
        """Place of each product in the vectors."""
        return {product: number for number, product in enumerate(self.products)}

    @cached_property
    def base_level(self) -> float:
        """What the basket costs at the base year's prices."""
        return float(self.basket @ self.base_prices)

    def level(self, prices: np.ndarray) -> float:
        """Return the price level: what the basket costs, beside the base year."""
        return float(self.basket @ prices) / self.base_level

    def by_product(self, prices: np.ndarray) -> dict[str, float]:
        """Return prices by product."""
        return dict(zip(self.products, map(float, prices), strict=True))

    @cached_property
    def base_margins(self) -> Mapping[str, float]:
        """What was left of a unit of activity of each producer with a fixed recipe in the base year."""
        prices = self.by_product(self.base_prices)
        return {maker.name: maker.left_over(prices) for maker in self.producers if isinstance(maker, Supply)}

    def require_known(self, levers: Levers) -> None:
        """Refuse levers that name products, groups or producers that are not there.

        Raises
        ------
        BadInput
            With every unknown name.
        """
        groups = {household.name for household in self.households}
        makers = {maker.name for maker in self.producers}
        named = {
            "prices": self.products, "taxes": groups, "credit": makers | set(SECTORS), "reserves": self.products,
            "imports": self.world_prices, "exports": self.world_prices, "capacity": makers, "costs": makers,
            "transfers": groups,
        }  # fmt: skip
        faults = [
            Fault("lever-unknown", f"{lever}, {key}", repr(key), f"one of {', '.join(sorted(known))}", "correct it")
            for lever, known in named.items()
            for key in getattr(levers, lever)
            if key not in known
        ]
        if levers.payment and levers.payment not in self.world_prices:
            faults.append(
                Fault("lever-unknown", "payment", repr(levers.payment), "a product with a world price", "correct it")
            )
        if faults:
            raise BadInput(faults)


_MAPPINGS: Final = ("planned", "purchases", "returned", "invested", "use_taxes", "world_prices", "stocks")


def _wrong_names(market: Market) -> list[Fault]:
    known, groups = set(market.products), {household.name for household in market.households}
    named: list[tuple[str, str]] = [(f"group {h.name}", p) for h in market.households for p in h.demand.products]
    named += [(f"group {h.name}", p) for h in market.households for p in h.endowment]
    for maker in market.producers:
        used = [*maker.outputs, *maker.inputs] if isinstance(maker, Supply) else [maker.product, *maker.inputs]
        named += [(f"producer {maker.name}", product) for product in used]
    for name in ("planned", "purchases", "invested", "world_prices", "stocks"):
        named += [(name, product) for product in getattr(market, name)]
    faults = [
        Fault("product-unknown", where, repr(product), f"one of {', '.join(market.products)}", "correct it")
        for where, product in named
        if product not in known
    ]
    owners = [(f"owners of {m.name}", o) for m in market.producers if isinstance(m, Supply) for o in m.owners]
    faults += [
        Fault("group-unknown", where, repr(group), f"one of {', '.join(sorted(groups))}", "correct it")
        for where, group in [*owners, *(("returned", group) for group in market.returned)]
        if group not in groups | ({STATE} if where != "returned" else set())
    ]
    names = [*(h.name for h in market.households), *(m.name for m in market.producers)]
    faults += [
        Fault("name-twice", "market", name, "one group or producer of a name", "rename one")
        for name in sorted({name for name in names if names.count(name) > 1})
    ]
    if market.anchor != SPENDING and market.anchor not in known:
        faults.append(Fault("anchor", "market", repr(market.anchor), f"{SPENDING} or a product", "correct it"))
    return faults


def _wrong_parts(market: Market) -> list[Fault]:
    parts = [*market.returned.values(), *market.invested.values()]
    faults = []
    if abs(sum(parts) - 1) > 1e-9 or min(parts) < 0:
        found = f"parts that add up to {sum(parts):g}"
        faults.append(Fault("budget-parts", "returned and invested", found, "1, so that nothing is lost", "correct it"))
    if not 0 < market.anchor_value < np.inf:
        found = f"{market.anchor_value:g}"
        faults.append(Fault("anchor", "market, anchor value", found, "a number above 0", "correct it"))
    if market.basket.shape != market.base_prices.shape or not (market.basket >= 0).all() or not market.basket.any():
        faults.append(Fault("basket", "market", "no basket", "a quantity of at least 0 for each product", "give one"))
    return faults


def _wrong_margins(market: Market) -> list[Fault]:
    prices = market.by_product(market.base_prices)
    faults = []
    for maker in market.producers:
        if (
            not isinstance(maker, Supply)
            or not maker.elasticity.value
            or not set(prices) >= {*maker.outputs, *maker.inputs}
        ):
            continue
        left = maker.left_over(prices)
        if not left > 0:
            where, remedy = f"producer {maker.name}", "correct prices or recipe, or let its elasticity be 0"
            faults.append(Fault("margin", where, f"{left:g} left of a unit in the base year", "more than 0", remedy))
    return faults
