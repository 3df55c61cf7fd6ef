"""Independent markets. Source: Freeman, Pennock, Peters and Wortman Vaughan, Journal of Economic Theory 193 (2021).

To n ballots come n + 1 phantom votes min(k t, 1) for each part. Each part's median is straight in t between the points
where another vote or phantom becomes the median, so t is enclosed by halving until the straight line through the sum
of medians meets one.
"""

from bisect import bisect_left
from fractions import Fraction

from newcourse.verifier.rules.allocations import division, nobody_voted
from newcourse.verifier.rules.ballots import shares
from newcourse.verifier.rules.question import Answer, Question


def independent_markets(question: Question) -> Answer:
    """Return the medians of ballots and phantoms that add up to the whole."""
    ballots = shares(question)
    if not ballots:
        return nobody_voted()
    votes = [sorted(ballot[part] for ballot in ballots) for part in question.candidates]
    low, high = Fraction(0), Fraction(1)
    while True:
        middle = (low + high) / 2
        pieces = [median(part, middle) for part in votes]
        level, slope = (sum(numbers) for numbers in zip(*pieces, strict=True))
        spacing = (1 - level) / Fraction(slope) if slope else middle
        medians = [constant + slope * spacing for constant, slope in (median(part, spacing) for part in votes)]
        if low <= spacing <= high and sum(medians) == 1:
            return division(dict(zip(question.candidates, medians, strict=True)))
        if level + slope * middle < 1:
            low = middle
        else:
            high = middle


def median(votes: list[Fraction], spacing: Fraction) -> tuple[Fraction, int]:
    """Return the median of n votes, ascending, and n + 1 phantoms as a constant and what it grows by with t.

    The median is the largest y such that at least n + 1 of all votes and phantoms are y or more. Of the phantoms k t,
    those with k from y / t on are. So a vote v with a votes at or above it qualifies where v <= a t, and above the
    largest vote that qualifies, where b votes lie, the phantom b t does.
    """
    size = len(votes)
    low, high = 0, size  # votes before low qualify
    while low < high:
        middle = (low + high) // 2
        at_least = size - bisect_left(votes, votes[middle])
        if votes[middle] <= at_least * spacing:
            low = middle + 1
        else:
            high = middle
    above = size - low
    best = votes[low - 1] if low else Fraction(0)
    phantom = above * spacing
    if phantom >= 1:
        return Fraction(1), 0
    return (Fraction(0), above) if phantom > best else (best, 0)
