"""The normalised median: each part gets the median of the shares voted for it, divided by the sum of all medians.

Source: among the coordinate-wise rules of E. Elkind, M. Greger, P. Lederer, W. Suksompong and N. Teh, "Settling the
score: portioning with cardinal preferences" (arXiv 2307.15586). For an even number of ballots the median here is the
middle of the two middle shares, the usual convention of statistics, which leans to neither side.

Kept: anonymity, neutrality, unanimity; before the division by their sum, medians stay between the votes of any
majority, however extreme the others are. Not kept: truthfulness (the division leaves something to gain),
proportionality (a part wanted by a minority only gets nothing), a result between the votes, Pareto efficiency.
"""

from fractions import Fraction
from typing import Final

from newcourse.vote.ballot import AllocationBallot
from newcourse.vote.definition import Option, Rule, one_of
from newcourse.vote.outcome import Step, Tally, Undecided
from newcourse.vote.plain import percent
from newcourse.vote.profile import Profile
from newcourse.vote.rules.mean_allocation import mean_allocation
from newcourse.vote.shares import Votes, in_words, nobody_voted, normalised, votes_by_part

MEAN: Final = "mean"
UNDECIDED: Final = "undecided"


def median_allocation(profile: Profile[AllocationBallot], all_zero: str = UNDECIDED) -> Tally:
    """Return the medians of the ballots, normalised.

    Parameters
    ----------
    profile
        Allocation ballots.
    all_zero
        What happens where no part is wanted by half of the voters, so that all medians are zero and the rule says
        nothing: ``undecided``, or ``mean`` to take the mean instead, which the trace then says.

    Returns
    -------
    Tally
        An :class:`~newcourse.vote.outcome.Allocation`, or undecided.

    Examples
    --------
    >>> votes = [AllocationBallot({"food": points, "buses": 100 - points}) for points in (20, 50, 100)]
    >>> median_allocation(Profile.of("allocation", ["food", "buses"], votes)).sentence
    'The whole is divided: food 50.0 %, buses 50.0 %.'
    """
    if not profile.ballots:
        return nobody_voted()
    medians = {part: median(votes) for part, votes in votes_by_part(profile).items()}
    steps = tuple(
        Step(
            "median",
            f"{part}: the median of {profile.total} ballots is {percent(share)}.",
            {"part": part, "median": share},
        )
        for part, share in medians.items()
    )
    total = sum(medians.values(), Fraction(0))
    if total == 0:
        return _no_medians(profile, steps, all_zero)
    step = Step("normalise", f"The medians add up to {percent(total)}; each is divided by that.", {"sum": total})
    allocation = normalised(medians)
    return Tally(allocation, in_words(allocation), (*steps, step))


def median(votes: Votes) -> Fraction:
    """Return the median of the shares voted for one part; for an even number, the middle of the two middle ones.

    Examples
    --------
    >>> median(((Fraction(1, 2), 1), (Fraction(0), 1))), median(((Fraction(1, 2), 2), (Fraction(0), 1)))
    (Fraction(1, 4), Fraction(1, 2))
    """
    total = sum(times for _, times in votes)
    return (_at(votes, (total + 1) // 2) + _at(votes, total // 2 + 1)) / 2


def _at(votes: Votes, position: int) -> Fraction:
    """Return the share at a position counted from one, largest first."""
    passed = 0
    for share, times in votes:
        passed += times
        if passed >= position:
            return share
    raise IndexError(position)


def _no_medians(profile: Profile[AllocationBallot], steps: tuple[Step, ...], all_zero: str) -> Tally:
    reason = "No part is wanted by half of the voters: all medians are zero and cannot be divided by their sum."
    if all_zero == UNDECIDED:
        return Tally(Undecided("all-medians-zero", reason), reason, steps)
    instead = mean_allocation(profile)
    step = Step("fallback", f"{reason} As fixed beforehand, the mean is taken instead.", {"rule": "mean-allocation"})
    return Tally(instead.result, instead.sentence, (*steps, step, *instead.steps))


RULE: Final = Rule(
    name="median-allocation",
    kind="allocation",
    form=AllocationBallot.form,
    reference="E. Elkind, M. Greger, P. Lederer, W. Suksompong and N. Teh, arXiv 2307.15586 (normalised median)",
    options=(Option("all_zero", "What happens where all medians are zero.", UNDECIDED, one_of(UNDECIDED, MEAN)),),
    tally=median_allocation,
)
