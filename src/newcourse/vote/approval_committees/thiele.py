"""Thiele's score of a committee, in whole numbers: a voter with j of the elected counts 1 + 1/2 + ... + 1/j.

Source: T. N. Thiele, "Om Flerfoldsvalg", Oversigt over det Kongelige Danske Videnskabernes Selskabs Forhandlinger
(1895) 415-441, in the statement of S. Janson, arXiv:1611.08826.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, islice
from math import comb, lcm
from typing import Final

import numpy as np

from newcourse.vote.approval_committees.groups import Groups

MOST_COMPARED: Final = 100_000_000
"""Committees times groups up to which all committees are compared one by one."""

MOST_COMMITTEES: Final = 200_000
"""Committees up to which all are compared one by one."""

_AT_ONCE: Final = 500_000


@dataclass(frozen=True, slots=True)
class Optimum:
    """The best committee, first by the tie rule.

    Parameters
    ----------
    committee
        Positions of the elected, in candidate order.
    score
        Its score times :attr:`Scores.scale`.
    contested
        Candidates in some but not in all committees with that score, in candidate order; none where there is one only.
    """

    committee: tuple[int, ...]
    score: int
    contested: tuple[int, ...]


@dataclass(frozen=True, eq=False)
class Scores:
    """Scores of committees of so many seats; all of them are whole numbers over :attr:`scale`.

    Examples
    --------
    >>> from newcourse.vote.approval import ApprovalVotes
    >>> votes = ApprovalVotes.of_lists("abc", ["ab", "c"], [2, 1])
    >>> scores = Scores(Groups.of(votes), seats=2)
    >>> scores.of([0, 1]), scores.of([0, 2]), scores.scale  # 2 · 3/2 and 2 + 1
    (6, 6, 2)
    """

    groups: Groups
    seats: int

    @cached_property
    def most(self) -> int:
        """How many of the elected a voter can approve of."""
        return int(min(self.seats, np.diff(self.groups.approved.indptr).max(initial=0)))

    @cached_property
    def scale(self) -> int:
        """The common denominator of all scores."""
        return lcm(*range(1, self.most + 1))

    @cached_property
    def points(self) -> tuple[int, ...]:
        """What a voter with 0, 1, 2, ... of the elected counts, times scale."""
        points = [0]
        for j in range(1, self.most + 1):
            points.append(points[-1] + self.scale // j)
        return tuple(points)

    def elected_by_group(self, committee: Iterable[int]) -> np.ndarray:
        """Return how many of the elected each group approves of; shape (groups,)."""
        number = np.zeros(len(self.groups.times), dtype=np.int64)
        for c in committee:
            number[self.groups.supporters[c]] += 1
        return number

    def satisfied(self, committee: Iterable[int]) -> tuple[int, ...]:
        """Return how many voters approve of 0, 1, 2, ... of the elected."""
        number = self.elected_by_group(committee)
        voters = np.bincount(number, weights=self.groups.times, minlength=self.most + 1)
        return tuple(voters.astype(np.int64).tolist())

    def of(self, committee: Iterable[int]) -> int:
        """Return the score of a committee, times scale."""
        return sum(p * voters for p, voters in zip(self.points, self.satisfied(committee), strict=True))

    @property
    def can_compare_all(self) -> bool:
        """Whether all committees are few enough to be compared, in whole numbers of 64 bits."""
        committees = comb(len(self.groups.candidates), self.seats)
        few = committees <= MOST_COMMITTEES and committees * len(self.groups.times) <= MOST_COMPARED
        return few and self.groups.total * self.points[-1] < 2**62

    def compare_all(self, order: Sequence[int]) -> Optimum:
        """Return the optimum by looking at every committee; ``order`` has the candidates as the tie rule puts them."""
        best, found = -1, np.empty((0, self.seats), dtype=np.int64)
        dense = np.ascontiguousarray(self.groups.approved.toarray().T.astype(np.int16))
        points, every = np.array(self.points, dtype=np.int64), combinations(range(len(dense)), self.seats)
        chunk = max(1, _AT_ONCE // len(self.groups.times))
        while rows := list(islice(every, chunk)):
            committees = np.array(rows, dtype=np.int64)
            number = dense[committees[:, 0]]
            for k in range(1, self.seats):
                number = number + dense[committees[:, k]]
            score = points[number] @ self.groups.times
            top = int(score.max())
            if top >= best:
                kept = committees[score == top]
                found = kept if top > best else np.vstack([found, kept])
                best = top
        return optimum_of(found, best, order)


def optimum_of(committees: np.ndarray, score: int, order: Sequence[int]) -> Optimum:
    """Return the first of equally good committees: that which has the first candidate, by the tie rule, they differ on.

    Examples
    --------
    >>> optimum_of(np.array([[0, 2], [1, 2]]), 6, [1, 0, 2])
    Optimum(committee=(1, 2), score=6, contested=(0, 1))
    """
    rank = np.empty(len(order), dtype=np.int64)
    rank[list(order)] = np.arange(len(order))
    ranks = np.sort(rank[committees], axis=1)
    first = committees[np.lexsort(ranks.T[::-1])[0]]
    times = np.bincount(committees.ravel(), minlength=len(order))
    contested = np.flatnonzero((times > 0) & (times < len(committees)))
    return Optimum(tuple(sorted(first.tolist())), score, tuple(contested.tolist()))
