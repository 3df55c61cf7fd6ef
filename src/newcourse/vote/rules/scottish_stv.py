"""Single transferable vote by Scottish law: weighted inclusive Gregory, five decimals (design §8.1).

Source: the Scottish Local Government Elections Order 2011 (SSI 2011/399), schedule 1, rules 46-53; first in the Order
of 2007 (SSI 2007/42), schedule 1, rules 45-52.

Kept: proportionality for solid coalitions with Droop's quota, as long as truncation loses less than one vote over the
number of seats (always with fewer ballots than 100 000 over its square, for each transfer of a surplus takes less than
0.00001 from a ballot); later-no-harm. Not kept by any rule that excludes candidates one by one: monotonicity,
participation.
"""

from typing import Final

import numpy as np

from newcourse.errors import BadInput, Fault
from newcourse.vote.ballot import RankedBallot
from newcourse.vote.definition import Option, Rule, truth, whole_number
from newcourse.vote.group_reasons import explained
from newcourse.vote.groups import GroupGuard, Groups, groups_from_data
from newcourse.vote.outcome import Tally, Undecided
from newcourse.vote.profile import Profile
from newcourse.vote.ranked import NOBODY, RankedVotes
from newcourse.vote.stv import words
from newcourse.vote.stv.gregory import GregoryCount, droop
from newcourse.vote.stv.guard import Guard
from newcourse.vote.ties import TieRule


def scottish_stv(
    profile: Profile[RankedBallot] | RankedVotes,
    seats: int,
    ties: TieRule | None = None,
    guard: Guard | None = None,
    groups: Groups | None = None,
    *,
    batch: bool = False,
) -> Tally:
    """Return who is elected to the seats, with every stage of the count.

    Parameters
    ----------
    profile
        Ranked ballots. A ballot is read up to the first rank that several candidates share.
    seats
        How many are elected.
    ties
        For candidates who were equal at every stage; candidate order where none is given. Whom it puts last is excluded
        first.
    guard
        What must stay possible, where no groups are given.
    groups
        Groups of candidates with a least and a most number of seats.
    batch
        Whether candidates who all together have fewer votes than anybody else are excluded together. The law does not
        do so: it saves stages, and transfers at other values may then elect others later on.

    Returns
    -------
    Tally
        An :class:`~newcourse.vote.stv.stages.Elected`; undecided where no ballot has a first preference.

    Raises
    ------
    BadInput
        When there are more seats than candidates, or no committee is within the quotas of groups.

    Examples
    --------
    >>> votes = RankedVotes.of_lists("abc", ["ab", "c", "b"], [6, 3, 2])
    >>> tally = scottish_stv(votes, 2)
    >>> tally.sentence
    'a and b are elected; the quota was 4 of 11 votes.'
    >>> [dict(stage.votes)["b"] for stage in tally.result.stages]
    ['2.00000', '3.99998', '3.99998']
    """
    votes = RankedVotes.of(profile)
    _check_seats(len(votes.candidates), seats)
    strict = votes.strict()
    valid = _valid(strict)
    if not valid:
        reason = "No ballot with a first preference was cast, so nobody is elected."
        return Tally(Undecided("no-ballots", reason), reason, ())
    tied = 0 if votes.tied is None else int(votes.times[votes.tied.any(axis=1)].sum())
    quota = droop(valid, seats)
    given = guard if groups is None else groups.guard(votes.candidates, seats)
    count = GregoryCount(strict, seats, ties or TieRule(), given, batch)
    result = count.run()
    are = "is" if seats == 1 else "are"
    sentence = f"{words.listed(result.elected)} {are} elected; the quota was {quota} of {valid} votes."
    opening = words.ballots(votes.total, valid, tied, seats, quota)
    steps = explained(given, count.steps) if isinstance(given, GroupGuard) else count.steps
    return Tally(result, sentence, (opening, *steps), tuple(count.settled))


def _valid(votes: RankedVotes) -> int:
    if not votes.order.shape[1]:
        return 0
    return int(votes.times[np.asarray(votes.order[:, 0] != NOBODY)].sum())


def _check_seats(candidates: int, seats: int) -> None:
    where, remedy = "single transferable vote", "find more candidates or fill fewer seats"
    if isinstance(seats, bool) or not isinstance(seats, int) or not 1 <= seats <= candidates:
        expected = f"from 1 to as many as there are candidates, {candidates}"
        raise BadInput(Fault("seats-wrong", where, f"{seats!r} seats", expected, remedy))


RULE: Final = Rule(
    name="scottish-stv",
    kind="committee",
    form=RankedBallot.form,
    reference="Scottish Local Government Elections Order 2011 (SSI 2011/399), schedule 1",
    options=(
        Option("seats", "How many are elected.", 1, whole_number(1)),
        Option("ties", "How ties are settled that no earlier stage settles.", TieRule().to_data(), TieRule.from_data),
        Option("groups", "Groups with a least and a most number of seats, by name.", None, groups_from_data),
        Option("batch", "Whether several who cannot catch up are excluded together; not so by law.", False, truth),
    ),
    tally=scottish_stv,
)
