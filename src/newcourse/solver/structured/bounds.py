"""Rows with one column left to choose are bounds of that column: said so, and undone again in the duals (design §10).

A row of a single entry bounds its column. Where such bounds leave a column one value only, it is no choice any more,
and the rows it stands in may have one column left to choose, and so on: what remains are the rows that are worth a
method. A row's dual is then the reduced cost of the column it bounds, later rows first: a row found later may hold
columns that rows found earlier have fixed, and changes their reduced cost.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from newcourse.solver.problem import LinearProblem, Vector

_ROUNDS: Final = 8
"""Most times that fixed columns are looked through for further bounds; each costs a pass over the coefficients."""

_ROUNDING: Final = 1e-13
"""Part of the terms it is summed from by which a sum may be off."""

Places = npt.NDArray[np.int32]


@dataclass(frozen=True, eq=False)
class Bounds:
    """Bounds of the columns, tightened by rows with one column left to choose.

    Attributes
    ----------
    lower, upper
        Bounds, shape (n,); crossed where such rows contradict each other or the column's own bounds.
    lower_row, upper_row
        The row that gave the bound, or −1 where it is the column's own, shape (n,).
    coefficient
        The entry of the column that each such row bounds, nil for other rows, shape (m,).
    found
        The round in which a row became a bound, from 1; 0 for other rows, shape (m,).
    asks_nothing
        Rows outside the structure that all points within the bounds meet, because nothing is asked or left to choose,
        shape (m,).
    cannot_hold
        Rows outside the structure that no point within the bounds meets, for the same reason, shape (m,).
    """

    lower: Vector
    upper: Vector
    lower_row: Places
    upper_row: Places
    coefficient: Vector
    found: npt.NDArray[np.int8]
    asks_nothing: npt.NDArray[np.bool_]
    cannot_hold: npt.NDArray[np.bool_]

    @property
    def fixed(self) -> npt.NDArray[np.bool_]:
        """Columns that have one value only, shape (n,)."""
        return np.asarray(self.lower == self.upper)

    def charge(self, problem: LinearProblem, dual: Vector) -> None:
        """Write into ``dual`` (of a minimum) what the rows that are bounds are worth by the columns' reduced costs."""
        for turn in range(int(self.found.max(initial=0)), 0, -1):
            reduced = problem.sign * problem.cost - problem.matrix.T @ dual
            for at, row in ((reduced > 0, self.lower_row), (reduced < 0, self.upper_row)):
                columns = np.flatnonzero(at & (row >= 0))
                columns = columns[self.found[row[columns]] == turn]
                rows = row[columns]
                dual[rows] += reduced[columns] / self.coefficient[rows]


def bounds_with_single_rows(problem: LinearProblem, others: Places) -> Bounds:
    """Return the columns' bounds with all rows, ``others`` excepted, that have one column left to choose.

    Complexity: a pass over the coefficients a round; one round where no column is fixed.
    """
    search = _Search(problem, others)
    for turn in range(1, _ROUNDS + 1):
        if not search.go_through(turn):
            break
    bounds = Bounds(
        search.lower, search.upper, search.lower_row, search.upper_row, search.coefficient, search.found,
        search.met, search.missed,
    )  # fmt: skip
    for array in vars(bounds).values():
        array.flags.writeable = False
    return bounds


class _Search:
    """Bounds as far as they have been found."""

    def __init__(self, problem: LinearProblem, others: Places) -> None:
        m, n = problem.shape
        self.problem = problem
        self.lower, self.upper = problem.column_lower.copy(), problem.column_upper.copy()
        self.lower_row, self.upper_row = np.full(n, -1, np.int32), np.full(n, -1, np.int32)
        self.coefficient, self.found = np.zeros(m), np.zeros(m, np.int8)
        self.met = np.isneginf(problem.row_lower) & np.isposinf(problem.row_upper)
        self.met[others] = False
        self.missed = np.zeros(m, bool)
        self._left = ~self.met
        self._left[others] = False

    def go_through(self, turn: int) -> bool:
        """Turn the rows that have one column left to choose into bounds; return whether that fixed another column."""
        rows = np.flatnonzero(self._left)
        matrix = self.problem.matrix
        part = matrix if rows.size == self._left.size else sp.csr_array(matrix[rows])
        fixed = self.lower == self.upper
        choices = _choices(part, fixed)
        few = np.flatnonzero(choices <= 1)
        part, rows, choices = sp.csr_array(part[few]), rows[few], choices[few]
        value = np.where(fixed, self.lower, 0.0)
        known, size = part @ value, abs(part) @ np.abs(value)
        lower, upper = self.problem.row_lower[rows] - known, self.problem.row_upper[rows] - known
        holds = (lower <= _ROUNDING * size) & (upper >= -_ROUNDING * size)
        self.met[rows[(choices == 0) & holds]] = True
        self.missed[rows[(choices == 0) & ~holds]] = True
        at = np.flatnonzero(~fixed[part.indices] & (part.data != 0) & np.repeat(choices == 1, np.diff(part.indptr)))
        one = choices == 1
        self._tighten(rows[one], part.indices[at], part.data[at], lower[one], upper[one], turn)
        self._left[rows] = False
        return bool(((self.lower == self.upper) & ~fixed).any())

    def _tighten(self, rows: Places, columns: Places, entries: Vector, lower: Vector, upper: Vector, turn: int) -> None:
        """Take over what one row each asks of a column; a row that came later counts only if it asks for more."""
        self.coefficient[rows], self.found[rows] = entries, turn
        first, second = lower / entries, upper / entries
        self.lower = _tightest(self.lower, self.lower_row, columns, np.minimum(first, second), rows)
        self.upper = -_tightest(-self.upper, self.upper_row, columns, -np.maximum(first, second), rows)
        size = np.maximum(np.abs(self.lower), np.abs(self.upper))
        meant = (self.lower > self.upper) & (self.lower - self.upper <= _ROUNDING * size)
        self.upper[meant] = self.lower[meant]


def _choices(part: sp.csr_array, fixed: npt.NDArray[np.bool_]) -> npt.NDArray[np.int64]:
    """Return for each row how many of its columns are left to choose."""
    entries = np.diff(part.indptr).astype(np.int64)
    none = np.flatnonzero(fixed[part.indices] | (part.data == 0))
    if none.size:
        entries -= np.bincount(np.searchsorted(part.indptr, none, side="right") - 1, minlength=entries.size)
    return entries


def _tightest(own: Vector, source: Places, columns: Places, given: Vector, rows: Places) -> Vector:
    """Return the largest of a column's lower bound and those given, and write into ``source`` which row gave it."""
    tight = own.copy()
    np.maximum.at(tight, columns, given)
    gave = (given >= tight[columns]) & (given > own[columns])
    source[columns[gave]] = rows[gave]
    return tight
