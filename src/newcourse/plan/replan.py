"""Makes a plan again for the rest of its horizon, from what really happened, with few changed orders (design §4.8).

What is over stands as it was. The rest is the same planning problem as before, so without news the old plan is still
among the best and not one order is changed; save that a year that held a place's minima down no longer does so once it
is over, and the place may be given more of them in the years to come. With news the plan is chosen, among those that
serve the goal within a stated tolerance of the best, whose orders change least: the sum of all changes, each as a part
of the order's own size. A sum of that kind leaves most orders alone; weighing those less that change anyway, and
solving again, leaves still more alone (E. J. Candès, M. B. Wakin and S. P. Boyd, "Enhancing sparsity by reweighted l1
minimization", *Journal of Fourier Analysis and Applications* 14 (2008) 877-905). Every plan is certified to be within
the tolerance and nearest by its weights; that no other has fewer changed orders is not claimed.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
import pandas as pd

from newcourse.errors import BadInput, Fault
from newcourse.plan.changed_orders import Changed, changed_orders, order_table
from newcourse.plan.choosing import choose
from newcourse.plan.distance import Distance
from newcourse.plan.goal import TIERS
from newcourse.plan.happened import Happened
from newcourse.plan.nearest import OWN, own_parts
from newcourse.plan.plan import Plan, plan_of
from newcourse.plan.planner import KEPT, OnProgress, goal_stages, silent
from newcourse.plan.rest import Rest, rest_of
from newcourse.plan.stage import Stage
from newcourse.solver.door import solve
from newcourse.solver.lexicographic import Objective, keeping
from newcourse.solver.problem import LinearProblem, Vector
from newcourse.solver.solution import Solution, Stop

ROUNDING: Final = 1e-6
"""Part of the best that may always be given up: the accuracy of the certificates."""

FOLLOWS: Final = 1e-3
"""What a change of a column that is no order counts beside an order's."""

FADED: Final = 0.01
"""Part of an order's size whose change halves what the order counts in the next round."""


@dataclass(frozen=True, eq=False)
class Replanned:
    """A plan made again, and what that took.

    Parameters
    ----------
    plan
        The new plan: the years that are over as they were, the rest as it is to be.
    through
        Last year that is over.
    tolerance
        Part of the goal that could be given up for fewer changes.
    best, reached
        Worth of the needs met in the years to come, in currency: of the best plan, and of this one.
    changed
        Every order that changed, largest part first.
    orders
        How many orders there are in the years to come.
    kept
        Worth of the needs met in the years to come if no order changed; nothing where that is impossible.
    """

    plan: Plan
    through: int
    tolerance: float
    best: float
    reached: float
    changed: tuple[Changed, ...]
    orders: int
    kept: float | None

    @property
    def given_up(self) -> float:
        """Part of the best that is given up for fewer changes."""
        return _lost(self.best, self.reached)

    def words(self) -> str:
        """Say in two sentences how many orders change and what keeping all of them would cost."""
        head = (
            f"{len(self.changed)} of {self.orders} orders change; for that {self.given_up:.2%} of the goal is given up."
        )
        if self.kept is None:
            return f"{head} Not all orders could be kept: no plan with all of them does as well by the minima."
        return f"{head} Keeping every order would give up {_lost(self.best, self.kept):.2%}."

    def to_data(self) -> dict[str, Any]:
        """Return it as plain data, without the plan."""
        return {
            "through": self.through,
            "tolerance": self.tolerance,
            "best": self.best,
            "reached": self.reached,
            "given_up": self.given_up,
            "orders": self.orders,
            "changed": [change.to_data() for change in self.changed],
            "kept": self.kept,
            "certified": self.plan.certified,
            "words": self.words(),
        }


def replan(
    plan: Plan,
    happened: Happened,
    *,
    tolerance: float = 0.0,
    rounds: int = 3,
    time_limit: float | None = None,
    on_progress: OnProgress | None = None,
) -> Replanned:
    """Make a plan again for the rest of its horizon, with as few changed orders as a tolerance allows.

    Parameters
    ----------
    plan
        The adopted plan.
    happened
        How far it has been carried out, what came out otherwise, and what has changed for the years to come.
    tolerance
        Part of the best that may be given up of the worth of needs met. What is secured of the minima is never given
        up.
    rounds
        How often the least change is sought, each time weighing less what changed before; at least 1.
    time_limit
        Seconds for each solve.
    on_progress
        Told what is done, and which part of the way it stands at.

    Raises
    ------
    BadInput
        If what happened does not fit the plan, or the tolerance is no part.
    Contradiction, NotCertified
        As :func:`newcourse.plan.planner.make_plan`.
    """
    return _stable(plan, happened, (tolerance,), rounds, time_limit, on_progress or silent)[0]


def stability(
    plan: Plan,
    happened: Happened,
    tolerances: Sequence[float] = (0.0, 0.001, 0.01, 0.05),
    *,
    rounds: int = 3,
    time_limit: float | None = None,
    on_progress: OnProgress | None = None,
) -> pd.DataFrame:
    """Return what fewer changed orders cost: the price of stability.

    Returns
    -------
    DataFrame
        Columns tolerance, given_up (parts of the best), changed, orders (numbers of orders).
    """
    found = _stable(plan, happened, tuple(tolerances), rounds, time_limit, on_progress or silent)
    columns = ["tolerance", "given_up", "changed", "orders"]
    return pd.DataFrame([(r.tolerance, r.given_up, len(r.changed), r.orders) for r in found], columns=columns)


@dataclass(frozen=True, eq=False)
class _Best:
    """The best plans for the rest of a horizon: their stages, their worth, and the problem that keeps the minima."""

    rest: Rest
    stages: tuple[Stage, ...]
    problem: LinearProblem
    starts: Vector
    worth: float
    time_limit: float | None


def _stable(
    plan: Plan,
    happened: Happened,
    tolerances: tuple[float, ...],
    rounds: int,
    time_limit: float | None,
    tell: OnProgress,
) -> list[Replanned]:
    _require(tolerances, rounds)
    tell("the best plan from here", 0.1)
    best = _best(rest_of(plan, happened), time_limit)
    kept = _with_orders_kept(best)
    found: list[Replanned] = []
    for number, tolerance in enumerate(sorted(tolerances)):
        tell(f"few changes, {tolerance:.1%} given up", 0.4 + 0.6 * number / len(tolerances))
        changed, orders, made, reached = _fewest(best, tolerance, rounds, happened.through)
        one = Replanned(made, happened.through, tolerance, best.worth, reached, changed, orders, kept)
        if found and len(found[-1].changed) < len(changed):  # what a smaller tolerance allows, a larger one does
            one = replace(found[-1], tolerance=tolerance)
        found.append(one)
    return found


def _best(rest: Rest, time_limit: float | None) -> _Best:
    choice = choose(rest.model, lambda part: goal_stages(part, time_limit=time_limit), time_limit=time_limit)
    needs = choice.stages[-1].solution
    lower, upper = np.array(needs.problem.column_lower), np.array(needs.problem.column_upper)
    part = rest.model.columns("projects")
    starts = np.clip(needs.values("projects").to_numpy(), lower[part], upper[part])
    lower[part], upper[part] = rest.model.problem.column_lower[part], rest.model.problem.column_upper[part]
    problem = needs.problem.with_column_bounds(lower, upper)
    return _Best(rest, choice.stages, problem, starts, needs.certificate.objective, time_limit)


def _with_orders_kept(best: _Best) -> float | None:
    """Return the worth of the needs met with every order as it was, or nothing if no plan has all of them."""
    rest, problem = best.rest, best.problem
    room = KEPT * rest.sizes
    held = rest.ordered & np.isfinite(rest.reference)
    lower = np.where(held, np.maximum(problem.column_lower, rest.reference - room), problem.column_lower)
    upper = np.where(held, np.minimum(problem.column_upper, rest.reference + room), problem.column_upper)
    return None if (lower > upper).any() else _worth(best, problem.with_column_bounds(lower, upper))


def _worth(best: _Best, problem: LinearProblem) -> float | None:
    found = solve(problem, time_limit=best.time_limit)
    return found.certificate.objective if found.certified and found.stop is Stop.OPTIMAL else None


def _fewest(best: _Best, tolerance: float, rounds: int, through: int) -> tuple[tuple[Changed, ...], int, Plan, float]:
    """Return the changed orders, the number of all orders, the plan and its worth: of the round that changes fewest."""
    least = best.worth - max(tolerance, ROUNDING) * abs(best.worth)
    within = keeping(_with_projects(best, least), Objective("needs", best.problem.cost, "max"), least)
    weights = _weights(best.rest, within)
    found: list[tuple[tuple[Changed, ...], int, Plan, float]] = []
    fade = np.ones(len(weights))
    for _ in range(rounds):
        chosen = _nearest(best, within, weights * fade)
        x = np.asarray(chosen.primal)[: len(weights)]
        made = plan_of(best.rest.model, (*best.stages, Stage("few changes", chosen)))
        changed = changed_orders(best.rest.actual, made, through)
        orders = len(order_table(best.rest.actual, made, through))
        found.append((changed, orders, made, float(best.problem.cost @ x)))
        if not changed:
            break
        fade = FADED / (_moved(best.rest, x) + FADED)
    return min(found, key=lambda each: (len(each[0]), sum(abs(change.part) for change in each[0])))


def _with_projects(best: _Best, least: float) -> LinearProblem:
    """Return the problem with projects begun as they were to be, if that serves the goal enough, else as is best."""
    part = best.rest.model.columns("projects")
    lower, upper = np.array(best.problem.column_lower), np.array(best.problem.column_upper)
    wanted = best.rest.reference[part]
    if len(wanted) and ((wanted >= lower[part]) & (wanted <= upper[part])).all():
        lower[part] = upper[part] = wanted
        problem = best.problem.with_column_bounds(lower, upper)
        worth = _worth(best, problem)
        if worth is not None and worth >= least - KEPT * abs(best.worth):
            return problem
    lower[part] = upper[part] = best.starts
    return best.problem.with_column_bounds(lower, upper)


def _weights(rest: Rest, problem: LinearProblem) -> Vector:
    """Return what a unit of change of each column counts: one over its size, times the size in the middle."""
    middle = float(np.median(rest.sizes[rest.ordered])) if rest.ordered.any() else 1.0
    kinds = np.where(rest.ordered, 1.0, FOLLOWS)
    parts = own_parts(problem)
    tiers = parts[rest.model.columns("delivery")].reshape(-1, len(TIERS))
    tiers[:] = tiers[:, -1:] + OWN * tiers  # the tiers of a need are one order, and change together
    return np.asarray(kinds * (1 + OWN * parts) * middle / rest.sizes)


def _moved(rest: Rest, x: Vector) -> Vector:
    """Return how far each order moved, as a part of its size; the tiers of a need together."""
    moved = np.where(np.isfinite(rest.reference), np.abs(x - rest.reference), 0.0) / rest.sizes
    tiers = moved[rest.model.columns("delivery")].reshape(-1, len(TIERS))
    tiers[:] = tiers.sum(axis=1, keepdims=True)
    return np.asarray(moved)


def _nearest(best: _Best, within: LinearProblem, weights: Vector) -> Solution:
    known = (within.column_lower < within.column_upper) & np.isfinite(best.rest.reference)
    beside = np.flatnonzero(known)
    change = Distance(within, np.zeros(len(weights)), 0.0, beside, best.rest.reference[beside], weights[beside])
    return change.least(time_limit=best.time_limit).require_certified()


def _require(tolerances: Sequence[float], rounds: int) -> None:
    faults = [
        Fault("tolerance", "replan", f"{tolerance}", "a part from 0 to below 1", "correct the tolerance")
        for tolerance in tolerances
        if not 0 <= tolerance < 1
    ]
    if rounds < 1:
        faults.append(Fault("rounds", "replan", f"{rounds}", "at least 1", "correct the number of rounds"))
    if faults:
        raise BadInput(faults)


def _lost(best: float, reached: float) -> float:
    return max(0.0, (best - reached) / abs(best)) if best else 0.0
