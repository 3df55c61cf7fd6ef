"""What an answer is worth, computed in plain arithmetic from the problem's own numbers (design §6.5, §6.7, §10).

Nothing here knows a solver. Five questions are answered apart: are the rows met, each measured on its own scale; is
no product short, each measured on what there is of it; are the columns within their bounds; are the dual values
feasible; and how far are objective and bound from each other.

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

from newcourse.solver.arithmetic import (
    column_violation,
    dual_bound,
    objective_scale,
    ray_sides,
    recession_cone,
    shortages,
)
from newcourse.solver.problem import LinearProblem, Vector

Kind = Literal["optimal", "infeasible", "unbounded", "feasible", "none"]

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
        Largest violation of a row, relative to the row's own scale (the largest of ``sum |a_ij x_j|`` and the violated
        bound), and the row's name.
    column_violation
        Largest violation of a column's bound, relative to the larger of value and bound.
    dual_violation, dual
        Largest part of a reduced cost (or row dual) that points to an infinite bound, relative to the column's own
        scale (the largest of ``|c_j|`` and ``sum |a_ij y_i|``), and whose it is.
    product_shortage, product
        Largest part of what there is of a product by which it is short, every side of a row read as the balance of a
        product (see :func:`newcourse.solver.arithmetic.product_shortage`), and the row's name. Output and use of a
        product count once here and not together, so a plan is right product by product.
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
    product_shortage: float = _NAN
    product: str = ""

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
                f"(relative gap {self.gap:.1e}), every row met to {self.row_shortage:.1e} of its own size, "
                f"nothing short by more than {self.product_shortage:.1e} of what there is of it."
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
        if self.product_shortage > self.tolerance:
            reasons.append(f"{self.product} is short by {self.product_shortage:.1e} of what there is of it")
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
    (shortage, row), (lack, product) = shortages(problem, primal)
    outside = column_violation(problem, primal)
    objective = float(problem.cost @ primal)
    feasible = max(shortage, lack, outside) <= tolerance
    bound = gap = dual_violation = _NAN
    name = ""
    if dual is not None and np.isfinite(dual).all():
        bound, size, dual_violation, name = dual_bound(problem, dual)
        gap = abs(objective - bound) / objective_scale(problem, primal, bound, size)
    optimal = feasible and gap <= tolerance and dual_violation <= tolerance
    kind: Kind = "optimal" if optimal else "feasible" if feasible else "none"
    return Certificate(
        kind, tolerance, objective, bound, gap, shortage, row, outside, dual_violation, name, lack, product
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
    demanded, possible, size, violation, name = ray_sides(problem, ray)
    gap = (demanded - possible) / size if size > 0 else 0.0
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
    worst_row, worst_product = shortages(cone, direction)
    shortage, row = max(worst_row, (start.row_shortage, start.row))
    lack, product = max(worst_product, (start.product_shortage, start.product))
    outside = max(column_violation(cone, direction), start.column_violation)
    size = float(np.abs(problem.cost) @ np.abs(direction))
    improvement = -problem.sign * float(problem.cost @ direction)
    if improvement > tolerance * size and max(shortage, lack, outside) <= tolerance:
        endless = -problem.sign * np.inf
        return Certificate(
            "unbounded", tolerance, start.objective, endless, _NAN, shortage, row, outside,
            product_shortage=lack, product=product,
        )  # fmt: skip
    return start
