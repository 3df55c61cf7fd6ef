"""Rows of a single entry are bounds of their column: said so, and undone again in the duals (design §10)."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from newcourse.solver.problem import LinearProblem, Vector


@dataclass(frozen=True, eq=False)
class Bounds:
    """Bounds of the columns, tightened by rows of a single entry.

    Attributes
    ----------
    lower, upper
        Bounds, shape (n,); crossed where such rows contradict each other or the column's own bounds.
    lower_row, upper_row
        The row that gave the bound, or −1 where it is the column's own, shape (n,).
    coefficient
        The single entry of each row, nil for rows that are not of this kind, shape (m,).
    asks_nothing
        Rows outside the structure that every point meets, shape (m,).
    """

    lower: Vector
    upper: Vector
    lower_row: npt.NDArray[np.int32]
    upper_row: npt.NDArray[np.int32]
    coefficient: Vector
    asks_nothing: npt.NDArray[np.bool_]

    def charge(self, dual: Vector, reduced: Vector) -> None:
        """Write into ``dual`` (of a minimum) what rows of a single entry are worth by the columns' reduced costs."""
        for at, row in ((reduced > 0, self.lower_row), (reduced < 0, self.upper_row)):
            columns = np.flatnonzero(at & (row >= 0))
            rows = row[columns]
            dual[rows] += reduced[columns] / self.coefficient[rows]


def bounds_with_single_rows(problem: LinearProblem, others: npt.NDArray[np.int32]) -> Bounds:
    """Return the columns' bounds with all rows of a single entry, ``others`` excepted.

    Complexity: one pass over the coefficients.
    """
    matrix = problem.matrix
    m = problem.shape[0]
    entries, single = row_entries(problem)
    free = np.isneginf(problem.row_lower) & np.isposinf(problem.row_upper)
    outside = np.ones(m, bool)
    outside[others] = False
    met = (entries == 0) & (problem.row_lower <= 0) & (problem.row_upper >= 0)
    rows = np.flatnonzero(outside & (entries == 1) & ~free).astype(np.int32)
    column, value = matrix.indices[single[rows]], matrix.data[single[rows]]
    coefficient = np.zeros(m)
    coefficient[rows] = value
    with np.errstate(over="ignore"):
        first, second = problem.row_lower[rows] / value, problem.row_upper[rows] / value
    lower, lower_row = _tightened(problem.column_lower, column, np.minimum(first, second), rows, 1.0)
    upper, upper_row = _tightened(problem.column_upper, column, np.maximum(first, second), rows, -1.0)
    asks_nothing = outside & (free | met)
    for array in (lower, upper, lower_row, upper_row, coefficient, asks_nothing):
        array.flags.writeable = False
    return Bounds(lower, upper, lower_row, upper_row, coefficient, asks_nothing)


def row_entries(problem: LinearProblem) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Return for each row how many entries are not nil, and the position of the last such, shape (m,) each."""
    matrix = problem.matrix
    if matrix.data.all():  # saves a vector as long as the coefficients
        return np.diff(matrix.indptr).astype(np.int64), matrix.indptr[1:].astype(np.int64) - 1
    nonzero = np.concatenate([[0], np.cumsum(matrix.data != 0)])
    entries = nonzero[matrix.indptr[1:]] - nonzero[matrix.indptr[:-1]]
    last = np.searchsorted(nonzero, nonzero[matrix.indptr[1:]], side="left") - 1
    return entries.astype(np.int64), last.astype(np.int64)


def _tightened(
    own: Vector, column: npt.NDArray[np.int32], given: Vector, rows: npt.NDArray[np.int32], sign: float
) -> tuple[Vector, npt.NDArray[np.int32]]:
    """Return the tightest of a column's own bound and those given, and which row gave it; sign −1 for uppers."""
    tight = sign * own
    np.maximum.at(tight, column, sign * given)
    source = np.full(own.size, -1, np.int32)
    gave = (sign * given >= tight[column]) & (sign * given > sign * own[column])
    source[column[gave]] = rows[gave]
    return sign * tight, source
