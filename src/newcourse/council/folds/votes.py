"""Opening, drawing tokens, casting, extending, closing. Counting, with its effects, is in the module beside."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from newcourse.council.counting import electorate_of, require_unchanged
from newcourse.council.freeze import Frozen
from newcourse.council.state import State
from newcourse.council.voting import Paper, Spent, Vote
from newcourse.errors import Fault, Tampered
from newcourse.record.entry import Entry


def open_vote(state: State, entry: Entry, body: Mapping[str, Any]) -> State:
    """Open a vote; a draft of statutes knows then which vote decides on it."""
    after = opened(state, entry, body)
    frozen = body["frozen"]
    if frozen["subject"] != "statutes":
        return after
    draft = replace(state.drafts[frozen["about"]], vote=frozen["vote"], passed=None)
    return replace(after, drafts=state.drafts.put(draft.draft, draft))


def opened(state: State, entry: Entry, body: Mapping[str, Any]) -> State:
    """Open a vote of whatever kind and fix what decides its count: the part all acts that open votes share."""
    data = body["frozen"]
    if data["vote"] in state.votes:
        raise ValueError(f"vote {data['vote']} was opened before")
    frozen = Frozen.from_data(data, electorate_of(state, data["electors"], data["place"]))
    closes = datetime.fromisoformat(frozen.closes)
    vote = Vote(frozen, body["sealed"], entry.at, closes, body["cycle"], opening=entry.sequence)
    require_unchanged(vote)
    return replace(state, votes=state.votes.put(vote.vote, vote))


def draw_token(state: State, entry: Entry, body: Mapping[str, Any]) -> State:
    """Note that a member has drawn their token."""
    vote = state.votes[body["vote"]]
    if entry.actor in vote.drawn:
        raise Tampered(_twice("token-drawn", entry, vote, f"a second token of {entry.actor}", "one token each"))
    return _with(state, replace(vote, drawn=vote.drawn.put(entry.actor, entry.sequence)))


def cast(state: State, entry: Entry, body: Mapping[str, Any]) -> State:
    """Put a ballot to a voter's name."""
    vote = state.votes[body["vote"]]
    if entry.actor in vote.ballots:
        raise Tampered(_twice("voted-twice", entry, vote, f"a second ballot of {entry.actor}", "one ballot each"))
    return _with(state, replace(vote, ballots=vote.ballots.put(entry.actor, body["ballot"])))


def cast_secret(state: State, entry: Entry, body: Mapping[str, Any]) -> State:
    """Note which token was spent and what its holder is committed to; the ballot itself is not here."""
    vote, token = state.votes[body["vote"]], body["token"]
    if token in vote.spent:
        raise Tampered(_twice("token-spent", entry, vote, f"token {token} a second time", "one ballot for a token"))
    spent = Spent(body["commitment"], entry.sequence)
    return _with(state, replace(vote, spent=vote.spent.put(token, spent)))


def enter_paper_ballots(state: State, entry: Entry, body: Mapping[str, Any]) -> State:
    """Note the ballots as the first teller read them, in place of any before that nobody confirmed."""
    vote = state.votes[body["vote"]]
    if vote.paper is not None and vote.paper.confirmed_by:
        raise ValueError(f"the paper ballots of vote {vote.vote} are confirmed")
    paper = Paper(tuple(body["ballots"]), entry.actor, entry=entry.sequence)
    return _with(state, replace(vote, paper=paper))


def confirm_paper_ballots(state: State, entry: Entry, body: Mapping[str, Any]) -> State:
    """Note that a second teller has read the same."""
    vote = state.votes[body["vote"]]
    if vote.paper is None or vote.paper.entry != body["entered"]:
        raise ValueError(f"entry {body['entered']} is not the one with the paper ballots of vote {vote.vote}")
    return _with(state, replace(vote, paper=replace(vote.paper, confirmed_by=entry.actor)))


def extend_vote(state: State, _entry: Entry, body: Mapping[str, Any]) -> State:
    """Leave a vote open for longer, for all; what was frozen stays as it was."""
    vote = state.votes[body["vote"]]
    if body["days"] < 1:
        raise ValueError("a vote is never shortened")
    closes = vote.closes_at + timedelta(days=body["days"])
    return _with(state, replace(vote, closes_at=closes, incidents=(*vote.incidents, body["reason"])))


def close_vote(state: State, entry: Entry, body: Mapping[str, Any]) -> State:
    """Close a vote; its ballots are public from here on."""
    vote = state.votes[body["vote"]]
    if not vote.open:
        raise ValueError(f"vote {vote.vote} was closed before")
    closed = replace(vote, closed_at=entry.at, published=body["ballots"], secret=body["secret"])
    return _with(state, closed)


def _with(state: State, vote: Vote) -> State:
    return replace(state, votes=state.votes.put(vote.vote, vote))


def _twice(code: str, entry: Entry, vote: Vote, found: str, expected: str) -> Fault:
    where = f"entry {entry.sequence}, vote {vote.vote}"
    return Fault(code, where, found, expected, "verify the record and find out who added it")
