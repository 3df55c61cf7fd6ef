"""The own size of every row, so that limits in different units can be compared (design §6.5)."""

from typing import Final

import numpy as np

from newcourse.solver.problem import LinearProblem
from newcourse.solver.solution import Solution

LEAST: Final = 1e-6
"""A row counts as no smaller than this part of the largest of its kind."""


def row_sizes(problem: LinearProblem, chosen: Solution) -> np.ndarray:
    """Return the size of every row: its bound, or half of what stands in it where the bound is nil or smaller.

    Parameters
    ----------
    problem
        The planning problem.
    chosen
        A plan: a solution of the problem, perhaps with further rows.

    Returns
    -------
    ndarray
        Each in the row's own unit, positive; rows in different units are never compared.
    """
    x = np.abs(chosen.primal) if chosen.primal is not None else np.zeros(problem.shape[1])
    size = 0.5 * (abs(problem.matrix) @ x[: problem.shape[1]])
    for bound in (problem.row_lower, problem.row_upper):
        size = np.maximum(size, np.where(np.isfinite(bound), np.abs(bound), 0.0))
    for block in problem.rows:
        part = size[block.slice]
        largest = float(part.max(initial=0.0))
        np.maximum(part, LEAST * largest if largest > 0 else 1.0, out=part)
    return size
