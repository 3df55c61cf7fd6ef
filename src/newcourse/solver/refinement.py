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
import pandas as pd
import scipy.sparse as sp

from newcourse.solver.answer import Answer, Request, tidy_dual, tidy_primal
from newcourse.solver.checks import INFINITE
from newcourse.solver.highs import run
from newcourse.solver.problem import Block, LinearProblem, Vector
from newcourse.solver.settings import CAREFUL
from newcourse.solver.solution import Basis, Stop

_LARGEST: Final = 1e12
"""Largest magnification in one round."""

_ROUNDING: Final = 1e-12
"""Errors below this part of the largest number are rounding."""


def refined(problem: LinearProblem, answer: Answer, request: Request) -> Answer | None:
    """Return the answer with its errors made smaller by one round, or ``None`` if the round does not succeed.

    The problem is taken in slack form, ``A x - s = 0`` with the rows' bounds on ``s``: only then are reduced costs all
    that is left of the objective, because every row is an equation.
    """
    if answer.primal is None or answer.dual is None or answer.basis is None:
        return None
    form = _slack_form(problem)
    slack = np.clip(problem.matrix @ answer.primal, problem.row_lower, problem.row_upper)
    point = np.concatenate([answer.primal, slack])
    missing = -(form.matrix @ point)
    left = form.cost - form.matrix.T @ answer.dual
    up = _magnification(_size(missing), _size(point))
    dear = _magnification(_wrong(form, left), _size(left))
    errors = replace(
        form,
        cost=dear * left,
        row_lower=up * missing,
        row_upper=up * missing,
        column_lower=_magnified(form.column_lower - point, up),
        column_upper=_magnified(form.column_upper - point, up),
    )
    more = run(errors, CAREFUL, replace(request, basis=_slack_basis(answer.basis)))
    if more.stop is not Stop.OPTIMAL or more.primal is None or more.dual is None or more.basis is None:
        return None
    n = len(answer.primal)
    return replace(
        answer,
        method=f"{answer.method}, refined",
        primal=tidy_primal(problem, answer.primal + more.primal[:n] / up),
        dual=tidy_dual(problem, answer.dual + more.dual / dear),
        basis=Basis(more.basis.columns[:n], more.basis.columns[n:]),
        iterations=answer.iterations + more.iterations,
    )


def _slack_form(problem: LinearProblem) -> LinearProblem:
    m, n = problem.shape
    return replace(
        problem,
        cost=np.concatenate([problem.cost, np.zeros(m)]),
        matrix=sp.hstack([problem.matrix, -sp.eye_array(m, format="csr")], format="csr"),
        row_lower=np.zeros(m),
        row_upper=np.zeros(m),
        column_lower=np.concatenate([problem.column_lower, problem.row_lower]),
        column_upper=np.concatenate([problem.column_upper, problem.row_upper]),
        columns=(*problem.columns, Block("slack of rows", n, n + m, pd.RangeIndex(m))),
    )


def _slack_basis(basis: Basis) -> Basis:
    """Return the basis of the slack form: a row's slack stands where the row stood, and every row is at its bound."""
    return Basis(np.concatenate([basis.columns, basis.rows]), np.zeros_like(basis.rows))


def _magnification(error: float, size: float) -> float:
    """Return by what to magnify: not at all where the error is mere rounding, or all bounds would become far away."""
    return 1.0 if error <= _ROUNDING * size else min(1.0 / error, _LARGEST)


def _size(values: Vector) -> float:
    return float(np.abs(values).max(initial=0.0))


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
