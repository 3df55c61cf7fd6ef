"""Seats given past the acts are found: two on one seat, somebody with two seats in one body."""

from collections.abc import Sequence
from datetime import timedelta

import pytest

from newcourse.acts.federation import Federation
from newcourse.record.store import open_record
from tests.acts.assembly import (
    CANDIDATES,
    LINE,
    NOMINATE,
    NORTH,
    THREE_SEATS,
    VOTE,
    assembly,
    elected,
    nominated,
    opened,
    recalled,
    voted,
)
from tests.acts.commune import START

OVER = START + NOMINATE + VOTE


def codes(federation: Federation) -> list[str]:
    return [fault.code for fault in federation.verify().faults]


def test_one_person_named_from_two_places_is_found() -> None:
    with open_record("sqlite://") as record:
        federation = assembly(record)
        seats = {"council": "congress", "seats": {"N": ["n1"], "S": ["n1"]}}
        federation.record.append("seat_delegates", "fay", seats, START)
        assert codes(federation) == ["seat-twice"]


def test_more_delegates_than_a_place_has_seats_are_found() -> None:
    with open_record("sqlite://") as record:
        federation = assembly(record)
        seats = {"council": "congress", "seats": {"N": ["n1", "n2", "n3", "n4"]}}
        federation.record.append("seat_delegates", "fay", seats, START)
        assert codes(federation) == ["seats-many"]


@pytest.mark.parametrize(
    ("result", "code"),
    [(("n1", "n2", "n3", "n5"), "mandates-many"), (("n1", "n2", "n2"), "mandates-twice")],
)
def test_more_mandates_than_seats_and_two_of_one_person_are_found(result: Sequence[str], code: str) -> None:
    with open_record("sqlite://") as record:
        federation = assembly(record)
        vote = opened(federation, nominated(federation, "N", CANDIDATES), START + NOMINATE)
        closing = federation.perform("close_vote", actor="n1", at=OVER, vote=vote, secret=LINE)
        said = {"decided": True, "result": {"elected": list(result)}, "sentence": "So.", "ballots": 0}
        body = {"vote": vote, **said, "outcome": closing.body["ballots"]}
        federation.record.append("count_vote", "n1", body, OVER)
        assert code in codes(federation)


def test_a_seat_that_is_refilled_while_an_election_fills_it_is_found() -> None:
    with open_record("sqlite://") as record:
        federation = assembly(record, recall={"refill": "election"})
        at = recalled(federation, "M1", NORTH[:5], elected(federation, THREE_SEATS, CANDIDATES))
        vote = opened(federation, nominated(federation, "N", ("n8", "n9"), at), at + NOMINATE)
        body = {"mandate": "M1", "person": "n3", "given": "M4", "vote": "V1"}
        federation.record.append("fill_vacancy", "n4", body, at + NOMINATE)
        voted(federation, vote, {"n1": ("n8",)}, at + NOMINATE)
        assert {"mandates-many", "vacancy-twice"} <= set(codes(federation))


def test_a_seat_taken_from_who_was_elected_is_found() -> None:
    with open_record("sqlite://") as record:
        federation = assembly(record)
        at = elected(federation, THREE_SEATS, CANDIDATES)
        seats = {"council": "congress", "seats": {"N": ["n1", "n9"]}}
        federation.record.append("seat_delegates", "fay", seats, at)
        assert codes(federation) == ["seat-taken", "seat-taken", "seat-taken"]


def test_lawful_elections_recalls_and_refills_have_no_such_fault() -> None:
    with open_record("sqlite://") as record:
        federation = assembly(record)
        at = elected(federation, THREE_SEATS, CANDIDATES)
        at = recalled(federation, "M1", NORTH[:5], at)
        federation.perform("fill_vacancy", actor="n4", at=at, mandate="M1")
        elected(federation, THREE_SEATS, CANDIDATES, at=at + timedelta(days=340))
        assert codes(federation) == []
