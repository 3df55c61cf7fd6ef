"""The market part beside a plan: what households buy, and how prices would answer when the plan sells less."""

from dataclasses import dataclass, replace
from typing import Final

from newcourse.errors import NewCourseError
from newcourse.plan.goal import need_groups
from newcourse.plan.market.beside import Served, market_beside, market_processes
from newcourse.plan.market.equilibrium import Equilibrium, find_equilibrium
from newcourse.plan.market.levers import Levers
from newcourse.plan.market.market import Market
from newcourse.plan.market.producers import Supply
from newcourse.plan.names import Names
from newcourse.plan.plan import Plan
from newcourse.web.page import Page
from newcourse.web.site import Site
from newcourse.web.table import Table, table

LESS: Final = 0.05
"""Part by which the plan sells less of a good in the second table."""

LARGEST: Final = 6
"""How many goods the second table asks about, largest first."""

NOT_BOUGHT: Final = frozenset({"Investment", "Reserves"})
"""Groups of needs that no household buys."""


@dataclass(frozen=True, slots=True)
class MarketFacts:
    """Facts of the page of the market part."""

    address: str
    title: str
    year: int
    groups: tuple[str, ...]
    asked: tuple[str, ...]
    certificate: str
    refused: tuple[str, ...]
    goods: Table | None
    answers: Table | None
    producers: Table | None
    assumptions: Table


def market(site: Site, address: str, buy: str = "") -> MarketFacts:
    """Return the market part that agrees with a plan, and what happens to prices when the plan sells less.

    Parameters
    ----------
    site
        The federation.
    address
        Address of the plan.
    buy
        Group of needs that households meet by buying; all but investment and reserves if left out.
    """
    title, plan = site.named(address)[1], site.plan(address)
    known = tuple(dict.fromkeys(group for group in map(str, need_groups(plan.economy)) if group not in NOT_BOUGHT))
    served = Served((buy,) if buy else known)
    if buy:
        market_beside(plan, served)  # a group that is not there is a fault of the address
    return site.pages.get(("market", address, buy), lambda: _facts(plan, address, title, known, served))


def _facts(plan: Plan, address: str, title: str, known: tuple[str, ...], served: Served) -> MarketFacts:
    try:
        beside = market_beside(plan, served)
        state = find_equilibrium(beside, _held(beside))
    except NewCourseError as error:
        told = tuple(f"{fault.where}: {fault.found}. Expected: {fault.expected}." for fault in error.faults)
        return MarketFacts(address, title, plan.periods[0], known, served.groups, "", told, None, None, None, _stated())
    return MarketFacts(
        address=address,
        title=title,
        year=plan.periods[0],
        groups=known,
        asked=served.groups,
        certificate=state.certificate.words(),
        refused=(),
        goods=_goods(plan, state),
        answers=_answers(plan, state),
        producers=_producers(plan, state),
        assumptions=_stated(),
    )


def _held(of: Market) -> Levers:
    """Return levers that hold the price of what no household buys: the plan sells it at its own price."""
    prices = of.by_product(of.base_prices)
    return Levers(prices={good: prices[good] for good in of.stocks})


def _goods(plan: Plan, state: Equilibrium) -> Table:
    names, flows = Names(plan.economy), state.flows
    made = flows.made.sum(axis=0)
    rows = [
        (
            _name(names, code),
            float(flows.bought[:, row].sum()),
            float(flows.offered[row]),
            float(made[row]),
            float(state.prices[row]),
        )
        for row, code in enumerate(state.market.products)
    ]
    rows.sort(key=lambda row: -row[1])
    headings = [("good", "text"), ("bought by households", "number"), ("sold by the plan, net", "number")]
    headings += [("made privately and by co-operatives, net", "number"), ("price that clears", "number")]
    return table(f"Goods of the market part, {plan.periods[0]}", headings, rows)  # type: ignore[arg-type]


def _answers(plan: Plan, state: Equilibrium) -> Table:
    """Return what happens to a good's price, and to the price level, when the plan sells a little less of it."""
    names, market = Names(plan.economy), state.market
    bought = state.flows.bought.sum(axis=0) * market.base_prices
    largest = sorted(range(len(bought)), key=lambda row: -bought[row])[:LARGEST]
    rows: list[tuple[str, float | None, float | None, str]] = []
    for row in [row for row in largest if bought[row] > 0]:
        code = market.products[row]
        less = LESS * float(state.flows.bought[:, row].sum())
        planned = {**market.planned, code: market.planned.get(code, 0.0) - less}
        name = _name(names, code)
        try:
            found = find_equilibrium(replace(market, planned=planned), state.levers)
        except NewCourseError as error:
            rows.append((name, None, None, error.faults[0].found))
            continue
        rows.append((name, found.price(code) / state.price(code) - 1, found.level / state.level - 1, "certified"))
    headings = [("good", "text"), ("change of its price", "percent"), ("change of the price level", "percent")]
    caption = f"When the plan sells {LESS:.0%} less of what is bought of a good"
    return table(caption, [*headings, ("certificate", "text")], rows)  # type: ignore[list-item]


def _producers(plan: Plan, state: Equilibrium) -> Table | None:
    own = market_processes(plan.economy)
    if not own.any():
        return None
    names = Names(plan.economy)
    rows = [
        (
            names.process(maker.name),
            maker.sector,
            float(run),
            float(left),
            maker.elasticity.value,
            maker.elasticity.label,
        )
        for maker, run, left in zip(state.market.producers, state.flows.activity, state.flows.left, strict=True)
        if isinstance(maker, Supply)
    ]
    headings = [("producer", "text"), ("sector", "text"), ("activity", "number"), ("left to its owners", "number")]
    headings += [("elasticity", "number"), ("label", "text")]
    return table("Private and co-operative producers", headings, rows)  # type: ignore[arg-type]


def _name(names: Names, code: str) -> str:
    product, _, place = code.rpartition("@")
    where = f", {names.place(place)}" if len(names.places()) > 1 else ""
    return f"{names.product(product)}{where}"


def _stated() -> Table:
    rows = (
        ("Demand", "linear expenditure system, fitted to what the plan delivers at base-year prices", "fitted"),
        ("Frisch's parameter", "−2: half of spending is committed", "literature: R. Frisch, Econometrica 27 (1959)"),
        ("Income elasticities", "1 for every group of needs", "assumed"),
        ("Answer of private producers", "0.5 per cent for one per cent more left over", "assumed"),
        ("Answer of co-operatives", "0.3 per cent for one per cent more left over", "assumed"),
        ("Money", "all households together spend what the plan's deliveries cost at base-year prices", "assumed"),
    )
    return table("What is assumed", [("of", "text"), ("what", "text"), ("label", "text")], rows)


PAGE = Page("market", "/plan/{address}/market", "Prices that clear beside a plan, and how they answer", market, "Plan")
