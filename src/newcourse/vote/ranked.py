"""Ranked votes as arrays: what rules count by where there are many ballots (design §10)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Final, Self

import numpy as np

from newcourse.errors import BadInput, Fault
from newcourse.vote.ballot import RankedBallot
from newcourse.vote.casts import casts, casts_faults
from newcourse.vote.profile import Profile, candidate_faults

NOBODY: Final = -1
"""Fills the places after a ballot's last preference."""


@dataclass(frozen=True, eq=False)
class RankedVotes:
    """Candidates and ranked ballots as arrays.

    Parameters
    ----------
    candidates
        In the order fixed before the vote was opened.
    order
        Positions of the candidates by preference, best first, padded with :data:`NOBODY`; shape (ballots, longest).
    times
        How often each ballot was cast, at least once; shape (ballots,).
    tied
        Where a preference shares its rank with the one before it, same shape as ``order``; nothing if all are strict.

    Raises
    ------
    BadInput
        With every fault: shapes, unknown candidates, one ranked twice, gaps, counts below one or too many.

    Examples
    --------
    >>> votes = RankedVotes.of_lists(["bread", "buses", "baths"], [["buses", "bread"], ["baths"]], [3, 2])
    >>> votes.total, votes.order.tolist(), votes.first().tolist()
    (5, [[1, 0], [2, -1]], [0, 3, 2])
    """

    form: ClassVar[str] = RankedBallot.form

    candidates: tuple[str, ...]
    order: np.ndarray
    times: np.ndarray
    tied: np.ndarray | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "candidates", tuple(self.candidates))
        order = np.ascontiguousarray(self.order, dtype=_smallest(len(self.candidates)))
        times = np.ascontiguousarray(self.times, dtype=np.int64)
        faults = [*candidate_faults(self.candidates), *_array_faults(len(self.candidates), order, times, self.tied)]
        if faults:
            raise BadInput(faults)
        object.__setattr__(self, "order", order)
        object.__setattr__(self, "times", times)

    @classmethod
    def of_lists(cls, candidates: Sequence[str], ballots: Sequence[Sequence[str]], times: Sequence[int]) -> Self:
        """Return votes from lists of names in strict order, and how often each was cast."""
        position = {name: i for i, name in enumerate(candidates)}
        order = np.full((len(ballots), max(map(len, ballots), default=0)), NOBODY)
        for row, ballot in enumerate(ballots):
            order[row, : len(ballot)] = [position[name] for name in ballot]
        return cls(tuple(candidates), order, casts(times))

    @classmethod
    def of(cls, votes: "Profile[RankedBallot] | RankedVotes") -> "RankedVotes":
        """Return the votes of a profile as arrays; what are arrays already is returned as it is."""
        if isinstance(votes, RankedVotes):
            return votes
        position = {name: i for i, name in enumerate(votes.candidates)}
        longest = max((len(ballot.names()) for ballot, _ in votes.ballots), default=0)
        order = np.full((len(votes.ballots), longest), NOBODY)
        tied = np.zeros(order.shape, dtype=bool)
        for row, (ballot, _) in enumerate(votes.ballots):
            names = ballot.names()
            order[row, : len(names)] = [position[name] for name in names]
            tied[row, : len(names)] = [k > 0 for rank in ballot.ranks for k in range(len(rank))]
        times = casts([times for _, times in votes.ballots])
        return RankedVotes(votes.candidates, order, times, tied if tied.any() else None)

    @property
    def total(self) -> int:
        """How many ballots were cast."""
        return int(self.times.sum())

    def strict(self) -> "RankedVotes":
        """Return the votes up to the first rank that several candidates share: from there no order can be read."""
        if self.tied is None:
            return self
        shares = self.tied | np.pad(self.tied[:, 1:], ((0, 0), (0, 1)))
        readable = np.cumsum(shares, axis=1) == 0
        return RankedVotes(self.candidates, np.where(readable, self.order, NOBODY), self.times)

    def levels(self) -> np.ndarray:
        """Return each candidate's rank on each ballot, from 0; those not ranked share the last. Shape (c, ballots)."""
        ballots, longest = self.order.shape
        rank = np.tile(np.arange(longest), (ballots, 1))
        if self.tied is not None:
            rank = np.cumsum(~self.tied, axis=1) - 1
        found = np.full((ballots, len(self.candidates) + 1), longest, dtype=_smallest(longest + 1))
        np.put_along_axis(found, self.order.astype(np.intp), rank.astype(found.dtype), axis=1)
        found[:, -1] = longest  # where padding was written
        return np.ascontiguousarray(found[:, :-1].T)

    def first(self) -> np.ndarray:
        """Return how many ballots put each candidate first, in candidate order; shape (c,)."""
        counts = np.zeros(len(self.candidates), dtype=np.int64)
        if self.order.shape[1]:
            marked = self.order[:, 0] != NOBODY
            np.add.at(counts, self.order[marked, 0], self.times[marked])
        return counts

    def grouped(self) -> "RankedVotes":
        """Return the same votes with equal ballots put together, in order."""
        tied = np.zeros_like(self.order) if self.tied is None else self.tied.astype(self.order.dtype)
        rows, where = np.unique(np.hstack([self.order, tied]), axis=0, return_inverse=True)
        times = np.zeros(len(rows), dtype=np.int64)
        np.add.at(times, where.ravel(), self.times)
        longest = self.order.shape[1]
        kept = None if self.tied is None else rows[:, longest:].astype(bool)
        return RankedVotes(self.candidates, rows[:, :longest], times, kept)

    def to_profile(self) -> Profile[RankedBallot]:
        """Return the votes as ballots, for publishing."""
        rows = []
        for row, times in zip(range(len(self.order)), self.times.tolist(), strict=True):
            ranks: list[list[str]] = []
            for k, c in enumerate(self.order[row].tolist()):
                if c == NOBODY:
                    break
                if self.tied is not None and self.tied[row, k]:
                    ranks[-1].append(self.candidates[c])
                else:
                    ranks.append([self.candidates[c]])
            rows.append((RankedBallot(tuple(tuple(rank) for rank in ranks)), times))
        return Profile(self.form, self.candidates, tuple(rows))


def _smallest(size: int) -> type[np.signedinteger[Any]]:
    """Return the smallest whole numbers that can count so many."""
    return np.int8 if size < 128 else np.int16 if size < 2**15 else np.int32


def _array_faults(size: int, order: np.ndarray, times: np.ndarray, tied: np.ndarray | None) -> list[Fault]:
    where = "ranked votes"
    if order.ndim != 2 or times.shape != order.shape[:1] or (tied is not None and tied.shape != order.shape):
        found = f"order {order.shape}, times {times.shape}"
        return [Fault("votes-shape", where, found, "one row and one count for each ballot", "correct the arrays")]
    faults = casts_faults(times, where)
    if order.size and (order.min() < NOBODY or order.max() >= size):
        found = f"candidate positions from {order.min()} to {order.max()}"
        faults.append(Fault("candidate-unknown", where, found, f"from 0 to {size - 1}", "correct the ballots"))
    elif order.size:
        faults += _row_faults(order, tied)
    return faults


def _row_faults(order: np.ndarray, tied: np.ndarray | None) -> list[Fault]:
    faults = []
    gaps = ((order[:, 1:] != NOBODY) & (order[:, :-1] == NOBODY)).any(axis=1)
    inside = np.sort(order, axis=1)
    twice = ((inside[:, 1:] == inside[:, :-1]) & (inside[:, 1:] != NOBODY)).any(axis=1)
    first = np.zeros(len(order), bool) if tied is None else tied[:, 0]
    for code, wrong, found, expected in (
        ("preference-gap", gaps, "a preference after an empty one", "preferences without gaps"),
        ("ranked-twice", twice, "a candidate ranked twice", "each candidate once"),
        ("tie-first", first, "a first preference that shares a rank with one before it", "nothing before the first"),
    ):
        if wrong.any():
            row = int(np.flatnonzero(wrong)[0]) + 1
            more = f", and {int(wrong.sum()) - 1} more" if wrong.sum() > 1 else ""
            faults.append(Fault(code, f"ranked votes, ballot {row}{more}", found, expected, "correct the ballot"))
    return faults
