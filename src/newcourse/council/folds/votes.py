"""Opening, casting, closing."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from newcourse.council.counting import entitled, require_unchanged
from newcourse.council.cycle import Cycle
from newcourse.council.freeze import Frozen
from newcourse.council.state import State
from newcourse.council.voting import Result, Vote
from newcourse.errors import Fault, Tampered
from newcourse.record.entry import Entry


def open_vote(state: State, entry: Entry, body: Mapping[str, Any]) -> State:
    """Open a vote and fix what decides its count."""
    decision = state.law.decisions[body["frozen"]["decision"]]
    frozen = Frozen.from_data(body["frozen"], entitled(state, decision))
    closes = datetime.fromisoformat(frozen.closes)
    vote = Vote(frozen, body["sealed"], entry.at, closes, body["cycle"])
    require_unchanged(vote)
    return replace(state, votes=state.votes.put(vote.vote, vote))


def cast(state: State, entry: Entry, body: Mapping[str, Any]) -> State:
    """Put a ballot to a voter's name."""
    vote = state.votes[body["vote"]]
    if entry.actor in vote.ballots:
        raise Tampered(
            Fault(
                "voted-twice",
                f"entry {entry.sequence}, vote {vote.vote}",
                f"a second ballot of {entry.actor}",
                "one ballot each",
                "verify the record and find out who added it",
            )
        )
    voted = replace(vote, ballots=vote.ballots.put(entry.actor, body["ballot"]))
    return replace(state, votes=state.votes.put(vote.vote, voted))


def close_vote(state: State, entry: Entry, body: Mapping[str, Any]) -> State:
    """Close a vote; what it decided holds for its cycle."""
    vote = state.votes[body["vote"]]
    result = Result(body["decided"], body["result"], body["sentence"], body["outcome"], entry.at)
    state = replace(state, votes=state.votes.put(vote.vote, replace(vote, result=result)))
    if state.cycle is None or not result.decided:
        return state
    return replace(state, cycle=_decided(state.cycle, vote.frozen.subject, result))


def _decided(cycle: Cycle, subject: str, result: Result) -> Cycle:
    if subject == "weights":
        return replace(cycle, weights=result.data["shares"])
    return replace(cycle, winner=result.data["winner"]) if subject == "variant" else cycle
