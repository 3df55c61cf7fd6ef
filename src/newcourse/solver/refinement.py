"""Iterative refinement: makes an almost exact answer of a simplex method as exact as its certificate asks.

The errors of a point and its duals make a problem of the same matrix whose bounds and costs are what is left,
magnified until it is of size one again. Solved from the same basis and added, its answer makes the errors smaller by
the factor of the magnification; the feasibility tolerance of the method then no longer matters.

Source: A. M. Gleixner, D. E. Steffy and K. Wolter, "Iterative refinement for linear programming", *INFORMS Journal
on Computing* 28 (2016) 449–464.
"""

from dataclasses import replace
from typing import Final

import numpy as np

from newcourse.solver.answer import Answer, Request, tidy_dual, tidy_primal
from newcourse.solver.checks import INFINITE
from newcourse.solver.highs import run
from newcourse.solver.problem import LinearProblem, Vector
from newcourse.solver.settings import CAREFUL
from newcourse.solver.solution import Stop

_LARGEST: Final = 1e12
"""Largest magnification in one round."""


def refined(problem: LinearProblem, answer: Answer, request: Request) -> Answer | None:
    """Return the answer with its errors made smaller by one round, or ``None`` if the round does not succeed."""
    if answer.primal is None or answer.dual is None or answer.basis is None:
        return None
    left = problem.cost - problem.matrix.T @ answer.dual
    activity = problem.matrix @ answer.primal
    up = 1.0 / max(_worst(activity, problem.row_lower, problem.row_upper), 1.0 / _LARGEST)
    dear = 1.0 / max(_wrong(problem, left), 1.0 / _LARGEST)
    errors = replace(
        problem,
        cost=dear * left,
        row_lower=_magnified(problem.row_lower - activity, up),
        row_upper=_magnified(problem.row_upper - activity, up),
        column_lower=_magnified(problem.column_lower - answer.primal, up),
        column_upper=_magnified(problem.column_upper - answer.primal, up),
    )
    more = run(errors, CAREFUL, replace(request, basis=answer.basis))
    if more.stop is not Stop.OPTIMAL or more.primal is None or more.dual is None:
        return None
    return replace(
        answer,
        method=f"{answer.method}, refined",
        primal=tidy_primal(problem, answer.primal + more.primal / up),
        dual=tidy_dual(problem, answer.dual + more.dual / dear),
        basis=more.basis,
        iterations=answer.iterations + more.iterations,
    )


def _worst(value: Vector, lower: Vector, upper: Vector) -> float:
    return float(np.maximum(lower - value, value - upper).max(initial=0.0))


def _wrong(problem: LinearProblem, reduced: Vector) -> float:
    """Return the largest reduced cost that points to an infinite bound."""
    signed = problem.sign * reduced
    low = np.where(np.isinf(problem.column_lower), signed, 0.0)
    high = np.where(np.isinf(problem.column_upper), -signed, 0.0)
    return float(np.maximum(low, high).max(initial=0.0))


def _magnified(left: Vector, factor: float) -> Vector:
    """Return bounds of the errors' problem; those too far away to matter are infinite."""
    with np.errstate(over="ignore"):
        far = left * factor
    return np.where(np.abs(far) >= INFINITE, np.copysign(np.inf, far), far)
