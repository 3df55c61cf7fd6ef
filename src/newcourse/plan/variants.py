"""Really different, efficient plans to choose between, each carried by proposals (design §4.4).

For each aim there is one variant: it takes up the proposals that serve the aim, and sets the aim as a limit while the
voted needs are served as well as that limit allows (the ε-constraint method; Y. Y. Haimes, L. S. Lasdon and
D. A. Wismer, *IEEE Trans. Systems, Man, and Cybernetics* 1 (1971) 296-297). So no variant can serve its needs better
without giving up its aim, and each is an ordinary plan of an economy with stated changes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from newcourse.economy.economy import Economy
from newcourse.errors import BadInput, Contradiction, Fault
from newcourse.plan.aims import AIMS, Aim
from newcourse.plan.changes.change import Change
from newcourse.plan.changes.registry import apply_changes, change_from_data
from newcourse.plan.cost import Costing, compare
from newcourse.plan.goal import Goal
from newcourse.plan.limits import Limits
from newcourse.plan.plan import Plan
from newcourse.plan.planner import OnProgress, make_plan, silent
from newcourse.plan.sentences import and_list

DIFFERENT: Final = 0.005
"""Two variants are really different if some total or group differs by at least this part."""

STEPS: Final = (1.0, 2.0, 3.0, 0.5, 0.25)
"""How far an aim is set, in its own steps, until it can be reached and the variant really differs from the others."""


@dataclass(frozen=True, eq=False)
class Variant:
    """One of several plans to vote on.

    Parameters
    ----------
    name, title
        Code and words of the aim.
    description
        Two sentences made from the numbers.
    proposals
        Codes of the proposals it carries out.
    changes
        All changes of the base economy it is made with: those of its proposals, then those its aim sets.
    plan
        The plan.
    """

    name: str
    title: str
    description: str
    proposals: tuple[str, ...]
    changes: tuple[Change, ...]
    plan: Plan

    def to_data(self) -> dict[str, Any]:
        """Return the variant as plain data."""
        return {
            "name": self.name,
            "title": self.title,
            "description": self.description,
            "proposals": list(self.proposals),
            "changes": [change.to_data() for change in self.changes],
            "plan": self.plan.to_data(),
        }

    @classmethod
    def from_data(cls, data: Mapping[str, Any], economy: Economy, goal: Goal) -> "Variant":
        """Make a variant of what :meth:`to_data` gave, the base economy and the goal it was made from."""
        changes = tuple(map(change_from_data, data["changes"]))
        changed, _ = apply_changes(changes, economy, goal)
        plan = Plan.from_data(data["plan"], changed)
        return cls(data["name"], data["title"], data["description"], tuple(data["proposals"]), changes, plan)


def make_variants(
    economy: Economy,
    goal: Goal,
    limits: Limits,
    proposals: Mapping[str, Sequence[Change]],
    count: int = 3,
    *,
    on_progress: OnProgress | None = None,
) -> tuple[Variant, ...]:
    """Make a small set of really different plans.

    Parameters
    ----------
    economy, goal, limits
        The base: what every variant changes, and the voted goal.
    proposals
        Changes by code of the proposal, best supported first: where two change the same thing, the first is taken.
    count
        How many variants.
    on_progress
        Told what is done, and which part of the way it stands at.

    Raises
    ------
    BadInput
        If there are fewer really different plans than asked for, or a proposal does not fit the economy.
    """
    tell = on_progress or silent
    tell("plan without proposals", 0.0)
    base = make_plan(economy, goal, limits)
    served = _served(base, proposals, tell)
    found: list[Variant] = []
    for aim in AIMS:
        if len(found) < count and aim.applies(economy):
            tell(f"variant: {aim.title(economy)}", 0.4 + 0.6 * len(found) / count)
            variant = _different(base, aim, proposals, served[aim.name], found)
            found += [variant] if variant else []
    if len(found) < count:
        raise BadInput(
            Fault(
                "variants-alike",
                "variants",
                f"{len(found)} really different plans",
                f"{count} of them",
                "file proposals that differ more, loosen the limits, or ask for fewer variants",
            )
        )
    return tuple(found)


def _served(base: Plan, proposals: Mapping[str, Sequence[Change]], tell: OnProgress) -> dict[str, list[str]]:
    """Return which proposals serve each aim, by what they do when the plan is made with them.

    A proposal that cannot hold together with the economy's limits serves none.
    """
    served: dict[str, list[str]] = {aim.name: [] for aim in AIMS}
    for i, (code, changes) in enumerate(proposals.items()):
        tell(f"proposal {code}", 0.4 * (i + 1) / (len(proposals) + 1))
        plan = _plan_with(base, changes)
        for aim in AIMS:
            if plan is not None and aim.served(base, plan, changes):
                served[aim.name].append(code)
    return served


def _plan_with(base: Plan, changes: Sequence[Change]) -> Plan | None:
    """Return the plan of the base economy with these changes, or nothing if commitments cannot hold together."""
    economy, goal = apply_changes(changes, base.economy, base.goal)
    try:
        return make_plan(economy, goal, base.limits)
    except Contradiction:
        return None


def _different(
    base: Plan, aim: Aim, proposals: Mapping[str, Sequence[Change]], carried: Sequence[str], others: Sequence[Variant]
) -> Variant | None:
    """Return the variant for an aim, set so that it really differs from the others, if any such plan is possible."""
    taken, with_proposals = _taken_up(base, proposals, carried)
    changes = tuple(change for code in taken for change in proposals[code])
    for step in STEPS:
        own = aim.changes(base, with_proposals, step)
        plan = _plan_with(base, (*changes, *own)) if own else with_proposals
        if plan is not None and all(distance(plan, other.plan) >= DIFFERENT for other in others):
            title = aim.title(base.economy)
            return Variant(aim.name, title, _describe(base, plan, taken), taken, (*changes, *own), plan)
    return None


def _taken_up(
    base: Plan, proposals: Mapping[str, Sequence[Change]], carried: Sequence[str]
) -> tuple[tuple[str, ...], Plan]:
    """Return as many of the proposals, first ones first, as can hold together, and the plan made with them."""
    taken = _compatible(proposals, carried)
    while taken:
        plan = _plan_with(base, [change for code in taken for change in proposals[code]])
        if plan is not None:
            return taken, plan
        taken = taken[:-1]
    return (), base


def distance(one: Plan, other: Plan) -> float:
    """Return the largest relative difference of two plans in any total or group of needs."""
    costing = compare(one, other)
    parts = [
        abs(d.difference) / max(abs(d.before), abs(d.after)) for d in (*costing.totals, *costing.groups) if d.noticed
    ]
    return max(parts, default=0.0)


def _compatible(proposals: Mapping[str, Sequence[Change]], carried: Sequence[str]) -> tuple[str, ...]:
    """Return those proposals of which no change touches what an earlier one changes."""
    touched: set[tuple[str, ...]] = set()
    taken: list[str] = []
    for code in carried:
        targets = {target_of(change) for change in proposals[code]}
        if not targets & touched:
            touched |= targets
            taken.append(code)
    return tuple(taken)


def target_of(change: Change) -> tuple[str, ...]:
    """Return what a change changes: two changes with the same target exclude each other."""
    data = change.to_data()
    keys = ("need", "place", "factor", "emission", "product", "group")
    named = data.get("process", {}).get("process", "") if change.kind == "technique" else ""
    return (change.kind, *(str(data[key]) for key in keys if key in data), str(named))


def _describe(base: Plan, plan: Plan, proposals: Sequence[str]) -> str:
    costing = compare(base, plan)
    carries = f"carries {and_list([f'proposal {p}' for p in proposals])}" if proposals else "carries no proposal"
    totals = [d.words() for d in costing.totals if d.noticed]
    first = f"This plan {carries}; against the plan without proposals: {and_list(totals) or 'the same totals'}."
    return f"{first} {who_gains(costing)}"


def who_gains(costing: Costing) -> str:
    """Say in a sentence which group of needs gains most and which gives most."""
    groups = sorted((d for d in costing.groups if d.noticed), key=lambda d: d.difference)
    if not groups:
        return "No group of needs is served noticeably more or less."
    most, least = groups[-1], groups[0]
    gain = f"gains most: {most.words()}" if most.difference > 0 else "no group gains"
    give = f"gives most: {least.words()}" if least.difference < 0 else "no group gives"
    return f"Among the groups of needs: {gain}; {give}."
