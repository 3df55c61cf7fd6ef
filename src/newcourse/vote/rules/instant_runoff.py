"""Instant-runoff voting: the single transferable vote with one seat, by Scottish law (design §8.1).

Source: the Scottish Local Government Elections Order 2011 (SSI 2011/399), schedule 1, by which elections for one seat
are counted so.

Kept: majority, mutual majority, Condorcet loser, independence of clones, later-no-harm. Not kept: Condorcet winner,
monotonicity, participation.
"""

from typing import Final

from newcourse.vote.ballot import RankedBallot
from newcourse.vote.definition import Option, Rule
from newcourse.vote.outcome import Tally
from newcourse.vote.profile import Profile
from newcourse.vote.ranked import RankedVotes
from newcourse.vote.rules.scottish_stv import scottish_stv
from newcourse.vote.ties import TieRule


def instant_runoff(profile: Profile[RankedBallot] | RankedVotes, ties: TieRule | None = None) -> Tally:
    """Return the winner, with every stage of the count.

    With one seat the quota is a majority of the valid votes. It stays so when ballots run out of preferences: then the
    last candidate left wins with less.

    Parameters
    ----------
    profile
        Ranked ballots. A ballot is read up to the first rank that several candidates share.
    ties
        For candidates who were equal at every stage; candidate order where none is given.

    Returns
    -------
    Tally
        An :class:`~newcourse.vote.stv.stages.Elected` with one elected; undecided where no ballot has a first
        preference.

    Examples
    --------
    >>> instant_runoff(RankedVotes.of_lists("abc", ["a", "bc", "cb"], [4, 2, 3])).sentence
    'c is elected; the quota was 5 of 9 votes.'
    """
    return scottish_stv(profile, 1, ties)


RULE: Final = Rule(
    name="instant-runoff",
    kind="committee",
    form=RankedBallot.form,
    reference="Scottish Local Government Elections Order 2011 (SSI 2011/399), schedule 1, with one seat",
    options=(
        Option("ties", "How ties are settled that no earlier stage settles.", TieRule().to_data(), TieRule.from_data),
    ),
    tally=instant_runoff,
)
