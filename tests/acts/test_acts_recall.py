"""Recall: only by the constituency that elected, and every refusal on the way (design §8.2)."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from newcourse.acts.federation import Federation
from newcourse.council.fold import step
from newcourse.council.judging import jury
from newcourse.council.redrafting import redrafted
from newcourse.record.entry import seal
from newcourse.record.store import open_record
from newcourse.vote.ballot import ChoiceBallot
from tests.acts.assembly import (
    CANDIDATES,
    NORTH,
    THREE_SEATS,
    VOTE,
    assembly,
    counted,
    elected,
    recalled,
    refusal,
    sitting,
)
from tests.acts.test_acts_statutes import abolished_congress

WHY: dict[str, Any] = {"mandate": "M1", "reasons": "Broken promises."}
DAY = timedelta(days=1)


@pytest.fixture
def seated() -> Iterator[tuple[Federation, datetime]]:
    """A federation whose North has elected n1, n2 and n5; a third of it must sign to recall them."""
    with open_record("sqlite://") as record:
        federation = assembly(record, recall={"support": "1/3", "spared_days": 10})
        yield federation, elected(federation, THREE_SEATS, CANDIDATES) + 10 * DAY


def test_a_recall_ends_the_mandate_and_the_seat(seated: tuple[Federation, datetime]) -> None:
    federation, at = seated
    over = recalled(federation, "M1", NORTH[:5], at)
    assert federation.vote("V2").result.sentence == (  # type: ignore[union-attr]
        "The recall of n1 from Congress of delegates is adopted: 5 yes, 0 no, 0 abstaining; "
        "needed were more than 1/2 of 5 votes for or against."
    )
    mandate = federation.state.mandates["M1"]
    assert (mandate.ended_by, mandate.ended_at) == ("recalled", over)
    assert sitting(federation) == {"n2", "n5"}
    assert not federation.may("n1", "open_cycle").allowed
    assert federation.state.petitions["R1"].outcome == "recalled"
    assert federation.verify().ok


def test_a_vote_that_can_never_be_closed_does_not_keep_a_delegate_from_being_recalled(
    seated: tuple[Federation, datetime],
) -> None:
    federation, at = seated
    federation.perform("petition_recall", actor="n4", at=at, **WHY)
    for person in ("n6", "n7"):
        federation.perform("sign_petition", actor=person, at=at, petition="R1")
    federation.perform("open_recall_vote", actor="n4", at=at, petition="R1")
    late = at + VOTE + 30 * DAY
    assert refusal(federation, "petition_recall", "n4", late, **WHY).code == "petition-running"
    recalled(federation, "M1", NORTH[:5], late + DAY)
    assert federation.state.mandates["M1"].ended_by == "recalled"


def test_a_recall_that_is_voted_down_lets_the_mandate_go_on(seated: tuple[Federation, datetime]) -> None:
    federation, at = seated
    federation.perform("petition_recall", actor="n4", at=at, **WHY)
    for person in ("n6", "n7"):
        federation.perform("sign_petition", actor=person, at=at, petition="R1")
    federation.perform("open_recall_vote", actor="n4", at=at, petition="R1")
    for person in NORTH[:4]:
        federation.perform("cast", actor=person, at=at, vote="V2", ballot=ChoiceBallot("no"))
    counted(federation, "V2", at + VOTE)
    assert federation.state.petitions["R1"].outcome == "kept"
    assert sitting(federation) == {"n1", "n2", "n5"}
    federation.perform("petition_recall", actor="n4", at=at + VOTE, **WHY)
    assert federation.state.petitions["R2"].signers == ("n4",)


def test_a_delegate_neither_draws_out_nor_judges_the_vote_on_their_own_recall(
    seated: tuple[Federation, datetime],
) -> None:
    federation, at = seated
    federation.perform("petition_recall", actor="n4", at=at, **WHY)
    for person in ("n6", "n7"):
        federation.perform("sign_petition", actor=person, at=at, petition="R1")
    federation.perform("open_recall_vote", actor="n4", at=at, petition="R1")
    more: dict[str, Any] = {"vote": "V2", "days": 3, "reason": "A storm."}
    fault = refusal(federation, "extend_vote", "n1", at + VOTE, **more)
    assert (fault.code, fault.found) == ("extender-partial", "n1, who has the mandate that the vote is on")
    federation.perform("extend_vote", actor="n2", at=at + VOTE, **more)
    over = at + VOTE + 3 * DAY
    counted(federation, "V2", over)
    federation.perform("contest_vote", actor="n4", at=over, vote="V2", reasons="The doors were locked.")
    judged: dict[str, Any] = {"vote": "V2", "upheld": False, "reasons": "They were not."}
    assert refusal(federation, "decide_contest", "n1", over, **judged).code == "judge-partial"
    federation.perform("criticise", actor="n4", at=over, about="V2", words="It was drawn out.")
    federation.perform("criticise", actor="n4", at=over, about="V1", words="And the election was odd.")
    for comment in ("C1", "C2"):
        folded: dict[str, Any] = {"comment": comment, "reason": "Rude."}
        assert refusal(federation, "moderate", "n1", over, **folded).code == "own-criticism"
    federation.record.append("decide_contest", "n1", {**judged, "person": "n4", "outcome": "dismissed"}, over)
    assert [fault.code for fault in federation.verify().faults] == ["judge-partial"]


def test_a_recall_without_quorum_changes_nothing(seated: tuple[Federation, datetime]) -> None:
    federation, at = seated
    federation.perform("petition_recall", actor="n4", at=at, **WHY)
    for person in ("n6", "n7"):
        federation.perform("sign_petition", actor=person, at=at, petition="R1")
    federation.perform("open_recall_vote", actor="n4", at=at, petition="R1")
    federation.perform("cast", actor="n4", at=at, vote="V2", ballot=ChoiceBallot("yes"))
    counted(federation, "V2", at + VOTE)
    assert federation.state.petitions["R1"].outcome == "kept"
    assert federation.state.mandates["M1"].held


def test_a_recall_that_falls_gives_the_seat_back_unless_it_was_filled(seated: tuple[Federation, datetime]) -> None:
    federation, at = seated
    over = recalled(federation, "M1", NORTH[:5], at)
    federation.perform("contest_vote", actor="n1", at=over, vote="V2", reasons="Nobody told me.")
    federation.perform("decide_contest", actor="n2", at=over, vote="V2", upheld=True, reasons="True.")
    assert sitting(federation) == {"n1", "n2", "n5"}
    assert federation.state.mandates["M1"].held
    assert federation.state.petitions["R1"].outcome == ""
    federation.perform("open_recall_vote", actor="n4", at=over, petition="R1")


def test_a_recall_that_falls_seats_nobody_in_a_body_that_was_abolished(seated: tuple[Federation, datetime]) -> None:
    federation, at = seated
    over = recalled(federation, "M1", NORTH[:5], at)
    federation.perform("contest_vote", actor="n1", at=over, vote="V2", reasons="Nobody told me.")
    state = federation.state
    abolished = replace(state, statutes=redrafted(state.law, abolished_congress()), seats={})
    said = {"vote": "V2", "person": "n1", "upheld": True, "reasons": "True."}
    jurors = jury(abolished, abolished.votes["V2"])  # no delegate is left who could decide
    for juror, outcome in zip(jurors[:2], ("", "upheld"), strict=True):
        body = {**said, "outcome": outcome}
        entry = seal(abolished.sequence + 1, over, juror, "decide_contest", body, abolished.head)
        abolished = step(abolished, entry)
    mandate = abolished.mandates["M1"]
    assert (mandate.held, mandate.ended_by, mandate.ended_at) == (False, "abolished", over)
    assert not abolished.seats.get("congress")


def test_a_recall_that_falls_seats_nobody_who_has_left(seated: tuple[Federation, datetime]) -> None:
    federation, at = seated
    over = recalled(federation, "M1", NORTH[:5], at)
    federation.perform("contest_vote", actor="n4", at=over, vote="V2", reasons="The doors were locked.")
    federation.perform("transfer", actor="n1", at=over, person="n1", place="S")
    federation.perform("decide_contest", actor="n2", at=over, vote="V2", upheld=True, reasons="True.")
    assert federation.state.mandates["M1"].ended_by == "left"
    assert sitting(federation) == {"n2", "n5"}
    assert federation.verify().faults == ()
    federation.perform("fill_vacancy", actor="n4", at=over, mandate="M1")


def test_a_contest_comes_too_late_for_a_seat_that_is_filled(seated: tuple[Federation, datetime]) -> None:
    federation, at = seated
    over = recalled(federation, "M1", NORTH[:5], at)
    federation.perform("contest_vote", actor="n1", at=over, vote="V2", reasons="Nobody told me.")
    assert refusal(federation, "fill_vacancy", "n4", over + 7 * DAY, mandate="M1").code == "contested"
    over += 8 * DAY  # nobody has decided on it: a seat is not vacant for ever
    federation.perform("fill_vacancy", actor="n4", at=over, mandate="M1")
    what: dict[str, Any] = {"vote": "V2", "upheld": True, "reasons": "True."}
    fault = refusal(federation, "decide_contest", "n2", over, **what)
    assert "the seat was filled again by mandate M4" in fault.found


def test_only_the_constituency_recalls(seated: tuple[Federation, datetime]) -> None:
    federation, at = seated
    for person in ("s1", "fay"):
        fault = refusal(federation, "petition_recall", person, at, **WHY)
        assert fault.code == "constituency-other"
        assert fault.found == f"{person}, who does not elect there"
        assert fault.expected == "Article 15, Recall: the members at place N and beneath it, who alone recall n1"
    federation.perform("petition_recall", actor="n4", at=at, **WHY)
    assert refusal(federation, "sign_petition", "s1", at, petition="R1").code == "constituency-other"


def test_refusals_of_petitions(seated: tuple[Federation, datetime]) -> None:
    federation, at = seated
    fault = refusal(federation, "petition_recall", "n4", at - DAY, **WHY)
    assert fault.code == "mandate-spared"
    assert (
        fault.expected
        == "Article 15, Recall: petitions from 2030-02-08T09:00:00.000000Z on: the first 10 days are spared"
    )
    assert refusal(federation, "petition_recall", "n4", at, mandate="M9", reasons="x").code == "mandate-unknown"
    assert refusal(federation, "petition_recall", "n4", at, mandate="M1", reasons=" ").code == "reasons-missing"
    federation.perform("petition_recall", actor="n4", at=at, **WHY)
    fault = refusal(federation, "petition_recall", "n6", at, **WHY)
    assert (fault.code, fault.remedy) == ("petition-running", "sign R1")
    assert refusal(federation, "sign_petition", "n4", at, petition="R1").code == "signed-already"
    assert refusal(federation, "sign_petition", "n6", at, petition="R9").code == "petition-unknown"
    fault = refusal(federation, "open_recall_vote", "n4", at, petition="R1")
    assert fault.code == "signatures-missing"
    assert (fault.found, fault.expected) == ("1 signatures", "Article 15, Recall: 3 signatures of the constituency")
    late = at + 31 * DAY
    assert refusal(federation, "sign_petition", "n6", late, petition="R1").code == "signing-over"
    federation.perform("petition_recall", actor="n6", at=late, **WHY)


def test_refusals_after_the_petition(seated: tuple[Federation, datetime]) -> None:
    federation, at = seated
    federation.perform("petition_recall", actor="n4", at=at, **WHY)
    for person in ("n6", "n7"):
        federation.perform("sign_petition", actor=person, at=at, petition="R1")
    federation.perform("open_recall_vote", actor="n4", at=at, petition="R1")
    assert refusal(federation, "open_recall_vote", "n4", at, petition="R1").code == "recall-opened"
    assert refusal(federation, "sign_petition", "n8", at, petition="R1").code == "signing-over"
    assert refusal(federation, "petition_recall", "n8", at, **WHY).code == "petition-running"
    federation.perform("lay_down_mandate", actor="n1", at=at, mandate="M1")
    fault = refusal(federation, "petition_recall", "n8", at, **WHY)
    assert (fault.code, fault.found) == ("mandate-ended", "mandate M1, which has ended: laid down")


def test_an_audit_finds_signatures_of_other_constituencies(seated: tuple[Federation, datetime]) -> None:
    federation, at = seated
    forged = {"petition": "R1", **WHY, "needed": 1, "entitled": 1, "ends": "2031-01-01T00:00:00.000000Z"}
    with federation.record.transaction() as draft:
        draft.append("petition_recall", "s1", forged, at)
        draft.append("sign_petition", "s2", {"petition": "R1"}, at)
    faults = federation.verify().faults
    assert [fault.code for fault in faults] == ["constituency-other", "signatures-other", "constituency-other"]
    assert (faults[1].found, faults[1].expected) == ("1 signatures needed", "3")


def test_a_petition_falls_with_the_mandate(seated: tuple[Federation, datetime]) -> None:
    federation, at = seated
    federation.perform("petition_recall", actor="n4", at=at, **WHY)
    for person in ("n6", "n7"):
        federation.perform("sign_petition", actor=person, at=at, petition="R1")
    federation.perform("lay_down_mandate", actor="n1", at=at, mandate="M1")
    assert refusal(federation, "open_recall_vote", "n4", at, petition="R1").code == "mandate-ended"
    assert refusal(federation, "sign_petition", "n8", at, petition="R1").code == "mandate-ended"
