"""The market part beside a plan: its households, private and co-operative producers, and what the plan sells (§6.2).

It is fitted so that at base-year prices it buys and makes exactly what the plan delivers and counts on. A change of a
lever then shows how the market part would answer.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import pandas as pd

from newcourse.economy.economy import Economy
from newcourse.errors import BadInput, Fault
from newcourse.plan.goal import need_groups
from newcourse.plan.market.demand import LinearExpenditure
from newcourse.plan.market.market import SPENDING, Household, Market
from newcourse.plan.market.producers import SECTORS, Stated, Supply
from newcourse.plan.plan import Plan
from newcourse.plan.sentences import number

PLANNED: Final = SECTORS[0]

ELASTICITIES: Final = {
    "co-operative": Stated(0.3, "assumed"),
    "private": Stated(0.5, "assumed"),
}
"""Answer of producers to what is left over, where nothing better is known."""

MIDDLE: Final = Stated(-2.0, "literature", "R. Frisch, Econometrica 27 (1959): about -2 for a middle income")

SMALLEST: Final = 1e-9
"""Part of all that is bought below which a good is left out of a market."""


@dataclass(frozen=True)
class Incomes:
    """A group of households by income.

    Parameters
    ----------
    name
        Code of the group.
    spending
        Part of the spending of its place that is this group's.
    members
        Part of the place's households.
    frisch
        Frisch's parameter: minus income over what is left after committed quantities.
    """

    name: str
    spending: float
    members: float
    frisch: Stated = MIDDLE


@dataclass(frozen=True)
class Served:
    """Which part of an economy is a market, and how it answers.

    Parameters
    ----------
    groups
        Groups of needs that households meet by buying; other needs the plan delivers.
    incomes
        Groups of households by income, at every place alike.
    income_elasticities
        Of each group of needs; 1 where nothing is said.
    elasticities
        Of producers by process or sector.
    """

    groups: tuple[str, ...]
    incomes: tuple[Incomes, ...] = (Incomes("households", 1.0, 1.0),)
    income_elasticities: Mapping[str, float] = field(default_factory=dict)
    elasticities: Mapping[str, Stated] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "groups", tuple(self.groups))
        parts = [(group.spending, group.members) for group in self.incomes]
        spending, members = (sum(column) for column in zip(*parts, strict=True)) if parts else (0.0, 0.0)
        if abs(spending - 1) > 1e-9 or abs(members - 1) > 1e-9 or min(map(min, parts), default=0.0) <= 0:
            found = f"parts of spending that add up to {spending:g}, of members to {members:g}"
            raise BadInput(Fault("incomes", "groups by income", found, "positive parts that add up to 1", "correct it"))


def good_code(place: str, product: str) -> str:
    """Return the name of a good in a market.

    >>> good_code("SE", "A")
    'A@SE'
    """
    return f"{product}@{place}"


def market_processes(economy: Economy) -> np.ndarray:
    """Return which processes answer prices: those that are private or co-operative.

    Raises
    ------
    BadInput
        With every process whose sector is none of the three words.
    """
    processes = economy["processes"]
    wrong = processes.loc[~processes["sector"].isin(SECTORS)]
    if len(wrong):
        raise BadInput(
            Fault("sector", f"processes, {row.process}", repr(row.sector), f"one of {', '.join(SECTORS)}", "correct it")
            for row in wrong.itertuples()
        )
    return (processes["sector"] != PLANNED).to_numpy()


def market_beside(plan: Plan, served: Served) -> Market:
    """Return the market part that agrees with the first period of a plan at base-year prices.

    Of goods that no household buys the plan sells whatever is asked for at its own price.

    Parameters
    ----------
    plan
        Delivers what households buy, and counts on what private and co-operative producers make.
    served
        Which needs are met by buying, and how households and producers answer.

    Raises
    ------
    BadInput
        If a group of needs is unknown or nothing of it is delivered, a sector is none of the three words, or a
        producer would lose on every unit at base-year prices.
    """
    economy = plan.economy
    own = market_processes(economy)
    bought = _bought(plan, served)
    net = _net_outputs(economy)
    activity = plan.activity_in(plan.periods[0])
    traded = _traded(economy, bought, net, own & (activity > 0))
    prices = _prices(economy, traded)
    runs = np.flatnonzero(own & (activity > 0))
    households = _households(served, bought, traded, prices)
    producers = tuple(_producer(economy, served, int(row), float(activity[row]), households) for row in runs)
    basket = bought.groupby(["place", "product"])["quantity"].sum().reindex(traded, fill_value=0.0).to_numpy()
    planned = basket - net.loc[traded].to_numpy()[:, runs] @ activity[runs]
    codes = [good_code(*good) for good in traded]
    return Market(
        tuple(codes),
        prices,
        basket,
        tuple(household for household, _ in households.values()),
        producers,
        planned=dict(zip(codes, map(float, planned), strict=True)),
        stocks={code: np.inf for code, amount in zip(codes, basket, strict=True) if amount == 0},
        returned=_returned(households, producers, dict(zip(codes, map(float, prices), strict=True))),
        anchor=SPENDING,
        anchor_value=float(basket @ prices),
    )


def planned_sales(plan: Plan, market: Market, served: Served) -> dict[str, float]:
    """Return what a plan sells to the market part net of what it counts on from it, by good.

    It is what the plan delivers to the served needs, less what private and co-operative producers make and plus what
    they use, all as in this plan.
    """
    economy = plan.economy
    own = market_processes(economy)
    activity = np.where(own, plan.activity_in(plan.periods[0]), 0.0)
    made = pd.Series(_net_outputs(economy).to_numpy() @ activity, index=economy.goods)
    bought = _bought(plan, served).groupby(["place", "product"])["quantity"].sum()
    known = {good_code(*good): good for good in economy.goods}
    return {code: float(bought.get(known[code], 0.0) - made.get(known[code], 0.0)) for code in market.products}


def _bought(plan: Plan, served: Served) -> pd.DataFrame:
    """Return what households buy: need group, place, product, quantity in the first period."""
    needs = plan.economy["needs"].assign(group=need_groups(plan.economy))
    known = list(dict.fromkeys(needs["group"]))
    faults = [
        Fault("group-unknown", f"served, {group}", repr(group), f"one of {', '.join(known)}", "correct the group")
        for group in served.groups
        if group not in known
    ]
    if faults or not served.groups:
        raise BadInput(faults or [Fault("served", "market", "no group of needs", "one of the groups", "name one")])
    deliveries = plan["deliveries"]
    delivered = deliveries[deliveries["period"] == plan.periods[0]].set_index("need")["quantity"]
    chosen = needs[needs["group"].isin(served.groups)]
    table = chosen[["group", "place", "product"]].assign(quantity=chosen["need"].map(delivered).to_numpy())
    table = table[table["quantity"] > SMALLEST * max(float(table["quantity"].sum()), 1e-300)]
    if table.empty:
        raise BadInput(
            Fault("served", "market", "nothing delivered to these needs", "something to buy", "serve other groups")
        )
    return table


def _net_outputs(economy: Economy) -> pd.DataFrame:
    net = (economy.outputs - economy.inputs).toarray()
    return pd.DataFrame(net, index=economy.goods, columns=economy.process_index)


def _traded(economy: Economy, bought: pd.DataFrame, net: pd.DataFrame, runs: np.ndarray) -> list[tuple[str, str]]:
    """Return the goods of the market: what households buy, and what its producers make and use, in order of goods."""
    wanted = set(zip(bought["place"], bought["product"], strict=True))
    used = (net.to_numpy()[:, runs] != 0).any(axis=1)
    return [good for good, by_maker in zip(economy.goods, used, strict=True) if by_maker or good in wanted]


def _prices(economy: Economy, traded: Collection[tuple[str, str]]) -> np.ndarray:
    price = economy.prices
    return np.array([float(price[product]) for _, product in traded])


def _households(
    served: Served, bought: pd.DataFrame, traded: list[tuple[str, str]], prices: np.ndarray
) -> dict[str, tuple[Household, float]]:
    """Return each group with what it spends at base-year prices."""
    priced = dict(zip(traded, prices, strict=True))
    found = {}
    for place, rows in bought.groupby("place", sort=False):
        quantities = rows.groupby("product", sort=False)["quantity"].sum()
        group_of = dict(zip(rows["product"], rows["group"], strict=True))
        codes = [good_code(str(place), product) for product in quantities.index]
        answers = [served.income_elasticities.get(group_of[product], 1.0) for product in quantities.index]
        at = np.array([priced[str(place), product] for product in quantities.index])
        for incomes in served.incomes:
            own = incomes.spending * quantities.to_numpy()
            demand = LinearExpenditure.fitted(codes, own, at, answers, incomes.frisch.value)
            name = good_code(str(place), incomes.name)
            found[name] = (Household(name, demand, incomes.members), float(own @ at))
    return found


def _producer(
    economy: Economy, served: Served, row: int, activity: float, households: Mapping[str, tuple[Household, float]]
) -> Supply:
    """Return a producer; what is left over goes to the households of its place, or of all, as they spend."""
    process = economy["processes"].iloc[row]
    goods = [good_code(*good) for good in economy.goods]
    recipes = []
    for matrix in (economy.outputs, economy.inputs):
        values = matrix[:, [row]].toarray().ravel()
        recipes.append({goods[place]: float(values[place]) for place in np.flatnonzero(values)})
    sector = str(process["sector"])
    elasticity = served.elasticities.get(process["process"], served.elasticities.get(sector, ELASTICITIES[sector]))
    near = {name: spent for name, (_, spent) in households.items() if name.endswith(f"@{process['place']}")}
    near = near or {name: spent for name, (_, spent) in households.items()}
    owners = {name: spent / sum(near.values()) for name, spent in near.items()}
    return Supply(process["process"], sector, activity, recipes[0], recipes[1], owners, elasticity)


def _returned(
    households: Mapping[str, tuple[Household, float]], producers: tuple[Supply, ...], prices: Mapping[str, float]
) -> dict[str, float]:
    """Return the parts in which the common budget pays households, so that each has just what it spends.

    Raises
    ------
    BadInput
        If a group would earn more from its own producers than it spends.
    """
    rest = {
        name: spent - sum(maker.base * maker.owners.get(name, 0.0) * maker.left_over(prices) for maker in producers)
        for name, (_, spent) in households.items()
    }
    total = sum(rest.values())
    faults = [
        Fault(
            "own-income",
            f"group {name}",
            f"{number(-amount)} more earned from own producers than spent",
            "at most what it spends",
            "let more needs be met by buying, or fewer processes be private",
        )
        for name, amount in rest.items()
        if amount < 0 or total <= 0
    ]
    if faults:
        raise BadInput(faults)
    return {name: amount / total for name, amount in rest.items()}
