"""Approval voting: the candidates with the most approvals are elected (design §8.1).

Source: M. Lackner and P. Skowron, Multi-Winner Voting with Approval Preferences (Springer 2023), section 2.2; for one
seat S. J. Brams and P. C. Fishburn, Approval Voting (1983).

Kept: monotonicity, committee monotonicity, consistency; more approvals never harm. Not kept: proportionality of any
kind; a majority that votes alike takes every seat.
"""

from itertools import groupby
from typing import Final

from newcourse.vote.approval_ballot import ApprovalBallot
from newcourse.vote.approval_committees.groups import AnyApprovals, Groups
from newcourse.vote.approval_committees.rounds import Filling
from newcourse.vote.approval_committees.words import elected_words, listed
from newcourse.vote.definition import Option, Rule, whole_number
from newcourse.vote.outcome import Committee, Step, Tally
from newcourse.vote.ties import TieRule


def approval(profile: AnyApprovals, seats: int = 1, ties: TieRule | None = None) -> Tally:
    """Return the committee of those with the most approvals.

    Parameters
    ----------
    profile
        Approval ballots.
    seats
        How many are to be elected.
    ties
        Tie rule; candidate order where none is given.

    Returns
    -------
    Tally
        A :class:`~newcourse.vote.outcome.Committee`, most approvals first; every tie that touches a seat is recorded.
        Undecided where no ballot approves of anybody.

    Raises
    ------
    BadInput
        When there are more seats than candidates.

    Examples
    --------
    >>> from newcourse.vote.approval import ApprovalVotes
    >>> votes = ApprovalVotes.of_lists("abc", ["ab", "a", "c"], [2, 1, 1])
    >>> approval(votes, seats=2).sentence
    'a and b are elected with 3 and 2 approvals of 4 ballots.'
    """
    groups = Groups.of(profile)
    if undecided := groups.undecided(seats):
        return Tally(undecided, undecided.reason, ())
    filling = Filling(groups, seats, ties or TieRule(), steps=[groups.counted()])
    fill_by_approvals(filling)
    numbers = listed([str(groups.approvals[c]) for c in filling.elected])
    votes = "approval" if numbers == "1" else "approvals"
    sentence = f"{elected_words(filling.names, seats)} with {numbers} {votes} of {groups.total} ballots."
    return Tally(Committee(filling.names), sentence, tuple(filling.steps), tuple(filling.settled))


def fill_by_approvals(filling: Filling) -> None:
    """Fill the free seats by most approvals, those of equal number in the order of the tie rule."""
    groups = filling.groups
    given = groups.approvals
    left = sorted(set(range(len(groups.candidates))) - set(filling.elected), key=lambda c: (-given[c], c))
    for number, equals in groupby(left, key=lambda c: given[c]):
        if not filling.free:
            break
        _elect_equals(filling, number, [groups.candidates[c] for c in equals])


def _elect_equals(filling: Filling, number: int, names: list[str]) -> None:
    first, free, order = len(filling.elected) + 1, filling.free, tuple(names)
    last = min(len(filling.elected) + len(names), filling.seats)
    where = f"seat {first}" if first == last else f"seats {first} to {last}"
    votes = "1 approval" if number == 1 else f"{number} approvals"
    sentence = f"{where.capitalize()}: {listed(names)} with {votes}{'' if len(names) == 1 else ' each'}."
    if len(names) > 1:
        tie = filling.ties.settle(where if len(names) > free else f"order of {where}", names)
        filling.settled.append(tie)
        order = tie.settled
        what = "elected" if len(names) > free else "in this order"
        sentence += f" They are tied; by {tie.by}, {what}: {', '.join(order[:free])}."
    filling.elected += [filling.groups.candidates.index(name) for name in order[:free]]
    facts = {"seats": where, "approvals": number, "among": tuple(names), "elected": order[:free]}
    filling.steps.append(Step("seats", sentence, facts))


RULE: Final = Rule(
    name="approval",
    kind="committee",
    form=ApprovalBallot.form,
    reference="M. Lackner and P. Skowron, Multi-Winner Voting with Approval Preferences (2023), 2.2",
    options=(
        Option("seats", "How many are to be elected.", 1, whole_number(1)),
        Option("ties", "How ties are settled.", TieRule().to_data(), TieRule.from_data),
    ),
    tally=approval,
)
