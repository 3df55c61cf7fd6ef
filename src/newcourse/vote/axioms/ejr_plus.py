"""EJR+: no group that agrees on somebody who is left out is short of what its number is worth.

Source: M. Brill and J. Peters, "Robust and verifiable proportionality axioms for multiwinner voting", Proceedings of
the 24th ACM Conference on Economics and Computation (EC 2023).

For a committee: whoever is left out, among any voters who all approve of that candidate and are at least l of as many
equal parts as there are seats, some have l candidates elected whom they approve of. For a budget, with what projects
cost as their worth: some have projects selected that, with the one left out, cost more than the group's part of the
money. Both are found by taking the supporters of each one left out from the worst served on: the group to look at is
always the first so many of them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

import numpy as np

from newcourse.errors import BadInput, Fault
from newcourse.vote.approval import ApprovalVotes
from newcourse.vote.approval_ballot import ApprovalBallot
from newcourse.vote.axioms.verdict import Elected, Verdict, elected
from newcourse.vote.profile import Profile

Votes = Profile[ApprovalBallot] | ApprovalVotes


@dataclass(frozen=True, slots=True)
class _Group:
    """Voters who approve of somebody left out, and the most that any of them has."""

    candidate: int
    voters: int
    most: int


def ejr_plus(votes: Votes, outcome: Elected, seats: int | None = None) -> Verdict:
    """Return whether a committee keeps EJR+.

    Parameters
    ----------
    votes
        Approval ballots; blank ones count among the voters.
    outcome
        Who was elected.
    seats
        How many were to be elected; as many as were where nothing is given.

    Raises
    ------
    BadInput
        When the ballots are no approvals, or the outcome elects no candidates of these votes or more than the seats.

    Examples
    --------
    >>> votes = ApprovalVotes.of_lists("abc", ["ab", "c"], [3, 2])
    >>> ejr_plus(votes, ["a", "b"], 2).sentence
    'Nobody left out is approved by a group that is short of what its number is worth.'
    >>> ejr_plus(votes, ["c"], 2).sentence
    '3 of 5 voters approve of a, who is not elected, and are worth 1 of 2 seats; each has at most 0 elected.'
    """
    votes = _approvals(votes)
    chosen = elected(outcome, votes.candidates)
    seats = len(chosen) if seats is None else seats
    if len(chosen) > seats:
        found, expected = f"{len(chosen)} elected", f"at most {seats}"
        raise BadInput(Fault("seats-few", "outcome", found, expected, "give the number of seats"))
    for group in _groups(votes, chosen, [1] * len(votes.candidates)):
        worth = group.most + 1
        if group.voters * seats >= worth * votes.total:
            return _wronged_committee(votes, group, worth, seats)
    return Verdict("ejr-plus", holds=True, sentence=_NOBODY, facts={"seats": seats, "elected": chosen})


def ejr_plus_of_budget(
    votes: Votes, outcome: Elected, costs: Mapping[str, int | Fraction], budget: int | Fraction
) -> Verdict:
    """Return whether a selection of projects keeps EJR+ up to any one project, worth being cost.

    No group of m of n voters, no project that all of them approve of and that is not selected, may be such that for
    each of the group the approved projects that are selected, and that project, cost at most m/n of the budget. With
    equal costs this is EJR+ of a committee.

    Parameters
    ----------
    votes
        Approval ballots; blank ones count among the voters.
    outcome
        Which projects were selected.
    costs
        What each project costs, above zero, exactly.
    budget
        What there was to spend.

    Raises
    ------
    BadInput
        When the ballots are no approvals, the outcome selects no projects of these votes, costs are missing, not
        above zero or too fine to be added up in 62 bits, or the projects selected cost more than the budget.

    Examples
    --------
    >>> votes = ApprovalVotes.of_lists("abc", ["ab", "c"], [3, 2])
    >>> ejr_plus_of_budget(votes, ["a", "b"], {"a": 6, "b": 4, "c": 4}, 10).sentence[:49]
    '2 of 5 voters approve of c, which is not selected'
    """
    votes = _approvals(votes)
    chosen = elected(outcome, votes.candidates)
    whole, money, unit = _in_units(votes.candidates, chosen, costs, budget)
    for group in _groups(votes, chosen, whole):
        if (group.most + whole[group.candidate]) * votes.total <= group.voters * money:
            return _wronged_budget(votes, group, whole, money, unit)
    facts = {"budget": Fraction(budget), "selected": chosen}
    return Verdict("ejr-plus-of-budget", holds=True, sentence=_NOBODY, facts=facts)


_NOBODY = "Nobody left out is approved by a group that is short of what its number is worth."


def _approvals(votes: Votes) -> ApprovalVotes:
    if votes.form != ApprovalBallot.form:
        found, expected = f"ballots of form {votes.form}", f"ballots of form {ApprovalBallot.form}"
        raise BadInput(Fault("form-wrong", "EJR+", found, expected, "check it on approvals"))
    return ApprovalVotes.of(votes)


def _groups(votes: ApprovalVotes, chosen: tuple[str, ...], worth: list[int]) -> "list[_Group]":
    """Return for each candidate left out, and each level of what its supporters have, those who have no more."""
    value = np.zeros(len(worth), dtype=np.int64)
    inside = [votes.candidates.index(name) for name in chosen]
    value[inside] = [worth[i] for i in inside]
    has = np.asarray(votes.given @ value)
    groups = []
    for candidate in range(len(worth)):
        if candidate in inside:
            continue
        start, end = votes.by_candidate.indptr[candidate : candidate + 2]
        supporters = votes.by_candidate.indices[start:end]
        levels, where = np.unique(has[supporters], return_inverse=True)
        voters = np.zeros(len(levels), dtype=np.int64)
        np.add.at(voters, where, votes.times[supporters])
        together = np.cumsum(voters).tolist()
        groups += [_Group(candidate, n, most) for most, n in zip(levels.tolist(), together, strict=True)]
    return groups


def _wronged_committee(votes: ApprovalVotes, group: _Group, worth: int, seats: int) -> Verdict:
    name = votes.candidates[group.candidate]
    sentence = (
        f"{group.voters} of {votes.total} voters approve of {name}, who is not elected, and are worth {worth} of "
        f"{seats} seats; each has at most {group.most} elected."
    )
    facts = {"candidate": name, "voters": group.voters, "of": votes.total, "seats": seats}
    return Verdict("ejr-plus", holds=False, sentence=sentence, facts=facts | {"worth": worth, "most": group.most})


def _wronged_budget(votes: ApprovalVotes, group: _Group, whole: list[int], money: int, unit: int) -> Verdict:
    name, budget = votes.candidates[group.candidate], Fraction(money, unit)
    cost, most = Fraction(whole[group.candidate], unit), Fraction(group.most, unit)
    part = Fraction(group.voters, votes.total) * budget
    sentence = (
        f"{group.voters} of {votes.total} voters approve of {name}, which is not selected; each has approved projects "
        f"for {most} at most, and with its cost of {cost} still no more than their part of {part} of {budget}."
    )
    facts = {"project": name, "voters": group.voters, "of": votes.total, "budget": budget}
    facts |= {"cost": cost, "most": most, "part": part}
    return Verdict("ejr-plus-of-budget", holds=False, sentence=sentence, facts=facts)


def _in_units(
    names: tuple[str, ...], chosen: tuple[str, ...], costs: Mapping[str, int | Fraction], budget: int | Fraction
) -> tuple[list[int], int, int]:
    """Return costs and budget as whole numbers of a unit that is so small a part of one."""
    faults = [
        Fault("cost-wrong", f"costs, {name}", str(costs.get(name)), "a whole number or fraction above zero", "give it")
        for name in names
        if not isinstance(costs.get(name), int | Fraction) or costs[name] <= 0
    ]
    if faults:
        raise BadInput(faults)
    exact = [Fraction(costs[name]) for name in names]
    unit = lcm(Fraction(budget).denominator, *(cost.denominator for cost in exact))
    whole = [int(cost * unit) for cost in exact]
    if sum(whole) >= 2**62:
        found, expected = f"{sum(whole)} units of 1/{unit}", "less than 2^62 units"
        raise BadInput(Fault("costs-fine", "costs", found, expected, "round the costs to larger units"))
    money, spent = int(Fraction(budget) * unit), sum(whole[names.index(name)] for name in chosen)
    if spent > money:
        found, expected = f"projects for {Fraction(spent, unit)}", f"at most the budget of {budget}"
        raise BadInput(Fault("budget-exceeded", "outcome", found, expected, "check the selection"))
    return whole, money, unit
