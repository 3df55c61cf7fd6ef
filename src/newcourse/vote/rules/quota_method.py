"""Seats of lists by a quota method: Hare, Droop, Hagenbach-Bischoff, Imperiali (design §8.1).

Sources: F. Pukelsheim, *Proportional Representation* (2nd ed., 2017), chapter 5; M. L. Balinski and H. P. Young, *Fair
Representation* (2nd ed., 2001).

A ballot counts for the list that it ranks first; further preferences are not looked at. Kept by the Hare quota with the
largest remainders (Hamilton's method): the quota rule, anonymity, the same result for votes in the same proportions.
Not kept: house monotonicity (the Alabama paradox), population monotonicity.
"""

from collections.abc import Mapping
from fractions import Fraction
from types import MappingProxyType
from typing import Final

from newcourse.vote.ballot import RankedBallot
from newcourse.vote.definition import Option, Rule, one_of
from newcourse.vote.lists.ballots import LIST_OPTIONS, AnyVotes, count_lists
from newcourse.vote.lists.margin import Settling
from newcourse.vote.lists.quota import HIGHEST_AVERAGE, LARGEST_REMAINDER, QUOTA_METHODS
from newcourse.vote.lists.thresholds import Threshold
from newcourse.vote.outcome import Tally
from newcourse.vote.ties import TieRule


def quota_method(
    profile: AnyVotes,
    quota: str = "hare",
    remaining: str = LARGEST_REMAINDER,
    seats: int = 1,
    threshold: Fraction = Fraction(0),
    strictly: bool = False,
    whole_quota: bool = False,
    exempt: tuple[str, ...] = (),
    minimum: int = 0,
    reserved: Mapping[str, int] = MappingProxyType({}),
    votes_first: bool = False,
    ties: TieRule | None = None,
) -> Tally:
    """Return the seats of lists by whole quotas, and by remainders or averages for the seats left.

    The quota is taken of the votes of the lists that take part.

    Parameters
    ----------
    profile
        Ranked ballots; each counts for the list that it puts first.
    quota
        A name of :data:`~newcourse.vote.lists.quota.QUOTA_METHODS`.
    remaining
        ``largest-remainder`` or ``highest-average``.
    seats, threshold, strictly, whole_quota, exempt, minimum, reserved, votes_first, ties
        As in the options of the rule.

    Returns
    -------
    Tally
        :class:`~newcourse.vote.outcome.Seats`; undecided without valid votes or without a list over the threshold.

    Examples
    --------
    >>> from newcourse.vote.ranked import RankedVotes
    >>> votes = RankedVotes.of_lists(["A", "B", "C"], [["A"], ["B"], ["C"]], [53, 24, 23])
    >>> quota_method(votes, seats=7).sentence
    '7 seats are divided: A 4, B 2, C 1.'
    """
    law = Threshold(threshold, strictly, whole_quota, exempt)
    how = Settling(ties or TieRule(), votes_first)
    return count_lists(profile, seats, QUOTA_METHODS[quota], law, minimum, reserved, how, remaining)


RULE: Final = Rule(
    name="quota-method",
    kind="seats",
    form=RankedBallot.form,
    reference="F. Pukelsheim, Proportional Representation (2nd ed., 2017), chapter 5",
    options=(
        Option("quota", "The quota of votes for a seat.", "hare", one_of(*QUOTA_METHODS)),
        Option(
            "remaining",
            "How the seats left after whole quotas are given out.",
            LARGEST_REMAINDER,
            one_of(LARGEST_REMAINDER, HIGHEST_AVERAGE),
        ),
        *LIST_OPTIONS,
    ),
    tally=quota_method,
)
