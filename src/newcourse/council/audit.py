"""Reads a record again from the beginning and names every entry whose author had no right to it (design §3, §8.3).

A sound chain of hashes says that nothing was changed afterwards. It does not say that what was written was lawful at
that time: whoever can write to the database could have added entries past the acts. This does.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from newcourse.council.authority import Refusal, authority
from newcourse.council.counting import count_vote
from newcourse.council.fold import step
from newcourse.council.freeze import commitment_to
from newcourse.council.state import State
from newcourse.council.voting import Vote
from newcourse.errors import Fault, NewCourseError
from newcourse.record.entry import Entry

_REMEDY = "verify the record and find out who wrote the entry past the acts"


def audit(entries: Iterable[Entry]) -> tuple[Fault, ...]:
    """Return one fault for each entry that was not lawful when it was written.

    Checked are the authority of each author; that only those of the frozen electorate vote, once, and in time; that
    every vote was closed when it was over, and every count, made again, gives the same; that only the winner was
    adopted. Where an entry cannot be read at all the audit ends with that fault.
    """
    faults: list[Fault] = []
    state = State()
    for entry in entries:
        try:
            faults += _unlawful(state, entry)
            state = step(state, entry)
        except NewCourseError as error:
            return (*faults, *error.faults)
    return tuple(faults)


def concerned_place(act: str, body: dict[str, Any]) -> str:
    """Return the place an entry concerns; empty for the federation as a whole."""
    if act == "file_need":
        return str(body["need"]["place"])
    return str(body["place"]) if act == "join" else ""


def _unlawful(state: State, entry: Entry) -> list[Fault]:
    body = entry.body
    answer = authority(state, entry.actor, entry.act, concerned_place(entry.act, body))
    faults = []
    if isinstance(answer, Refusal):
        faults.append(_fault("no-authority", entry, answer.reason, f"{answer.article}: {answer.expected}"))
    vote = state.votes.get(body.get("vote", ""))
    now = state.clock(entry.at)
    if entry.act == "cast" and vote is not None:
        faults += _unlawful_ballot(vote, entry, now)
    if entry.act == "close_vote" and vote is not None:
        faults += _unlawful_count(vote, entry, body, now)
    if entry.act == "adopt" and state.cycle is not None and body.get("variant") != state.cycle.winner:
        found, expected = f"variant {body.get('variant')}", f"the winner {state.cycle.winner or '(none)'}"
        faults.append(_fault("adopted-loser", entry, found, expected))
    return faults


def _unlawful_ballot(vote: Vote, entry: Entry, now: datetime) -> list[Fault]:
    faults = []
    if not vote.frozen.entitles(entry.actor):
        found, expected = f"a ballot of {entry.actor}", "ballots of the frozen electorate"
        faults.append(_fault("ballot-stranger", entry, found, expected))
    if not vote.open or now > vote.closes_at:
        expected = f"ballots until {vote.closes_at} while vote {vote.vote} is open"
        faults.append(_fault("ballot-late", entry, f"a ballot at {now}", expected))
    return faults


def _unlawful_count(vote: Vote, entry: Entry, body: dict[str, Any], now: datetime) -> list[Fault]:
    faults = []
    if now < vote.closes_at and not vote.everybody_voted:
        faults.append(
            _fault("closed-early", entry, f"vote {vote.vote} closed at {now}", f"not before {vote.closes_at}")
        )
    secret = body["secret"]
    if secret and commitment_to(secret) != vote.frozen.commitment:
        faults.append(_fault("secret-wrong", entry, "a line for the lot", "the line that was committed to"))
    outcome = count_vote(vote, secret)
    if (outcome.result.to_data(), outcome.sentence) != (body["result"], body["sentence"]):
        faults.append(_fault("count-differs", entry, body["sentence"], f"{outcome.sentence} (counted again)"))
    return faults


def _fault(code: str, entry: Entry, found: str, expected: str) -> Fault:
    return Fault(code, f"entry {entry.sequence}, {entry.act} by {entry.actor}", found, expected, _REMEDY)
