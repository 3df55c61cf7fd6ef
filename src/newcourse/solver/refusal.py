"""Proofs that a problem has no answer: no point at all, or no limit to its objective (design §6.5, §6.7).

Whether it is the one or the other is not believed of a method. The *elastic* problem, which may violate every row at
a price, always has an optimum: if it is nil there is a feasible point, if not its row duals are the Farkas ray that
proves there is none. A direction of endless improvement is the optimum of the problem in which every finite bound is
nil and no column moves by more than one.

Source: J. W. Chinneck, *Feasibility and Infeasibility in Optimization* (2008), ch. 2 and 6.
"""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
import scipy.sparse as sp

from newcourse.solver.answer import Answer, Request
from newcourse.solver.certificate import certify, certify_infeasible, recession_cone
from newcourse.solver.highs import Setting, run
from newcourse.solver.problem import Block, LinearProblem, Vector
from newcourse.solver.solution import Stop

_SIMPLEX = Setting("HiGHS simplex", "simplex")


@dataclass(frozen=True, eq=False)
class Elastic:
    """A problem that may violate some rows at a price.

    Attributes
    ----------
    problem
        The original columns, then for each stretched row one that helps it up and one that holds it down.
    up, down
        Rows that the two further blocks of columns belong to.
    """

    problem: LinearProblem
    up: np.ndarray
    down: np.ndarray


def elastic(problem: LinearProblem, rows: np.ndarray, price: Vector) -> Elastic:
    """Return the problem of violating ``rows`` as little as possible, at ``price`` per unit each, shape (m,)."""
    m, n = problem.shape
    up = rows[np.isfinite(problem.row_lower[rows])]
    down = rows[np.isfinite(problem.row_upper[rows])]
    k = up.size + down.size
    helpers = sp.csr_array(
        (np.repeat([1.0, -1.0], [up.size, down.size]), (np.concatenate([up, down]), np.arange(k))), shape=(m, k)
    )
    stretched = LinearProblem(
        f"least violation of {problem.name}",
        "min",
        np.concatenate([np.zeros(n), price[up], price[down]]),
        sp.hstack([problem.matrix, helpers], format="csr"),
        problem.row_lower,
        problem.row_upper,
        np.concatenate([problem.column_lower, np.zeros(k)]),
        np.concatenate([problem.column_upper, np.full(k, np.inf)]),
        problem.rows,
        (
            *problem.columns,
            Block("violation below", n, n + up.size, pd.Index(up)),
            Block("violation above", n + up.size, n + k, pd.Index(down)),
        ),
    )
    return Elastic(stretched, up, down)


def proved(problem: LinearProblem, answer: Answer, request: Request) -> Answer:
    """Return an answer that carries the proof of being infeasible or unbounded, or one that stopped otherwise."""
    if answer.ray is not None and certify_infeasible(problem, answer.ray, request.tolerance).holds:
        return answer
    request = replace(request, basis=None)
    m, n = problem.shape
    stretched = elastic(problem, np.arange(m), 1.0 / _row_sizes(problem)).problem
    least = run(stretched, _SIMPLEX, request)
    if least.stop is not Stop.OPTIMAL or least.primal is None or least.dual is None:
        return replace(least, primal=None, dual=None, basis=None)
    point = least.primal[:n]
    if not certify(problem, point, None, request.tolerance).holds:
        return replace(answer, stop=Stop.INFEASIBLE, primal=None, dual=None, ray=least.dual)
    ahead = run(_directions(problem), _SIMPLEX, request)
    return replace(answer, stop=Stop.UNBOUNDED, primal=point, dual=None, ray=None, direction=ahead.primal)


def _row_sizes(problem: LinearProblem) -> Vector:
    """Return the largest coefficient of each row, one where it has none, shape (m,)."""
    sizes = abs(problem.matrix).max(axis=1).toarray().ravel() if problem.matrix.nnz else np.zeros(problem.shape[0])
    return np.where(sizes > 0, sizes, 1.0)


def _directions(problem: LinearProblem) -> LinearProblem:
    cone = recession_cone(problem)
    return cone.with_column_bounds(np.maximum(cone.column_lower, -1.0), np.minimum(cone.column_upper, 1.0))
