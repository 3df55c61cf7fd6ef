"""Ballots as the paths their votes take: through elected candidates up to the first hopeful one (design §10).

While nobody is elected or excluded, all ballots that pass the same elected candidates before the same hopeful one are
divided alike. They are put together once for each change of state, so that a round of Meek's iteration costs as much
as there are different paths, not as many as there are ballots.
"""

from dataclasses import dataclass
from typing import Final, Self

import numpy as np

from newcourse.vote.ranked import NOBODY, RankedVotes

DECIMALS: Final = 9
"""Places after the decimal point of every vote, quota and keep factor."""

UNIT: Final = 10**DECIMALS
"""One vote, or a keep factor of one, in the whole numbers that are counted with."""

_ROOM: Final = 2**62


@dataclass(frozen=True, eq=False)
class Papers:
    """Different strict ballots with a first preference each, in order of their preferences.

    Parameters
    ----------
    candidates
        In the order fixed before the vote was opened.
    order
        Positions of candidates by preference, padded with nobody; shape (ballots, longest).
    times
        How often each was cast; shape (ballots,).
    """

    candidates: tuple[str, ...]
    order: np.ndarray
    times: np.ndarray

    @classmethod
    def of(cls, votes: RankedVotes) -> Self:
        """Return the papers of ballots read up to the first rank that several candidates share, blank ones left out."""
        strict = votes.strict()
        order, times = strict.order, strict.times
        if not order.size:
            return cls(votes.candidates, order[:0], times[:0])
        rows = np.lexsort(order.T[::-1])
        rows = rows[order[rows, 0] != NOBODY]
        order, times = order[rows], times[rows]
        first = np.flatnonzero(np.concatenate([[True], (order[1:] != order[:-1]).any(axis=1)])[: len(order)])
        together = np.add.reduceat(times, first) if len(first) else times
        return cls(votes.candidates, order[first], together)

    @property
    def total(self) -> int:
        """How many ballots have a first preference."""
        return int(self.times.sum())


@dataclass(frozen=True, eq=False)
class Paths:
    """Different paths of ballots.

    Parameters
    ----------
    order
        Positions of elected candidates and then of a hopeful one, padded with nobody; shape (paths, longest).
    times
        How many ballots take each path; shape (paths,).
    """

    order: np.ndarray
    times: np.ndarray

    def votes(self, keep: list[int]) -> list[int]:
        """Return each candidate's votes in units: every candidate on a path keeps the factor's share of what arrives.

        Parameters
        ----------
        keep
            Keep factor of each candidate in units, from 0 to :data:`UNIT`; shape (c,).

        Notes
        -----
        What is kept of one ballot is rounded up to one unit and then taken as often as the ballot was cast. A ballot's
        weight and a keep factor are at most 10^9 units, so their product fits 64 bits; sums over ballots fit where
        there are fewer than 9·10^9 of them, and are taken in whole numbers of any length where there are more.
        """
        wide = object if int(self.times.sum()) >= 9 * 10**9 else np.int64
        factor = np.array([*keep, 0], dtype=np.int64)  # the last one is nobody's
        votes = np.zeros(len(factor), dtype=wide)
        times = self.times.astype(wide)
        weight = np.full(len(self.times), UNIT, dtype=np.int64)
        for column in self.order.T:
            kept = (weight * factor[column] + (UNIT - 1)) // UNIT
            np.add.at(votes, column, kept.astype(wide) * times)
            weight -= kept
        return [int(number) for number in votes[:-1]]


def paths(votes: Papers, keep: list[int], hopeful: list[bool]) -> Paths:
    """Return the different paths of the ballots while these candidates are hopeful.

    Parameters
    ----------
    votes
        The ballots.
    keep
        Keep factors; those with none are passed over.
    hopeful
        Where a path ends.
    """
    order, size = votes.order, len(keep)
    passed = np.array([not factor for factor in keep] + [True])
    ends = np.array([*hopeful, False])
    key = np.zeros(len(order), dtype=np.int64)
    bound = 1
    rows = np.arange(len(order))  # those whose path goes on
    for k in range(order.shape[1]):
        here = order[rows, k].astype(np.intp)
        rows, here = rows[here != NOBODY], here[here != NOBODY]
        if not len(rows):
            break
        if bound > _ROOM // (size + 1):
            ranked = np.unique(key, return_inverse=True)[1].ravel().astype(np.int64)
            key, bound = ranked + len(key), 2 * len(key)  # from its length on, so that longer paths stay larger
        stays = ~passed[here]
        key[rows[stays]] = key[rows[stays]] * (size + 1) + here[stays] + 1
        bound *= size + 1
        rows = rows[~ends[here]]
    _, first, group = np.unique(key, return_index=True, return_inverse=True)
    times = np.zeros(len(first), dtype=np.int64)
    np.add.at(times, group.ravel(), votes.times)
    return Paths(_trimmed(order[first], passed, ends), times)


def _trimmed(order: np.ndarray, passed: np.ndarray, ends: np.ndarray) -> np.ndarray:
    """Return the rows without those passed over and without what comes after the end, moved to the left."""
    after = np.cumsum(ends[order], axis=1) - ends[order] > 0
    kept = ~passed[order] & ~after
    moved = np.argsort(~kept, axis=1, kind="stable")
    rows = np.take_along_axis(np.where(kept, order, NOBODY), moved, axis=1)
    return rows[:, : max(int(kept.sum(axis=1).max(initial=0)), 1)]
