"""Approval ballots as groups of equal ones: the form in which committees are counted (design §10)."""

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
import scipy.sparse as sp

from newcourse.errors import BadInput, Fault
from newcourse.vote.approval import ApprovalVotes
from newcourse.vote.approval_ballot import ApprovalBallot
from newcourse.vote.outcome import Step, Undecided
from newcourse.vote.profile import Profile

AnyApprovals = Profile[ApprovalBallot] | ApprovalVotes

_BITS: Final = 62
"""Candidates told apart by one whole number of 64 bits."""


@dataclass(frozen=True, eq=False)
class Groups:
    """Equal ballots counted once.

    Parameters
    ----------
    candidates
        In the order fixed beforehand.
    times
        How many voters cast each of the different ballots; shape (groups,).
    approved
        Which candidates each of them approves of, as ones; shape (groups, c).
    """

    candidates: tuple[str, ...]
    times: np.ndarray
    approved: sp.csr_array

    @classmethod
    def of(cls, profile: AnyApprovals) -> "Groups":
        """Return the groups of equal ballots, however the ballots are held.

        Raises
        ------
        BadInput
            When the ballots are no approvals, or too many to be counted in doubles without rounding.
        """
        votes = ApprovalVotes.of(profile)
        if faults := _faults(votes):
            raise BadInput(faults)
        columns = np.arange(len(votes.candidates))
        words = np.zeros((len(columns), -(-len(columns) // _BITS)), dtype=np.int64)
        words[columns, columns // _BITS] = np.int64(1) << (columns % _BITS)
        first, group = _equal_rows(votes.given @ words)
        times = np.bincount(group, weights=votes.times, minlength=len(first)).astype(np.int64)
        return cls(votes.candidates, times, sp.csr_array(votes.given[first]))

    @property
    def total(self) -> int:
        """How many voters there are, blank ballots among them."""
        return int(self.times.sum())

    @property
    def blank(self) -> int:
        """How many voters approve of nobody."""
        return int(self.times[np.diff(self.approved.indptr) == 0].sum())

    @cached_property
    def approvals(self) -> tuple[int, ...]:
        """How many voters approve of each candidate."""
        return tuple(np.asarray(self.times @ self.approved).tolist())

    @cached_property
    def supporters(self) -> tuple[np.ndarray, ...]:
        """Which groups approve of each candidate."""
        columns = sp.csc_array(self.approved)
        return tuple(np.split(columns.indices, columns.indptr[1:-1]))

    def undecided(self, seats: int) -> Undecided | None:
        """Return why no committee can be elected, if so.

        Raises
        ------
        BadInput
            When there are more seats than candidates, or seats are no whole number above zero.
        """
        if isinstance(seats, bool) or not isinstance(seats, int) or not 1 <= seats <= len(self.candidates):
            expected, remedy = f"1 to {len(self.candidates)} seats", "find more candidates or fill fewer seats"
            raise BadInput(Fault("seats-wrong", "count of a committee", f"{seats!r} seats", expected, remedy))
        if not self.total:
            return Undecided("no-ballots", "No ballot was cast, so nobody is elected.")
        if self.blank == self.total:
            return Undecided("no-approvals", f"None of {self.total} ballots approves of anybody, so nobody is elected.")
        return None

    def counted(self) -> Step:
        """Return the first step of every count: the approvals."""
        given = dict(zip(self.candidates, self.approvals, strict=True))
        words = ", ".join(f"{name} {number}" for name, number in given.items())
        ballots = f"{self.total} ballots" if self.total > 1 else "1 ballot"
        sentence = f"{ballots}, {self.blank} of them blank; approvals: {words}."
        return Step("approvals", sentence, {"ballots": self.total, "blank": self.blank, "approvals": given})


def _equal_rows(rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return one row of each kind, and the kind of each row; kinds in order of their numbers, not of appearance."""
    group = np.zeros(len(rows), dtype=np.int64)
    first = np.zeros(0, dtype=np.int64)
    for column in rows.T:
        _, value = np.unique(column, return_inverse=True)
        values = int(value.max(initial=0)) + 1
        _, first, group = np.unique(group * values + value, return_index=True, return_inverse=True)
    return first, group


def _faults(votes: ApprovalVotes) -> list[Fault]:
    where, faults = "count of a committee", []
    if votes.form != ApprovalBallot.form:
        expected, remedy = "ballots of form approval", "count them by a rule for their form"
        faults.append(Fault("form-wrong", where, f"ballots of form {votes.form}", expected, remedy))
    return faults
