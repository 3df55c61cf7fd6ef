"""Brings a problem into units in which its numbers are near one, and the answer back (design §6.7).

A method's tolerances are absolute and it may drop what it thinks is too small a coefficient; a plan in francs, hours
and grams has no such thing as a small number. All factors are powers of two, so scaling itself never rounds.

Source: D. Ruiz, "A scaling algorithm to equilibrate both rows and columns norms in matrices", RAL-TR-2001-034.
"""

from dataclasses import dataclass, replace
from typing import Final, Self

import numpy as np
import scipy.sparse as sp

from newcourse.solver.checks import INFINITE
from newcourse.solver.problem import LinearProblem, Vector

ROUNDS: Final = 6
"""Rounds of equilibration; each halves the spread of the exponents that is left."""


@dataclass(frozen=True, eq=False)
class Scaling:
    """Units of a problem, so that ``x = columns * amount * scaled x`` and ``A x = amount / rows * scaled A x``.

    Attributes
    ----------
    rows, columns
        Factors, shapes (m,) and (n,): the scaled matrix is ``rows * A * columns``.
    amount
        Unit common to all bounds.
    price
        Unit common to all costs.
    """

    rows: Vector
    columns: Vector
    amount: float
    price: float

    @classmethod
    def of(cls, problem: LinearProblem) -> Self:
        """Choose units in which the largest coefficient of each row and column, and usual bounds, are near one."""
        rows, columns = _equilibrated(problem.matrix)
        bounds = np.concatenate(
            [
                problem.row_lower * rows,
                problem.row_upper * rows,
                problem.column_lower / columns,
                problem.column_upper / columns,
            ]
        )
        return cls(rows, columns, _usual(bounds), _usual(problem.cost * columns))

    def scaled(self, problem: LinearProblem) -> LinearProblem:
        """Return the problem in these units; always a minimum."""
        matrix = problem.matrix
        data = matrix.data * np.repeat(self.rows, np.diff(matrix.indptr))
        data *= self.columns[matrix.indices]
        row, column = self.rows / self.amount, 1.0 / (self.columns * self.amount)
        return replace(
            problem,
            sense="min",
            cost=problem.sign * problem.cost * self.columns / self.price,
            matrix=sp.csr_array((data, matrix.indices, matrix.indptr), shape=matrix.shape, copy=False),
            row_lower=_bounded(problem.row_lower * row),
            row_upper=_bounded(problem.row_upper * row),
            column_lower=_bounded(problem.column_lower * column),
            column_upper=_bounded(problem.column_upper * column),
        )

    def primal(self, scaled: Vector) -> Vector:
        """Return a point in the problem's own units."""
        return scaled * self.columns * self.amount

    def dual(self, scaled: Vector, sign: float) -> Vector:
        """Return row duals in the problem's own units and sense."""
        return scaled * self.rows * (self.price * sign)

    def ray(self, scaled: Vector) -> Vector:
        """Return a Farkas ray in the problem's own units; its length has no meaning."""
        return scaled * self.rows


def _equilibrated(matrix: sp.csr_array) -> tuple[Vector, Vector]:
    """Return row and column factors, powers of two, by Ruiz' rounds on the exponents of the coefficients."""
    m, n = matrix.shape
    row, column = np.zeros(m), np.zeros(n)
    counts = np.diff(matrix.indptr)
    with np.errstate(divide="ignore"):
        exponents = np.log2(np.abs(matrix.data))
    for _ in range(ROUNDS):
        sizes = exponents + column[matrix.indices]
        highest = np.full(m, -np.inf)
        highest[counts > 0] = np.maximum.reduceat(sizes, matrix.indptr[:-1][counts > 0]) if sizes.size else 0.0
        sizes += np.repeat(row, counts)
        widest = np.full(n, -np.inf)
        np.maximum.at(widest, matrix.indices, sizes)
        row -= _half(highest + row)
        column -= _half(widest)
    return np.exp2(np.rint(row)), np.exp2(np.rint(column))


def _half(exponents: Vector) -> Vector:
    return np.where(np.isfinite(exponents), 0.5 * exponents, 0.0)


def _usual(values: Vector) -> float:
    """Return a power of two near the geometric mean of the values that are finite and not nil, one without any.

    It is at least 2⁻²⁰ of the largest, so that no value becomes huge.
    """
    sizes = np.abs(values[np.isfinite(values) & (values != 0.0)])
    if not sizes.size:
        return 1.0
    exponents = np.log2(sizes)
    return float(np.exp2(np.rint(max(exponents.mean(), exponents.max() - 20.0))))


def _bounded(bounds: Vector) -> Vector:
    """Return bounds without those so far away that a method would refuse them: they become infinite."""
    return np.where(np.abs(bounds) >= INFINITE, np.copysign(np.inf, bounds), bounds)
