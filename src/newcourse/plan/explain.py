"""Why a plan misses what it misses, in words (design §6.5).

For every shortfall: what one more unit would be worth, what it would take and what that is worth elsewhere, and the
cheapest way to relieve it. For every limit that is reached: what one more unit of it would bring.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, Final

import numpy as np

from newcourse.plan.embodied import Taken, taken_by_one_more
from newcourse.plan.goal import SATISFACTION, TIERS, unit_worth
from newcourse.plan.layout import tier_sizes
from newcourse.plan.names import Names
from newcourse.plan.plan import Plan
from newcourse.plan.ranges import Valued, by_limit, holds, ranges_if_certified, valued
from newcourse.plan.relief import Loosening, relief_for
from newcourse.plan.sentences import and_list, number

FULL: Final = 1e-6
"""A need that lacks less than this part of its target is met."""


@dataclass(frozen=True)
class Shortfall:
    """A need that the plan does not meet in full, and why.

    Parameters
    ----------
    need, name, place, period, unit
        Which need, in words and codes.
    delivered, minimum, target
        Quantities in ``unit``.
    worth
        What the next unit would be worth to the goal, in currency.
    cost
        What the next unit would take away from other needs, in currency (its valuation): more than ``worth``.
    currency
        Unit of both.
    takes
        What one more unit takes of each limit reached, along the sources the plan uses at the margin; their worths
        add up to ``cost``.
    relief
        The least loosening of limits (sum of parts) that lets the target be met with no other need served less;
        empty where it was not asked for.
    """

    need: str
    name: str
    place: str
    period: int
    unit: str
    delivered: float
    minimum: float
    target: float
    worth: float
    cost: float
    currency: str
    takes: tuple[Taken, ...]
    relief: tuple[Loosening, ...] = ()

    @property
    def missing(self) -> float:
        """What is lacking to the target, in ``unit``."""
        return self.target - self.delivered

    def words(self) -> str:
        """Say in a few sentences what is missing, why, and what would relieve it."""
        text = (
            f"{self.name} in {self.period}: {number(self.delivered)} of {number(self.target)} {self.unit} "
            f"({self.delivered / self.target:.1%}). One more {self.unit} would be worth {self.worth:.2f} "
            f"{self.currency} "
            f"to the goal, but takes {self.cost:.2f} away from other needs"
        )
        main = [taken.words() for taken in self.takes if taken.worth > 0.02 * self.cost][:3]
        text += f": {and_list(main)}." if main else "."
        if self.relief:
            text += f" Cheapest relief: {and_list([step.words() for step in self.relief[:3]])}."
        return text

    def as_data(self) -> dict[str, Any]:
        """Return the shortfall as plain data."""
        return {**asdict(self), "missing": self.missing, "words": self.words()}


@dataclass(frozen=True)
class Bottleneck:
    """A limit that the plan has reached.

    Parameters
    ----------
    words_
        The limit in words.
    kind, label, unit, period
        Which limit.
    limit
        Where it stands, in ``unit``.
    valuation
        What one more unit would bring to the goal, in ``currency``.
    currency
        Unit of money.
    less, more
        How far the limit may be tightened and loosened with the valuation held, in ``unit``; ``None`` where it was
        not asked for, or no certified corner tells.
    """

    words_: str
    kind: str
    label: str
    unit: str
    period: int
    limit: float
    valuation: float
    currency: str
    less: float | None = None
    more: float | None = None

    def words(self) -> str:
        """Say what is reached and what one more unit would bring, and how far this holds."""
        head = self.words_[:1].upper() + self.words_[1:]
        text = f"{head}: one more {self.unit} would bring needs worth {number(self.valuation)} {self.currency}"
        if self.less is None or self.more is None:
            return f"{text}."
        return f"{text}; {holds(self.less, self.more, self.unit)}."

    def as_data(self) -> dict[str, Any]:
        """Return the bottleneck as plain data."""
        data = asdict(self)
        data["what"] = data.pop("words_")
        return {**data, "words": self.words()}


@dataclass(frozen=True)
class Explanation:
    """Everything that can be said of why a plan is as it is.

    Parameters
    ----------
    shortfalls
        Largest missing value first.
    bottlenecks
        Dearest first.
    """

    shortfalls: tuple[Shortfall, ...]
    bottlenecks: tuple[Bottleneck, ...]

    def as_data(self) -> dict[str, Any]:
        """Return the explanation as plain data."""
        return {
            "shortfalls": [shortfall.as_data() for shortfall in self.shortfalls],
            "bottlenecks": [bottleneck.as_data() for bottleneck in self.bottlenecks],
        }


def explain(plan: Plan, *, reliefs: int = 5) -> Explanation:
    """Explain every shortfall and every bottleneck of a plan.

    The planning problem is solved again (it is the same problem, so it is the same answer) to have all valuations.

    Parameters
    ----------
    plan
        What to explain.
    reliefs
        For how many shortfalls, largest first, the cheapest relief is computed; each takes one more solve.
    """
    known = valued(plan)
    model, needs = known.model, known.needs
    found = _missed(plan)
    cost = -needs.valuations("balance")
    takes = taken_by_one_more(model, needs, [_good(row) for row in found])
    shortfalls = []
    for i, (row, taken) in enumerate(zip(found, takes, strict=True)):
        relief = relief_for(model, known.chosen, row["need"], int(row["period"])) if i < reliefs else ()
        shortfalls.append(_shortfall(plan, row, float(cost[_good(row)]), taken, relief))
    return Explanation(tuple(shortfalls), _ranged(plan, known))


def bottlenecks(plan: Plan) -> tuple[Bottleneck, ...]:
    """Return every limit reached, dearest first."""
    columns = ["words", "kind", "label", "unit", "period", "limit", "valuation"]
    rows = plan["limits_met"][columns].itertuples(index=False, name=None)
    currency = plan.economy.about.currency
    return tuple(Bottleneck(*row, currency) for row in rows)  # type: ignore[call-arg]


def _ranged(plan: Plan, known: Valued) -> tuple[Bottleneck, ...]:
    """Return every limit reached with how far its valuation holds."""
    found = by_limit(ranges_if_certified(known))
    limits = [(limit, found.get((limit.kind, limit.label))) for limit in bottlenecks(plan)]
    return tuple(replace(limit, less=of.less, more=of.more) if of else limit for limit, of in limits)


def _missed(plan: Plan) -> list[Mapping[str, Any]]:
    needs = plan.needs
    missing = needs["target"] - needs["delivered"]
    missed = needs[missing > FULL * needs["target"].clip(lower=1e-12)]
    order = (missing * needs["price"]).loc[missed.index].sort_values(ascending=False, kind="stable").index
    codes = list(plan.economy["needs"]["need"])
    worth = {year: dict(zip(codes, _next_worth(plan, t), strict=True)) for t, year in enumerate(plan.periods)}
    records = missed.loc[order].to_dict("records")
    return [
        {**{str(k): v for k, v in row.items()}, "worth_by_tier": worth[row["period"]][row["need"]]} for row in records
    ]


def _next_worth(plan: Plan, period: int) -> list[tuple[np.ndarray, float]]:
    ends = np.cumsum(tier_sizes(plan.economy, period), axis=1)
    return list(zip(ends, unit_worth(plan.economy, plan.goal), strict=True))


def _good(row: Mapping[str, Any]) -> tuple[str, str, int]:
    return row["place"], row["product"], int(row["period"])


def _shortfall(
    plan: Plan, row: Mapping[str, Any], cost: float, taken: tuple[Taken, ...], relief: tuple[Loosening, ...]
) -> Shortfall:
    names = Names(plan.economy)
    ends, worth = row["worth_by_tier"]
    tier = int(np.searchsorted(ends, row["delivered"] + FULL * row["target"], side="right"))
    return Shortfall(
        need=row["need"],
        name=row["name"],
        place=names.place(row["place"]),
        period=int(row["period"]),
        unit=row["unit"],
        delivered=float(row["delivered"]),
        minimum=float(row["minimum"]),
        target=float(row["target"]),
        worth=plan.limits.weight(plan.periods.index(int(row["period"])))
        * float(worth * SATISFACTION[min(tier, len(TIERS) - 1)]),
        cost=cost,
        currency=plan.economy.about.currency,
        takes=taken,
        relief=relief,
    )
