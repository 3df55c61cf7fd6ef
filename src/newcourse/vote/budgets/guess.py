"""Money of voters as floats with a bound on every error: what is clearly apart is decided, the rest left open.

Every amount carries a bound of its error, and every payment an interval that surely holds the exact payment; see
:meth:`Guess.payment` for why. u below is half the distance from one to the next float, 2**-53.
"""

from dataclasses import dataclass
from fractions import Fraction
from typing import Final, Self

import numpy as np

from newcourse.vote.budgets.instance import Instance

UNIT: Final = 2.0**-53


@dataclass(frozen=True, slots=True)
class Interval:
    """Two floats between which an exact payment surely lies.

    ``even`` is true where every supporter surely has more than the payment, so that all pay alike: the exact payment is
    then the cost over the number of supporters, however much money they have.
    """

    low: float
    high: float
    even: bool = False

    @classmethod
    def around(cls, exact: Fraction, even: bool = False) -> Self:
        """Return an interval as narrow as floats allow around an exact number not below zero."""
        near = float(exact)
        return cls(near * (1 - 4 * UNIT), near * (1 + 4 * UNIT), even)


class Unclear(Exception):
    """Floats cannot tell; count exactly."""


class Guess:
    """What every group of voters still has, about.

    Parameters
    ----------
    instance
        Projects and voters.
    each
        What every voter has at first.
    """

    def __init__(self, instance: Instance, each: Fraction) -> None:
        self._supporters = instance.supporters
        self._weights = tuple(instance.times[groups].astype(np.float64) for groups in instance.supporters)
        self._costs = [float(cost) for cost in instance.costs]
        self._size = len(instance.times)
        voters = zip(instance.costs, self._weights, strict=True)
        self._equal = [Interval.around(cost / int(w.sum()), even=True) if len(w) else None for cost, w in voters]
        self.start(each)

    def start(self, each: Fraction) -> None:
        """Give every voter so much, before anything is bought."""
        self._has = np.full(self._size, float(each))
        self._error = np.full(self._size, float(each) * 2 * UNIT)

    def payment(self, project: int, low: float, even: bool = True) -> Interval | None:
        """Return where the most a supporter would pay for the project lies, or nothing where they surely cannot pay.

        Let S(q) be the sum over the supporters of the smaller of q and what each has; the payment q* solves S(q*) =
        cost. From below (``low``) Newton's steps rise to some q, because S is concave.
        Let e be the distance from S(q) to the cost with all errors of rounding added, and the errors of the amounts
        twice: once for S(q), once for the growth of S around q. R0 voters have more than q; let d be 2 e / R0. Where at
        least half of them have more than q + d, S grows by e within d, so S(q - d) <= cost <= S(q + d): q* lies there.

        With ``even`` it is first looked whether every supporter has more than equal parts, which never comes back once
        it is over.

        Raises
        ------
        Unclear
            When it cannot be told whether they can pay, or too few have more than q + d.
        """
        groups, weights, cost = self._supporters[project], self._weights[project], self._costs[project]
        has = self._has[groups]
        errors = self._error[groups]
        equal = self._equal[project]
        if even and equal and equal.high < (has - errors).min() * (1 - 4 * UNIT):
            return equal
        total = float(weights @ has)
        rounding = (len(groups) + 8) * 4 * UNIT
        error = 2 * float(weights @ errors) * (1 + rounding) + (total + cost) * rounding
        if total < cost - error:
            return None
        if total <= cost + error:
            raise Unclear
        q, payers, spent = self._newton(has, weights, cost, low)
        error += abs(cost - spent) + cost * rounding
        distance = 2 * error / payers + 4 * UNIT * q
        if 2 * float(weights[has > q + distance].sum()) < payers:
            raise Unclear
        return Interval(max(q - distance, 0.0), q + distance)

    def _newton(self, has: np.ndarray, weights: np.ndarray, cost: float, q: float) -> tuple[float, float, float]:
        while True:
            spent = float(weights @ np.minimum(has, q))
            payers = float(weights[has > q].sum())
            if not payers:
                raise Unclear
            better = q + (cost - spent) / payers
            if better <= q * (1 + 1e-13):
                return q, payers, spent
            q = better

    def buy(self, project: int, payment: Interval) -> None:
        """Let the supporters of a project pay for it, each at most a payment in the interval."""
        groups = self._supporters[project]
        has, error = self._has[groups], self._error[groups]
        q = (payment.low + payment.high) / 2
        off = (payment.high - payment.low) / 2 + 4 * UNIT * q
        empty = has + error < payment.low * (1 - 4 * UNIT)
        self._has[groups] = np.maximum(has - q, 0.0)
        self._error[groups] = np.where(empty, 0.0, error * (1 + 4 * UNIT) + off + 4 * UNIT * has)
