"""Until when a result can be contested, who may decide on that, and whom a vote is about (design §8.3)."""

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


def partial(state: State, vote: Vote, person: str) -> str:
    """Return in words why somebody cannot decide on a contest without being their own judge; empty text if they can."""
    if vote.contest_of(person) is not None:
        return "contests the result"
    return at_stake(state, vote, person)


def at_stake(state: State, vote: Vote, person: str) -> str:
    """Return in words why a vote is about somebody: their election, their recall; empty text where it is not."""
    if person in vote.frozen.candidates:
        return "is a candidate in the vote"
    petition = state.petitions.get(vote.frozen.about) if vote.frozen.subject == "recall" else None
    recalled = petition is not None and state.mandates[petition.mandate].person == person
    return "has the mandate that the vote is on" if recalled else ""
