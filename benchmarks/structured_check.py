"""One checker for every answer: how short each product falls of its own output, and how far the bound is away.

Plain sums over the problem's own matrix, apart from every solver and from the project's certificate.
"""

from typing import NamedTuple

import numpy as np
import scipy.sparse as sp

from newcourse.solver.problem import LinearProblem, Vector

NEGLIGIBLE = 1e-12
"""A row that moves less than this part of the largest of its block is measured against that part instead."""


class Checked(NamedTuple):
    """What an answer is worth.

    Parameters
    ----------
    objective, bound
        Value of the plan after its columns were put within their bounds, and the best the dual values allow.
    gap
        Distance of the two over the larger.
    shortage
        Largest violation of a row over the sum of its own positive terms: a product's output, a limit's amount. It is
        1 where a product is used that nothing supplies.
    short
        Share of the products that fall short by more than a hundredth of their own output.
    dual_violation
        Largest reduced cost that points to where a column has no bound, over the column's own terms. Such parts are
        left out of the bound: it is exact only where this is nil.
    """

    objective: float
    bound: float
    gap: float
    shortage: float
    short: float
    dual_violation: float

    def worst(self) -> float:
        """Return the largest of gap, shortage and dual violation."""
        return max(self.gap, self.shortage, self.dual_violation)


def checked(problem: LinearProblem, primal: Vector, dual: Vector) -> Checked:
    """Return what a point and its row duals are worth; the problem is a maximum with nil lower bounds."""
    x = np.clip(primal, problem.column_lower, problem.column_upper)
    objective = float(problem.cost @ x)
    lacking = _lacking(problem, x)
    balance = problem.row_block("balance").slice
    y = np.where(np.isinf(problem.row_upper), np.minimum(dual, 0.0), dual)
    y = np.where(np.isinf(problem.row_lower), np.maximum(y, 0.0), y)
    reduced = problem.cost - problem.matrix.T @ y
    free = np.isinf(problem.column_upper)
    own = np.abs(problem.cost) + abs(problem.matrix).T @ np.abs(y)
    violation = np.divide(np.maximum(reduced, 0), own, out=np.zeros_like(own), where=free & (own > 0))
    row_side = np.where(y > 0, problem.row_upper, np.where(y < 0, problem.row_lower, 0.0))
    gains = np.where(reduced > 0, np.where(free, 0.0, problem.column_upper), problem.column_lower)
    bound = float(y @ row_side + reduced @ gains)
    scale = max(abs(objective), abs(bound), 1e-300)
    return Checked(
        objective, bound, abs(bound - objective) / scale, float(lacking.max(initial=0.0)),
        float((lacking[balance] > 0.01).mean()), float(violation.max(initial=0.0)),
    )  # fmt: skip


def _lacking(problem: LinearProblem, x: Vector) -> Vector:
    """Return each row's violation over the sum of its positive terms or its bound; 1 at most, shape (m,)."""
    value = problem.matrix @ x
    positive = sp.csr_array(problem.matrix.maximum(0.0)) @ x
    below = np.where(np.isinf(problem.row_lower), 0.0, problem.row_lower - value)
    above = np.where(np.isinf(problem.row_upper), 0.0, value - problem.row_upper)
    bound = np.where(np.isinf(problem.row_upper), problem.row_lower, problem.row_upper)
    own = np.maximum(positive, np.abs(bound))
    for block in problem.rows:
        own[block.slice] = np.maximum(own[block.slice], NEGLIGIBLE * own[block.slice].max(initial=0.0))
    violation = np.maximum(np.maximum(below, above), 0.0)
    relative = np.divide(violation, own, out=np.ones_like(own), where=own > 0)
    return np.where(violation > 0, np.minimum(relative, 1.0), 0.0)
