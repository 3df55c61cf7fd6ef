"""The independent-markets rule: a median with moving phantoms, truthful and proportional (design §4.5, §8.1).

Source: R. Freeman, D. M. Pennock, D. Peters and J. Wortman Vaughan, "Truthful aggregation of budget proposals",
Journal of Economic Theory 193 (2021) 105234 (first at EC 2019).

With n voters there are n + 1 phantom votes at min(k t, 1), k = 0, ..., n, the same for every part. Each part gets the
median of the n votes for it and the phantoms; t grows from 0 until the medians add up to one.

Kept: anonymity, neutrality, unanimity; truthfulness for voters who want the sum of absolute differences between
result and ballot small; proportionality (where every voter gives all to one part, parts get their share of voters).
Not kept: Pareto efficiency beyond two parts; the mean is as proportional but not truthful.
"""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from itertools import accumulate, pairwise
from typing import Final

from newcourse.vote.ballot import AllocationBallot
from newcourse.vote.definition import Rule
from newcourse.vote.outcome import Allocation, Step, Tally
from newcourse.vote.plain import percent
from newcourse.vote.profile import Profile
from newcourse.vote.shares import Votes, in_words, nobody_voted, votes_by_part

Support = tuple[tuple[Fraction, int], ...]
"""For one part: each share voted for, largest first, and how many ballots give at least that share."""


def independent_markets(profile: Profile[AllocationBallot]) -> Tally:
    """Return the independent-markets division.

    Returns
    -------
    Tally
        An :class:`~newcourse.vote.outcome.Allocation`, exact; undecided without ballots.

    Examples
    --------
    >>> votes = [AllocationBallot({"food": 100}), AllocationBallot({"food": 50, "buses": 50})]
    >>> independent_markets(Profile.of("allocation", ["food", "buses"], votes)).sentence
    'The whole is divided: food 50.0 %, buses 50.0 %.'
    """
    if not profile.ballots:
        return nobody_voted()
    votes = votes_by_part(profile)
    supports = {part: support(part_votes) for part, part_votes in votes.items()}
    spacing = clearing_spacing(list(supports.values()))
    allocation = Allocation(tuple((part, level(ladder, spacing)) for part, ladder in supports.items()))
    steps = (_phantom_step(profile.total, spacing), *_part_steps(allocation, votes, profile.total))
    return Tally(allocation, in_words(allocation), steps)


def support(votes: Votes) -> Support:
    """Return for each share voted how many ballots give at least that, largest share first."""
    at_least = accumulate(times for _, times in votes)
    return tuple((share, count) for (share, _), count in zip(votes, at_least, strict=True))


def level(ladder: Support, spacing: Fraction) -> Fraction:
    """Return the median of the n votes and the n + 1 phantoms min(k t, 1).

    It is the largest y that a(y) ballots reach with a(y) t >= y: so many phantoms lie below y as ballots lie at or
    above it. Hence max over the voted shares v of min(v, a(v) t), which needs no phantom to be written down.

    Parameters
    ----------
    ladder
        Support of the part.
    spacing
        t, the distance between neighbouring phantoms.
    """
    return max(min(share, count * spacing) for share, count in ladder)


def clearing_spacing(supports: Iterable[Support]) -> Fraction:
    """Return the least t at which the levels of all parts add up to one.

    Levels are continuous, never fall and are straight between the points where a level reaches a voted share or leaves
    it, so the total is straight between neighbours of all those points and t follows by proportion.
    """
    ladders = list(supports)
    corners = sorted({Fraction(0), *(point for ladder in ladders for point in _corners(ladder))})
    low, high = 0, len(corners) - 1
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if _total(ladders, corners[middle]) >= 1 else (middle, high)
    below, above = _total(ladders, corners[low]), _total(ladders, corners[high])
    return corners[low] + (corners[high] - corners[low]) * (1 - below) / (above - below)


def _corners(ladder: Support) -> Iterable[Fraction]:
    yield from (share / count for share, count in ladder)
    yield from (lower / count for (_, count), (lower, _) in pairwise(ladder))


def _total(ladders: Iterable[Support], spacing: Fraction) -> Fraction:
    return sum((level(ladder, spacing) for ladder in ladders), Fraction(0))


def _phantom_step(ballots: int, spacing: Fraction) -> Step:
    sentence = (
        f"{ballots} ballots are joined by {ballots + 1} phantom votes for every part, the first at nothing and each "
        f"further one {spacing} of the whole above the one before, at most the whole: at this distance the medians "
        "add up to the whole."
    )
    return Step("phantoms", sentence, {"ballots": ballots, "phantoms": ballots + 1, "spacing": spacing})


def _part_steps(allocation: Allocation, votes: Mapping[str, Votes], ballots: int) -> Iterable[Step]:
    for part, share in allocation.shares:
        more = sum(times for vote, times in votes[part] if vote > share)
        less = sum(times for vote, times in votes[part] if vote < share)
        sentence = (
            f"{part}: the median of ballots and phantoms is {percent(share)}; "
            f"{more} of {ballots} ballots give it more, {less} give it less."
        )
        yield Step("part", sentence, {"part": part, "share": share, "more": more, "less": less, "votes": votes[part]})


RULE: Final = Rule(
    name="independent-markets",
    kind="allocation",
    form=AllocationBallot.form,
    reference="R. Freeman, D. Pennock, D. Peters and J. Wortman Vaughan, Journal of Economic Theory 193 (2021) 105234",
    options=(),
    tally=independent_markets,
)
