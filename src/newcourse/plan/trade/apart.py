"""What is said of an economy with trade beside the same economy without (design §6.3)."""

from dataclasses import asdict, dataclass
from typing import Any

import pandas as pd

from newcourse.plan.cost import Costing
from newcourse.plan.plan import Plan
from newcourse.plan.sentences import and_list, change_in_percent, number, quantity
from newcourse.plan.trade.closing import SameNeeds


@dataclass(frozen=True)
class MissedMinimum:
    """A minimum that cannot be met.

    Parameters
    ----------
    need, name, place, period, unit
        Which need, in code and words.
    delivered, minimum
        Quantities in ``unit``.
    guaranteed
        Whether it was a hard commitment.
    """

    need: str
    name: str
    place: str
    period: int
    unit: str
    delivered: float
    minimum: float
    guaranteed: bool

    def words(self) -> str:
        """Say it in a phrase."""
        got = f"{self.delivered / self.minimum:.0%} of the minimum"
        return (
            f"{self.name} ({self.place}) in {self.period}: {got}{', which was guaranteed' if self.guaranteed else ''}"
        )


@dataclass(frozen=True, eq=False)
class Step:
    """The economy at one degree of openness.

    Parameters
    ----------
    openness
        Part of the open plan's trade that is allowed: 1 all, 0 none.
    plan
        Its certified plan.
    missed
        Minima that cannot be met.
    broken
        Why the guarantees cannot hold together, in words; empty where they can.
    """

    openness: float
    plan: Plan
    missed: tuple[MissedMinimum, ...]
    broken: tuple[str, ...] = ()

    @property
    def met(self) -> float:
        """Value of needs met over the horizon at base-year prices, in currency."""
        return float(self.plan.needs["delivered value"].sum())

    @property
    def worst(self) -> float:
        """The least part of a minimum that any need gets; 1 where all are met or there are none."""
        needs = self.plan.needs[self.plan.needs["minimum"] > 0]
        return min(1.0, float((needs["delivered"] / needs["minimum"]).min())) if len(needs) else 1.0


@dataclass(frozen=True, eq=False)
class Autarky:
    """An economy with trade beside the same economy without.

    Parameters
    ----------
    steps
        From open to closed; the first has all its trade, the last has least.
    costing
        What closing brings and takes: totals, groups of needs, places.
    same_needs
        By factor: what the needs that the closed economy meets take with trade and without.
    set_aside
        What is set aside in all plans so that they can be compared, in words.
    between_places
        Whether the routes between places are closed as well.
    """

    steps: tuple[Step, ...]
    costing: Costing
    same_needs: tuple[SameNeeds, ...]
    set_aside: tuple[str, ...]
    between_places: bool

    @property
    def open(self) -> Plan:
        """The plan with trade."""
        return self.steps[0].plan

    @property
    def closed(self) -> Plan:
        """The plan with the least trade."""
        return self.steps[-1].plan

    @property
    def lost(self) -> float:
        """Part of the value of needs met with trade that is lost without."""
        return 1 - self.steps[-1].met / self.steps[0].met if self.steps[0].met > 0 else 0.0

    def words(self) -> str:
        """Say in a few sentences what closing trade costs."""
        first, last, currency = self.steps[0], self.steps[-1], self.costing.currency
        how = "Without trade" if last.openness == 0 else f"With {last.openness:.0%} of its trade"
        text = (
            f"{how} the economy meets needs worth {number(last.met)} {currency} instead of {number(first.met)} "
            f"({change_in_percent(first.met, last.met) or '0%'})."
        )
        groups = sorted((d for d in self.costing.groups if d.noticed and d.difference < 0), key=lambda d: d.difference)
        text += f" Most is lost in {and_list([d.words() for d in groups[:3]])}." if groups else ""
        for same in self.same_needs:
            text += (
                f" The needs still met take at least {quantity(same.without, same.unit)} of {same.factor}; "
                f"with trade {quantity(same.with_trade, same.unit)} would do."
            )
        return f"{text} {self._minima()}{self._aside()}"

    def _minima(self) -> str:
        missed = self.steps[-1].missed
        if not missed:
            return "Every minimum can be met."
        told = "One minimum" if len(missed) == 1 else f"{len(missed)} minima"
        return f"{told} cannot be met: {and_list([m.words() for m in missed[:3]])}."

    def _aside(self) -> str:
        return f" Set aside in both plans: {and_list(self.set_aside)}." if self.set_aside else ""

    def path(self) -> pd.DataFrame:
        """Return the steps as a table: openness, needs met (currency), part lost, worst minimum, minima missed."""
        rows = [(s.openness, s.met, 1 - s.met / self.steps[0].met, s.worst, len(s.missed)) for s in self.steps]
        return pd.DataFrame(rows, columns=["openness", "met", "lost", "worst minimum", "minima missed"])

    def as_data(self) -> dict[str, Any]:
        """Return everything but the plans as plain data."""
        return {
            "steps": self.path().to_dict("records"),
            "lost": self.lost,
            "costing": self.costing.to_data(),
            "same_needs": [same.as_data() for same in self.same_needs],
            "missed_minima": [asdict(missed) for missed in self.steps[-1].missed],
            "broken_guarantees": list(self.steps[-1].broken),
            "set_aside": list(self.set_aside),
            "between_places": self.between_places,
            "words": self.words(),
        }
