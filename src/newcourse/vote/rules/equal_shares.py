"""The method of equal shares: each voter gets an equal part of the seats and pays only for those approved (§8.1).

Sources: D. Peters and P. Skowron, "Proportionality and the limits of welfarism", Proceedings of EC 2020, 793-794
(there called Rule X); M. Lackner and P. Skowron, Multi-Winner Voting with Approval Preferences (2023), rule 11.

Every seat costs 1, every voter starts with seats/voters. A candidate can be elected if its supporters have 1 together;
they pay alike, or all they have left where that is less. The candidate for whom the most that anybody pays, ρ, is
least is elected. When no candidate can be paid, seats may be left, which a completion fills.

Kept: extended justified representation (with every completion); priceability and laminar proportionality of what is
bought. Not kept: committee monotonicity; without a completion, the number of seats.
"""

from collections.abc import Sequence
from fractions import Fraction
from typing import Final

from newcourse.vote.approval_ballot import ApprovalBallot
from newcourse.vote.approval_committees.groups import AnyApprovals, Groups
from newcourse.vote.approval_committees.levels import Levels
from newcourse.vote.approval_committees.rounds import Filling, Supporters, cheapest, costs, fill_by_loads
from newcourse.vote.approval_committees.words import amount, amounts, drawn, elected_words, exact
from newcourse.vote.definition import Option, Rule, one_of, whole_number
from newcourse.vote.outcome import Committee, Step, Tally
from newcourse.vote.rules.approval import fill_by_approvals
from newcourse.vote.ties import Tie, TieRule

BY_LOADS: Final = "sequential-phragmen"
BY_APPROVALS: Final = "approval"
NONE: Final = "none"

_completion: Final = one_of(BY_LOADS, BY_APPROVALS, NONE)


def equal_shares(
    profile: AnyApprovals, seats: int = 1, completion: str = BY_LOADS, ties: TieRule | None = None
) -> Tally:
    """Return the committee by the method of equal shares, money exact.

    Parameters
    ----------
    profile
        Approval ballots. Blank ballots count as voters: they get their part of the seats and pay for nobody, so the
        parts of all others are smaller, and more seats are left to the completion.
    seats
        How many are to be elected, and what all voters have together.
    completion
        How seats are filled that nobody can pay for: ``sequential-phragmen`` (all voters go on to earn at the same
        pace, from the money they have left), ``approval`` (most approvals) or ``none`` (they stay empty).
    ties
        Tie rule; candidate order where none is given.

    Returns
    -------
    Tally
        A :class:`~newcourse.vote.outcome.Committee` in the order of election, perhaps smaller than the seats where
        there is no completion. Undecided where no ballot approves of anybody.

    Raises
    ------
    BadInput
        When there are more seats than candidates, or the completion is none of the three.

    Examples
    --------
    >>> from newcourse.vote.approval import ApprovalVotes
    >>> votes = ApprovalVotes.of_lists("abcd", ["cd", "ab", "ac", "bd"], [3, 2, 2, 1])
    >>> equal_shares(votes, seats=3).sentence
    'c, a and d are elected: 2 by equal shares, 1 by sequential-phragmen.'
    """
    _completion(completion)
    groups = Groups.of(profile)
    if undecided := groups.undecided(seats):
        return Tally(undecided, undecided.reason, ())
    filling = Filling(groups, seats, ties or TieRule(), steps=[groups.counted(), _start(groups, seats)])
    left = _buy(filling, Levels.equal(Fraction(seats, groups.total), groups.times))
    bought = len(filling.elected)
    if filling.free:
        filling.steps.append(_unpaid(filling, left, completion))
        _complete(filling, left, completion)
    sentence = f"{elected_words(filling.names, seats)}: {bought} by equal shares, {_rest(filling, bought, completion)}."
    return Tally(Committee(filling.names), sentence, tuple(filling.steps), tuple(filling.settled))


def price(scale: int, supporters: Supporters) -> Fraction | None:
    """Return ρ, the most that a supporter pays, or nothing where the supporters have less than 1 together.

    With ρ the payments min(money, ρ) add up to exactly 1. The poorest are asked first: as soon as all who are richer
    can pay the rest alike, ρ is found.

    Parameters
    ----------
    scale
        What 1 is in the whole numbers of money.
    supporters
        Money times scale, ascending, and how many supporters have it.

    Examples
    --------
    >>> price(8, [(1, 2), (4, 2)])  # two have 1/8, two have 1/2
    Fraction(3, 8)
    """
    missing, payers = scale, sum(voters for _, voters in supporters)
    for money, voters in supporters:
        if money * payers >= missing:
            return Fraction(missing, payers * scale)
        missing -= money * voters
        payers -= voters
    return None


def _buy(filling: Filling, levels: Levels) -> Levels:
    """Elect all that can be paid for, and return what voters have left."""
    groups = filling.groups
    bounds = dict.fromkeys(filling.left(), Fraction(0))
    while filling.free:
        least, tied = cheapest(bounds, costs(groups, levels, price))
        if least is None:
            break
        chosen, tie = filling.choose(tied)
        del bounds[chosen]
        had = [(Fraction(money, levels.scale), voters) for money, voters in levels.counts(groups.supporters[chosen])]
        levels = levels.less(groups.supporters[chosen], least)
        filling.steps.append(_bought(filling, least, tie, had, levels))
    return levels


def _complete(filling: Filling, left: Levels, completion: str) -> None:
    if completion == BY_LOADS:
        fill_by_loads(filling, left.negative())
    elif completion == BY_APPROVALS:
        fill_by_approvals(filling)


def _start(groups: Groups, seats: int) -> Step:
    each = Fraction(seats, groups.total)
    blank = f" The {groups.blank} who voted blank have it too, and pay for nobody." if groups.blank else ""
    sentence = f"A seat costs 1; each of {groups.total} voters starts with {seats}/{groups.total}.{blank}"
    return Step("shares", sentence, {"seats": seats, "voters": groups.total, "blank": groups.blank, "budget": each})


def _bought(
    filling: Filling, rho: Fraction, tie: Tie | None, had: Sequence[tuple[Fraction, int]], levels: Levels
) -> Step:
    name, seat = filling.names[-1], len(filling.elected)
    poor = [(money, voters) for money, voters in had if money < rho]
    full, all_they_had = sum(voters for money, voters in had if money >= rho), sum(voters for _, voters in poor)
    rest = f", {all_they_had} pay less, all they had left" if poor else ""
    sentence = f"Seat {seat}: {name} costs each supporter least: {full} pay {amount(rho)} each{rest}.{drawn(tie)}"
    payments = (*poor, (rho, full))
    facts = {"seat": seat, "elected": name, "rho": exact(rho), "supporters": full + all_they_had}
    return Step("bought", sentence, {**facts, **amounts("payments", payments), **amounts("budgets", levels.table())})


def _unpaid(filling: Filling, left: Levels, completion: str) -> Step:
    how = {
        BY_LOADS: "filled by Phragmén's sequential rule, starting from what voters have left",
        BY_APPROVALS: "filled by most approvals",
        NONE: "which stay empty, as fixed beforehand",
    }[completion]
    which = "Seats left: " + str(filling.free)
    sentence = f"No other candidate can be paid for by its supporters. {which}, {how}."
    facts = {"seats": filling.free, "completion": completion}
    return Step("unpaid", sentence, {**facts, **amounts("budgets", left.table())})


def _rest(filling: Filling, bought: int, completion: str) -> str:
    completed = len(filling.elected) - bought
    return f"{completed} by {completion}" if completed else "none by a completion"


RULE: Final = Rule(
    name="equal-shares",
    kind="committee",
    form=ApprovalBallot.form,
    reference="D. Peters and P. Skowron, Proceedings of EC 2020, 793-794",
    options=(
        Option("seats", "How many are to be elected.", 1, whole_number(1)),
        Option("completion", "How seats nobody can pay for are filled.", BY_LOADS, _completion),
        Option("ties", "How ties are settled.", TieRule().to_data(), TieRule.from_data),
    ),
    tally=equal_shares,
)
