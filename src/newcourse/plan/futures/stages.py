"""The stages of an open plan: as those of a plan, over all scenarios at once.

Minima: the part of its minima that any place gets in *any* scenario is raised first, whatever the scenario's weight
(max-min, repeated). Then the weighted mean of the satisfaction of needs. Then the same with the least expected effort,
and of what is equally good the least expected change from the base year.
"""

from dataclasses import replace
from typing import Final

import numpy as np
import pandas as pd

from newcourse.errors import Contradiction, Fault
from newcourse.plan.contradiction import contradiction
from newcourse.plan.futures.extensive import Extensive, extensive
from newcourse.plan.futures.model import OpenModel
from newcourse.plan.futures.nearest import open_distance
from newcourse.plan.futures.solving import OnProgress, silent
from newcourse.plan.stage import Stage
from newcourse.solver.door import solve
from newcourse.solver.face import optimal_face
from newcourse.solver.lexicographic import Objective, keeping
from newcourse.solver.problem import LinearProblem
from newcourse.solver.solution import Solution, Stop

KEPT: Final = 1e-7
"""Part of what is secured that later stages may give up: room for rounding."""

PATIENCE: Final = 60.0
"""Seconds for the least change: where it is not proved by then, which of equally good plans is taken is accident."""

CLEAR: Final = 1e-6
"""A tier whose reduced cost is above this part of its worth is wanted in full by every best plan."""


def solve_open_stages(
    model: OpenModel, *, time_limit: float | None = None, on_progress: OnProgress | None = None
) -> tuple[Extensive, tuple[Stage, ...]]:
    """Solve the scenarios together, stage by stage; the last stage's solution is the open plan.

    Returns
    -------
    Extensive
        The scenarios written out as one problem.
    tuple of Stage
        ``minima, round 1`` and so on, ``needs``, ``effort``, and ``least change`` if it was proved in its time.

    Raises
    ------
    Contradiction
        If commitments cannot hold together in a scenario, or only not with decisions common to all.
    NotCertified
        If a stage was not solved to a certified optimum.
    """
    tell = on_progress or silent
    tell("writing all scenarios out", 0.1)
    written = extensive(model.problem, "open plan")
    tell("minima in every scenario", 0.2)
    stages, problem = _minima(model, written.problem, time_limit)
    tell("needs", 0.4)
    needs = solve(problem, time_limit=time_limit)
    needs = (needs if needs.certified else solve(problem, method="simplex", time_limit=time_limit)).require_certified()
    tell("least effort", 0.7)
    kept = keeping(_wanted_kept(needs), Objective("needs", problem.cost, "max"), needs.certificate.objective)
    effort = written.spread(model.problem.weights[:, None] * model.efforts)
    least = solve(kept.with_cost(effort, "min"), time_limit=time_limit, start=needs).require_certified()
    stages = (*stages, Stage("needs", needs), Stage("effort", least))
    tell("least change", 0.9)
    change = _least_change(model, written, least, Objective("effort", effort, "min"), time_limit)
    return written, (*stages, Stage("least change", change)) if change is not None else stages


def _least_change(
    model: OpenModel, written: Extensive, effort: Solution, objective: Objective, time_limit: float | None
) -> Solution | None:
    """Return the plans of least expected change among those of least effort; ``None`` if it is not proved in time."""
    patience = PATIENCE if time_limit is None else min(PATIENCE, time_limit)
    for plans in (optimal_face(effort), effort.problem):
        kept = keeping(plans, objective, effort.certificate.objective)
        change = open_distance(model, written, kept).least(time_limit=patience)
        if change.certified and change.stop is Stop.OPTIMAL:
            return change
    return None


def _minima(
    model: OpenModel, problem: LinearProblem, time_limit: float | None
) -> tuple[tuple[Stage, ...], LinearProblem]:
    secured, worst = (problem.column_block(name).slice for name in ("secured", "worst off"))
    rows = problem.row_block("worst off").slice
    of_row = _owner(problem)
    cost = np.zeros(problem.shape[1])
    cost[worst] = 1.0
    stages: list[Stage] = []
    open_ = np.ones(secured.stop - secured.start, dtype=bool)
    last: Solution | None = None
    while open_.any():
        last = _required(model, solve(problem.with_cost(cost, "max"), time_limit=time_limit, start=last))
        stages.append(Stage(f"minima, round {len(stages) + 1}", last))
        level = min(1.0, float(last.values("worst off").iloc[0]))
        bound = np.zeros(len(open_), dtype=bool)
        bound[of_row[np.abs(last.valuations("worst off").to_numpy()) > KEPT]] = True
        settled = open_ & bound
        settled = open_ if level >= 1.0 - KEPT or not settled.any() else settled
        lower, row_lower = np.array(problem.column_lower), np.array(problem.row_lower)
        lower[secured][settled] = max(0.0, level - KEPT)
        row_lower[rows][settled[of_row]] = -np.inf
        problem = problem.with_column_bounds(lower=lower).with_row_bounds(lower=row_lower)
        open_ = open_ & ~settled
    return tuple(stages), problem


def _owner(problem: LinearProblem) -> np.ndarray:
    """Return for each row *worst off* which *secured* column (place and node) it speaks of."""
    secured, rows = problem.column_block("secured"), problem.row_block("worst off")
    coefficients = problem.matrix[rows.slice, secured.slice].tocoo()
    found = np.zeros(len(rows), dtype=np.intp)
    found[coefficients.row] = coefficients.col
    return found


def _wanted_kept(needs: Solution) -> LinearProblem:
    """Return the problem in which every tier that no best plan delivers less of is delivered in full."""
    problem = needs.problem
    delivery = problem.column_block("delivery").slice
    worth, full = problem.cost[delivery], problem.column_upper[delivery]
    pinned = (needs.reduced_costs("delivery").to_numpy() > CLEAR * worth) & (worth > 0)
    pinned &= needs.values("delivery").to_numpy() >= full
    lower = np.array(problem.column_lower)
    lower[delivery] = np.where(pinned, full, lower[delivery])
    return problem.with_column_bounds(lower=lower)


def _required(model: OpenModel, solution: Solution) -> Solution:
    """Return the solution if it is certified optimal; say what contradicts if it is certified impossible."""
    if not (solution.certified and solution.stop is Stop.INFEASIBLE):
        return solution.require_certified()
    faults: list[Fault] = []
    for scenario, each in zip(model.problem.scenarios, model.models, strict=True):
        name, alone = scenario.name, solve(scenario.problem)
        if alone.certified and alone.stop is Stop.INFEASIBLE:
            found = contradiction(replace(each, problem=scenario.problem)).faults
            faults += [Fault(f.code, f"{name}: {f.where}", f.found, f.expected, f.remedy) for f in found]
    if not faults:
        rows = pd.Series(np.abs(solution.ray) if solution.ray is not None else []).nlargest(12)
        named = ", ".join(solution.problem.row_name(int(i)) for i in rows.index if rows[i] > 0)
        faults.append(
            Fault(
                "futures-common", model.tree.title, f"each scenario can be planned alone, not all together: {named}",
                "first decisions that leave every scenario possible",
                "mark what comes as sudden, loosen a limit on the pace of change, or a guaranteed minimum",
            )
        )  # fmt: skip
    raise Contradiction(faults)
