"""The median of allocations, normalised. Source: Elkind and others, arXiv 2307.15586, coordinate-wise rules."""

from newcourse.verifier.rules.allocations import division, nobody_voted
from newcourse.verifier.rules.ballots import shares
from newcourse.verifier.rules.mean_allocation import mean_allocation
from newcourse.verifier.rules.question import Answer, Question, undecided


def median_allocation(question: Question) -> Answer:
    """Return each part's median share, divided by the sum of all medians."""
    instead = question.word("all_zero", "undecided", "mean")
    votes = shares(question)
    if not votes:
        return nobody_voted()
    medians = {}
    for part in question.candidates:
        given = sorted(vote[part] for vote in votes)
        medians[part] = (given[(len(given) - 1) // 2] + given[len(given) // 2]) / 2
    if any(medians.values()):
        return division(medians)
    if instead == "mean":
        return mean_allocation(question)
    reason = "No part is wanted by half of the voters: all medians are zero and cannot be divided by their sum."
    return undecided("all-medians-zero", reason)
