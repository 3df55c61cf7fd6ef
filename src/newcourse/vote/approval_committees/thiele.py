"""Thiele's score of a committee, in whole numbers: a voter with j of the elected counts 1 + 1/2 + ... + 1/j.

Source: T. N. Thiele, "Om Flerfoldsvalg", Oversigt over det Kongelige Danske Videnskabernes Selskabs Forhandlinger
(1895) 415-441, in the statement of S. Janson, arXiv:1611.08826.

All committees of few candidates are scored at once. Since 1 + 1/2 + ... + 1/j = Σ_t (-1)^(t-1)/t · C(j, t), the score
of a committee W is the sum over its subsets of (-1)^(t-1)/t, t being their size, times the number of voters who approve
of all of it.
Both that number and the sum over subsets take one pass for each candidate over the 2^c sets of candidates (F. Yates,
The Design and Analysis of Factorial Experiments, 1937), whatever the number of ballots.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import lcm
from typing import Final

import numpy as np

from newcourse.vote.approval_committees.groups import Groups

MOST_CANDIDATES: Final = 20
"""Candidates up to which all committees are scored at once."""


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
        """Whether all committees can be scored at once, in whole numbers of 64 bits."""
        few = len(self.groups.candidates) <= MOST_CANDIDATES
        return few and self.groups.total * self.points[-1] < 2**62

    def of_all(self) -> np.ndarray:
        """Return the score times scale of every set of candidates, one bit for each, 2^c in all.

        Only sets of as many as there are seats, or fewer, are scored right. Sums on the way may pass 64 bits and come
        back; those asked for fit, and whole numbers that go round are exact.
        """
        c = len(self.groups.candidates)
        ballots = self.groups.approved @ (np.int64(1) << np.arange(c))
        sums = np.bincount(ballots, weights=self.groups.times, minlength=2**c).astype(np.int64)
        for bit in range(c):  # from ballots that are just a set to those that approve of all in it
            halves = sums.reshape(-1, 2, 2**bit)
            halves[:, 0] += halves[:, 1]
        signed = [0] + [(-1) ** (t - 1) * (self.scale // t) for t in range(1, self.most + 1)] + [0] * (c - self.most)
        sums *= np.array(signed, dtype=np.int64)[np.bitwise_count(np.arange(2**c))]
        for bit in range(c):  # and from each set to all its subsets together
            halves = sums.reshape(-1, 2, 2**bit)
            halves[:, 1] += halves[:, 0]
        return sums

    def compare_all(self, order: Sequence[int]) -> Optimum:
        """Return the optimum by scoring every committee; ``order`` has the candidates as the tie rule puts them."""
        sets = np.arange(2 ** len(self.groups.candidates))
        committees = sets[np.bitwise_count(sets) == self.seats]
        scores = self.of_all()[committees]
        best = int(scores.max())
        return optimum_of(committees[scores == best], best, order)


def optimum_of(committees: np.ndarray, score: int, order: Sequence[int]) -> Optimum:
    """Return the first of equally good committees: that which has the first candidate, by the tie rule, they differ on.

    Committees are whole numbers, one bit for each candidate.

    Examples
    --------
    >>> optimum_of(np.array([0b101, 0b110]), 6, [1, 0, 2])
    Optimum(committee=(1, 2), score=6, contested=(0, 1))
    """
    key = np.zeros_like(committees)
    for c in order:
        key = 2 * key + (committees >> c & 1)
    first = int(committees[key.argmax()])
    differ = int(np.bitwise_or.reduce(committees) & ~np.bitwise_and.reduce(committees))
    return Optimum(_members(first, len(order)), score, _members(differ, len(order)))


def _members(bits: int, size: int) -> tuple[int, ...]:
    return tuple(c for c in range(size) if bits >> c & 1)
