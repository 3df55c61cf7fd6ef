"""Entries written past the acts are found, even where the chain of hashes is sound (design §8.3)."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from newcourse.acts.federation import Federation
from newcourse.vote.ballot import AllocationBallot
from tests.acts.commune import CALL, START, VOTE

Until = Callable[..., Federation]
END = START + CALL
HALF = AllocationBallot({"food": 50, "travel": 50}).to_data()


def forge(federation: Federation, act: str, actor: str, at: Any, **body: Any) -> list[str]:
    """Append a well-formed entry with the right hash, as whoever holds the database could; return what is found."""
    federation.record.append(act, actor, body, at)
    assert federation.record.verify().ok
    return [fault.code for fault in federation.verify().faults]


def test_an_act_without_authority_is_found(until: Until) -> None:
    assert forge(until("open_cycle"), "join", "stranger", START, person="stranger", place="N") == ["no-authority"]


def test_a_seat_taken_in_a_running_cycle_is_found(until: Until) -> None:
    seats = {"S": ["eva"]}
    assert forge(until("file_need"), "seat_delegates", "ada", START, council="congress", seats=seats) == [
        "no-authority"
    ]


@pytest.mark.parametrize(
    ("actor", "at", "codes"),
    [
        ("zoe", END, ["no-authority", "ballot-stranger"]),
        ("ada", END + VOTE + timedelta(days=1), ["ballot-late"]),
        ("ada", END, []),
    ],
)
def test_ballots_of_strangers_and_late_ballots_are_found(until: Until, actor: str, at: Any, codes: list[str]) -> None:
    assert forge(until("cast"), "cast", actor, at, vote="V1", ballot=HALF) == codes


def test_a_second_ballot_is_found(until: Until) -> None:
    assert "voted-twice" in forge(until("cast", 2), "cast", "ada", END, vote="V1", ballot=HALF)


def close(federation: Federation, **changed: Any) -> dict[str, Any]:
    entry = next(e for e in federation.entries() if e.act == "close_vote")
    return {**entry.body, **changed}


def test_a_false_count_is_found(until: Until, turn: Federation) -> None:
    count = next(e for e in turn.entries() if e.act == "count_vote").body
    body = {**count, "result": {"shares": {"food": "0", "travel": "1"}}}
    assert forge(until("count_vote"), "count_vote", "ada", END, **body) == ["count-differs"]


def test_a_vote_closed_before_its_time_is_found(until: Until, turn: Federation) -> None:
    assert "closed-early" in forge(until("cast", 4), "close_vote", "ada", END, **close(turn))


def test_an_adopted_loser_is_found(until: Until) -> None:
    federation = until("adopt")
    loser = next(v for v in federation.cycle().variants if v.variant != federation.cycle().winner)
    found = forge(federation, "adopt", "ada", END, cycle=1, variant=loser.variant, plan=loser.plan)
    assert found == ["adopted-loser"]


def test_entries_that_cannot_follow_are_found(until: Until) -> None:
    assert forge(until("open_cycle"), "adopt", "ada", END, cycle=1, variant="x", plan="y") == ["entry-impossible"]
    assert forge(until("open_cycle"), "abolish", "ada", END) == ["no-authority", "act-unknown"]


def test_an_electorate_that_is_not_who_was_there_is_found(until: Until, turn: Federation) -> None:
    federation = until("open_vote")
    body = next(e for e in turn.entries() if e.act == "open_vote").body
    federation.perform("join", actor="ada", at=END, place="N", person="zoe")
    assert forge(federation, "open_vote", "ada", END, **body) == ["roll-differs", "vote-changed"]
