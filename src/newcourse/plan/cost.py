"""What a proposal would cost and bring, and whom: at once from valuations, and exactly by planning again (design §6.5).

The estimate uses the valuations of the plan as it is: it holds while the same limits bind. The exact costing makes
the plan again with the change and compares.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

import pandas as pd

from newcourse.plan.changes.change import Change
from newcourse.plan.changes.registry import apply_changes
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
        Change of the voted goal itself, in currency: negative where other needs give more than is gained.
    currency
        Unit of money.
    """

    changes: tuple[str, ...]
    totals: tuple[Difference, ...]
    groups: tuple[Difference, ...]
    places: tuple[Difference, ...]
    satisfaction: float
    currency: str

    def words(self) -> str:
        """Say in two or three sentences what is changed, what it brings and what it takes."""
        up = [d.words() for d in self._largest(self.groups, gains=True)]
        down = [d.words() for d in self._largest(self.groups, gains=False)]
        totals = [d.words() for d in self.totals if d.noticed]
        text = f"{'; '.join(self.changes)}."
        text += f" Gains: {and_list(up)}." if up else " No group of needs gains."
        text += f" Gives: {and_list(down)}." if down else " No group of needs gives."
        return text + (f" In all: {and_list(totals)}." if totals else " No total changes noticeably.")

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
    """Return what one plan brings and takes beside another."""
    currency = before.economy.about.currency
    return Costing(
        changes=changes,
        totals=_differences(_totals(before), _totals(after)),
        groups=_by(before, after, "group", currency, {}),
        places=_by(before, after, "place", currency, Names(before.economy).places()),
        satisfaction=_satisfaction(after) - _satisfaction(before),
        currency=currency,
    )


def estimate(plan: Plan, changes: Sequence[Change]) -> float:
    """Return at once what changes of supplies and caps would bring to the goal, from the plan's valuations.

    In currency over the horizon. An upper bound on the gain, because the goal is concave: it holds exactly while the
    same limits bind. Changes of needs and techniques have to be costed exactly.
    """
    worth = 0.0
    met = plan["limits_met"]
    for change in changes:
        data = change.to_data()
        kind = {"supply": "factors", "cap": "emissions"}.get(change.kind)
        if kind is None:
            continue
        code = data["factor"] if kind == "factors" else data["emission"]
        rows = met[(met["kind"] == kind) & met["label"].str.startswith(f"{data['place']}/{code}/")]
        worth += float(((data["quantity"] - rows["limit"]) * rows["valuation"]).sum())
    return worth


def _satisfaction(plan: Plan) -> float:
    return float(next(p.certificate["objective"] for p in plan.proofs if p.stage == "needs"))


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
