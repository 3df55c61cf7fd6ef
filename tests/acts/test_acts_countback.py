"""Countback: the original ballots refill a vacated seat, so that proportions and quotas stay (design §8.2)."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newcourse.acts.federation import Federation
from newcourse.errors import NotAllowed
from newcourse.record.store import Record, open_record
from newcourse.vote.stv.gregory import droop
from tests.acts.assembly import (
    CANDIDATES,
    NORTH,
    THREE_SEATS,
    YEAR,
    assembly,
    elected,
    recalled,
    refusal,
    sitting,
    taken,
)

DAY = timedelta(days=1)


@pytest.fixture
def record() -> Iterator[Record]:
    with open_record("sqlite://") as kept:
        yield kept


def test_the_seat_stays_with_those_whose_ballots_filled_it(record: Record) -> None:
    federation = assembly(record)
    over = recalled(federation, "M1", NORTH[:5], elected(federation, THREE_SEATS, CANDIDATES))
    entry = federation.perform("fill_vacancy", actor="n9", at=over, mandate="M1")
    assert entry.body["sentence"] == "n3 takes the seat of n1, with 5.00000 of 5.00000 votes."
    told = federation.archive.data(entry.body["countback"])
    assert (told["vacated"], told["vote"], told["result"]["elected"]) == ("n1", "V1", ["n3"])
    mandate, old = federation.state.mandates["M4"], federation.state.mandates["M1"]
    assert (mandate.person, mandate.succeeds, mandate.vote, mandate.ends) == ("n3", "M1", "V1", old.ends)
    assert sitting(federation) == {"n2", "n5"}
    taken(federation, over)
    assert sitting(federation) == {"n2", "n3", "n5"}
    assert federation.verify().ok


def test_who_declines_is_passed_over_and_the_same_papers_are_counted_again(record: Record) -> None:
    ballots = {**THREE_SEATS, "n1": ("n1", "n2", "n3", "n8")}
    federation = assembly(record)
    over = elected(federation, ballots, CANDIDATES)
    federation.perform("lay_down_mandate", actor="n1", at=over, mandate="M1")
    federation.perform("fill_vacancy", actor="n1", at=over, mandate="M1")
    federation.perform("lay_down_mandate", actor="n3", at=over, mandate="M4")
    entry = federation.perform("fill_vacancy", actor="n1", at=over, mandate="M4")
    assert entry.body["person"] == "n8"
    assert federation.archive.data(entry.body["countback"])["vacated"] == "n1"
    assert federation.state.mandates["M5"].succeeds == "M4"
    assert refusal(federation, "fill_vacancy", "n1", over, mandate="M1").code == "seat-filled"


def test_who_has_left_is_not_available_and_a_by_election_fills_the_seat(record: Record) -> None:
    federation = assembly(record)
    over = elected(federation, THREE_SEATS, CANDIDATES)
    ends = federation.state.mandates["M1"].ends
    federation.perform("lay_down_mandate", actor="n1", at=over, mandate="M1")
    what: dict[str, Any] = {"body": "congress", "place": "N"}
    fault = refusal(federation, "open_nominations", "n4", over, **what)
    assert (fault.code, fault.remedy) == ("countback-first", "fill the vacancy")
    federation.perform("leave", actor="n3", at=over)
    fault = refusal(federation, "fill_vacancy", "n4", over, mandate="M1")
    assert fault.code == "papers-silent"
    assert fault.found == "No paper that elected n1 names anybody who is eligible."
    assert fault.remedy == "open nominations for the vacant seat"
    over = elected(federation, {"n4": ("n9",)}, ("n9",), at=over)
    election = federation.state.elections["E2"]
    assert (election.reason, election.seats, election.ends) == ("vacancy:M1", 1, ends)
    mandate = federation.state.mandates["M4"]
    assert (mandate.person, mandate.succeeds, mandate.ends) == ("n9", "M1", ends)
    assert sitting(federation) == {"n2", "n5", "n9"}


def test_quotas_hold_when_a_seat_is_filled_again(record: Record) -> None:
    quotas = {"worker": {"least": "2/3"}}
    groups = {person: ["worker"] if person in ("n1", "n2", "n8") else [] for person in CANDIDATES}
    ballots = {**THREE_SEATS, "n1": ("n1", "n2", "n3", "n8")}
    federation = assembly(record, election={"quotas": quotas})
    over = elected(federation, ballots, groups)
    assert sitting(federation) == {"n1", "n2", "n5"}
    federation.perform("lay_down_mandate", actor="n1", at=over, mandate="M1")
    entry = federation.perform("fill_vacancy", actor="n4", at=over, mandate="M1")
    assert entry.body["person"] == "n8"
    steps = federation.archive.data(entry.body["countback"])["steps"]
    assert any("n3 cannot take the seat" in step["sentence"] for step in steps)


def test_where_quotas_leave_nobody_the_refusal_names_the_group(record: Record) -> None:
    quotas = {"worker": {"least": "2/3"}}
    groups = {person: ["worker"] if person in ("n1", "n2") else [] for person in CANDIDATES}
    federation = assembly(record, election={"quotas": quotas})
    over = elected(federation, THREE_SEATS, groups)
    federation.perform("lay_down_mandate", actor="n1", at=over, mandate="M1")
    fault = refusal(federation, "fill_vacancy", "n4", over, mandate="M1")
    assert fault.code == "quota-unmet"
    assert fault.expected == "Article 15, Recall: worker with at least 2 of 3 seats: 1 more"
    assert fault.remedy == "open nominations for the vacant seat"


def test_refusals_of_countback(record: Record) -> None:
    federation = assembly(record)
    over = elected(federation, THREE_SEATS, CANDIDATES)
    fault = refusal(federation, "fill_vacancy", "n4", over, mandate="M1")
    assert (fault.code, fault.found) == ("seat-held", "the seat of mandate M1, which n1 holds")
    assert refusal(federation, "fill_vacancy", "n4", over, mandate="M8").code == "mandate-unknown"
    federation.perform("lay_down_mandate", actor="n1", at=over, mandate="M1")
    late = over + YEAR + DAY
    assert refusal(federation, "fill_vacancy", "n4", late, mandate="M1").code == "term-over"
    for person in ("n3", "n6", "n7", "n8"):
        federation.perform("transfer", actor=person, at=over, place="S")
    fault = refusal(federation, "fill_vacancy", "n4", over, mandate="M1")
    assert (fault.code, fault.remedy) == ("nobody-eligible", "open nominations for the vacant seat")
    federation.perform("open_nominations", actor="n4", at=over, body="congress", place="N")
    federation.perform("transfer", actor="n3", at=over, place="N")
    assert refusal(federation, "fill_vacancy", "n4", over, mandate="M1").code == "election-running"


def test_statutes_may_leave_countback_out(record: Record) -> None:
    federation = assembly(record, recall={"refill": "election"})
    over = elected(federation, THREE_SEATS, CANDIDATES)
    federation.perform("lay_down_mandate", actor="n1", at=over, mandate="M1")
    assert refusal(federation, "fill_vacancy", "n4", over, mandate="M1").code == "countback-excluded"
    federation.perform("open_nominations", actor="n4", at=over, body="congress", place="N")


def test_an_audit_finds_a_seat_that_the_ballots_give_to_somebody_else(record: Record) -> None:
    federation = assembly(record)
    over = elected(federation, THREE_SEATS, CANDIDATES)
    federation.perform("lay_down_mandate", actor="n1", at=over, mandate="M1")
    forged = {"mandate": "M1", "person": "n8", "given": "M4", "sentence": "", "countback": ""}
    with record.transaction() as draft:
        draft.append("fill_vacancy", "n8", forged, over)
    (fault,) = federation.verify().faults
    assert fault.code == "countback-differs"
    assert (fault.found, fault.expected) == ("the seat given to n8", "n3 (the ballots counted back again)")


COALITION = ("n1", "n2", "n3", "n4")
OTHERS = ("n5", "n6", "n7", "n8")
PARTS = st.permutations(COALITION), st.permutations(OTHERS)


@st.composite
def elections(draw: st.DrawFn) -> dict[str, tuple[str, ...]]:
    """Ballots of nine voters, each of whom ranks one of two coalitions whole and the other after it or not at all."""
    ballots = {}
    for person in NORTH:
        ours, theirs = (tuple(draw(part)) for part in PARTS)
        first, second = (ours, theirs) if draw(st.booleans()) else (theirs, ours)
        ballots[person] = first + (second if draw(st.booleans()) else ())
    return ballots


@settings(max_examples=5, deadline=None)
@given(elections(), st.data())
def test_a_coalition_of_so_many_quotas_keeps_its_seats_through_recall_and_countback(
    ballots: dict[str, tuple[str, ...]], data: st.DataObject
) -> None:
    """A delegate's seat goes to the coalition whose papers filled it, as long as it has a candidate left."""
    with open_record("sqlite://") as record:
        quotas = {"worker": {"least": "1/3"}}
        groups = {person: ["worker"] for person in (*COALITION, *OTHERS)}
        federation = assembly(record, election={"quotas": quotas})
        over = elected(federation, ballots, groups)
        before = sitting(federation)
        mandates = sorted(mandate.mandate for mandate in federation.state.mandates.values())
        over = recalled(federation, data.draw(st.sampled_from(mandates)), NORTH[:6], over)
        gone = next(m for m in federation.state.mandates.values() if m.ended_by == "recalled")
        federation.perform("fill_vacancy", actor="n9", at=over, mandate=gone.mandate)
        taken(federation, over)
        after = sitting(federation)
        assert len(after) == len(before) == 3
        assert gone.person not in after
        _require_proportional(federation, ballots, after)
        assert federation.verify().ok


@settings(max_examples=5, deadline=None)
@given(elections(), st.sets(st.sampled_from((*COALITION, *OTHERS)), min_size=3), st.data())
def test_quotas_hold_after_every_countback_or_it_is_refused(
    ballots: dict[str, tuple[str, ...]], workers: set[str], data: st.DataObject
) -> None:
    with open_record("sqlite://") as record:
        quotas = {"worker": {"least": "1/2", "most": "2/3"}}
        groups = {person: ["worker"] if person in workers else [] for person in (*COALITION, *OTHERS)}
        if len(workers) == len(groups):
            groups["n8"] = []
        federation = assembly(record, election={"quotas": quotas})
        over = elected(federation, ballots, groups)
        gone = data.draw(st.sampled_from(sorted(federation.state.mandates)))
        person = federation.state.mandates[gone].person
        federation.perform("lay_down_mandate", actor=person, at=over, mandate=gone)
        with suppress(NotAllowed):
            federation.perform("fill_vacancy", actor="n9", at=over, mandate=gone)
            taken(federation, over)
            assert sum("worker" in groups[person] for person in sitting(federation)) == 2


def _require_proportional(federation: Federation, ballots: dict[str, tuple[str, ...]], seated: set[str]) -> None:
    needed = droop(len(ballots), 3)
    for coalition in (COALITION, OTHERS):
        support = sum(set(order[: len(coalition)]) == set(coalition) for order in ballots.values())
        assert len(seated & set(coalition)) >= support // needed, (coalition, ballots, seated)


def test_the_time_of_a_countback_does_not_change_its_end(record: Record) -> None:
    federation = assembly(record)
    over: datetime = elected(federation, THREE_SEATS, CANDIDATES)
    federation.perform("leave", actor="n2", at=over + 100 * DAY)
    federation.perform("fill_vacancy", actor="n9", at=over + 200 * DAY, mandate="M2")
    assert federation.state.mandates["M4"].ends == over + YEAR
