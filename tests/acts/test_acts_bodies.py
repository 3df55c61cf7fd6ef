"""Bodies: places that are founded, councils at a level, delegates elected upward by delegates (design §8.2)."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from newcourse.acts.federation import Federation
from newcourse.council.bodies import (
    bodies,
    body_named,
    constituencies,
    constituency_electorate,
    electors_in_words,
    find_body,
)
from newcourse.errors import BadInput
from newcourse.record.store import Record, open_record
from tests.acts.assembly import (
    NOMINATE,
    VOTE,
    assembly,
    elected,
    nominated,
    opened,
    recalled,
    refusal,
    refusals,
    sitting,
    taken,
    voted,
)
from tests.acts.commune import FREE, START

MILLS = (
    {"place": "N1", "name": "Upper mill", "level": "workplace", "parent": "N"},
    {"place": "N2", "name": "Lower mill", "level": "workplace", "parent": "N"},
)
WORKERS = {"fay": "F"} | {f"a{n}": "N1" for n in range(1, 6)} | {f"b{n}": "N2" for n in range(1, 6)} | {"s1": "S"}


@pytest.fixture
def record() -> Iterator[Record]:
    with open_record("sqlite://") as kept:
        yield kept


def pyramid(record: Record) -> Federation:
    """A council of each region, elected by the members of its workplaces; it elects one delegate to the congress."""
    council = {"council": "region", "name": "Council", "level": "region", "seats": 2, "election": "delegates"}
    changed: dict[str, Any] = {"council": {"elected_by": "delegates", "seats": 1}}
    return assembly(record, WORKERS, MILLS, councils=[council], **changed)


def test_a_place_is_founded_beneath_another(record: Record) -> None:
    federation = assembly(record)
    new: dict[str, Any] = {"place": "N1", "name": "Upper mill", "level": "workplace", "parent": "N"}
    federation.perform("found_body", actor="fay", at=START, **new)
    assert federation.state.tree.beneath("N") == ("N1",)
    federation.perform("transfer", actor="n1", at=START, place="N1")
    assert "n1" in constituency_electorate(federation.state, body_named(federation.state, "congress"), "N")
    assert federation.verify().ok


def test_refusals_of_founding_a_place(record: Record) -> None:
    federation = assembly(record)
    new: dict[str, Any] = {"place": "N1", "name": "Upper mill", "level": "workplace", "parent": "N"}
    assert refusal(federation, "found_body", "n1", START, **new).code == "no-authority"
    wrong: dict[str, Any] = {"place": "N:1", "name": " ", "level": "region", "parent": "N"}
    faults = refusals(federation, "found_body", "fay", START, **wrong)
    assert [fault.code for fault in faults] == ["name-wrong", "place-wrong", "level-twice"]
    assert faults[2].found == "a region beneath a place of the same level"
    fault = refusal(federation, "found_body", "fay", START, **{**new, "place": "S"})
    assert (fault.code, fault.found) == ("place-twice", "S, which is place S")
    assert refusal(federation, "found_body", "fay", START, **{**new, "parent": "X"}).code == "parent-unknown"


def test_the_plan_does_not_know_a_place_that_was_founded_later(record: Record) -> None:
    federation = assembly(record)
    federation.perform("seat_delegates", actor="fay", at=START, council="congress", seats={"N": ["n1"]})
    federation.perform("found_body", actor="fay", at=START, place="N1", name="Mill", level="workplace", parent="N")
    federation.perform("open_cycle", actor="n1", at=START, limits=FREE)
    need: dict[str, Any] = {
        "place": "N1",
        "need": "baths",
        "minimum": 1.0,
        "target": 2.0,
        "product": "bus",
        "group": "wash",
    }
    fault = refusal(federation, "file_need", "n1", START, **need)
    assert (fault.code, fault.found, fault.expected) == ("place-unknown", "'N1'", "a place of the economy")


def test_bodies_by_code(record: Record) -> None:
    state = pyramid(record).state
    assert [body.body for body in bodies(state)] == ["congress", "region:N", "region:S"]
    region, congress = body_named(state, "region:N"), body_named(state, "congress")
    assert region.name(state) == "Council of place N"
    assert constituencies(state, region) == ("N1", "N2")
    assert constituencies(state, body_named(state, "region:S")) == ("S",)
    assert constituencies(state, congress) == ("N", "S")
    assert constituency_electorate(state, region, "N1") == ("a1", "a2", "a3", "a4", "a5")
    assert electors_in_words(state, congress, "N") == "the delegates of Council of place N"
    assert constituency_electorate(state, congress, "N") == ()
    for code in ("region", "region:F", "region:X", "senate", "congress:N"):
        assert find_body(state, code) is None
    with pytest.raises(BadInput) as caught:
        body_named(state, "senate")
    assert caught.value.faults[0].expected == "congress, region:N, region:S"


def test_delegates_elect_upward_by_name_and_recall_whom_they_sent(record: Record) -> None:
    federation = pyramid(record)
    over = elected(federation, {"a3": ("a1", "a2"), "a4": ("a2", "a1")}, ("a1", "a2"), "N1", body="region:N")
    over = elected(federation, {"b3": ("b1", "b2"), "b4": ("b2",)}, ("b1", "b2"), "N2", over, "region:N")
    assert {seat.person for seat in federation.state.seats["region:N"]} == {"a1", "a2", "b1", "b2"}
    entry = federation.perform("open_nominations", actor="a1", at=over, body="congress", place="N")
    election = entry.body["election"]
    for person in ("a5", "b1"):
        federation.perform("nominate", actor="a1", at=over, election=election, person=person)
        federation.perform("accept_nomination", actor=person, at=over, election=election)
    vote = opened(federation, election, over + NOMINATE)
    frozen = federation.vote(vote).frozen
    assert (frozen.ballot, frozen.electors) == ("open", "delegates region:N")
    assert frozen.electorate == ("a1", "a2", "b1", "b2")
    ballots = {"a1": ("a5",), "a2": ("a5", "b1"), "b1": ("b1",), "b2": ("b1", "a5")}
    voted(federation, vote, {**ballots, "b2": ("a5", "b1")}, over + NOMINATE)
    over += NOMINATE + VOTE
    taken(federation, over)
    assert sitting(federation) == {"a5"}
    mandate = next(m for m in federation.state.mandates.values() if m.body == "congress")
    what: dict[str, Any] = {"mandate": mandate.mandate, "reasons": "Absent."}
    fault = refusal(federation, "petition_recall", "b5", over, **what)
    assert fault.expected == "Article 15, Recall: the delegates of Council of place N, who alone recall a5"
    over = recalled(federation, mandate.mandate, ("a1", "b1", "b2"), over)
    assert sitting(federation) == set()
    federation.perform("fill_vacancy", actor="b5", at=over, mandate=mandate.mandate)
    taken(federation, over)
    assert sitting(federation) == {"b1"}
    assert federation.verify().ok


def test_where_nobody_sits_beneath_nobody_elects(record: Record) -> None:
    federation = pyramid(record)
    nominated(federation, "S", ("s1",))
    federation.perform("close_nominations", actor="s1", at=START + NOMINATE, election="E1")
    fault = refusal(federation, "open_election", "s1", START + NOMINATE, election="E1", commitment="0" * 64)
    assert fault.code == "electorate-empty"


def test_a_delegate_has_rights_at_the_place_of_the_body_and_beneath(record: Record) -> None:
    federation = pyramid(record)
    elected(federation, {"a3": ("a1",)}, ("a1",), "N1", body="region:N")
    assert federation.may("a1", "found_body", "N").allowed
    assert federation.may("a1", "found_body", "N2").allowed
    assert not federation.may("a1", "found_body", "S").allowed
    assert not federation.may("a1", "found_body").allowed
    late = START + timedelta(days=60)
    new: dict[str, Any] = {"place": "N3", "name": "Third mill", "level": "workplace", "parent": "N"}
    federation.perform("found_body", actor="a1", at=late, **new)
    assert constituencies(federation.state, body_named(federation.state, "region:N")) == ("N1", "N2", "N3")


def test_provisional_delegates_sit_in_any_body_until_it_is_elected(record: Record) -> None:
    federation = pyramid(record)
    seats = {"N1": ["a1"], "N2": ["b1"]}
    federation.perform("seat_delegates", actor="fay", at=START, council="region:N", seats=seats)
    assert {seat.person for seat in federation.state.seats["region:N"]} == {"a1", "b1"}
    fault = refusal(federation, "seat_delegates", "fay", START, council="region", seats={})
    assert (fault.code, fault.expected) == ("council-unknown", "one of congress, region:N, region:S")
    elected(federation, {"a3": ("a2",)}, ("a2",), "N1", body="region:N")
    assert {seat.person for seat in federation.state.seats["region:N"]} == {"a2", "b1"}
    fault = refusal(federation, "seat_delegates", "fay", START, council="region:N", seats=seats)
    assert (fault.code, fault.remedy) == ("seats-elected", "call elections, or recall delegates")
