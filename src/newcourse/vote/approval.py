"""Approvals and points as arrays: what rules count by where there are many ballots (design §10)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self

import numpy as np
import scipy.sparse as sp

from newcourse.errors import BadInput, Fault
from newcourse.vote.approval_ballot import ApprovalBallot, PointsBallot
from newcourse.vote.casts import casts, casts_faults
from newcourse.vote.profile import Profile, candidate_faults


@dataclass(frozen=True, eq=False)
class ApprovalVotes:
    """Candidates, and what each ballot gives each of them: one for approval, or points.

    Parameters
    ----------
    form
        ``approval`` or ``points``.
    candidates
        In the order fixed before the vote was opened.
    given
        What each ballot gives each candidate, whole numbers above zero where anything is; shape (ballots, c).
    times
        How often each ballot was cast, at least once; shape (ballots,).

    Raises
    ------
    BadInput
        With every fault: shapes, gifts below zero, approvals other than one, counts below one.

    Examples
    --------
    >>> votes = ApprovalVotes.of_lists(["bread", "buses", "baths"], [["buses", "bread"], ["baths"]], [3, 2])
    >>> votes.total, votes.totals().tolist()
    (5, [3, 3, 2])
    """

    form: str
    candidates: tuple[str, ...]
    given: sp.csr_array
    times: np.ndarray

    def __post_init__(self) -> None:
        given = sp.csr_array(self.given)
        given.sum_duplicates()
        given.eliminate_zeros()
        times = np.ascontiguousarray(self.times, dtype=np.int64)
        object.__setattr__(self, "candidates", tuple(self.candidates))
        faults = [*candidate_faults(self.candidates), *_array_faults(self.form, len(self.candidates), given, times)]
        if faults:
            raise BadInput(faults)
        object.__setattr__(self, "given", sp.csr_array(given.astype(np.int64)))
        object.__setattr__(self, "times", times)

    @classmethod
    def of_lists(cls, candidates: Sequence[str], ballots: Sequence[Sequence[str]], times: Sequence[int]) -> Self:
        """Return approvals from lists of names, and how often each list was cast."""
        return cls._of(ApprovalBallot.form, candidates, [dict.fromkeys(ballot, 1) for ballot in ballots], times)

    @classmethod
    def of_points(cls, candidates: Sequence[str], ballots: Sequence[Mapping[str, int]], times: Sequence[int]) -> Self:
        """Return points by name, and how often each ballot was cast."""
        return cls._of(PointsBallot.form, candidates, ballots, times)

    @classmethod
    def of(cls, votes: "Profile[Any] | ApprovalVotes") -> "ApprovalVotes":
        """Return the votes of a profile as arrays; what are arrays already is returned as it is."""
        if isinstance(votes, ApprovalVotes):
            return votes
        gifts = [
            dict(b.pairs) if isinstance(b, PointsBallot) else dict.fromkeys(b.names(), 1) for b, _ in votes.ballots
        ]
        return cls._of(votes.form, votes.candidates, gifts, [times for _, times in votes.ballots])

    @classmethod
    def _of(
        cls, form: str, candidates: Sequence[str], ballots: Sequence[Mapping[str, int]], times: Sequence[int]
    ) -> Self:
        position = {name: i for i, name in enumerate(candidates)}
        rows = np.repeat(np.arange(len(ballots)), [len(ballot) for ballot in ballots])
        columns = np.array([position[name] for ballot in ballots for name in ballot], dtype=np.int64)
        points = np.array([point for ballot in ballots for point in ballot.values()], dtype=np.int64)
        shape = (len(ballots), len(candidates))
        return cls(form, tuple(candidates), sp.csr_array((points, (rows, columns)), shape=shape), casts(times))

    @property
    def total(self) -> int:
        """How many ballots were cast."""
        return int(self.times.sum())

    @cached_property
    def by_candidate(self) -> sp.csc_array:
        """What is given, column by column: who supports each candidate."""
        return sp.csc_array(self.given)

    def totals(self) -> np.ndarray:
        """Return what each candidate is given by all ballots together; shape (c,)."""
        return np.asarray(self.times @ self.given)

    def grouped(self) -> "ApprovalVotes":
        """Return the same votes with equal ballots put together, in order."""
        given = self.given
        rows = [
            (tuple(given.indices[a:b].tolist()), tuple(given.data[a:b].tolist()))
            for a, b in zip(given.indptr[:-1], given.indptr[1:], strict=True)
        ]
        together: dict[Any, int] = {}
        for row, times in zip(rows, self.times.tolist(), strict=True):
            together[row] = together.get(row, 0) + times
        ballots = [
            {self.candidates[c]: point for c, point in zip(columns, points, strict=True)}
            for columns, points in sorted(together)
        ]
        return ApprovalVotes._of(self.form, self.candidates, ballots, [together[row] for row in sorted(together)])


def _array_faults(form: str, size: int, given: sp.csr_array, times: np.ndarray) -> list[Fault]:
    where = "approval votes"
    if form not in (ApprovalBallot.form, PointsBallot.form):
        return [Fault("form-unknown", where, repr(form), "approval or points", "name one of the two")]
    if given.shape != (len(times), size):
        found = f"{given.shape[0]} rows and {given.shape[1]} columns, {len(times)} counts"
        return [
            Fault("votes-shape", where, found, f"a row and a count for each ballot, {size} columns", "correct them")
        ]
    faults = casts_faults(times, where)
    if given.nnz and (given.data.min() < 0 or (form == ApprovalBallot.form and given.data.max() > 1)):
        found = f"from {given.data.min()} to {given.data.max()} given"
        expected = "one for each approval" if form == ApprovalBallot.form else "points not below zero"
        faults.append(Fault("points-wrong", where, found, expected, "correct the ballots"))
    return faults
