"""The one door: idempotent by key, one transaction, and calculations made again when their basis moves (design §3)."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from newcourse.acts import door, registry
from newcourse.acts.act import Deed
from newcourse.acts.federation import Federation
from newcourse.errors import BadInput, NewCourseError, NotAllowed, Tampered
from newcourse.record.store import open_record
from newcourse.vote.ballot import AllocationBallot
from tests.acts.commune import CALL, MEMBERS, START, founded

Until = Callable[..., Federation]
HALF = AllocationBallot({"food": 50, "travel": 50})
END = START + CALL


def test_the_same_request_under_its_key_is_done_once(database_url: str) -> None:
    with open_record(database_url) as record:
        federation = founded(record)
        asked = {"actor": "ben", "at": START, "key": "first", "place": "N", "person": "zoe"}
        entry = federation.perform("join", **asked)
        head = federation.head
        again = federation.perform("join", **{**asked, "at": START + CALL})
        assert again == entry
        assert federation.head == head
        assert entry.body["key"] == "first"


def test_a_key_is_for_one_request_and_one_person(until: Until) -> None:
    federation = until("open_cycle")
    join = {"at": START, "key": "k", "place": "N"}
    federation.perform("join", actor="ben", person="zoe", **join)
    with pytest.raises(BadInput, match="key-reused"):
        federation.perform("join", actor="ben", person="yan", **join)
    other = federation.perform("join", actor="cyd", person="yan", **join)
    assert other.body["person"] == "yan"


def test_without_a_key_the_same_request_is_another_one(until: Until) -> None:
    federation = until("cast")
    federation.perform("cast", actor="ada", at=END, vote="V1", ballot=HALF)
    with pytest.raises(NotAllowed, match="voted-already"):
        federation.perform("cast", actor="ada", at=END, vote="V1", ballot=HALF)


def test_a_ballot_sent_twice_from_many_threads_counts_once(tmp_path) -> None:
    with open_record(tmp_path / "record.sqlite") as record:
        federation = founded(record)
        federation.perform("open_vote", actor="ada", at=START, decision="motion", question="Adjourn?")

        def send(number: int) -> str:
            actor = ("ada", "dan")[number % 2]
            ballot = {"form": "choice", "choice": "yes"}
            return federation.perform("cast", actor=actor, at=START, key="b", vote="V1", ballot=ballot).hash

        with ThreadPoolExecutor(8) as pool:
            hashes = [*pool.map(send, range(24))]
        assert len(set(hashes)) == 2
        assert len(federation.vote("V1").ballots) == 2
        assert federation.verify().ok


def test_two_federations_on_one_file_see_each_other(tmp_path) -> None:
    with open_record(tmp_path / "r.sqlite") as one, open_record(tmp_path / "r.sqlite") as two:
        first, second = founded(one), Federation(two)
        assert second.state == first.state
        second.perform("join", actor="ben", at=START, place="N", person="zoe")
        first.perform("join", actor="zoe", at=START, place="N", person="yan")
        assert first.state == second.state
        assert first.state.members["yan"] == "N"


def test_a_slow_clock_gains_nothing(until: Until) -> None:
    federation = until("close_vote")
    federation.perform("join", actor="ada", at=END + timedelta(days=20), place="N", person="zoe")
    with pytest.raises(NotAllowed, match="call-ended"):
        federation.perform("file_need", actor="ada", at=START, place="N", need="bread-n", minimum=1.0, target=2.0)


def test_what_cannot_be_folded_is_never_written(until: Until, monkeypatch: pytest.MonkeyPatch) -> None:
    federation = until("open_cycle")
    broken = replace(registry.ACTS["join"], do=lambda _state, _ask, _prepared: Deed({"person": "zoe"}))
    monkeypatch.setattr(door, "ACTS", {**registry.ACTS, "join": broken})
    head = federation.head
    with pytest.raises(Tampered, match="entry-impossible"):
        federation.perform("join", actor="ben", at=START, place="N", person="zoe")
    assert federation.head == head
    assert federation.verify().ok


def test_a_calculation_is_made_again_when_what_it_relied_on_has_changed(
    until: Until, monkeypatch: pytest.MonkeyPatch
) -> None:
    federation = until("make_variants")
    makes = []
    act = registry.ACTS["make_variants"]

    def prepare(state, ask, tools):
        makes.append(state.sequence)
        if len(makes) == 1:  # somebody else is quicker: the record grows during the calculation
            federation.perform("join", actor="ada", at=END, place="N", person="zoe")
        return ()

    watched = replace(act, prepare=prepare, basis=lambda state, _ask: len(state.members))
    monkeypatch.setattr(door, "ACTS", {**registry.ACTS, "make_variants": watched})
    federation.perform("make_variants", actor="ada", at=END)
    assert len(makes) == 2


def test_a_state_that_never_holds_still_is_an_error_in_words(until: Until, monkeypatch: pytest.MonkeyPatch) -> None:
    federation = until("open_cycle")
    restless = replace(registry.ACTS["join"], basis=lambda _state, _ask: object())
    monkeypatch.setattr(door, "ACTS", {**registry.ACTS, "join": restless})
    with pytest.raises(NewCourseError, match="state-restless"):
        federation.perform("join", actor="ben", at=START, place="N", person="zoe")


def test_long_acts_tell_how_far_they_are(until: Until) -> None:
    told: list[tuple[str, float]] = []
    until("open_cycle").perform("open_cycle", actor="ada", at=START, on_progress=lambda *step: told.append(step))
    assert told
    assert all(0.0 <= part <= 1.0 for _, part in told)


def test_members_of_the_founding_are_the_first_members(until: Until) -> None:
    assert dict(until("open_cycle").state.members) == MEMBERS
