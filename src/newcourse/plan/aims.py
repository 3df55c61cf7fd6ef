"""What variants of a plan can be for: needs, shorter hours, fewer emissions, an even share (design §4.4, §6.1)."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import pandas as pd

from newcourse.economy.economy import Economy
from newcourse.economy.units import parse_unit
from newcourse.plan.changes.cap import CapChange
from newcourse.plan.changes.change import Change
from newcourse.plan.changes.floor import FloorChange
from newcourse.plan.changes.supply import SupplyChange
from newcourse.plan.goal import Goal
from newcourse.plan.model import build_model
from newcourse.plan.plan import Plan
from newcourse.plan.planner import goal_stages

STEP: Final = 0.03
"""Part by which a variant uses less of every factor, or emits less, than the plan with its proposals: one step."""

SERVED: Final = 1e-4
"""A proposal serves an aim if it betters the aim's measure by at least this part."""


@dataclass(frozen=True)
class Aim:
    """What a variant is for.

    Parameters
    ----------
    name
        Code.
    title
        Words, which may depend on the economy.
    applies
        Whether an economy has what the aim is about.
    served
        Whether changes serve the aim: base plan, plan with the changes, the changes.
    changes
        What sets the aim: base plan, plan with the proposals that serve it, how many steps.
    """

    name: str
    title: Callable[[Economy], str]
    applies: Callable[[Economy], bool]
    served: Callable[[Plan, Plan, Sequence[Change]], bool]
    changes: Callable[[Plan, Plan, float], tuple[Change, ...]]


def _needs_served(base: Plan, plan: Plan, changes: Sequence[Change]) -> bool:
    asked = {change.kind for change in changes} & {"need", "weight"}
    return bool(asked) or _value(plan) > _value(base) * (1 + SERVED)


def _value(plan: Plan) -> float:
    return float(plan.needs["delivered value"].sum())


def _nothing(base: Plan, plan: Plan, steps: float) -> tuple[Change, ...]:  # noqa: ARG001 (all aims answer alike)
    return ()


def _used(plan: Plan, kind: str) -> float:
    """Return the sum over factors (or emissions) and periods, each as a part of the base year's."""
    names = set(plan.economy[kind]["name"])
    totals = plan.totals()
    rows = totals[totals["measure"].isin(names) & (totals["base"] > 0)]
    return float((rows["quantity"] / rows["base"]).sum())


def _less(kind: str) -> Callable[[Plan, Plan, Sequence[Change]], bool]:
    def served(base: Plan, plan: Plan, changes: Sequence[Change]) -> bool:  # noqa: ARG001 (all aims answer alike)
        return _used(plan, kind) < _used(base, kind) * (1 - SERVED)

    return served


def _less_factors(base: Plan, plan: Plan, steps: float) -> tuple[Change, ...]:
    """Lower every supply to a part of the base plan's, where proposals have not lowered it by as much already."""
    old = base.economy["factor_supply"].set_index(["place", "factor"])["quantity"]
    supply = plan.economy["factor_supply"]
    return tuple(
        SupplyChange(place, factor, float(old[place, factor]) * (1 - STEP * steps))
        for place, factor, quantity in _keyed(supply, "factor")
        if quantity > old[place, factor] * (1 - STEP * steps)
    )


def _keyed(table: pd.DataFrame, kind: str) -> Iterator[tuple[str, str, float]]:
    return table[["place", kind, "quantity"]].itertuples(index=False, name=None)


def _less_emissions(base: Plan, plan: Plan, steps: float) -> tuple[Change, ...]:
    """Lower every cap to a part of the base plan's, where proposals have not lowered it by as much already."""
    old = base.economy["emission_caps"].set_index(["place", "emission"])["quantity"]
    caps = plan.economy["emission_caps"]
    return tuple(
        CapChange(place, emission, float(old[place, emission]) * (1 - STEP * steps))
        for place, emission, quantity in _keyed(caps, "emission")
        if quantity > old[place, emission] * (1 - STEP * steps)
    )


def even_part(plan: Plan) -> float:
    """Return the largest part of its target that every need of every place can have at the same time."""
    needs = plan.economy["needs"]
    asked = plan.economy.replace(needs=needs.assign(minimum=needs["target"]))
    first = goal_stages(build_model(asked, Goal(plan.goal.weights), plan.limits))[0]
    return float(first.solution.certificate.objective)


def _even(base: Plan, plan: Plan, steps: float) -> tuple[Change, ...]:  # noqa: ARG001 (all aims answer alike)
    """Put a floor under all needs: the part of the target that all can have, less one in a thousand per step."""
    return (FloorChange(round(even_part(plan) - 0.001 * steps, 6)),)


def _even_served(base: Plan, plan: Plan, changes: Sequence[Change]) -> bool:  # noqa: ARG001 (all aims answer alike)
    def worst(p: Plan) -> float:
        return float(p.fulfilment("need")["fulfilment"].min())

    return worst(plan) > worst(base) + SERVED


def _less_effort(economy: Economy) -> str:
    """Call it by what it means for people, where the factors are hours of work."""
    hours = parse_unit("hour").dimensionality
    worked = [parse_unit(unit).dimensionality == hours for unit in economy["factors"]["unit"]]
    return "Shorter hours" if worked and all(worked) else "Less effort"


def _called(title: str) -> Callable[[Economy], str]:
    def words(economy: Economy) -> str:  # noqa: ARG001 (all aims answer alike)
        return title

    return words


def _has(table: str, least: int) -> Callable[[Economy], bool]:
    def applies(economy: Economy) -> bool:
        return len(economy[table]) >= least

    return applies


AIMS: Final[tuple[Aim, ...]] = (
    Aim("needs", _called("Needs first"), _has("needs", 1), _needs_served, _nothing),
    Aim("effort", _less_effort, _has("factor_supply", 1), _less("factors"), _less_factors),
    Aim("emissions", _called("Cleaner"), _has("emission_caps", 1), _less("emissions"), _less_emissions),
    Aim("even", _called("An even share"), _has("needs", 2), _even_served, _even),
)
