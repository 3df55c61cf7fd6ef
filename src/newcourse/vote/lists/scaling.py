"""Votes scaled by multipliers of rows and columns, and the whole numbers that rounding allows (biproportional).

Rows are districts, columns are parties. A scaled vote may be rounded to k when it lies between the divisors before and
after k; where it meets a divisor exactly, both neighbours are allowed: a tie.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import inf, isfinite, isnan, nan

Matrix = Sequence[Sequence[Fraction]]
Divisor = Callable[[int], Fraction]
ROUNDS = 40
CLEARLY = 10**9


@dataclass(slots=True)
class Scaled:
    """Votes, multipliers and seats while they are worked on.

    Beside each exact multiplier stands its nearest float, by which most comparisons are settled at once: only where
    two values differ by less than one part in :data:`CLEARLY` are they compared exactly.

    Attributes
    ----------
    votes
        By row and column.
    divisor
        The divisor of the next seat after so many; all above zero.
    rows, columns
        Multipliers.
    seats
        By row and column; always allowed by rounding.
    """

    votes: Matrix
    divisor: Divisor
    rows: list[Fraction]
    columns: list[Fraction]
    seats: list[list[int]]
    _floats: tuple[list[list[float]], list[float], list[float]] = field(init=False)

    def __post_init__(self) -> None:
        table = [[_tame(value) for value in row] for row in self.votes]
        self._floats = (table, [_tame(value) for value in self.rows], [_tame(value) for value in self.columns])

    def scale(self, rows: Iterable[int], columns: Iterable[int], factor: Fraction) -> None:
        """Multiply the rows by the factor and divide the columns by it."""
        for i in rows:
            self.rows[i] *= factor
            self._floats[1][i] = _tame(self.rows[i])
        for j in columns:
            self.columns[j] /= factor
            self._floats[2][j] = _tame(self.columns[j])

    def value(self, i: int, j: int) -> Fraction:
        """Return the scaled vote."""
        return self.votes[i][j] * self.rows[i] * self.columns[j]

    def nearly(self, i: int, j: int) -> float:
        """Return the scaled vote as a float, right to a few parts in 10^16."""
        votes, rows, columns = self._floats
        product = votes[i][j] * rows[i] * columns[j]
        return _capped(self.value(i, j)) if isnan(product) else product

    def may_fall(self, i: int, j: int) -> bool:
        """Return whether one seat less would also be right."""
        return self.seats[i][j] > 0 and self._is(i, j, self.divisor(self.seats[i][j] - 1))

    def may_rise(self, i: int, j: int) -> bool:
        """Return whether one seat more would also be right."""
        return self.votes[i][j] > 0 and self._is(i, j, self.divisor(self.seats[i][j]))

    def _is(self, i: int, j: int, divisor: Fraction) -> bool:
        guess, wanted = self.nearly(i, j), divisor.numerator / divisor.denominator
        return abs(guess - wanted) <= wanted / CLEARLY and self.value(i, j) == divisor

    def row_totals(self) -> list[int]:
        """Return the seats of each row."""
        return [sum(row) for row in self.seats]


def _tame(value: Fraction) -> float:
    """Return a float whose product with two others loses nothing, or not a number."""
    close = _capped(value)
    return close if 1e-90 < close < 1e90 else nan


def _capped(value: Fraction) -> float:
    try:
        return float(value)
    except OverflowError:
        return inf


def guess(votes: Matrix, row_seats: Sequence[int], column_seats: Sequence[int]) -> list[Fraction]:
    """Return multipliers of rows that are about right, by scaling rows and columns in turn to their seats.

    Nothing depends on how good the guess is but the time that the exact part takes.
    """
    top = max(max(row) for row in votes)
    table = [[float(value / top) for value in row] for row in votes]
    x, y = [1.0] * len(row_seats), [1.0] * len(column_seats)
    for _ in range(ROUNDS):
        for j, seats in enumerate(column_seats):
            total = sum(row[j] * x[i] for i, row in enumerate(table))
            y[j] = seats / total if total > 0 else 0.0
        for i, seats in enumerate(row_seats):
            total = sum(value * y[j] for j, value in enumerate(table[i]))
            x[i] = seats / total if total > 0 else 0.0
    largest = max(x)
    return [_exact(value / largest) if largest > 0 else Fraction(1) for value in x]


def _exact(value: float) -> Fraction:
    return Fraction(f"{value:.6g}") if isfinite(value) and 1e-9 < value <= 1 else Fraction(1)
