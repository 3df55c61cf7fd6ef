"""A market part led through several periods, each in equilibrium; accumulation becomes capacity (design §6.2)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

import numpy as np

from newcourse.errors import BadInput, Fault, NewCourseError
from newcourse.plan.market.equilibrium import Equilibrium, find_equilibrium
from newcourse.plan.market.levers import Levers
from newcourse.plan.market.market import Market
from newcourse.plan.market.producers import Supply


@dataclass(frozen=True)
class Growth:
    """How what the plan takes for accumulation becomes capacity of a producer in the next period.

    Parameters
    ----------
    producer
        Whose capacity grows.
    product
        What is accumulated.
    capital
        Units of the product for one unit of activity.
    wear
        Part of capacity lost in a period.
    """

    producer: str
    product: str
    capital: float
    wear: float = 0.0

    def __post_init__(self) -> None:
        if not (self.capital > 0 and 0 <= self.wear < 1):
            found = f"capital {self.capital:g}, wear {self.wear:g}"
            raise BadInput(
                Fault("growth", f"growth of {self.producer}", found, "capital above 0, wear from 0 to 1", "correct it")
            )


@dataclass(frozen=True, eq=False)
class Path:
    """The states of a market part over periods.

    Parameters
    ----------
    periods
        Their names.
    states
        One equilibrium for each.
    capacity
        What the base activity of each growing producer was multiplied by in each period.
    after
        The same at the end of the last period.
    """

    periods: tuple[str, ...]
    states: tuple[Equilibrium, ...]
    capacity: tuple[Mapping[str, float], ...] = ()
    after: Mapping[str, float] = field(default_factory=dict)

    def series(self, measure: Callable[[Equilibrium], float]) -> np.ndarray:
        """Return a measure in each period, T numbers."""
        return np.array([measure(state) for state in self.states])


def lead(
    market: Market,
    periods: Sequence[str],
    levers: Sequence[Levers],
    growth: Sequence[Growth] = (),
    on_progress: Callable[[str, float], None] | None = None,
) -> Path:
    """Return the equilibria of several periods, one after the other.

    Parameters
    ----------
    market
        The market part of the base year.
    periods
        Names of the T periods.
    levers
        Settings of each period; their ``capacity`` comes on top of what was accumulated.
    growth
        What accumulation becomes.
    on_progress
        Told each period as it begins, and which part of the way that is.

    Raises
    ------
    BadInput, Contradiction, NotCertified
        As :func:`~newcourse.plan.market.equilibrium.find_equilibrium`, with the period named.
    """
    base = _bases(market, periods, levers, growth)
    capacity = {grown.producer: 1.0 for grown in growth}
    states, grown_to, start = [], [], None
    for number, (period, setting) in enumerate(zip(periods, levers, strict=True)):
        if on_progress:
            on_progress(period, number / len(periods))
        grown_to.append(MappingProxyType(dict(capacity)))
        whole = {**setting.capacity}
        for name, times in capacity.items():
            whole[name] = whole.get(name, 1.0) * times
        state = _found(period, market, _with_capacity(setting, whole), start)
        states.append(state)
        start = state.prices
        for rule in growth:
            added = setting.pace * market.purchases.get(rule.product, 0.0) + _invested(state, rule.product)
            new = added / rule.capital / (base[rule.producer] * setting.capacity.get(rule.producer, 1.0))
            capacity[rule.producer] = capacity[rule.producer] * (1 - rule.wear) + new
    return Path(tuple(periods), tuple(states), tuple(grown_to), MappingProxyType(dict(capacity)))


def _bases(
    market: Market, periods: Sequence[str], levers: Sequence[Levers], growth: Sequence[Growth]
) -> dict[str, float]:
    """Return the base activity of every producer that could grow; refuse what does not fit together."""
    if len(periods) != len(levers) or not periods:
        found = f"{len(periods)} periods and {len(levers)} settings"
        raise BadInput(Fault("length", "path", found, "a setting of the levers for each period", "give as many"))
    base = {maker.name: maker.base for maker in market.producers if isinstance(maker, Supply)}
    unknown = [grown.producer for grown in growth if not base.get(grown.producer)]
    if unknown:
        expected = f"a producer with a fixed recipe and a base: {', '.join(base)}"
        raise BadInput(Fault("growth", "growth", ", ".join(unknown), expected, "correct it"))
    return base


def _found(period: str, market: Market, levers: Levers, start: np.ndarray | None) -> Equilibrium:
    try:
        return find_equilibrium(market, levers, start=start)
    except NewCourseError as error:
        raise type(error)(
            Fault(f.code, f"{period}: {f.where}", f.found, f.expected, f.remedy) for f in error.faults
        ) from None


def _with_capacity(levers: Levers, capacity: Mapping[str, float]) -> Levers:
    return Levers.from_data({**levers.to_data(), "capacity": dict(capacity)})


def _invested(state: Equilibrium, product: str) -> float:
    return float(state.flows.invested[state.market.position[product]])
