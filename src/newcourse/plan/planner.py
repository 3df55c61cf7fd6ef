"""Makes a plan: minima of the worst-off first, then voted needs, then least effort, then least change (design §6.1).

Each stage is solved and certified by itself; a later stage keeps what the earlier reached. A time limit or numerical
trouble is never called optimal: it raises.
"""

from collections.abc import Callable
from typing import Final

import numpy as np

from newcourse.economy.economy import Economy
from newcourse.plan.choosing import choose
from newcourse.plan.contradiction import contradiction
from newcourse.plan.goal import Goal
from newcourse.plan.limits import Limits
from newcourse.plan.model import Model, build_model
from newcourse.plan.nearest import distance, reference_of
from newcourse.plan.plan import Plan, plan_of
from newcourse.plan.stage import Stage
from newcourse.solver.door import solve
from newcourse.solver.face import optimal_face
from newcourse.solver.lexicographic import Objective, keeping
from newcourse.solver.problem import LinearProblem, Vector
from newcourse.solver.solution import Solution, Stop

KEPT: Final = 1e-7
"""Part of what is secured that later stages may give up: room for rounding."""

CLEAR: Final = 1e-6
"""A tier whose reduced cost is above this part of its worth is wanted in full by every best plan."""

OnProgress = Callable[[str, float], None]


def make_plan(
    economy: Economy,
    goal: Goal | None = None,
    limits: Limits | None = None,
    *,
    earlier: Plan | None = None,
    time_limit: float | None = None,
    on_progress: OnProgress | None = None,
) -> Plan:
    """Make the plan that serves the goal best within what the economy can do.

    Parameters
    ----------
    economy
        What there is and what is asked for.
    goal
        Voted weights and guaranteed minima; each unit of money counts alike if left out.
    limits
        Horizon and rates of change; one period if left out.
    earlier
        Of equally good plans the one nearest to this plan is taken; left out, the one nearest to the base year.
    time_limit
        Seconds for each solve.
    on_progress
        Told the name of each stage as it begins, and which part of the way it stands at.

    Returns
    -------
    Plan
        With a certificate for each stage.

    Raises
    ------
    BadInput
        If economy, goal and limits do not fit together.
    Contradiction
        If hard commitments cannot hold together; a minimal set is named.
    NotCertified
        If a stage was not solved to a certified optimum: a time limit, numerical trouble.
    """
    tell = on_progress or silent
    tell("building the problem", 0.0)
    model = build_model(economy, goal or Goal(), limits or Limits())
    return best_plan(model, earlier=earlier, time_limit=time_limit, on_progress=tell)


def best_plan(
    model: Model,
    *,
    earlier: Plan | None = None,
    time_limit: float | None = None,
    on_progress: OnProgress | None = None,
) -> Plan:
    """Return the best plan of a planning problem: its projects chosen, then what decides among equals.

    Parameters
    ----------
    model
        The planning problem, its projects still open.
    earlier, time_limit, on_progress
        As for :func:`make_plan`.

    Raises
    ------
    Contradiction, NotCertified
        As :func:`make_plan`.
    """
    tell = on_progress or silent
    choice = choose(
        model, lambda part: goal_stages(part, time_limit=time_limit, on_progress=tell), time_limit=time_limit
    )
    stages = (*choice.stages, *_last_stages(choice.model, choice.stages[-1].solution, earlier, time_limit, tell))
    plan = plan_of(choice.model, stages, choice.proof)
    tell("done", 1.0)
    return plan


def solve_stages(
    model: Model,
    *,
    earlier: Plan | None = None,
    time_limit: float | None = None,
    on_progress: OnProgress | None = None,
) -> tuple[Stage, ...]:
    """Solve a planning problem stage by stage; the last stage's solution is the plan.

    The last stage has the model's columns first and further ones behind them.

    Raises
    ------
    Contradiction, NotCertified
        As :func:`make_plan`.
    """
    tell = on_progress or silent
    stages = goal_stages(model, time_limit=time_limit, on_progress=tell)
    return (*stages, *_last_stages(model, stages[-1].solution, earlier, time_limit, tell))


def goal_stages(
    model: Model, *, time_limit: float | None = None, on_progress: OnProgress | None = None
) -> tuple[Stage, ...]:
    """Solve the stages of the goal: minima, round after round, then needs.

    Raises
    ------
    Contradiction, NotCertified
        As :func:`make_plan`.
    """
    tell = on_progress or silent
    tell("minima", 0.2)
    stages, problem = _minima(model, time_limit)
    tell("needs", 0.4)
    # The basis of the minima is far from that of the needs: beginning afresh is faster, four times for the world.
    needs = solve(problem, time_limit=time_limit).require_certified()
    return (*stages, Stage("needs", needs))


def _last_stages(
    model: Model, needs: Solution, earlier: Plan | None, time_limit: float | None, tell: OnProgress
) -> tuple[Stage, ...]:
    """Solve what decides among plans that serve the goal alike: least effort, then least change."""
    tell("least effort", 0.7)
    kept = keeping(_wanted_kept(needs), Objective("needs", needs.problem.cost, "max"), needs.certificate.objective)
    effort = solve(kept.with_cost(model.effort, "min"), time_limit=time_limit, start=needs).require_certified()
    tell("least change", 0.9)
    change = _least_change(model, effort, reference_of(model, earlier), time_limit)
    return (Stage("effort", effort), Stage("least change", change))


def _least_change(model: Model, effort: Solution, reference: Vector, time_limit: float | None) -> Solution:
    """Return the plan nearest to a reference among those of least effort.

    They are the optimal face of the least effort. Where rounding leaves no point of it, they are the plans whose
    effort is not noticeably more.
    """
    objective = Objective("effort", model.effort, "min")
    for plans in (optimal_face(effort), effort.problem):
        kept = keeping(plans, objective, effort.certificate.objective)
        change = distance(model, kept, reference).least(time_limit=time_limit)
        if change.stop in (Stop.OPTIMAL, Stop.TIME_LIMIT):
            break
    return change.require_certified()


def _wanted_kept(needs: Solution) -> LinearProblem:
    """Return the problem in which every tier that no best plan delivers less of is delivered in full.

    These are the tiers at their bound with a reduced cost. Without this the part of the goal that may be given up for
    rounding, small for all needs together, could be taken from one small need alone.
    """
    problem = needs.problem
    delivery = problem.column_block("delivery").slice
    worth = problem.cost[delivery]
    full = problem.column_upper[delivery]
    pinned = (needs.reduced_costs("delivery").to_numpy() > CLEAR * worth) & (worth > 0)
    pinned &= needs.values("delivery").to_numpy() >= full
    lower = np.array(problem.column_lower)
    lower[delivery] = np.where(pinned, full, lower[delivery])
    return problem.with_column_bounds(lower=lower)


def silent(stage: str, part: float) -> None:
    """Tell nobody."""


def _required(model: Model, solution: Solution) -> Solution:
    """Return the solution if it is certified optimal; name the contradiction if it is certified impossible."""
    if solution.certified and solution.stop is Stop.INFEASIBLE:
        raise contradiction(model)
    return solution.require_certified()


def _minima(model: Model, time_limit: float | None) -> tuple[tuple[Stage, ...], LinearProblem]:
    """Raise the worst-off places as far as can be; return the stages and the problem in which that is kept.

    Each round raises the least part of its minima that any place not yet settled gets; places whose part cannot be
    raised further (their row has a valuation) are settled at it. It ends when all are settled or all minima are met.
    """
    problem = model.problem
    secured, worst = problem.column_block("secured").slice, problem.column_block("worst off").slice
    cost = np.zeros(problem.shape[1])
    cost[worst] = 1.0
    stages: list[Stage] = []
    open_ = np.ones(secured.stop - secured.start, dtype=bool)
    last: Solution | None = None
    while open_.any():
        last = _required(model, solve(problem.with_cost(cost, "max"), time_limit=time_limit, start=last))
        stages.append(Stage(f"minima, round {len(stages) + 1}", last))
        level = min(1.0, float(last.values("worst off").iloc[0]))
        settled = open_ & (np.abs(last.valuations("worst off").to_numpy()) > KEPT)
        settled = open_ if level >= 1.0 - KEPT or not settled.any() else settled
        problem = _settled(problem, settled, max(0.0, level - KEPT))
        open_ = open_ & ~settled
    return tuple(stages), problem


def _settled(problem: LinearProblem, settled: np.ndarray, level: float) -> LinearProblem:
    """Return the problem in which the settled places keep their level and are no longer among the worst off."""
    lower = np.array(problem.column_lower)
    rows = np.array(problem.row_lower)
    lower[problem.column_block("secured").slice][settled] = level
    rows[problem.row_block("worst off").slice][settled] = -np.inf
    return problem.with_column_bounds(lower=lower).with_row_bounds(lower=rows)
