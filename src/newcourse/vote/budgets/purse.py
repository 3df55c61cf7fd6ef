"""Exact money of voters while projects are bought one after the other: whole numbers over one common denominator."""

from fractions import Fraction
from math import gcd, lcm

import numpy as np

from newcourse.vote.budgets.instance import Instance


class Purse:
    """What every group of voters still has, exactly.

    Groups that have the same are kept under one label, so that long numbers are few however many voters there are.

    Parameters
    ----------
    instance
        Projects and voters.
    each
        What every voter has at first.
    """

    def __init__(self, instance: Instance, each: Fraction) -> None:
        self._instance = instance
        self._label = np.zeros(len(instance.times), dtype=np.int64)
        self._over = lcm(each.denominator, *(cost.denominator for cost in instance.costs))
        self._money = [each.numerator * (self._over // each.denominator)]
        self.bought: list[int] = []

    def payment(self, project: int) -> Fraction | None:
        """Return the most a supporter would pay for the project now, or nothing where they cannot pay for it together.

        It is the q for which the sum over all supporters of the smaller of q and what they have is the cost.
        """
        least = self._least(project)
        return None if least is None else Fraction(least[0], least[1] * self._over)

    def _least(self, project: int) -> tuple[int, int] | None:
        groups = self._instance.supporters[project]
        weights = np.zeros(len(self._money), dtype=np.int64)
        np.add.at(weights, self._label[groups], self._instance.times[groups])
        cost = self._instance.costs[project]
        missing, payers = cost.numerator * (self._over // cost.denominator), int(weights.sum())
        holders = np.flatnonzero(weights).tolist()
        for label in sorted(holders, key=self._money.__getitem__):
            if self._money[label] * payers >= missing:
                return missing, payers
            missing -= self._money[label] * int(weights[label])
            payers -= int(weights[label])
        return None

    def buy(self, project: int) -> None:
        """Let the supporters of a project, who can, pay for it."""
        least = self._least(project)
        if least is None:
            raise ArithmeticError(f"project {self._instance.names[project]} cannot be paid for")
        self.bought.append(project)
        missing, payers = least
        common = gcd(missing, payers)
        pay, scale = missing // common, payers // common
        self._over *= scale
        has = [amount * scale for amount in self._money]
        groups = self._instance.supporters[project]
        labels = self._label[groups]
        rests: dict[int, int] = {}
        becomes = np.arange(len(has))
        for label in _used(labels, len(has)):
            becomes[label] = rests.setdefault(max(has[label] - pay, 0), len(has) + len(rests))
        self._label[groups] = becomes[labels]
        self._money = has + list(rests)
        self._forget()

    def _forget(self) -> None:
        used = _used(self._label, len(self._money))
        place = np.zeros(len(self._money), dtype=np.int64)
        place[used] = np.arange(len(used))
        self._label = place[self._label]
        self._money = [self._money[label] for label in used]

    def voters_without(self) -> int:
        """Return how many voters have nothing left."""
        empty = np.array([not amount for amount in self._money], dtype=bool)
        return int(self._instance.times[empty[self._label]].sum())


def _used(labels: np.ndarray, size: int) -> list[int]:
    """Return the labels in use, ascending; all are below the size."""
    found = np.zeros(size, dtype=bool)
    found[labels] = True
    return np.flatnonzero(found).tolist()
