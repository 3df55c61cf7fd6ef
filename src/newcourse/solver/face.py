"""All optimal points of a problem: the face on which a certified optimum lies (design §6.1, goals by rank).

With optimal row duals ``y`` and reduced costs ``z``, a feasible point is optimal exactly if every column with a
reduced cost is at the bound that pays it and every row with a dual is at the bound that pays it (complementary
slackness; any text on duality, such as V. Chvátal, *Linear Programming* (1983), ch. 5). Fixing those columns and rows
keeps an objective without giving up any of it, and leaves a much smaller problem to what comes after.
"""

from typing import Final

import numpy as np

from newcourse.solver.problem import LinearProblem, Vector
from newcourse.solver.solution import Solution

CLEAR: Final = 1e-7
"""A reduced cost or dual below this part of the terms it is made of is rounding."""

AT_BOUND: Final = 1e-6
"""Distance from a bound, relative to the larger of the bound's size and 1, that is rounding."""


def optimal_face(solution: Solution) -> LinearProblem:
    """Return the problem in which columns and rows stand at the bounds where every optimum has them.

    What pays, or stands at a bound, only by rounding is left as it was; so keep the objective itself too, with
    :func:`newcourse.solver.lexicographic.keeping`.

    Parameters
    ----------
    solution
        A certified optimum.
    """
    problem = solution.require_certified().problem
    x, y = solution.primal, solution.dual
    if x is None or y is None:  # a certified optimum has both
        return problem
    rows = _paying_rows(problem, y)
    sizes = np.abs(problem.cost) + abs(problem.matrix).T @ np.abs(y)
    reduced = problem.sign * (problem.cost - problem.matrix.T @ y)
    columns = np.where(np.abs(reduced) > CLEAR * sizes, reduced, 0.0)
    lower, upper = _fixed(x, problem.column_lower, problem.column_upper, columns)
    row_lower, row_upper = _fixed(problem.matrix @ x, problem.row_lower, problem.row_upper, rows)
    return problem.with_column_bounds(lower, upper).with_row_bounds(row_lower, row_upper)


def _paying_rows(problem: LinearProblem, dual: Vector) -> Vector:
    """Return the duals as of a minimum, nil where they are only rounding in every column they take part in."""
    sizes = np.abs(problem.cost) + abs(problem.matrix).T @ np.abs(dual)
    terms = abs(problem.matrix).tocoo()
    parts = np.divide(
        terms.data * np.abs(dual)[terms.row],
        sizes[terms.col],
        out=np.zeros_like(terms.data),
        where=sizes[terms.col] > 0,
    )
    largest = np.zeros_like(dual)
    np.maximum.at(largest, terms.row, parts)
    return np.where(largest > CLEAR, problem.sign * dual, 0.0)


def _fixed(values: Vector, lower: Vector, upper: Vector, pays: Vector) -> tuple[Vector, Vector]:
    """Return bounds in which what pays more is held at its lower, what pays less at its upper bound, where it is."""
    low = (pays > 0) & _near(values, lower)
    high = (pays < 0) & _near(values, upper)
    return np.where(high, upper, lower), np.where(low, lower, upper)


def _near(values: Vector, bounds: Vector) -> np.ndarray:
    finite = np.where(np.isfinite(bounds), bounds, 0.0)
    near: np.ndarray = np.isfinite(bounds) & (np.abs(values - finite) <= AT_BOUND * np.maximum(np.abs(finite), 1.0))
    return near
