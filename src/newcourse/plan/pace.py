"""The pace of accumulation: what consumption today and consumption later can be had together (design §6.4).

Consumption is what is delivered to all needs but those of the group ``Investment``, at base-year prices. *Today* are
the first periods of the horizon, *later* the last ones. The minima of the worst-off places come first, as in every
plan; then for several levels of consumption today the most that can be consumed later is found (the ε-constraint
method; Y. Y. Haimes, L. S. Lasdon and D. A. Wismer, *IEEE Trans. Systems, Man, and Cybernetics* 1 (1971) 296-297).
The two ends are exact: the most today, and with it the most later; the most later, and with it the most today (payoff
table by rank). Between them later consumption falls strictly as today's rises, so every point is efficient. At each
point the voted needs are served as well as the point allows, with least effort: an ordinary plan with certificates.
"""

from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
import pandas as pd
import scipy.sparse as sp

from newcourse.errors import BadInput, Fault
from newcourse.plan.choosing import model_of
from newcourse.plan.goal import TIERS, need_prices
from newcourse.plan.investing import is_investment_need
from newcourse.plan.model import Model
from newcourse.plan.pace_point import PacePoint, pace_point
from newcourse.plan.plan import Plan, plan_of
from newcourse.plan.planner import OnProgress, goal_stages, silent, solve_stages
from newcourse.plan.stage import Stage
from newcourse.solver.door import solve
from newcourse.solver.problem import Block, LinearProblem

ROOM: Final = 1e-7
"""Part of a consumption that later stages may give up: room for rounding."""

SAME: Final = 1e-6
"""Ends nearer to each other than this part are one point: there is nothing to choose."""


@dataclass(frozen=True, eq=False)
class PaceFrontier:
    """What consumption today and later can be had together.

    Parameters
    ----------
    points
        Efficient points, from the most consumption today to the most later.
    planned
        Where the plan stands that it was asked for.
    span
        How many periods at each end of the horizon are today and later.
    currency
        Unit of consumption.
    """

    points: tuple[PacePoint, ...]
    planned: PacePoint
    span: int
    currency: str

    def words(self) -> str:
        """Say what the whole way from one end to the other takes and brings."""
        first, last = self.points[0], self.points[-1]
        if len(self.points) == 1:
            return f"There is nothing to choose: most today and most later go together. {first.words()}"
        taken, gained = first.today - last.today, last.later - first.later
        return (
            f"Investing {last.pace:.1%} instead of {first.pace:.1%} {first.today_words()} takes "
            f"{taken / first.today:.1%} of consumption then and adds {gained / first.later:.1%} to consumption "
            f"{first.later_words()}."
        )

    def as_data(self) -> dict[str, Any]:
        """Return the frontier as plain data, without the plans themselves."""
        return {
            "span": self.span,
            "currency": self.currency,
            "points": [point.as_data() for point in self.points],
            "planned": self.planned.as_data(),
            "words": self.words(),
        }


def pace_frontier(
    plan: Plan, points: int = 5, *, span: int | None = None, on_progress: OnProgress | None = None
) -> PaceFrontier:
    """Return efficient points between consumption today and consumption later.

    Parameters
    ----------
    plan
        Whose economy, goal (but for its pace), limits and choice of projects are kept.
    points
        How many points, at least 2.
    span
        How many periods are today, and how many later; half of the horizon if left out.
    on_progress
        Told what is done, and which part of the way it stands at.

    Raises
    ------
    BadInput
        If the horizon is too short for the span, or fewer than two points are asked for.
    Contradiction, NotCertified
        As :func:`newcourse.plan.planner.make_plan`.
    """
    tell = on_progress or silent
    span = max(1, plan.limits.periods // 2) if span is None else span
    _require(plan, points, span)
    tell("minima", 0.0)
    model = model_of(replace(plan, goal=replace(plan.goal, pace=None)))
    kept = goal_stages(model)[-1].solution.problem
    horizon = plan.limits.periods
    today, later = _consumption(model, range(span)), _consumption(model, range(horizon - span, horizon))
    levels = _levels(kept, today, later, points)
    found = []
    for number, level in enumerate(levels):
        tell(f"point {number + 1} of {len(levels)}", 0.1 + 0.9 * number / len(levels))
        found.append(_point(model, kept, today, later, level, span))
    return PaceFrontier(tuple(found), pace_point(plan, span, None), span, plan.economy.about.currency)


def _require(plan: Plan, points: int, span: int) -> None:
    faults = []
    if not 1 <= span <= plan.limits.periods // 2:
        found = f"{span} periods at each end of {plan.limits.periods}"
        expected = "at least 1 period at each end, and no period at both"
        faults.append(Fault("pace-span", "pace", found, expected, "plan at least 2 periods, or take a shorter span"))
    if points < 2:
        faults.append(Fault("pace-points", "pace", f"{points} points", "at least 2", "ask for more points"))
    if faults:
        raise BadInput(faults)


def _consumption(model: Model, periods: range) -> np.ndarray:
    """Return the cost vector whose value is consumption in these periods, counted from 0."""
    economy = model.economy
    price = np.where(is_investment_need(economy), 0.0, need_prices(economy))
    cost = np.zeros(model.problem.shape[1])
    part = cost[model.columns("delivery")].reshape(model.limits.periods, -1)
    part[list(periods)] = np.repeat(price, len(TIERS))
    cost[model.columns("delivery")] = part.ravel()
    return cost


def _levels(kept: LinearProblem, today: np.ndarray, later: np.ndarray, points: int) -> list[float]:
    """Return levels of consumption today from the most that is possible to what goes with the most later."""
    most = _most(kept, today)
    latest = _most(kept, later)
    least = _most(_at_least(kept, "later", later, latest), today)
    if most - least <= SAME * max(most, 1e-12):
        return [most]
    return [float(level) for level in np.linspace(most, least, points)]


def _most(problem: LinearProblem, cost: np.ndarray) -> float:
    return solve(problem.with_cost(cost, "max")).require_certified().certificate.objective


def _at_least(problem: LinearProblem, name: str, cost: np.ndarray, reached: float) -> LinearProblem:
    """Return the problem with a row that keeps a consumption."""
    rows = problem.shape[0]
    block = Block(f"consumption {name}", rows, rows + 1, pd.Index([name]))
    return problem.with_rows(block, sp.csr_array(cost[None, :]), reached - ROOM * abs(reached), np.inf)


def _point(
    model: Model, kept: LinearProblem, today: np.ndarray, later: np.ndarray, level: float, span: int
) -> PacePoint:
    """Return the plan with the most consumption later of all with this consumption today."""
    held = _at_least(kept, "today", today, level)
    best = solve(held.with_cost(later, "max")).require_certified()
    problem = _at_least(model.problem, "today", today, level)
    problem = _at_least(problem, "later", later, best.certificate.objective)
    at_point = replace(model, problem=problem)
    stages = (Stage("consumption later", best), *solve_stages(at_point))
    price = -float(best.valuations("consumption today").iloc[0])
    return pace_point(plan_of(at_point, stages), span, price)
