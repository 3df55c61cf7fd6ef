"""Votes scaled by multipliers of rows and columns, and the whole numbers that rounding allows (biproportional).

Rows are districts, columns are parties. A scaled vote may be rounded to k when it lies between the divisors before and
after k; where it meets a divisor exactly, both neighbours are allowed: a tie.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import isfinite

Matrix = Sequence[Sequence[Fraction]]
Divisor = Callable[[int], Fraction]
ROUNDS = 40


@dataclass(slots=True)
class Scaled:
    """Votes, multipliers and seats while they are worked on.

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

    def value(self, i: int, j: int) -> Fraction:
        """Return the scaled vote."""
        return self.votes[i][j] * self.rows[i] * self.columns[j]

    def may_fall(self, i: int, j: int) -> bool:
        """Return whether one seat less would also be right."""
        return self.seats[i][j] > 0 and self.value(i, j) == self.divisor(self.seats[i][j] - 1)

    def may_rise(self, i: int, j: int) -> bool:
        """Return whether one seat more would also be right."""
        return self.votes[i][j] > 0 and self.value(i, j) == self.divisor(self.seats[i][j])

    def row_totals(self) -> list[int]:
        """Return the seats of each row."""
        return [sum(row) for row in self.seats]


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
