"""Until when a result can be contested, and what a contest holds up (design §8.3)."""

from datetime import datetime, timedelta
from typing import Final

from newcourse.council.folds.effects import BUILT_ON
from newcourse.council.state import State
from newcourse.council.voting import Contest, Result, Vote

CONTEST_DAYS: Final = 7
"""Days within which a result can be contested, where no rules of an election say otherwise."""


def contest_ends(state: State, vote: Vote, result: Result) -> datetime:
    """Return until when a result can be contested."""
    rules = state.law.elections.get(vote.frozen.decision) if vote.frozen.subject == "election" else None
    return result.counted_at + timedelta(days=rules.contest_days if rules else CONTEST_DAYS)


def built_on(state: State, vote: Vote) -> str:
    """Return in words what has been built on a result, so that it can no longer fall; empty text for nothing."""
    if vote.result is None or not vote.result.decided:
        return ""
    built = BUILT_ON.get(vote.frozen.subject)
    return built(state, vote) if built else ""


def holds_up(vote: Vote, at: datetime) -> Contest | None:
    """Return the contest for which nothing may be built on a result now: there is still time to decide on it.

    A contest that nobody decides does not hold anything up for ever.
    """
    waits = timedelta(days=CONTEST_DAYS)
    return next((contest for contest in vote.undecided_contests if at <= contest.at + waits), None)
