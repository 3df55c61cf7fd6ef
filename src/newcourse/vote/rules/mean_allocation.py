"""The mean: each part gets the average of the shares voted for it (design §8.1).

Source, with the axioms it keeps: E. Elkind, M. Greger, P. Lederer, W. Suksompong and N. Teh, "Settling the score:
portioning with cardinal preferences" (arXiv 2307.15586), where it is the average rule.

Kept: anonymity, neutrality, unanimity, proportionality; every ballot counts the same. Not kept: truthfulness (a voter
gains by exaggerating), so it is the fair baseline that other rules are held against.
"""

from fractions import Fraction
from typing import Final

from newcourse.vote.ballot import AllocationBallot
from newcourse.vote.definition import Rule
from newcourse.vote.outcome import Step, Tally
from newcourse.vote.plain import percent
from newcourse.vote.profile import Profile
from newcourse.vote.shares import Votes, in_words, nobody_voted, normalised, votes_by_part


def mean_allocation(profile: Profile[AllocationBallot]) -> Tally:
    """Return the mean of the ballots: an :class:`~newcourse.vote.outcome.Allocation`, undecided without ballots.

    Examples
    --------
    >>> votes = [AllocationBallot({"food": 100}), AllocationBallot({"food": 50, "buses": 50})]
    >>> mean_allocation(Profile.of("allocation", ["food", "buses"], votes)).sentence
    'The whole is divided: food 75.0 %, buses 25.0 %.'
    """
    if not profile.ballots:
        return nobody_voted()
    means = {part: mean(votes) for part, votes in votes_by_part(profile).items()}
    steps = tuple(
        Step("mean", f"{part}: the mean of {profile.total} ballots is {percent(share)}.", {"part": part, "mean": share})
        for part, share in means.items()
    )
    allocation = normalised(means)
    return Tally(allocation, in_words(allocation), steps)


def mean(votes: Votes) -> Fraction:
    """Return the mean of the shares voted for one part."""
    total = sum((share * times for share, times in votes), Fraction(0))
    return total / sum(times for _, times in votes)


RULE: Final = Rule(
    name="mean-allocation",
    kind="allocation",
    form=AllocationBallot.form,
    reference="E. Elkind, M. Greger, P. Lederer, W. Suksompong and N. Teh, arXiv 2307.15586 (average rule)",
    options=(),
    tally=mean_allocation,
)
