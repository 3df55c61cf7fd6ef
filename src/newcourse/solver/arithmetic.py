"""The sums a certificate is made of: violations, bounds and scales, from the problem's own numbers (design §6.5)."""

from typing import Final

import numpy as np
import scipy.sparse as sp

from newcourse.solver.problem import Block, LinearProblem, Vector

NEGLIGIBLE: Final = 1e-9
"""A row or column whose own scale is below this part of the largest in its block is measured on that part instead:
with the usual tolerance of 1e-6 this allows 1e-15 of the largest, the rounding error of the arithmetic itself."""

ROUNDING: Final = 1e-14
"""Part of the terms of a sum that is left over by rounding where its positive and negative terms are equal."""


def recession_cone(problem: LinearProblem) -> LinearProblem:
    """Return the problem whose points are the directions one may go for ever: every finite bound becomes nil."""
    return problem.with_row_bounds(_nil(problem.row_lower), _nil(problem.row_upper)).with_column_bounds(
        _nil(problem.column_lower), _nil(problem.column_upper)
    )


def dual_bound(problem: LinearProblem, dual: Vector) -> tuple[float, float, float, str]:
    """Return the bound that row duals prove, the size of its terms, their largest relative violation, and whose it is.

    The size is that of all numbers the bound is summed from, which may cancel: rounding is a part of it.

    Complexity: two passes over the coefficients.
    """
    reduced = problem.cost - problem.matrix.T @ dual
    scale = np.maximum(np.abs(problem.cost), _magnitudes(problem).T @ np.abs(dual))
    sign = problem.sign
    rows, row_worst, i = _side_sum(
        sign * dual, problem.row_lower, problem.row_upper, _floored(np.abs(dual), problem.rows)
    )
    columns, column_worst, j = _side_sum(
        sign * reduced, problem.column_lower, problem.column_upper, _floored(scale, problem.columns)
    )
    size = np.abs(dual) @ np.abs(_finite(_touched(sign * dual, problem.row_lower, problem.row_upper)))
    size += scale @ np.abs(_finite(_touched(sign * reduced, problem.column_lower, problem.column_upper)))
    return (sign * (rows + columns), float(size), *_worse(problem, row_worst, i, column_worst, j))


def ray_sides(problem: LinearProblem, ray: Vector) -> tuple[float, float, float, float, str]:
    """Return what a Farkas ray demands, what the columns allow, the size of the terms, its violation and whose it is.

    Every point that meets the rows has ``ray'A x >= sum(ray+ row_lower - ray- row_upper)``, the demand; every point
    within the columns' bounds has ``ray'A x <= sum(d+ column_upper - d- column_lower)`` with ``d = A'ray``.
    """
    pull = problem.matrix.T @ ray
    scale = _floored(_magnitudes(problem).T @ np.abs(ray), problem.columns)
    demanded, row_worst, i = _side_sum(ray, problem.row_lower, problem.row_upper, _floored(np.abs(ray), problem.rows))
    possible, column_worst, j = _side_sum(pull, problem.column_upper, problem.column_lower, scale)
    size = np.abs(ray) @ np.abs(_finite(_touched(ray, problem.row_lower, problem.row_upper)))
    size += np.abs(pull) @ np.abs(_finite(_touched(pull, problem.column_upper, problem.column_lower)))
    return demanded, possible, float(size), *_worse(problem, row_worst, i, column_worst, j)


def row_scales(problem: LinearProblem, primal: Vector) -> Vector:
    """Return each row's own scale ``sum |a_ij x_j|``, at least NEGLIGIBLE of the largest in its block, shape (m,)."""
    return _floored(_magnitudes(problem) @ np.abs(primal), problem.rows)


def shortages(problem: LinearProblem, primal: Vector) -> tuple[tuple[float, str], tuple[float, str]]:
    """Return the worst row, by :func:`row_shortage`, and the worst product, by :func:`product_shortage`."""
    sums = problem.matrix @ primal, _magnitudes(problem) @ np.abs(primal)
    return _worst(problem, _row_parts(problem, *sums)), _worst(problem, _product_parts(problem, *sums))


def product_shortage(problem: LinearProblem, primal: Vector) -> tuple[float, str]:
    """Return the largest part of what there is of a product by which it is short, and the product's name.

    Every side of a row is read as the balance of a product: supply − use >= demand, with all signs turned where the
    row has an upper side. What there is of it is its output, ``sum max(a_ij x_j, 0)``, and what is at hand (a negative
    demand, as a supply of labour is); where there is neither, its demand. It is at least NEGLIGIBLE of the largest in
    its block.
    """
    return shortages(problem, primal)[1]


def row_shortage(problem: LinearProblem, primal: Vector) -> tuple[float, str]:
    """Return the largest violation of a row relative to its own scale or violated bound, and the row's name."""
    return shortages(problem, primal)[0]


def _row_parts(problem: LinearProblem, activity: Vector, size: Vector) -> Vector:
    return _relative_violation(activity, problem.row_lower, problem.row_upper, _floored(size, problem.rows))


def _product_parts(problem: LinearProblem, activity: Vector, size: Vector) -> Vector:
    made = _part_short(activity, size, problem.row_lower, problem.rows)
    return np.maximum(made, _part_short(-activity, size, -problem.row_upper, problem.rows))


def _worst(problem: LinearProblem, parts: Vector) -> tuple[float, str]:
    if not parts.size:
        return 0.0, ""
    worst = int(parts.argmax())
    return float(parts[worst]), problem.row_name(worst)


def _part_short(net: Vector, size: Vector, demand: Vector, blocks: tuple[Block, ...]) -> Vector:
    """Return by which part of what there is of it each product is short; ``size`` is that of all terms of ``net``."""
    asked = np.isfinite(demand)
    need = np.where(asked, demand, 0.0)
    output = np.maximum(size + net, 0.0) / 2.0
    output[output <= ROUNDING * size] = 0.0
    there = output + np.maximum(-need, 0.0)
    scale = _floored(np.where(there > 0, there, np.maximum(need, 0.0)), blocks)
    short = np.where(asked, np.maximum(need - net, 0.0), 0.0)
    return np.divide(short, scale, out=np.where(short > 0, np.inf, 0.0), where=scale > 0)


def _magnitudes(problem: LinearProblem) -> sp.csr_array:
    """Return the sizes of the coefficients, on the positions of the problem's own matrix."""
    matrix = problem.matrix
    parts = (np.abs(matrix.data), matrix.indices, matrix.indptr)
    return sp.csr_array(parts, shape=matrix.shape, copy=False)


def column_violation(problem: LinearProblem, primal: Vector) -> float:
    """Return the largest violation of a column's bound, relative to the larger of its value and the bound."""
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


def objective_scale(problem: LinearProblem, primal: Vector, bound: float, bound_size: float) -> float:
    """Return what the gap is measured against: no less than NEGLIGIBLE of the terms that it is the difference of."""
    cost = np.abs(problem.cost)
    size = sum(
        float(cost[b.slice].max(initial=0.0) * np.abs(primal[b.slice]).max(initial=0.0)) for b in problem.columns
    )
    value = max(abs(float(problem.cost @ primal)), abs(bound), NEGLIGIBLE * size, NEGLIGIBLE * bound_size)
    return value if value > 0 else 1.0


def _floored(scale: Vector, blocks: tuple[Block, ...]) -> Vector:
    floored = scale.copy()
    for block in blocks:
        part = floored[block.slice]
        np.maximum(part, NEGLIGIBLE * part.max(initial=0.0), out=part)
    return floored


def _nil(bound: Vector) -> Vector:
    return np.where(np.isinf(bound), bound, 0.0)
