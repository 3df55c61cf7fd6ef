"""The two published ways to count by Meek's method: how each sets the quota, elects, and ends an iteration."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Final, Protocol

from newcourse.vote.meek.papers import UNIT

OMEGA: Final = UNIT // 10**6
"""Total surplus below which the PR Foundation's rule ends an iteration: a millionth of a vote."""


class Variant(Protocol):
    """What a way to count has to say."""

    def quota(self, votes: int, seats: int) -> int:
        """Return the quota in units, from the sum of all votes kept by candidates."""

    def keep(self, factor: int, quota: int, votes: int) -> int:
        """Return an elected candidate's next keep factor."""

    @property
    def only_at_the_end(self) -> bool:
        """Whether an iteration runs to its end before anybody is elected on it."""

    def ended(self, quota: int, votes: list[int], before: int | None) -> bool:
        """Return whether the iteration is over.

        Parameters
        ----------
        quota
            Quota of this round.
        votes
            Votes of the elected candidates.
        before
            Total surplus of the round before, nothing in the first.
        """

    @property
    def near_ties(self) -> bool:
        """Whether candidates count as tied for the lowest where the surplus not yet passed on could reverse them."""


def surplus(quota: int, votes: list[int]) -> int:
    """Return the total surplus of the elected candidates, not less than nothing."""
    return max(sum(votes) - quota * len(votes), 0)


def _up(dividend: int, divisor: int) -> int:
    return -(-dividend // divisor)


@dataclass(frozen=True, slots=True)
class Prf:
    """The PR Foundation's reference rule."""

    def quota(self, votes: int, seats: int) -> int:
        """Return votes / (seats + 1), cut off, plus one unit: so many can never be had by more than the seats."""
        return votes // (seats + 1) + 1

    def keep(self, factor: int, quota: int, votes: int) -> int:
        """Return factor × quota, rounded up, / votes, rounded up; never above one."""
        return min(_up(_up(factor * quota, UNIT) * UNIT, votes), UNIT)

    @property
    def only_at_the_end(self) -> bool:
        """Elect in every round."""
        return False

    def ended(self, quota: int, votes: list[int], before: int | None) -> bool:
        """End below omega, or where the surplus no longer falls."""
        now = surplus(quota, votes)
        return now < OMEGA or (before is not None and now >= before)

    @property
    def near_ties(self) -> bool:
        """Count as tied who is above the lowest by no more than the surplus that is left."""
        return True


@dataclass(frozen=True, slots=True)
class Reference:
    """Hill, Wichmann and Woodall's algorithm 123.

    Parameters
    ----------
    tolerance
        The iteration ends when every elected candidate's votes differ from the quota by at most this share of it.
    """

    tolerance: Fraction = Fraction(1, 100_000)

    def quota(self, votes: int, seats: int) -> int:
        """Return votes / (seats + 1), rounded up to one unit, at least one unit."""
        return max(_up(votes, seats + 1), 1)

    def keep(self, factor: int, quota: int, votes: int) -> int:
        """Return factor × quota / votes, rounded up once."""
        return min(_up(factor * quota, votes), UNIT)

    @property
    def only_at_the_end(self) -> bool:
        """Elect on the first votes of a stage and on its last, not on the way."""
        return True

    def ended(self, quota: int, votes: list[int], before: int | None) -> bool:
        """End when all are near enough to the quota, or the surplus no longer falls."""
        near = all(abs(number - quota) <= self.tolerance * quota for number in votes)
        return near or (before is not None and surplus(quota, votes) >= before)

    @property
    def near_ties(self) -> bool:
        """Count as tied who has exactly the same votes."""
        return False
