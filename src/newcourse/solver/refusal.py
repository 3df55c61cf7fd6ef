"""Proofs that a problem has no answer: no point at all, or no limit to its objective (design §6.5, §6.7).

Which of the two it is, is not believed of a method. The elastic problem says whether there is a point, and gives the
Farkas ray if there is none. A direction of endless improvement is the optimum of the problem in which every finite
bound is nil and no column moves by more than one.
"""

from dataclasses import replace

import numpy as np

from newcourse.solver.answer import Answer, Request, tidy_ray
from newcourse.solver.arithmetic import recession_cone
from newcourse.solver.certificate import certify, certify_infeasible
from newcourse.solver.elastic import elastic
from newcourse.solver.highs import run
from newcourse.solver.problem import LinearProblem, Vector
from newcourse.solver.settings import attempts
from newcourse.solver.solution import Stop


def proved(problem: LinearProblem, answer: Answer, request: Request) -> Answer:
    """Return an answer that carries the proof of being infeasible or unbounded, or one that stopped otherwise.

    Parameters
    ----------
    problem
        The problem.
    answer
        What a method said: infeasible or unbounded.
    request
        Deadline and tolerance.
    """
    if answer.ray is not None and certify_infeasible(problem, answer.ray, request.tolerance).holds:
        return replace(answer, primal=None, dual=None, basis=None)
    request = replace(request, basis=None)
    m, n = problem.shape
    setting = attempts(problem, "auto", started=False)[0]
    stretched = elastic(problem, np.arange(m), 1.0 / row_sizes(problem))
    least = run(stretched.problem, setting, request)
    if least.stop is not Stop.OPTIMAL or least.primal is None or least.dual is None:
        return replace(least, primal=None, dual=None, basis=None)
    point = least.primal[:n]
    if not certify(problem, point, None, request.tolerance).holds:
        return replace(answer, stop=Stop.INFEASIBLE, primal=None, dual=None, ray=tidy_ray(problem, least.dual))
    ahead = run(_directions(problem), setting, request)
    return replace(answer, stop=Stop.UNBOUNDED, primal=point, dual=None, ray=None, direction=ahead.primal)


def row_sizes(problem: LinearProblem) -> Vector:
    """Return the largest coefficient of each row, one where it has none, shape (m,)."""
    if not problem.matrix.nnz:
        return np.ones(problem.shape[0])
    sizes: Vector = abs(problem.matrix).max(axis=1).toarray().ravel()
    return np.where(sizes > 0, sizes, 1.0)


def _directions(problem: LinearProblem) -> LinearProblem:
    cone = recession_cone(problem)
    return cone.with_column_bounds(np.maximum(cone.column_lower, -1.0), np.minimum(cone.column_upper, 1.0))
