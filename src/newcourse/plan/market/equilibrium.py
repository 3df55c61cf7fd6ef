"""Prices at which plan and market agree: found by Newton's method, checked apart from it, or refused (design §6.2).

Unknown are the prices, the activity of techniques with constant returns, and what the plan must sell or buy where it
holds a price. The equations are that nothing is short or left over, that such techniques earn nothing, and the anchor.
One market's equation is left out: it follows from the others by Walras' law, and the certificate checks it too.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from newcourse.errors import BadInput, Contradiction, Fault, NotCertified
from newcourse.plan.market.certificate import TOLERANCE, Certificate, certified
from newcourse.plan.market.flows import Flows, exported, flows_at, taxed_prices
from newcourse.plan.market.levers import Levers
from newcourse.plan.market.market import SPENDING, Market
from newcourse.plan.market.newton import Root, newton
from newcourse.plan.market.producers import Technique
from newcourse.plan.sentences import number

WAYPOINTS: Final = 8
"""Steps in which prices are led from the base year to the levers where one leap does not find the way."""


@dataclass(frozen=True, eq=False)
class Equilibrium:
    """A mutually consistent state of plan and market in one period.

    Parameters
    ----------
    market, levers
        What answers, and how it is steered.
    prices
        Of each product, n.
    buffer
        What the plan sells of each product whose price it holds (negative: buys).
    flows
        Everything bought, made, paid.
    certificate
        That it is consistent, in plain arithmetic.
    """

    market: Market
    levers: Levers
    prices: np.ndarray
    buffer: Mapping[str, float]
    flows: Flows
    certificate: Certificate

    @property
    def level(self) -> float:
        """The price level: what the basket costs, beside the base year."""
        return self.market.level(self.prices)

    def price(self, product: str) -> float:
        """Return the price of a product, in money."""
        return float(self.prices[self.market.position[product]])

    def bought(self, group: str) -> dict[str, float]:
        """Return what a group buys of each product."""
        row = [household.name for household in self.market.households].index(group)
        return dict(zip(self.market.products, map(float, self.flows.bought[row]), strict=True))

    def activity(self, producer: str) -> float:
        """Return the activity of a producer."""
        row = [maker.name for maker in self.market.producers].index(producer)
        return float(self.flows.activity[row])


@dataclass(frozen=True, eq=False)
class _System:
    """The equations of one market under one setting of the levers."""

    market: Market
    levers: Levers
    techniques: tuple[Technique, ...]
    held: tuple[str, ...]
    scale: np.ndarray
    left_out: int

    @property
    def free(self) -> np.ndarray:
        return np.array([place for product, place in self.market.position.items() if product not in self.held])

    def read(self, unknowns: np.ndarray) -> tuple[np.ndarray, dict[str, float], dict[str, float]]:
        """Return prices, activities and buffers."""
        free, count = self.free, len(self.techniques)
        prices = np.array([self.levers.prices.get(product, 1.0) for product in self.market.products])
        prices[free] = self.market.base_prices[free] * np.exp(unknowns[: len(free)])
        runs = np.exp(unknowns[len(free) : len(free) + count])
        sold = unknowns[len(free) + count :] * self.scale[[self.market.position[p] for p in self.held]]
        activity = {maker.name: float(run) for maker, run in zip(self.techniques, runs, strict=True)}
        return prices, activity, dict(zip(self.held, map(float, sold), strict=True))

    def start(self, prices: np.ndarray | None = None) -> np.ndarray:
        """Return the first point: the base year's prices or others, everything run at the scale of its market."""
        known = self.market.base_prices if prices is None else prices
        logs = np.log(known / self.market.base_prices)[self.free]
        runs = [np.log(self.scale[self.market.position[maker.product]]) for maker in self.techniques]
        return np.concatenate([logs, runs, np.zeros(len(self.held))])

    def missing(self, unknowns: np.ndarray) -> np.ndarray:
        """Return what each equation misses, as a part of its market."""
        prices, activity, buffer = self.read(unknowns)
        flows = flows_at(self.market, self.levers, prices, activity, buffer)
        short = np.delete(flows.excess / self.scale, self.left_out)
        profits = [
            np.log(prices[self.market.position[m.product]] / m.unit_cost(taxed_prices(self.market, m, prices)))
            for m in self.techniques
        ]
        return np.concatenate([short, profits, [self._anchor(prices, flows)]])

    def _anchor(self, prices: np.ndarray, flows: Flows) -> float:
        stands = (
            float(flows.spending.sum())
            if self.market.anchor == SPENDING
            else float(prices[self.market.position[self.market.anchor]])
        )
        return float(np.log(stands / self.market.anchor_value)) if stands > 0 else float("nan")


def find_equilibrium(
    market: Market, levers: Levers | None = None, *, start: np.ndarray | None = None, tolerance: float = TOLERANCE
) -> Equilibrium:
    """Return prices at which nothing is short or left over, with a certificate.

    Parameters
    ----------
    market
        Who answers prices.
    levers
        How the plan steers; nothing set if left out.
    start
        Prices to search from; the base year's if left out.
    tolerance
        Largest excess demand of a product, as a part of its turnover, that the certificate lets pass.

    Raises
    ------
    BadInput
        If a lever names what is not there.
    Contradiction
        If the levers cannot hold together: trade beyond foreign means, prices held beyond reserves.
    NotCertified
        If no such prices were found; the fault says which product is short and by how much.

    Notes
    -----
    There may be more than one such state; the certificate says that this one is consistent, not that it is the only
    one (H. Sonnenschein 1972, R. Mantel 1974, G. Debreu 1974). Search begins at the base year, so of several it is the
    one a gradual change of the levers leads to.
    """
    chosen = levers or Levers()
    market.require_known(chosen)
    _require_paid(market, chosen)
    system = _system(market, chosen)
    root = _search(system, start)
    prices, activity, buffer = system.read(root.unknowns)
    if not root.reached:
        raise NotCertified(_not_found(system, root))
    flows = flows_at(market, chosen, prices, activity, buffer)
    certificate = certified(market, chosen, prices, flows, buffer, tolerance).require()
    _require_reserves(market, buffer)
    return Equilibrium(market, chosen, prices, buffer, flows, certificate)


def _system(market: Market, levers: Levers) -> _System:
    techniques = tuple(maker for maker in market.producers if isinstance(maker, Technique))
    base = np.zeros(len(market.products))
    for maker in market.producers:
        if not isinstance(maker, Technique):
            for product, amount in (*maker.outputs.items(), *maker.inputs.items()):
                base[market.position[product]] += maker.base * amount
    for household in market.households:
        for product, amount in household.endowment.items():
            base[market.position[product]] += amount
    for product, amount in market.planned.items():
        base[market.position[product]] += abs(amount)
    worth = float(base @ market.base_prices) or 1.0
    scale = np.where(base > 0, base, worth / len(base) / market.base_prices)
    held = tuple(levers.prices)
    free = [place for product, place in market.position.items() if product not in held]
    if not free:
        raise Contradiction(_all_held())
    left_out = max(free, key=lambda place: scale[place] * market.base_prices[place])
    return _System(market, levers, techniques, held, scale, left_out)


def _search(system: _System, start: np.ndarray | None) -> Root:
    first = system.start(start)
    try:
        root = newton(system.missing, first)
        if root.reached:
            return root
    except BadInput:
        root = None
    led = _led(system)
    if led is not None and led.reached:
        return led
    if root is None:
        system.missing(first)  # raises what is wrong at the start, in words
        raise AssertionError("unreachable")
    return root


def _led(system: _System) -> Root | None:
    """Lead the levers from none to what is asked in small steps, prices following."""
    point, root = None, None
    for step in range(WAYPOINTS + 1):
        part = step / WAYPOINTS
        there = _System(
            system.market, _part_of(system.levers, part), system.techniques, system.held, system.scale, system.left_out
        )
        try:
            root = newton(there.missing, there.start() if point is None else point)
        except BadInput:
            return None
        if not root.reached:
            return root
        point = root.unknowns
    return root


def _part_of(levers: Levers, part: float) -> Levers:
    """Return levers set only a part of the way; what is multiplied goes from 1, what is added from 0."""
    grown = {name: {k: v**part for k, v in getattr(levers, name).items()} for name in ("capacity", "costs")}
    added = {
        name: {k: v * part for k, v in getattr(levers, name).items()}
        for name in ("reserves", "imports", "exports", "transfers")
    }
    return Levers(
        prices=levers.prices, taxes=levers.taxes if part else {}, credit=levers.credit if part else {},
        payment=levers.payment if part else "", pace=levers.pace**part if levers.pace else 1 - part, **grown, **added,
    )  # fmt: skip


def _require_paid(market: Market, levers: Levers) -> None:
    world = market.world_prices
    exports = dict(zip(market.products, exported(market, levers), strict=True))
    bought = sum(world[product] * amount for product, amount in levers.imports.items())
    sold = sum(world[product] * exports[product] for product in world)
    if bought > sold + market.foreign + 1e-9 * max(1.0, bought):
        found = f"imports for {number(bought)}, exports for {number(sold)} and {number(market.foreign)} of reserves"
        raise Contradiction(
            Fault("trade-unpaid", "trade abroad", found, "imports that are paid", "export more, import less, or borrow")
        )


def _require_reserves(market: Market, buffer: Mapping[str, float]) -> None:
    faults = [
        Fault(
            "price-unheld",
            f"administered price of {product}",
            f"{number(sold)} must come from reserves",
            f"at most {number(market.stocks.get(product, 0.0))}",
            "raise the price, import, or make more of it",
        )
        for product, sold in buffer.items()
        if sold > market.stocks.get(product, 0.0) + 1e-9 * max(1.0, abs(sold))
    ]
    if faults:
        raise Contradiction(faults)


def _not_found(system: _System, root: Root) -> Fault:
    prices, activity, buffer = system.read(root.unknowns)
    excess = flows_at(system.market, system.levers, prices, activity, buffer).excess / system.scale
    worst = int(np.argmax(abs(excess)))
    how = "short" if excess[worst] > 0 else "left over"
    found = f"{abs(excess[worst]):.2%} of its turnover {how} at the best prices found, after {root.steps} steps"
    return Fault(
        "no-equilibrium",
        f"market of {system.market.products[worst]}",
        f"{found}: {root.why}",
        "prices at which nothing is short or left over",
        "set the levers less far, or state larger elasticities",
    )


def _all_held() -> Fault:
    return Fault(
        "prices-all-held", "administered prices", "a price held for each product", "one free price", "free one"
    )
