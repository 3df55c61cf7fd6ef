"""One shared budget: projects, costs, and groups of voters with equal ballots (design §8.1, §10)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property
from math import lcm
from typing import Any, Self

import numpy as np
import scipy.sparse as sp

from newcourse.errors import BadInput, Fault
from newcourse.vote.approval import ApprovalVotes
from newcourse.vote.outcome import Step
from newcourse.vote.profile import Profile


@dataclass(frozen=True, eq=False)
class Instance:
    """Projects that want money, and who supports them.

    Parameters
    ----------
    names
        Projects in the order fixed beforehand; m of them.
    costs
        What each costs, above zero.
    budget
        How much may be spent.
    ballots
        How many ballots were cast, blank ones included.
    given
        What a voter of each group gives each project; shape (groups, m).
    times
        How many voters each group of equal ballots has; shape (groups,).
    supporters
        For each project the groups that support it, ascending.
    points
        What all voters together give each project: votes, or points; shape (m,).
    eligible
        Positions of the projects that may be chosen, ascending.
    out
        Why each other project may not, by position.
    """

    names: tuple[str, ...]
    costs: tuple[Fraction, ...]
    budget: Fraction
    ballots: int
    given: sp.csr_array
    times: np.ndarray
    supporters: tuple[np.ndarray, ...]
    points: np.ndarray
    eligible: tuple[int, ...]
    out: Mapping[int, str] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        votes: Profile[Any] | ApprovalVotes,
        budget: Fraction,
        costs: Mapping[str, Fraction],
        least: int = 0,
        share: Fraction = Fraction(0),
        fitting: bool = True,
    ) -> Self:
        """Return the instance of a box of ballots, equal ballots put together.

        With ``fitting``, projects that cost more than the whole budget are out.

        Raises
        ------
        BadInput
            When a project has no cost or a cost has no project, or there are too many voters.
        """
        arrays = ApprovalVotes.of(votes)
        faults = _cost_faults(arrays, costs)
        if faults:
            raise BadInput(faults)
        given, times = grouped(arrays.given, arrays.times)
        points, amounts = arrays.totals(), tuple(costs[name] for name in arrays.candidates)
        out = _excluded(amounts, points, arrays.total, budget, least, share)
        if fitting:
            dear = {c: cost for c, cost in enumerate(amounts) if cost > budget}
            out = {c: f"it costs {money(cost)}, more than the whole budget" for c, cost in dear.items()} | out
        eligible = tuple(c for c in range(len(amounts)) if c not in out)
        names, total = arrays.candidates, arrays.total
        return cls(names, amounts, budget, total, given, times, _supporters(given), points, eligible, out)

    def narrowed(self, each: Fraction) -> Self:
        """Return the same with only those projects that could be paid for if every supporter had so much.

        Voters who differ in nothing else become one group; those who support none of them are left out.
        """
        kept = [c for c in self.eligible if self.costs[c] <= self.voters[c] * each]
        keeps = np.zeros(len(self.names), dtype=bool)
        keeps[kept] = True
        stays = keeps[self.given.indices]
        ends = np.concatenate([[0], np.cumsum(stays)])[self.given.indptr]
        parts = (self.given.data[stays], self.given.indices[stays], ends)
        given, times = grouped(sp.csr_array(parts, shape=self.given.shape), self.times)
        some = np.diff(given.indptr) > 0
        given, times = given[some], times[some]
        return replace(self, given=given, times=times, supporters=_supporters(given), eligible=tuple(kept))

    def cost(self, projects: Sequence[int]) -> Fraction:
        """Return what projects cost together."""
        return Fraction(sum(self.prices[c] for c in projects), self.over)

    def named(self, projects: Sequence[int]) -> tuple[str, ...]:
        """Return the names of projects given by position."""
        return tuple(self.names[c] for c in projects)

    def happiness(self, projects: Sequence[int]) -> np.ndarray:
        """Return how many of the projects each group supports; shape (groups,)."""
        found = np.zeros(len(self.times), dtype=np.int64)
        for c in projects:
            found[self.supporters[c]] += 1
        return found

    def opening(self) -> list[Step]:
        """Return the first steps of the trace: what there is, and which projects are out before the count."""
        wanted = f"{many(len(self.names), 'project')} of {money(self.cost(range(len(self.names))))} together"
        sentence = f"{many(self.ballots, 'ballot')}, {wanted}, and a budget of {money(self.budget)}."
        facts = {
            "ballots": self.ballots,
            "budget": self.budget,
            "votes": dict(zip(self.names, self.votes, strict=True)),
        }
        steps = [Step("count", sentence, facts)]
        for c, reason in self.out.items():
            facts = {"project": self.names[c], "votes": self.votes[c], "cost": self.costs[c]}
            steps.append(Step("out", f"{self.names[c]} may not be chosen: {reason}.", facts))
        return steps

    @cached_property
    def over(self) -> int:
        """The least number by which all costs become whole."""
        return lcm(*(cost.denominator for cost in self.costs))

    @cached_property
    def prices(self) -> list[int]:
        """All costs as whole numbers, times :attr:`over`."""
        return [cost.numerator * (self.over // cost.denominator) for cost in self.costs]

    @cached_property
    def limit(self) -> int:
        """The most that projects may cost together, in the same units as :attr:`prices`."""
        return int(self.budget * self.over)

    @cached_property
    def votes(self) -> list[int]:
        """Votes or points of each project, as whole numbers."""
        return [int(given) for given in self.points]

    @cached_property
    def voters(self) -> list[int]:
        """How many voters give each project anything."""
        return [int(self.times[groups].sum()) for groups in self.supporters]


def grouped(given: sp.csr_array, times: np.ndarray) -> tuple[sp.csr_array, np.ndarray]:
    """Return the distinct rows of approvals and how many voters each has, in a fixed order.

    Rows are compared exactly, 64 projects at a time. Rows of points are left as they are.
    """
    if not len(times) or (given.nnz and given.data.max() > 1):
        return given, times
    rows = np.repeat(np.arange(given.shape[0]), np.diff(given.indptr))
    words = np.zeros((given.shape[0], given.shape[1] // 64 + 1), dtype=np.uint64)
    bits = np.left_shift(np.uint64(1), (given.indices % 64).astype(np.uint64))
    np.bitwise_or.at(words, (rows, given.indices // 64), bits)
    order = np.lexsort(words.T)
    new = np.ones(len(order), dtype=bool)
    new[1:] = (words[order[1:]] != words[order[:-1]]).any(axis=1)
    return given[order[new]], np.add.reduceat(times[order], np.flatnonzero(new))


def _supporters(given: sp.csr_array) -> tuple[np.ndarray, ...]:
    columns = sp.csc_array(given)
    columns.sort_indices()
    return tuple(np.split(columns.indices.astype(np.int64), columns.indptr[1:-1]))


def money(amount: Fraction) -> str:
    """Return an amount for people: exact where two decimals are enough, else cut off after two.

    Examples
    --------
    >>> money(Fraction(1070000)), money(Fraction(5, 2)), money(Fraction(200, 3))
    ('1070000', '2.50', '66.66')
    """
    return str(amount.numerator) if amount.denominator == 1 else decimals(amount, 2)


def many(number: int, what: str) -> str:
    """Return a number of things in words.

    Examples
    --------
    >>> many(1, "vote"), many(2, "vote")
    ('1 vote', '2 votes')
    """
    return f"{number} {what}{'' if number == 1 else 's'}"


def decimals(amount: Fraction, places: int) -> str:
    """Return an amount not below zero as decimal text, cut off after so many places.

    Examples
    --------
    >>> decimals(Fraction(2, 3), 4)
    '0.6666'
    """
    whole, rest = divmod(amount.numerator * 10**places // amount.denominator, 10**places)
    return f"{whole}.{rest:0{places}d}"


def _excluded(
    costs: Sequence[Fraction], points: np.ndarray, ballots: int, budget: Fraction, least: int, share: Fraction
) -> dict[int, str]:
    out = {}
    for c, (cost, votes) in enumerate(zip(costs, points.tolist(), strict=True)):
        if votes < least:
            out[c] = f"with {many(votes, 'vote')} it has fewer than {least}"
        elif votes * budget < share * cost * ballots:
            out[c] = f"its part of the ballots, {votes} of {ballots}, is below {share} of its part of the budget"
    return out


def _cost_faults(votes: ApprovalVotes, costs: Mapping[str, Fraction]) -> list[Fault]:
    where = "option costs"
    faults = [
        Fault("cost-missing", where, f"no cost of {name}", "a cost for each project", "add it")
        for name in votes.candidates
        if name not in costs
    ]
    known = set(votes.candidates)
    faults += [
        Fault("project-unknown", where, f"a cost of {name}", "a project of this vote", "remove it or correct its name")
        for name in costs
        if name not in known
    ]
    return faults
