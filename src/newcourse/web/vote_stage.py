"""At which stage a vote is, as pages say it."""

from datetime import datetime

from newcourse.council.voting import Vote


def stage_of(vote: Vote, at: datetime) -> str:
    """Return ``voting``, ``to be closed``, ``to be counted``, ``contested``, ``void``, ``decided`` or ``undecided``."""
    if vote.result is None:
        if not vote.open:
            return "to be counted"
        return "voting" if at <= vote.closes_at and not vote.everybody_voted else "to be closed"
    if vote.contests and (vote.void or vote.undecided_contests):
        return "void" if vote.void else "contested"
    return "decided" if vote.result.decided else "undecided"
