"""Levers side by side: what each way of steering brings in a worked case (design §6.2)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from newcourse.plan.market.case import Case, Option, Reading
from newcourse.plan.market.equilibrium import Equilibrium
from newcourse.plan.market.levers import Levers
from newcourse.plan.market.path import Path, lead
from newcourse.plan.market.producers import Supply
from newcourse.plan.market.series import fisher, laspeyres, scissors, trade_balance


@dataclass(frozen=True)
class Period:
    """What one period of an option brings.

    Parameters
    ----------
    period
        Its name.
    scissors
        Industrial over agricultural prices, the base year being 1.
    industrial_price, agricultural_price
        Price index of each, the base year being 1.
    prices
        Fisher's index of what households buy, the base year being 1.
    industrial, agricultural
        Output, the base year being 1.
    marketed
        Part of agricultural output that leaves the village.
    village
        Industrial goods that reach the village, the base year being 1.
    unsold
        Part of industrial output that nobody buys.
    balance
        What exports bring beyond what imports cost, in foreign money.
    taxes
        Part of its income that each group pays.
    real
        What each group can buy, the base year being 1: spending in base-year goods.
    capacity
        Industrial capacity at the end of the period, its beginning in the first period being 1.
    certified
        What the certificate says.
    """

    period: str
    scissors: float
    industrial_price: float
    agricultural_price: float
    prices: float
    industrial: float
    agricultural: float
    marketed: float
    village: float
    unsold: float
    balance: float
    taxes: Mapping[str, float]
    real: Mapping[str, float]
    capacity: float
    certified: str


@dataclass(frozen=True)
class Result:
    """An option and what it brings, period by period."""

    name: str
    title: str
    periods: tuple[Period, ...]

    @property
    def first(self) -> Period:
        """The first period."""
        return self.periods[0]


@dataclass(frozen=True)
class Compared:
    """All options of one reading side by side."""

    reading: Reading
    results: tuple[Result, ...]

    def words(self) -> tuple[str, ...]:
        """Return one sentence for each option beside the first, made from its numbers."""
        first, *others = self.results
        return tuple(_sentence(first, other) for other in others)


def compare_options(case: Case, reading: Reading, on_progress: Callable[[str, float], None] | None = None) -> Compared:
    """Return what every option of a reading brings.

    Parameters
    ----------
    case, reading
        The worked case and one understanding of it.
    on_progress
        Told each option as it begins, and which part of the way that is.

    Raises
    ------
    Contradiction, NotCertified
        If an option has no consistent state; the period and the product are named.
    """
    results = []
    for step, option in enumerate(reading.options):
        if on_progress:
            on_progress(option.title, step / len(reading.options))
        results.append(_result(case, reading, option))
    return Compared(reading, tuple(results))


@dataclass(frozen=True)
class Checked:
    """A published figure beside the model's own."""

    what: str
    published: float
    model: float
    label: str
    source: str


def beside_published(case: Case, compared: Compared) -> tuple[Checked, ...]:
    """Return every published figure beside what the first option of a reading gives, where the reading has it."""
    base = _result(case, compared.reading, Option("base", "base year", (Levers(),)), base=True).first
    periods = {"base": base, **{period.period: period for period in compared.results[0].periods}}
    known = {named.name: named for named in case.numbers}
    return tuple(
        Checked(
            str(row["what"]),
            case.number(row["number"]),
            float(getattr(periods[row["period"]], row["measure"])),
            known[row["number"]].stated.label,
            known[row["number"]].stated.source,
        )
        for row in case.published
        if row["period"] in periods
    )


def _result(case: Case, reading: Reading, option: Option, *, base: bool = False) -> Result:
    market = reading.market
    if base:
        market = replace(market, anchor_value=market.base_level)
    path = lead(market, case.periods[: len(option.levers)], option.levers, reading.growth)
    return Result(option.name, option.title, tuple(_period(case, path, t) for t in range(len(path.periods))))


def _period(case: Case, path: Path, t: int) -> Period:
    state = path.states[t]
    market, flows = state.market, state.flows
    industrial = [market.position[product] for product in case.industrial]
    agricultural = [market.position[product] for product in case.agricultural]
    village = _village(case, state)
    bought = np.asarray(flows.bought.sum(axis=0))
    held_back = float(flows.bought[np.ix_(village, agricultural)].sum())
    farm_made = float(_gross_output(state, agricultural))
    unsold = sum(max(-state.buffer.get(product, 0.0), 0.0) for product in case.industrial)
    names = [household.name for household in market.households]
    imports = np.array([state.levers.imports.get(product, 0.0) for product in market.products])
    world = np.array([market.world_prices.get(product, 0.0) for product in market.products])
    later = path.capacity[t + 1] if t + 1 < len(path.capacity) else path.after
    return Period(
        path.periods[t],
        scissors(state.prices, market.base_prices, industrial, agricultural, market.basket),
        laspeyres(state.prices[industrial], market.base_prices[industrial], market.basket[industrial]),
        laspeyres(state.prices[agricultural], market.base_prices[agricultural], market.basket[agricultural]),
        fisher(state.prices, market.base_prices, bought, market.basket),
        _gross_output(state, industrial) / _base_output(state, industrial),
        farm_made / _base_output(state, agricultural),
        1 - held_back / farm_made,
        _to_village(state, village, industrial) / _base_to_village(state, village, industrial),
        unsold / _gross_output(state, industrial),
        trade_balance(imports, flows.exports, world),
        {name: float(flows.tax[row] / flows.gross[row]) if flows.gross[row] else 0.0 for row, name in enumerate(names)},
        {name: _real(state, row) for row, name in enumerate(names)},
        float(np.mean(list(later.values()))) if later else 1.0,
        state.certificate.words(),
    )


def _village(case: Case, state: Equilibrium) -> list[int]:
    """Return the groups that own what makes agricultural products."""
    makers = [m for m in state.market.producers if isinstance(m, Supply) and set(m.outputs) & set(case.agricultural)]
    owners = {owner for maker in makers for owner, part in maker.owners.items() if part > 0}
    return [row for row, household in enumerate(state.market.households) if household.name in owners]


def _gross_output(state: Equilibrium, products: list[int]) -> float:
    names = [state.market.products[place] for place in products]
    return sum(
        float(run) * maker.outputs.get(name, 0.0)
        for maker, run in zip(state.market.producers, state.flows.activity, strict=True)
        if isinstance(maker, Supply)
        for name in names
    )


def _base_output(state: Equilibrium, products: list[int]) -> float:
    names = [state.market.products[place] for place in products]
    makers = [maker for maker in state.market.producers if isinstance(maker, Supply)]
    return sum(maker.base * maker.outputs.get(name, 0.0) for maker in makers for name in names)


def _to_village(state: Equilibrium, village: list[int], industrial: list[int]) -> float:
    groups = {state.market.households[row].name for row in village}
    tools = [
        -float(state.flows.made[row, industrial].sum())
        for row, maker in enumerate(state.market.producers)
        if isinstance(maker, Supply) and set(maker.owners) <= groups
    ]
    return float(state.flows.bought[np.ix_(village, industrial)].sum()) + sum(tools)


def _base_to_village(state: Equilibrium, village: list[int], industrial: list[int]) -> float:
    market = state.market
    groups = {market.households[row].name for row in village}
    names = [market.products[place] for place in industrial]
    total = 0.0
    for maker in market.producers:
        if isinstance(maker, Supply) and set(maker.owners) <= groups:
            total += maker.base * sum(maker.inputs.get(name, 0.0) for name in names)
    base = market.by_product(market.base_prices)
    for row in village:
        household = market.households[row]
        income = sum(
            maker.base * maker.owners.get(household.name, 0.0) * maker.left_over(base)
            for maker in market.producers
            if isinstance(maker, Supply)
        )
        bought = household.demand.quantities(market.base_prices, income)
        total += sum(q for name, q in zip(household.demand.products, bought, strict=True) if name in names)
    return float(total)


def _real(state: Equilibrium, row: int) -> float:
    """Return Fisher's quantity index of what a group buys, the base year being 1."""
    market = state.market
    household = market.households[row]
    places = [market.position[product] for product in household.demand.products]
    base_prices, now = market.base_prices[places], state.prices[places]
    income = sum(
        maker.base * maker.owners.get(household.name, 0.0) * market.base_margins[maker.name]
        for maker in market.producers
        if isinstance(maker, Supply)
    )
    then, bought = household.demand.quantities(base_prices, income), state.flows.bought[row, places]
    return float(np.sqrt((base_prices @ bought) / (base_prices @ then) * (now @ bought) / (now @ then)))


def _sentence(first: Result, other: Result) -> str:
    was, now = first.first, other.first
    parts = [
        f"{other.title}: scissors {now.scissors:.2f} instead of {was.scissors:.2f}",
        f"{now.marketed:.1%} of farm output leaves the village instead of {was.marketed:.1%}",
        f"the village gets {now.village:.0%} of the base year's goods instead of {was.village:.0%}",
    ]
    if was.unsold or now.unsold:
        parts.append(f"{now.unsold:.0%} of goods stay unsold instead of {was.unsold:.0%}")
    if len(other.periods) > 1:
        parts.append(
            f"in {other.periods[-1].period} scissors {other.periods[-1].scissors:.2f} instead of "
            f"{first.periods[-1].scissors:.2f}"
        )
    return "; ".join(parts) + "."
