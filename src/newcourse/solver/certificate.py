"""What an answer is worth, computed in plain arithmetic from the problem's own numbers (design §6.5, §6.7, §10).

Nothing here knows a solver. Four questions are answered apart: are the rows met, each measured on its own scale; are
the columns within their bounds; are the dual values feasible; and how far are objective and bound from each other.

With row duals ``y`` and reduced costs ``z = c - A'y``, every feasible ``x`` of a minimum satisfies (weak duality)

    c'x  >=  sum(y+ row_lower - y- row_upper) + sum(z+ column_lower - z- column_upper)

where ``+`` and ``-`` are the positive and negative parts; for a maximum the parts change places and the inequality
turns round. A part that would meet an infinite bound must be nil: what it is instead, relative to its own scale, is
the dual violation. It is reported apart from the gap and is never dropped silently.

Source: any text on duality, such as V. Chvátal, *Linear Programming* (1983), ch. 5 and 9; the ray conditions are
Farkas' lemma (1902).
"""

from dataclasses import asdict, dataclass
from math import isnan
from typing import Final, Literal

import numpy as np
import numpy.typing as npt

from newcourse.solver.problem import Block, LinearProblem, Vector

Kind = Literal["optimal", "infeasible", "unbounded", "feasible", "none"]

NEGLIGIBLE: Final = 1e-9
"""A row or column whose own scale is below this part of the largest in its block is measured on that part instead:
with the usual tolerance of 1e-6 this allows 1e-15 of the largest, the rounding error of the arithmetic itself."""

_NAN: Final = float("nan")


@dataclass(frozen=True, slots=True)
class Certificate:
    """What was checked and what it proves.

    Attributes
    ----------
    kind
        What is proved within ``tolerance``: ``"optimal"``, ``"infeasible"`` (no point meets the rows and bounds),
        ``"unbounded"`` (a feasible point and a direction in which the objective improves for ever), ``"feasible"``
        (the point meets everything, how good it is is not proved), or ``"none"``.
    objective, bound
        Objective of the point, and the best that any point could reach by the dual values. For ``"infeasible"``: the
        most that the combination of rows can reach within the columns' bounds, and the least that the rows demand.
    gap
        Distance of the two, relative to the larger; NaN where there is no bound.
    row_shortage, row
        Largest violation of a row, relative to the row's own scale (the largest of sum |a_ij x_j| and the violated
        bound), and the row's name.
    column_violation
        Largest violation of a column's bound, relative to the larger of value and bound.
    dual_violation, dual
        Largest part of a reduced cost (or row dual) that points to an infinite bound, relative to the column's own
        scale (the largest of |c_j| and sum |a_ij y_i|), and whose it is.
    tolerance
        What all of these must not exceed.
    """

    kind: Kind
    tolerance: float
    objective: float = _NAN
    bound: float = _NAN
    gap: float = _NAN
    row_shortage: float = _NAN
    row: str = ""
    column_violation: float = _NAN
    dual_violation: float = _NAN
    dual: str = ""

    @property
    def holds(self) -> bool:
        """Whether anything is proved at all."""
        return self.kind != "none"

    def as_dict(self) -> dict[str, str | float | bool | None]:
        """Return the certificate as plain data; what was not computed is ``None``."""
        plain = {
            key: None if isinstance(value, float) and isnan(value) else value for key, value in asdict(self).items()
        }
        return {**plain, "holds": self.holds}

    def sentence(self) -> str:
        """Say in one sentence what is proved."""
        if self.kind == "optimal":
            return (
                f"Optimal: objective {self.objective:.8g}, no plan can be better than {self.bound:.8g} "
                f"(relative gap {self.gap:.1e}), every row met to {self.row_shortage:.1e} of its own size."
            )
        if self.kind == "infeasible":
            return (
                f"Impossible: a combination of the rows demands {self.bound:.8g} "
                f"where the bounds allow {self.objective:.8g} at most."
            )
        if self.kind == "unbounded":
            return f"Without limit: the objective is {self.objective:.8g} here and improves for ever in one direction."
        if self.kind == "feasible":
            return f"Feasible with objective {self.objective:.8g}, not proved optimal; " + (
                "no bound is known." if isnan(self.bound) else f"the bound is {self.bound:.8g}."
            )
        return f"Nothing is proved: {self._reason()}."

    def _reason(self) -> str:
        reasons = []
        if self.row_shortage > self.tolerance:
            reasons.append(f"row {self.row} is violated by {self.row_shortage:.1e} of its own size")
        if self.column_violation > self.tolerance:
            reasons.append(f"a column's bound is violated by {self.column_violation:.1e} of its size")
        if self.dual_violation > self.tolerance:
            reasons.append(f"the dual value of {self.dual} is infeasible by {self.dual_violation:.1e} of its own size")
        return ", ".join(reasons) or "there is no point and no ray to check"


def certify(problem: LinearProblem, primal: Vector | None, dual: Vector | None, tolerance: float = 1e-6) -> Certificate:
    """Check a point and its dual values against the problem.

    Parameters
    ----------
    problem
        The problem.
    primal
        The point x, shape (n,), or ``None``.
    dual
        The row duals y, shape (m,), or ``None``; sign as in :mod:`newcourse.solver.solution`.
    tolerance
        Largest relative violation and gap accepted.

    Returns
    -------
    Certificate
        Of kind ``"optimal"``, ``"feasible"`` or ``"none"``.
    """
    if primal is None or not np.isfinite(primal).all():
        return Certificate("none", tolerance)
    row_shortage, row = _row_shortage(problem, primal)
    column_violation = _column_violation(problem, primal)
    objective = float(problem.cost @ primal)
    feasible = row_shortage <= tolerance and column_violation <= tolerance
    bound = gap = dual_violation = _NAN
    name = ""
    if dual is not None and np.isfinite(dual).all():
        bound, dual_violation, name = dual_bound(problem, dual)
        gap = abs(objective - bound) / _objective_scale(problem, primal, bound)
    optimal = feasible and gap <= tolerance and dual_violation <= tolerance
    kind: Kind = "optimal" if optimal else "feasible" if feasible else "none"
    return Certificate(
        kind, tolerance, objective, bound, gap, row_shortage, row, column_violation, dual_violation, name
    )


def certify_infeasible(problem: LinearProblem, ray: Vector | None, tolerance: float = 1e-6) -> Certificate:
    """Check by Farkas' lemma that no point can meet the rows within the columns' bounds.

    Parameters
    ----------
    problem
        The problem; its objective plays no part.
    ray
        Weights of the rows, shape (m,): positive on a row's lower, negative on its upper bound.
    tolerance
        What the demand must exceed the possible by, relative to the terms both consist of: a contradiction smaller
        than what a certificate forgives is no contradiction.

    Returns
    -------
    Certificate
        Of kind ``"infeasible"`` or ``"none"``.
    """
    if ray is None or not np.isfinite(ray).all():
        return Certificate("none", tolerance)
    direction = problem.matrix.T @ ray
    scale = _floored(abs(problem.matrix).T @ np.abs(ray), problem.columns)
    demanded, row_worst, i = _side_sum(ray, problem.row_lower, problem.row_upper, _floored(np.abs(ray), problem.rows))
    possible, column_worst, j = _side_sum(direction, problem.column_upper, problem.column_lower, scale)
    terms = np.concatenate(
        [
            ray * _finite(_touched(ray, problem.row_lower, problem.row_upper)),
            direction * _finite(_touched(direction, problem.column_upper, problem.column_lower)),
        ]
    )
    size = float(np.abs(terms).sum())
    gap = (demanded - possible) / size if size > 0 else 0.0
    violation, name = _worse(problem, row_worst, i, column_worst, j)
    kind: Kind = "infeasible" if gap > tolerance and violation <= tolerance else "none"
    return Certificate(kind, tolerance, possible, demanded, gap, dual_violation=violation, dual=name)


def certify_unbounded(
    problem: LinearProblem, primal: Vector | None, direction: Vector | None, tolerance: float = 1e-6
) -> Certificate:
    """Check that a feasible point can go on improving for ever in one direction.

    Parameters
    ----------
    problem
        The problem.
    primal
        A feasible point, shape (n,).
    direction
        Where to go from there, shape (n,).
    tolerance
        Largest relative violation of a row or bound, and what the improvement must exceed relative to its terms.

    Returns
    -------
    Certificate
        Of kind ``"unbounded"``, ``"feasible"`` (the direction proves nothing) or ``"none"``.
    """
    start = certify(problem, primal, None, tolerance)
    if start.kind != "feasible" or direction is None or not np.isfinite(direction).all():
        return start
    cone = recession_cone(problem)
    row_shortage, _ = _row_shortage(cone, direction)
    column_violation = _column_violation(cone, direction)
    size = float(np.abs(problem.cost) @ np.abs(direction))
    improvement = -problem.sign * float(problem.cost @ direction)
    if size > 0 and improvement > tolerance * size and max(row_shortage, column_violation) <= tolerance:
        return Certificate(
            "unbounded",
            tolerance,
            start.objective,
            -problem.sign * np.inf,
            row_shortage=max(row_shortage, start.row_shortage),
            row=start.row,
            column_violation=max(column_violation, start.column_violation),
        )
    return start


def recession_cone(problem: LinearProblem) -> LinearProblem:
    """Return the problem whose points are the directions one may go for ever: every finite bound becomes nil."""
    return problem.with_row_bounds(_nil(problem.row_lower), _nil(problem.row_upper)).with_column_bounds(
        _nil(problem.column_lower), _nil(problem.column_upper)
    )


def dual_bound(problem: LinearProblem, dual: Vector) -> tuple[float, float, str]:
    """Return the bound that row duals prove, their largest relative violation, and whose it is.

    Complexity: two passes over the coefficients.
    """
    reduced = problem.cost - problem.matrix.T @ dual
    scale = np.maximum(np.abs(problem.cost), abs(problem.matrix).T @ np.abs(dual))
    sign = problem.sign
    rows, row_worst, i = _side_sum(
        sign * dual, problem.row_lower, problem.row_upper, _floored(np.abs(dual), problem.rows)
    )
    columns, column_worst, j = _side_sum(
        sign * reduced, problem.column_lower, problem.column_upper, _floored(scale, problem.columns)
    )
    return (sign * (rows + columns), *_worse(problem, row_worst, i, column_worst, j))


def row_scales(problem: LinearProblem, primal: Vector) -> Vector:
    """Return each row's own scale sum |a_ij x_j|, at least NEGLIGIBLE of the largest in its block, shape (m,)."""
    return _floored(abs(problem.matrix) @ np.abs(primal), problem.rows)


def _row_shortage(problem: LinearProblem, primal: Vector) -> tuple[float, str]:
    activity = problem.matrix @ primal
    relative = _relative_violation(activity, problem.row_lower, problem.row_upper, row_scales(problem, primal))
    if not relative.size:
        return 0.0, ""
    worst = int(relative.argmax())
    return float(relative[worst]), problem.row_name(worst)


def _column_violation(problem: LinearProblem, primal: Vector) -> float:
    scale = _floored(np.abs(primal), problem.columns)
    relative = _relative_violation(primal, problem.column_lower, problem.column_upper, scale)
    return float(relative.max(initial=0.0))


def _relative_violation(value: Vector, lower: Vector, upper: Vector, scale: Vector) -> Vector:
    """Return how far each value is outside its bounds, over the larger of its scale and the violated bound."""
    below = np.maximum(lower - value, 0.0)
    above = np.maximum(value - upper, 0.0)
    bound = np.where(below > 0, np.abs(lower), np.where(above > 0, np.abs(upper), 0.0))
    violation = np.maximum(below, above)
    return np.divide(violation, np.maximum(scale, bound), out=np.zeros_like(violation), where=violation > 0)


def _side_sum(weights: Vector, positive: Vector, negative: Vector, scale: Vector) -> tuple[float, float, int]:
    """Sum each weight times the bound its sign chooses; infinite bounds are left out and their weight measured."""
    bounds = _touched(weights, positive, negative)
    infinite = np.isinf(bounds)
    total = float(weights @ _finite(bounds))
    violation = np.divide(np.abs(weights), scale, out=np.zeros_like(weights), where=infinite & (weights != 0))
    if not violation.size:
        return total, 0.0, -1
    worst = int(violation.argmax())
    return total, float(violation[worst]), worst


def _touched(weights: Vector, positive: Vector, negative: Vector) -> Vector:
    """Return the bound that each weight's sign chooses, nil where the weight is nil."""
    return np.where(weights > 0, positive, np.where(weights < 0, negative, 0.0))


def _finite(bounds: Vector) -> Vector:
    return np.where(np.isinf(bounds), 0.0, bounds)


def _worse(problem: LinearProblem, row: float, i: int, column: float, j: int) -> tuple[float, str]:
    if row > column:
        return row, problem.row_name(i)
    return column, problem.column_name(j) if j >= 0 else ""


def _objective_scale(problem: LinearProblem, primal: Vector, bound: float) -> float:
    """Return what the gap is measured against: never less than NEGLIGIBLE of costs times activities."""
    cost = np.abs(problem.cost)
    size = sum(
        float(cost[b.slice].max(initial=0.0) * np.abs(primal[b.slice]).max(initial=0.0)) for b in problem.columns
    )
    value = max(abs(float(problem.cost @ primal)), abs(bound), NEGLIGIBLE * size)
    return value if value > 0 else 1.0


def _floored(scale: Vector, blocks: tuple[Block, ...]) -> Vector:
    floored = scale.copy()
    for block in blocks:
        part = floored[block.slice]
        np.maximum(part, NEGLIGIBLE * part.max(initial=0.0), out=part)
    return floored


def _nil(bound: Vector) -> npt.NDArray[np.float64]:
    return np.where(np.isinf(bound), bound, 0.0)
