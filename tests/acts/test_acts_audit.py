"""Entries written past the acts are found, even where the chain of hashes is sound (design §8.3)."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from newcourse.acts.federation import Federation
from newcourse.council.audit import audit
from newcourse.council.counting import electorate_of
from newcourse.council.freeze import Frozen
from newcourse.council.secrecy import commitment_of, token_hash
from newcourse.record.canonical import canonical_json, read_json
from newcourse.vote.ballot import AllocationBallot
from tests.acts.commune import CALL, START, VOTE
from tests.acts.secret_votes import BALLOTS, Device

Until = Callable[..., Federation]
Stage = Callable[[str], Federation]
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


def forged_close(federation: Federation, change: Callable[[list[dict[str, Any]]], Any]) -> list[str]:
    """Close past the acts, with other ballots than were cast; return what is found."""
    rows = [read_json(content.decode()) for content in federation.record.deposited("V1").values()]
    change(rows)
    address = federation.record.keep("ballots", "application/json", canonical_json({"vote": "V1", "ballots": rows}))
    number = federation.vote("V1").cast
    return forge(federation, "close_vote", "ada", END, vote="V1", ballots=address, number=number, secret="")


def test_other_published_ballots_than_were_cast_are_found(secret_vote: Stage) -> None:
    def other(rows: list[dict[str, Any]]) -> None:
        rows[0]["ballot"] = HALF

    assert forged_close(secret_vote("cast"), other) == ["commitment-broken"]
    assert forged_close(secret_vote("cast"), lambda rows: rows.pop()) == ["ballots-other"]
    assert forged_close(secret_vote("cast"), lambda rows: rows.reverse()) == ["ballots-other"]
    assert forged_close(secret_vote("cast"), lambda rows: rows.append(rows[-1])) == ["ballots-other"]
    assert forged_close(secret_vote("cast"), lambda _rows: None) == []


def test_a_ballot_stuffed_into_the_box_is_found(secret_vote: Stage) -> None:
    federation = secret_vote("opened")
    for member in ("ada", "ben"):
        device = Device(federation, "V1", member)
        device.draw()
        device.cast(BALLOTS[member])
    cast = {"token": "00" * 64, "signature": "00" * 256, "ballot": HALF, "salt": "00" * 16}
    token = token_hash(bytes(64))
    with federation.record.transaction() as draft:
        draft.deposit("V1", token, canonical_json(cast))
        body = {"vote": "V1", "token": token, "commitment": commitment_of(HALF, cast["salt"])}
        draft.append("cast_secret", "token holder", body, END)
    assert federation.verify().faults == ()  # nobody can see it yet, but it will be seen
    federation.perform("close_vote", actor="ada", at=END + VOTE, vote="V1")
    assert sorted(fault.code for fault in federation.verify().faults) == ["token-false", "tokens-many"]


def test_tokens_that_were_not_signed_or_not_due_are_found(secret_vote: Stage) -> None:
    federation = secret_vote("opened")
    federation.perform("join", actor="ada", at=END, place="N", person="zoe")
    draw = {"vote": "V1", "blinded": "01" * 256, "blind_signature": "02" * 256}
    assert forge(federation, "draw_token", "zoe", END, **draw) == ["ballot-stranger", "blind-signature-wrong"]
    again = secret_vote("opened")
    entry = Device(again, "V1", "ben").draw()
    assert forge(again, "draw_token", "ben", END, **entry.body) == ["token-drawn"]


def unlawful(federation: Federation, act: str, actor: str, at: Any, **body: Any) -> list[str]:
    """As :func:`forge`, where the box, too, would tell."""
    federation.record.append(act, actor, body, at)
    return [fault.code for fault in audit(federation.entries(), federation.archive.data)]


def test_secret_ballots_with_a_name_twice_or_late_are_found(secret_vote: Stage) -> None:
    body = {"vote": "V1", "token": "ab" * 32, "commitment": "cd" * 32}
    assert unlawful(secret_vote("opened"), "cast_secret", "ben", END, **body) == ["actor-named"]
    late = END + VOTE + timedelta(days=1)
    assert unlawful(secret_vote("opened"), "cast_secret", "token holder", late, **body) == ["ballot-late"]
    assert unlawful(secret_vote("opened"), "cast_secret", "token holder", END, **body, ballot=HALF) == ["ballot-shown"]
    assert unlawful(secret_vote("opened"), "cast", "ben", END, vote="V1", ballot=HALF) == ["ballot-kind"]
    federation = secret_vote("cast")
    spent = next(entry for entry in federation.entries() if entry.act == "cast_secret")
    assert unlawful(federation, "cast_secret", "token holder", END, **spent.body) == ["token-spent"]


def reopened(federation: Federation, body: dict[str, Any], **changed: Any) -> list[str]:
    """Open a vote past the acts, sealed as it should be, with something else than the statutes say."""
    data = {**body["frozen"], **changed}
    electorate = electorate_of(federation.state, data["electors"], data["place"])
    frozen = Frozen.from_data({**data, "electorate": {}}, electorate)
    roll = federation.record.keep(
        "roll", "application/json", canonical_json({"vote": frozen.vote, "roll": list(electorate)})
    )
    forged = {**body, "frozen": frozen.to_data(), "sealed": frozen.hash, "roll": roll}
    return forge(federation, "open_vote", "ada", END, **forged)


@pytest.mark.parametrize(
    "changed",
    [
        {"quorum": "0"},
        {"rule": "mean-allocation"},
        {"ballot": "paper"},
        {"ties": "lot", "commitment": "ab" * 32},
        {"closes": "2030-02-01T09:00:00.000000Z"},
        {"opener": "dan"},
        {"electors": "delegates congress"},
        {"place": "N"},
        {"decision": "coup"},
    ],
)
def test_a_vote_opened_otherwise_than_the_statutes_say_is_found(
    until: Until, turn: Federation, changed: dict[str, Any]
) -> None:
    body = next(e for e in turn.entries() if e.act == "open_vote").body
    assert set(reopened(until("open_vote"), body, **changed)) == {"vote-unlawful"}
    assert reopened(until("open_vote"), body) == []


def test_a_secret_vote_without_a_key_or_with_a_lot_without_a_hash_is_found(until: Until, turn: Federation) -> None:
    body = next(e for e in turn.entries() if e.act == "open_vote").body
    assert "token-key" in reopened(until("open_vote"), body, ballot="secret")
    assert "token-key" in reopened(until("open_vote"), body, token_key="AAAA")
    assert "commitment-missing" in reopened(until("open_vote"), body, ties="lot", commitment="mine")
