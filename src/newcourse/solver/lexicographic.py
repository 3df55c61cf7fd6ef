"""Several objectives in order of rank: each later one keeps what the earlier ones reached (design §6.1, goals).

Source: H. Isermann, "Linear lexicographic optimization", *OR Spektrum* 4 (1982) 223–228.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
import scipy.sparse as sp

from newcourse.solver.answer import Progress
from newcourse.solver.door import Method, solve
from newcourse.solver.problem import Block, LinearProblem, Sense, Vector
from newcourse.solver.solution import Solution


@dataclass(frozen=True, eq=False)
class Objective:
    """One goal among several.

    Parameters
    ----------
    name
        What it is called; the row that keeps it is the block ``kept NAME``.
    cost
        Coefficients, shape (n,).
    sense
        ``"min"`` or ``"max"``.
    slack
        Part of its optimum that later goals may take from it: of the larger of the optimum and the largest single
        term that the columns' finite bounds allow, so that an optimum of nil leaves room for rounding.
    """

    name: str
    cost: Vector
    sense: Sense
    slack: float = 1e-7


def solve_lexicographic(
    problem: LinearProblem,
    objectives: Sequence[Objective],
    *,
    method: Method = "auto",
    time_limit: float | None = None,
    tolerance: float = 1e-6,
    on_progress: Callable[[Progress], None] | None = None,
) -> tuple[Solution, ...]:
    """Optimise the objectives one after another, each within the optima of those before.

    Parameters
    ----------
    problem
        Rows and bounds; its own objective plays no part.
    objectives
        In order of rank.
    method, tolerance, on_progress
        As for :func:`newcourse.solver.door.solve`.
    time_limit
        Seconds for each stage.

    Returns
    -------
    tuple of Solution
        One certified solution per objective; the last is the answer. Each has the rows that keep those before.

    Raises
    ------
    Contradiction, NotCertified
        As :meth:`newcourse.solver.solution.Solution.require_certified`, at the first stage that fails.
    """
    solutions: list[Solution] = []
    for objective in objectives:
        solution = solve(
            problem.with_cost(objective.cost, objective.sense),
            method=method,
            time_limit=time_limit,
            tolerance=tolerance,
            start=solutions[-1] if solutions else None,
            on_progress=on_progress,
        ).require_certified()
        solutions.append(solution)
        problem = keeping(solution.problem, objective, solution.certificate.objective)
    return tuple(solutions)


def keeping(problem: LinearProblem, objective: Objective, reached: float) -> LinearProblem:
    """Return the problem with a row that keeps an objective within its slack of what was reached.

    What is left of it after the slack is nil where it is no more than the slack itself: such a remainder is rounding,
    and a row that demanded a trace could not be met to a part of its own size.
    """
    room = objective.slack * max(abs(reached), _largest_term(problem, objective.cost))
    m, _ = problem.shape
    block = Block(f"kept {objective.name}", m, m + 1, pd.Index([objective.name]))
    toward = 1.0 if objective.sense == "min" else -1.0
    limit = reached + toward * room
    if -room <= toward * limit < 0:
        limit = 0.0
    lower, upper = (-np.inf, limit) if objective.sense == "min" else (limit, np.inf)
    return problem.with_rows(block, sp.csr_array(np.asarray(objective.cost, float)[None, :]), lower, upper)


def _largest_term(problem: LinearProblem, cost: Vector) -> float:
    """Return the largest single term of the objective at the finite bounds of its columns, nil if there is none."""
    reach = np.maximum(_finite_size(problem.column_lower), _finite_size(problem.column_upper))
    return float((np.abs(cost) * reach).max(initial=0.0))


def _finite_size(bounds: Vector) -> Vector:
    return np.where(np.isfinite(bounds), np.abs(bounds), 0.0)
