"""Amounts of groups of voters, exact: what each has left to pay, or carries already.

All amounts are whole numbers over one common denominator, and groups with the same amount share one entry, so that a
round costs one pass over the ballots and arithmetic on few numbers. Nothing is rounded.
"""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from math import gcd, lcm

import numpy as np


@dataclass(frozen=True, eq=False)
class Levels:
    """One amount for each group.

    Parameters
    ----------
    values
        The amounts that occur, ascending, times ``scale``.
    scale
        The common denominator.
    level
        For each group, the position of its amount in ``values``; shape (groups,).
    times
        How many voters are in each group; shape (groups,).

    Examples
    --------
    >>> start = Levels.equal(Fraction(4, 12), np.array([3, 3, 6]))
    >>> start.less(np.array([0, 1]), Fraction(1, 8)).table()
    ((Fraction(5, 24), 6), (Fraction(1, 3), 6))
    """

    values: tuple[int, ...]
    scale: int
    level: np.ndarray
    times: np.ndarray

    @classmethod
    def equal(cls, value: Fraction, times: np.ndarray) -> "Levels":
        """Return levels at which every group has the same amount."""
        return cls((value.numerator,), value.denominator, np.zeros(len(times), dtype=np.int64), times)

    def counts(self, groups: np.ndarray) -> list[tuple[int, int]]:
        """Return the amounts of these groups, ascending and times ``scale``, and how many voters have each."""
        level = self.level[groups]
        voters = np.bincount(level, weights=self.times[groups], minlength=len(self.values)).astype(np.int64)
        occurring = np.flatnonzero(voters)
        return [(self.values[i], int(voters[i])) for i in occurring.tolist()]

    def table(self) -> tuple[tuple[Fraction, int], ...]:
        """Return all amounts, ascending, and how many voters have each."""
        return tuple((Fraction(value, self.scale), voters) for value, voters in self.counts(np.arange(len(self.level))))

    def less(self, groups: np.ndarray, most: Fraction) -> "Levels":
        """Return the levels after these groups have paid so much each, or all they had where that is less."""
        return self._changed(groups, lambda money: max(money - most, Fraction(0)))

    def raised(self, groups: np.ndarray, value: Fraction) -> "Levels":
        """Return the levels after these groups have all been given this amount."""
        return self._changed(groups, lambda _: value)

    def negative(self) -> "Levels":
        """Return the same amounts with the other sign: money left over is a load below zero."""
        last = len(self.values) - 1
        return Levels(tuple(-value for value in reversed(self.values)), self.scale, last - self.level, self.times)

    def _changed(self, groups: np.ndarray, new: Callable[[Fraction], Fraction]) -> "Levels":
        concerned = np.zeros(len(self.level), dtype=np.int64)
        concerned[groups] = 1
        key = 2 * self.level + concerned
        occurring = np.flatnonzero(np.bincount(key, minlength=2 * len(self.values))).tolist()
        amounts = {k: Fraction(self.values[k // 2], self.scale) for k in occurring}
        amounts = {k: new(value) if k % 2 else value for k, value in amounts.items()}
        return self._of(amounts, key)

    def _of(self, amounts: dict[int, Fraction], key: np.ndarray) -> "Levels":
        scale = lcm(*(value.denominator for value in amounts.values()))
        whole = {k: value.numerator * (scale // value.denominator) for k, value in amounts.items()}
        values = sorted(set(whole.values()))
        shrink = gcd(scale, *values)
        position = {value: i for i, value in enumerate(values)}
        where = np.zeros(2 * len(self.values), dtype=np.int64)
        for k, value in whole.items():
            where[k] = position[value]
        return Levels(tuple(value // shrink for value in values), scale // shrink, where[key], self.times)
