"""Joining, leaving, moving, being confirmed: what each changes and every refusal."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest

from newcourse.acts.federation import Federation
from newcourse.council.roles import roles_of
from newcourse.record.store import open_record
from newcourse.vote.ballot import RankedBallot
from tests.acts.assembly import (
    CANDIDATES,
    LINE,
    NOMINATE,
    THREE_SEATS,
    VOTE,
    assembly,
    elected,
    nominated,
    opened,
    refusal,
    sitting,
)
from tests.acts.commune import START


@pytest.fixture
def founded() -> Iterator[Federation]:
    with open_record("sqlite://") as record:
        yield assembly(record)


def test_who_leaves_loses_mandate_confirmation_and_roles_and_may_join_again(founded: Federation) -> None:
    over = elected(founded, THREE_SEATS, CANDIDATES)
    founded.perform("verify_member", actor="n2", at=over, person="n1", evidence="I work with n1.")
    founded.perform("leave", actor="n1", at=over, reason="I move abroad.")
    state = founded.state
    assert "n1" not in state.members
    assert "n1" not in state.verified
    assert roles_of(state, "n1") == {"anyone"}
    assert sitting(founded) == {"n2", "n5"}
    assert state.mandates["M1"].ended_by == "left"
    founded.perform("join", actor="n2", at=over, place="N", person="n1")
    assert founded.state.members["n1"] == "N"
    assert founded.state.verified.get("n1", ()) == ()
    assert founded.verify().ok


def test_a_ballot_cast_before_leaving_stays(founded: Federation) -> None:
    vote = opened(founded, nominated(founded, "N", CANDIDATES), START + NOMINATE)
    founded.perform("cast", actor="n9", at=START + NOMINATE, vote=vote, ballot=RankedBallot.of("n1"))
    founded.perform("leave", actor="n9", at=START + NOMINATE)
    over = START + NOMINATE + VOTE
    founded.perform("close_vote", actor="n1", at=over, vote=vote, secret=LINE)
    founded.perform("count_vote", actor="n1", at=over, vote=vote)
    assert founded.vote(vote).result.ballots == 1  # type: ignore[union-attr]


def test_a_founder_who_left_founds_nothing_more(founded: Federation) -> None:
    assert founded.may("fay", "seat_delegates").allowed
    founded.perform("leave", actor="fay", at=START)
    assert not founded.may("fay", "seat_delegates").allowed
    assert "fay (not a member)" in founded.may("fay", "seat_delegates").reason


def test_a_provisional_delegate_who_moves_loses_the_seat(founded: Federation) -> None:
    seats = {"N": ["n8", "n9"], "S": ["s1"]}
    founded.perform("seat_delegates", actor="fay", at=START, council="congress", seats=seats)
    founded.perform("transfer", actor="n8", at=START, place="S")
    assert sitting(founded) == {"n9"}
    assert founded.state.members["n8"] == "S"


def test_a_delegate_who_moves_out_of_the_constituency_loses_the_mandate(founded: Federation) -> None:
    over = elected(founded, THREE_SEATS, CANDIDATES)
    founded.perform("transfer", actor="n1", at=over, place="S")
    assert founded.state.mandates["M1"].ended_by == "left"
    assert sitting(founded) == {"n2", "n5"}


def test_nobody_moves_others_out_of_their_electorate(founded: Federation) -> None:
    for actor in ("s1", "fay"):  # a member of the place they would come to, and one above all places
        fault = refusal(founded, "transfer", actor, START, place="S", person="n4")
        assert (fault.code, fault.found) == ("moved-by-another", f"{actor}, who would move n4")
    founded.perform("transfer", actor="n4", at=START, place="S", person="n4")
    assert founded.state.members["n4"] == "S"
    assert founded.verify().faults == ()
    founded.record.append("transfer", "s1", {"person": "n5", "place": "S"}, START)
    assert [fault.code for fault in founded.verify().faults] == ["moved-by-another"]


def test_refusals_of_moving(founded: Federation) -> None:
    over: datetime = elected(founded, THREE_SEATS, CANDIDATES)
    assert refusal(founded, "transfer", "n1", over, place="X").code == "place-unknown"
    fault = refusal(founded, "transfer", "n4", over, place="N")
    assert (fault.code, fault.found) == ("place-same", "n4 is a member at place N already")
    assert fault.expected == "Article 2, Members: another place"
    assert refusal(founded, "transfer", "n4", over, place="S", person="kim").code == "no-member"
    assert refusal(founded, "transfer", "kim", over, place="N").code == "no-authority"


def test_a_member_is_confirmed_by_others_one_by_one(founded: Federation) -> None:
    for actor in ("n2", "n3"):
        founded.perform("verify_member", actor=actor, at=START, person="n1", evidence="We share a bench.")
    assert founded.state.verified["n1"] == ("n2", "n3")
    assert "verified member" in roles_of(founded.state, "n1")
    assert "n1 (a verified member at place N)" in founded.may("n1", "adopt").reason


def test_refusals_of_confirmation(founded: Federation) -> None:
    what: dict[str, Any] = {"person": "n1", "evidence": "We share a bench."}
    fault = refusal(founded, "verify_member", "n1", START, **what)
    assert (fault.code, fault.found) == ("verified-oneself", "n1 confirming who n1 is")
    assert fault.expected == "Article 2, Members: another member who confirms it"
    assert refusal(founded, "verify_member", "s1", START, **what).code == "no-authority"
    assert refusal(founded, "verify_member", "n2", START, person="n1", evidence=" ").code == "evidence-missing"
    assert refusal(founded, "verify_member", "fay", START, person="kim", evidence="x").code == "no-member"
    founded.perform("verify_member", actor="n2", at=START, **what)
    fault = refusal(founded, "verify_member", "n2", START, **what)
    assert (fault.code, fault.found) == ("verified-already", "n2 has confirmed n1 already")


def test_refusals_of_joining_and_leaving(founded: Federation) -> None:
    fault = refusal(founded, "join", "n1", START, place="N", person="n2")
    assert (fault.code, fault.found) == ("member-already", "n2 is a member at place N already")
    assert refusal(founded, "leave", "kim", START).code == "no-authority"
    assert refusal(founded, "leave", "n1", START, reason=" ").code == "reason-missing"
    assert refusal(founded, "join", "n1", START, place="N", person=" x").code == "name-wrong"
    assert refusal(founded, "join", "s1", START, place="N", person="kim").code == "no-authority"


def test_elections_can_be_for_verified_members_alone() -> None:
    with open_record("sqlite://") as record:
        federation = assembly(record, election={"electorate": "verified members"})
        for actor, person in (("n1", "n2"), ("n2", "n1"), ("n1", "n3")):
            federation.perform("verify_member", actor=actor, at=START, person=person, evidence="Known for years.")
        vote = opened(federation, nominated(federation, "N", ("n1", "n9")), START + NOMINATE)
        assert federation.vote(vote).frozen.electorate == ("n1", "n2", "n3")
