"""What a proposal would cost and bring, and whom, exactly: by planning again and comparing (design §6.5).

Two plans are always judged by one goal, that of the first: otherwise a proposal that asks for more, or weighs needs
differently, would seem to bring something merely by being asked. At once, from valuations:
:func:`newcourse.plan.cost_estimate.estimate`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

import numpy as np
import pandas as pd

from newcourse.economy.economy import Economy
from newcourse.plan.changes.change import Change
from newcourse.plan.changes.registry import apply_changes
from newcourse.plan.goal import SATISFACTION, Goal, neutral_weights, unit_worth
from newcourse.plan.layout import tier_sizes
from newcourse.plan.names import Names
from newcourse.plan.plan import Plan
from newcourse.plan.planner import make_plan
from newcourse.plan.sentences import and_list, change_in_percent, number

NOTICED: Final = 5e-5
"""A difference below this part of the quantity itself is not told."""


@dataclass(frozen=True)
class Difference:
    """What one measure is without and with a change.

    Parameters
    ----------
    what, unit
        The measure.
    before, after
        Quantities over the whole horizon.
    """

    what: str
    unit: str
    before: float
    after: float

    @property
    def difference(self) -> float:
        """After less before."""
        return self.after - self.before

    @property
    def noticed(self) -> bool:
        """Whether it is worth telling."""
        return abs(self.difference) > NOTICED * max(abs(self.before), abs(self.after), 1e-12)

    def words(self) -> str:
        """Say it in a phrase."""
        sign = "+" if self.difference > 0 else ""
        part = change_in_percent(self.before, self.after)
        return f"{self.what} {sign}{number(self.difference)} {self.unit}" + (f" ({part})" if part else "")

    def as_data(self) -> dict[str, Any]:
        """Return it as plain data."""
        return {**asdict(self), "difference": self.difference}


@dataclass(frozen=True)
class Costing:
    """What a change takes and brings.

    Parameters
    ----------
    changes
        The changes in words.
    totals
        Needs met, factors, emissions, trade.
    groups, places
        Value of needs met by group of needs and by place: who gains and who gives.
    satisfaction
        Change of the voted goal itself, in currency: negative where other needs give more than is gained. Both plans
        are judged by the goal, the weights and the targets of the first.
    currency
        Unit of money.
    same_goal
        Whether both plans have the same goal and are asked for the same.
    """

    changes: tuple[str, ...]
    totals: tuple[Difference, ...]
    groups: tuple[Difference, ...]
    places: tuple[Difference, ...]
    satisfaction: float
    currency: str
    same_goal: bool = True

    def words(self) -> str:
        """Say in two or three sentences what is changed, what it brings and what it takes."""
        up = [d.words() for d in self._largest(self.groups, gains=True)]
        down = [d.words() for d in self._largest(self.groups, gains=False)]
        totals = [d.words() for d in self.totals if d.noticed]
        text = f"{'; '.join(self.changes)}. " if self.changes else ""
        text += f"Gains: {and_list(up)}." if up else "No group of needs gains."
        text += f" Gives: {and_list(down)}." if down else " No group of needs gives."
        text += f" In all: {and_list(totals)}." if totals else " No total changes noticeably."
        return text if self.same_goal else f"{text} {self._judged()}"

    def _judged(self) -> str:
        """Say what the change is worth by the goal without it."""
        change = f"{'+' if self.satisfaction > 0 else ''}{number(self.satisfaction)} {self.currency}"
        return f"Judged by the weights and targets without the change, the plan with it satisfies needs by {change}."

    def _largest(self, differences: Sequence[Difference], *, gains: bool) -> list[Difference]:
        told = [d for d in differences if d.noticed and (d.difference > 0) == gains]
        return sorted(told, key=lambda d: -abs(d.difference))[:3]

    def to_data(self) -> dict[str, Any]:
        """Return the costing as plain data."""
        return {
            "changes": list(self.changes),
            "totals": [d.as_data() for d in self.totals],
            "groups": [d.as_data() for d in self.groups],
            "places": [d.as_data() for d in self.places],
            "satisfaction": self.satisfaction,
            "currency": self.currency,
            "same_goal": self.same_goal,
            "words": self.words(),
        }


def cost_changes(plan: Plan, changes: Sequence[Change]) -> Costing:
    """Return what changes would bring and take: the plan made again with them, beside the plan without.

    Raises
    ------
    BadInput
        If a change does not fit the economy.
    Contradiction
        If the commitments cannot hold together with the changes.
    """
    words = tuple(change.words(plan.economy) for change in changes)
    economy, goal = apply_changes(changes, plan.economy, plan.goal)
    return compare(plan, make_plan(economy, goal, plan.limits), words)


def compare(before: Plan, after: Plan, changes: tuple[str, ...] = ()) -> Costing:
    """Return what one plan brings and takes beside another, both judged by the goal of the first."""
    currency = before.economy.about.currency
    same = _same_goal(before, after)
    first, second = (
        plan.reached if same else satisfaction(plan, before.economy, before.goal) for plan in (before, after)
    )
    return Costing(
        changes=changes,
        totals=_differences(_totals(before), _totals(after)),
        groups=_by(before, after, "group", currency, {}),
        places=_by(before, after, "place", currency, Names(before.economy).places()),
        satisfaction=second - first,
        currency=currency,
        same_goal=same,
    )


def satisfaction(plan: Plan, economy: Economy, goal: Goal) -> float:
    """Return how far what a plan delivers satisfies the needs of an economy by a goal, in currency over the horizon.

    What is delivered to a need fills its tiers in order; what is beyond its target, or goes to needs that the economy
    does not have, counts nothing.
    """
    worth = unit_worth(economy, goal)[:, None] * np.asarray(SATISFACTION)
    delivered = plan["deliveries"].set_index(["period", "need"])["quantity"]
    total = 0.0
    for period, year in enumerate(plan.periods):
        sizes = tier_sizes(economy, period)
        amounts = delivered.reindex([(year, need) for need in economy["needs"]["need"]]).fillna(0.0).to_numpy()
        before = np.cumsum(sizes, axis=1) - sizes
        total += float((worth * np.clip(amounts[:, None] - before, 0.0, sizes)).sum())
    return total


def _same_goal(before: Plan, after: Plan) -> bool:
    """Return whether both plans are asked for the same."""
    asked = (before.economy["needs"], after.economy["needs"])
    weighed = [dict(plan.goal.weights) or neutral_weights(plan.economy) for plan in (before, after)]
    return weighed[0] == weighed[1] and asked[0].equals(asked[1])


def _totals(plan: Plan) -> Mapping[tuple[str, str], float]:
    table = plan.totals()
    sums = table.groupby(["measure", "unit"], sort=False)["quantity"].sum().reset_index()
    return {(str(m), str(u)): float(q) for m, u, q in sums.itertuples(index=False, name=None)}


def _by(before: Plan, after: Plan, by: str, currency: str, names: Mapping[str, str]) -> tuple[Difference, ...]:
    def sums(plan: Plan) -> pd.Series:
        return plan.fulfilment(by).groupby(by, sort=False)["delivered"].sum()

    first, second = sums(before), sums(after)
    labels = [*first.index, *(label for label in second.index if label not in first.index)]
    return tuple(
        Difference(names.get(label, label), currency, float(first.get(label, 0.0)), float(second.get(label, 0.0)))
        for label in labels
    )


def _differences(
    before: Mapping[tuple[str, str], float], after: Mapping[tuple[str, str], float]
) -> tuple[Difference, ...]:
    keys = [*before, *(key for key in after if key not in before)]
    return tuple(
        Difference(what, unit, before.get((what, unit), 0.0), after.get((what, unit), 0.0)) for what, unit in keys
    )
