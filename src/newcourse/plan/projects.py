"""Why each project is taken up or left, in words (design §6.4, §6.5)."""

from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from newcourse.errors import Contradiction
from newcourse.plan.cost import Difference, compare
from newcourse.plan.model import Model, build_model
from newcourse.plan.names import Names
from newcourse.plan.plan import Plan
from newcourse.plan.planner import best_plan
from newcourse.plan.sentences import and_list, number


@dataclass(frozen=True)
class ProjectReason:
    """Why a project is begun or not: the plan beside the best plan of the opposite choice.

    Parameters
    ----------
    project, name
        Which project.
    begun
        Whether the plan begins it.
    period
        When; nothing where it is left.
    with_, without
        What the voted goal reaches with it and without it, in ``currency``; nothing where no plan can have it so.
    differences
        What the totals and groups of needs gain or give by beginning it.
    currency
        Unit of money.
    """

    project: str
    name: str
    begun: bool
    period: int | None
    with_: float | None
    without: float | None
    differences: tuple[Difference, ...]
    currency: str

    def words(self) -> str:
        """Say whether and when it is begun, and what it brings and takes beside the opposite choice."""
        if self.with_ is None:
            return f"{self.name} is not begun: no plan that begins it keeps every commitment."
        if self.without is None:
            return f"{self.name} is begun in {self.period}: no plan without it keeps every commitment."
        gain = number(abs(self.with_ - self.without))
        told = and_list([d.words() for d in self.differences if d.noticed][:4])
        effect = f" Beginning it changes over the whole horizon: {told}." if told else ""
        if self.begun:
            return f"{self.name} is begun in {self.period}: the voted goal gains {gain} {self.currency} by it.{effect}"
        return f"{self.name} is not begun: the voted goal would lose {gain} {self.currency} by it.{effect}"

    def as_data(self) -> dict[str, Any]:
        """Return the reason as plain data."""
        return {**asdict(self), "words": self.words()}


def explain_projects(plan: Plan) -> tuple[ProjectReason, ...]:
    """Return for every project why the plan begins it or leaves it: the best plan of the opposite choice beside it.

    Each takes a plan of its own. What the goal reaches is the certified optimum of the stage of needs; a choice that
    raises the minima of the worst-off places is preferred even where it serves the needs less.
    """
    chosen = plan["projects"][plan["projects"]["quantity"] > 0]
    when = dict(zip(chosen["project"], chosen["period"], strict=True))
    return tuple(_reason(plan, str(code), when.get(code)) for code in plan.economy["projects"]["project"])


def _reason(plan: Plan, project: str, period: int | None) -> ProjectReason:
    other = _planned_otherwise(plan, project, begun=period is None)
    with_, without = (plan, other) if period is not None else (other, plan)
    differences: tuple[Difference, ...] = ()
    if with_ is not None and without is not None:
        costing = compare(without, with_)
        differences = (*costing.totals, *costing.groups)
    return ProjectReason(
        project, Names(plan.economy).project(project), period is not None, None if period is None else int(period),
        None if with_ is None else with_.reached, None if without is None else without.reached,
        differences, plan.economy.about.currency,
    )  # fmt: skip


def _planned_otherwise(plan: Plan, project: str, *, begun: bool) -> Plan | None:
    """Return the best plan that begins a project, or that leaves it; nothing if no plan can."""
    model = _asking(build_model(plan.economy, plan.goal, plan.limits), project, begun=begun)
    try:
        return best_plan(model)
    except Contradiction:
        return None


def _asking(model: Model, project: str, *, begun: bool) -> Model:
    block = model.problem.row_block("projects")
    row = block.start + int(block.labels.get_indexer(pd.Index([project]))[0])
    lower, upper = np.array(model.problem.row_lower), np.array(model.problem.row_upper)
    lower[row], upper[row] = (1.0, 1.0) if begun else (0.0, 0.0)
    return replace(model, problem=model.problem.with_row_bounds(lower, upper))
