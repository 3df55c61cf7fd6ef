"""Problems with a diagonal convex quadratic term, and a certificate of their answers apart from the solver.

    min or max  c'x ± ½ Σ_j q_j x_j²   subject to   row_lower <= A x <= row_upper,   column_lower <= x <= column_upper,

with q ≥ 0, added in a minimum and taken off in a maximum, so that the problem is convex either way. With row duals y a
point x̂ is judged by the linear problem of slope c ± q x̂: by convexity its optimum plus the term ∓ ½ Σ q x̂² bounds the
quadratic one, and the gap of x̂ and y in it is the gap here. So the certificate of a linear problem certifies this one.

Source: S. Boyd and L. Vandenberghe, *Convex Optimization* (2004), §4.2.3 (optimality from the gradient) and §5.5.3.
"""

from dataclasses import dataclass, replace
from typing import Any, Final

import highspy
import numpy as np

from newcourse.errors import BadInput, Fault, NotCertified
from newcourse.solver.answer import tidy_dual, tidy_primal
from newcourse.solver.certificate import Certificate, Kind, certify
from newcourse.solver.problem import LinearProblem, Vector

REGULARISATIONS: Final = (1e-7, 1e-9)
"""What HiGHS adds to the curvature, tried in turn: the first is its own and safe, the second moves points less."""

STEPS: Final = 10
"""Most steps of the method, for each row and column: it has been seen to go round for ever (HiGHS 1.15)."""


@dataclass(frozen=True, eq=False)
class QuadraticProblem:
    """A linear problem with a diagonal quadratic term.

    Parameters
    ----------
    linear
        The problem without the term.
    curvature
        q, shape (n,), not negative.
    """

    linear: LinearProblem
    curvature: Vector

    def __post_init__(self) -> None:
        curvature = np.array(self.curvature, dtype=float)
        curvature.flags.writeable = False
        object.__setattr__(self, "curvature", curvature)
        if curvature.shape != (self.linear.shape[1],) or not (np.isfinite(curvature) & (curvature >= 0)).all():
            found = f"shape {curvature.shape}, least {curvature.min(initial=0.0):g}"
            expected = f"{self.linear.shape[1]} numbers of at least 0"
            raise BadInput(Fault("curvature", self.linear.name, found, expected, "correct the curvature"))

    def objective(self, primal: Vector) -> float:
        """Return the objective of a point."""
        bent = 0.5 * float(self.curvature @ np.square(primal))
        return float(self.linear.cost @ primal) + self.linear.sign * bent

    def tangent(self, primal: Vector) -> LinearProblem:
        """Return the linear problem with the slope of the objective at a point."""
        return self.linear.with_cost(self.linear.cost + self.linear.sign * self.curvature * primal)


@dataclass(frozen=True, eq=False)
class QuadraticSolution:
    """An answer, and what is proved of it.

    Parameters
    ----------
    primal, dual
        Point (n,) and row duals (m,), signs as in :mod:`newcourse.solver.solution`.
    objective
        Of the point.
    certificate
        See :func:`certify_quadratic`.
    """

    primal: Vector
    dual: Vector
    objective: float
    certificate: Certificate

    @property
    def certified(self) -> bool:
        """Whether it is proved optimal."""
        return self.certificate.kind == "optimal"


def solve_quadratic(
    problem: QuadraticProblem, *, tolerance: float = 1e-6, time_limit: float | None = None
) -> QuadraticSolution:
    """Solve a convex quadratic problem with HiGHS and check its optimality conditions.

    Parameters
    ----------
    problem
        What is asked.
    tolerance
        Of the certificate, relative.
    time_limit
        Seconds.

    Returns
    -------
    QuadraticSolution
        Perhaps not certified: the method stops at its own tolerance, the certificate has another measure.

    Raises
    ------
    NotCertified
        If there is no point at all.
    """
    linear = problem.linear
    unit = _unit(np.append(np.abs(linear.cost), problem.curvature))
    found: list[QuadraticSolution] = []
    for regularisation in REGULARISATIONS:
        model = _model(problem, unit, regularisation, time_limit)
        model.run()
        answer = _answer(model, problem, unit, tolerance)
        if answer is not None and answer.certificate.holds:
            found.append(answer)
            if answer.certified:
                break
    if not found:
        stopped = str(model.modelStatusToString(model.getModelStatus()))
        remedy = "solve the linear problem first: is it possible, and has it a limit?"
        raise NotCertified(Fault("quadratic-unsolved", linear.name, stopped, "a point within all rows", remedy))
    return min(found, key=lambda each: each.certificate.gap)


def _model(problem: QuadraticProblem, unit: float, regularisation: float, time_limit: float | None) -> Any:
    model = highspy._core._Highs()
    m, n = problem.linear.shape
    options: dict[str, bool | int | float | str] = {
        "output_flag": False,
        "threads": 1,
        "parallel": "off",
        "random_seed": 0,
        "qp_regularization_value": regularisation,
        "qp_iteration_limit": STEPS * (m + n) + 1000,
    }
    if time_limit is not None:
        options["time_limit"] = float(time_limit)
    for key, value in options.items():
        model.setOptionValue(key, value)
    model.passModel(_for_highs(problem, unit))
    return model


def _answer(model: Any, problem: QuadraticProblem, unit: float, tolerance: float) -> QuadraticSolution | None:
    found, linear = model.getSolution(), problem.linear
    if not (found.value_valid and found.dual_valid):
        return None
    primal = tidy_primal(linear, np.array(found.col_value))
    dual = tidy_dual(linear, linear.sign * unit * np.array(found.row_dual))
    return QuadraticSolution(
        primal, dual, problem.objective(primal), certify_quadratic(problem, primal, dual, tolerance)
    )


def certify_quadratic(problem: QuadraticProblem, primal: Vector, dual: Vector, tolerance: float = 1e-6) -> Certificate:
    """Check a point and row duals against a quadratic problem.

    The gap is relative to the largest of objective, bound, linear and quadratic part.
    """
    flat = certify(problem.tangent(primal), primal, dual, tolerance)
    objective, linear = problem.objective(primal), float(problem.linear.cost @ primal)
    bent = objective - linear
    bound = flat.bound - bent
    scale = max(abs(objective), abs(bound), abs(linear), abs(bent)) or 1.0
    gap = abs(objective - bound) / scale
    kind: Kind = flat.kind
    if kind in ("optimal", "feasible"):
        kind = "optimal" if gap <= tolerance and flat.dual_violation <= tolerance else "feasible"
    return replace(flat, kind=kind, objective=objective, bound=bound, gap=gap)


def _unit(sizes: Vector) -> float:
    """Return a power of two near the largest size, so that the method's absolute tolerances mean something."""
    largest = float(sizes.max(initial=0.0))
    return float(np.exp2(np.rint(np.log2(largest)))) if largest > 0 else 1.0


def _for_highs(problem: QuadraticProblem, unit: float) -> highspy.HighsModel:
    """Return the problem as HiGHS has it: always a minimum, its objective in the given unit."""
    linear = problem.linear
    m, n = linear.shape
    model = highspy.HighsModel()
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = n, m
    lp.col_cost_ = linear.sign * linear.cost / unit
    lp.col_lower_, lp.col_upper_ = np.array(linear.column_lower), np.array(linear.column_upper)
    lp.row_lower_, lp.row_upper_ = np.array(linear.row_lower), np.array(linear.row_upper)
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.num_col_, lp.a_matrix_.num_row_ = n, m
    matrix = linear.matrix
    lp.a_matrix_.start_, lp.a_matrix_.index_ = np.array(matrix.indptr), np.array(matrix.indices)
    lp.a_matrix_.value_ = np.array(matrix.data)
    model.lp_ = lp
    bent = np.flatnonzero(problem.curvature)
    if bent.size:
        model.hessian_.dim_ = n
        model.hessian_.format_ = highspy.HessianFormat.kTriangular
        model.hessian_.start_ = np.searchsorted(bent, np.arange(n + 1)).astype(np.int32)
        model.hessian_.index_ = bent.astype(np.int32)
        model.hessian_.value_ = problem.curvature[bent] / unit
    return model


def proximal(problem: LinearProblem, columns: Vector, centre: Vector, weight: Vector) -> QuadraticProblem:
    """Return the problem with ½ Σ w (x − centre)² against leaving a centre, without its constant.

    Parameters
    ----------
    problem
        The linear problem.
    columns
        Which columns are held near, shape (n,) of 0 and 1.
    centre
        Shape (n,).
    weight
        w, shape (n,).
    """
    curvature = columns * weight
    cost = problem.cost - problem.sign * curvature * centre
    return QuadraticProblem(replace(problem, cost=cost), curvature)
