"""The mean of allocations. Source: Elkind, Greger, Lederer, Suksompong and Teh, arXiv 2307.15586, average rule."""

from fractions import Fraction

from newcourse.verifier.rules.allocations import division, nobody_voted
from newcourse.verifier.rules.ballots import shares
from newcourse.verifier.rules.question import Answer, Question


def mean_allocation(question: Question) -> Answer:
    """Return the average share of each part."""
    votes = shares(question)
    if not votes:
        return nobody_voted()
    return division({part: sum((vote[part] for vote in votes), Fraction(0)) for part in question.candidates})
