"""Proposals: amended, supported, withdrawn, answered in time, merged; each refusal with its reason (design §4)."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from newcourse.acts.federation import Federation
from newcourse.acts.make_variants import carried
from newcourse.council.answering import answered_late, awaiting, unanswered
from newcourse.council.fold import step
from newcourse.errors import Tampered
from newcourse.record.entry import seal
from newcourse.record.store import open_record
from tests.acts.commune import START, copied
from tests.acts.forum import LONGER, SHORTER, proposing, refusal

AFTER_CALL = START + timedelta(days=31)
OVERDUE = START + timedelta(days=61)
SHORTEST = [{"kind": "supply", "place": "F", "factor": "hours", "quantity": 80.0}]


@pytest.fixture(scope="module")
def made() -> Iterator[Federation]:
    """An open call with two proposals, costed once; only to be read."""
    with open_record("sqlite://") as record:
        yield proposing(record)


@pytest.fixture
def call(made: Federation) -> Iterator[Federation]:
    """A copy of it of one's own."""
    with open_record("sqlite://") as record:
        yield copied(made, record)


def test_an_amendment_is_costed_anew_and_supporters_begin_anew(call: Federation) -> None:
    before = call.proposal("P2")
    assert before.supporters == ("eva", "cyd")
    call.perform("amend_proposal", actor="eva", at=START, proposal="P2", changes=SHORTEST)
    after = call.proposal("P2")
    assert (after.title, after.reasons, after.amended) == (before.title, before.reasons, 1)
    assert after.changes[0]["quantity"] == 80.0
    assert after.costing != before.costing
    assert after.costs != before.costs
    assert after.supporters == ("eva",)
    call.perform("support_proposal", actor="cyd", at=START, proposal="P2")
    assert call.proposal("P2").supporters == ("eva", "cyd")


def test_amended_words_keep_the_costing(call: Federation) -> None:
    before = call.proposal("P2")
    call.perform("amend_proposal", actor="eva", at=START, proposal="P2", reasons="We have been tired for years.")
    after = call.proposal("P2")
    assert after.reasons == "We have been tired for years."
    assert (after.costing, after.costs, after.changes) == (before.costing, before.costs, before.changes)
    assert after.supporters == ("eva",)


def test_an_amended_proposal_needs_another_answer(call: Federation) -> None:
    call.perform("answer_proposal", actor="dan", at=START, proposal="P1", answer="declined", reasons="Too long.")
    call.perform("amend_proposal", actor="ben", at=START, proposal="P1", title="Somewhat longer days")
    assert call.proposal("P1").answer is None


def test_only_the_filer_amends_within_the_call_and_something(call: Federation) -> None:
    assert refusal(call, "amend_proposal", "cyd", proposal="P2", title="Ours") == "not-the-filer"
    assert refusal(call, "amend_proposal", "eva", proposal="P2") == "amendment-empty"
    assert refusal(call, "amend_proposal", "eva", proposal="P2", title=" ") == "title-missing"
    assert refusal(call, "amend_proposal", "eva", proposal="P2", changes=[]) == "changes-missing"
    assert refusal(call, "amend_proposal", "eva", proposal="P9", title="x") == "proposal-unknown"
    assert refusal(call, "amend_proposal", "eva", AFTER_CALL, proposal="P2", title="x") == "call-ended"


def test_a_withdrawn_proposal_is_carried_no_more_and_nothing_more_is_done_with_it(call: Federation) -> None:
    assert [proposal.proposal for proposal in carried(call.state, call.cycle())] == ["P2"]
    assert refusal(call, "withdraw_proposal", "cyd", proposal="P2", reason="No.") == "not-the-filer"
    assert refusal(call, "withdraw_proposal", "eva", proposal="P2", reason="  ") == "reason-missing"
    call.perform("withdraw_proposal", actor="eva", at=AFTER_CALL, proposal="P2", reason="It was a mistake.")
    assert call.proposal("P2").withdrawn == "It was a mistake."
    assert not carried(call.state, call.cycle())
    assert refusal(call, "withdraw_proposal", "eva", proposal="P2", reason="Again.") == "proposal-gone"
    answer = {"proposal": "P2", "answer": "accepted", "reasons": "Yes."}
    assert refusal(call, "answer_proposal", "dan", **answer) == "proposal-gone"


def test_what_is_voted_on_cannot_be_withdrawn(call: Federation) -> None:
    call.perform("open_vote", actor="ada", at=AFTER_CALL, decision="weights")
    what = {"proposal": "P2", "reason": "A mistake."}
    assert refusal(call, "withdraw_proposal", "eva", AFTER_CALL, **what) == "weights-opened"


def test_nothing_is_supported_that_stands_no_longer(call: Federation) -> None:
    call.perform("withdraw_proposal", actor="eva", at=START, proposal="P2", reason="A mistake.")
    assert refusal(call, "support_proposal", "fay", proposal="P2") == "proposal-gone"


def test_delegates_answer_once_with_reasons(call: Federation) -> None:
    answer = {"proposal": "P2", "answer": "partly", "reasons": "In the winter only."}
    assert refusal(call, "answer_proposal", "eva", **answer) == "no-authority"
    assert refusal(call, "answer_proposal", "dan", **{**answer, "answer": "perhaps"}) == "answer-unknown"
    assert refusal(call, "answer_proposal", "dan", **{**answer, "reasons": ""}) == "reasons-missing"
    call.perform("answer_proposal", actor="dan", at=START, **answer)
    given = call.proposal("P2").answer
    assert given is not None
    assert (given.answer, given.reasons, given.by) == ("partly", "In the winter only.", "dan")
    assert refusal(call, "answer_proposal", "ada", **answer) == "answered-already"


def test_whoever_leaves_a_proposal_unanswered_is_found(call: Federation) -> None:
    due = call.cycle().call_ends + timedelta(days=30)
    assert {proposal.answer_due for proposal in call.proposals()} == {due}
    assert [proposal.proposal for proposal in awaiting(call.state)] == ["P1", "P2"]
    assert unanswered(call.state, due) == ()
    assert [proposal.proposal for proposal in unanswered(call.state, OVERDUE)] == ["P1", "P2"]
    call.perform("answer_proposal", actor="dan", at=START, proposal="P1", answer="declined", reasons="No.")
    call.perform("answer_proposal", actor="dan", at=OVERDUE, proposal="P2", answer="accepted", reasons="Yes.")
    assert unanswered(call.state, OVERDUE) == ()
    assert not answered_late(call.proposal("P1"))
    assert answered_late(call.proposal("P2"))


def test_merging_carries_no_name_over_to_a_text_it_did_not_sign(call: Federation) -> None:
    what = {"proposal": "P1", "into": "P2", "reasons": "The same in the end."}
    assert refusal(call, "merge_proposals", "eva", **what) == "not-the-filer"
    assert refusal(call, "merge_proposals", "ben", **{**what, "into": "P1"}) == "merged-into-itself"
    assert refusal(call, "merge_proposals", "ben", AFTER_CALL, **what) == "call-ended"
    call.perform("support_proposal", actor="fay", at=START, proposal="P1")
    call.perform("merge_proposals", actor="ben", at=START, **what)
    assert call.proposal("P1").merged_into == "P2"
    assert not call.proposal("P1").stands
    assert call.proposal("P2").supporters == ("eva", "cyd")
    call.perform("support_proposal", actor="fay", at=START, proposal="P2")
    assert call.proposal("P2").supporters == ("eva", "cyd", "fay")
    assert refusal(call, "merge_proposals", "eva", proposal="P2", into="P1", reasons="Back.") == "proposal-gone"


def test_what_is_answered_takes_nothing_more_in(call: Federation) -> None:
    call.perform("answer_proposal", actor="dan", at=START, proposal="P2", answer="declined", reasons="No.")
    what = {"proposal": "P1", "into": "P2", "reasons": "The same in the end."}
    assert refusal(call, "merge_proposals", "ben", **what) == "answered-already"


def test_titles_are_short_and_texts_are_readable(call: Federation) -> None:
    what = {"title": "T", "reasons": "R", "changes": LONGER}
    assert refusal(call, "file_proposal", "ben", **{**what, "title": "x" * 201}) == "title-long"
    assert refusal(call, "file_proposal", "ben", **{**what, "reasons": "bell \a"}) == "reasons-unreadable"
    assert refusal(call, "file_proposal", "ben", **{**what, "changes": SHORTER[0]}) == "changes-missing"


FORGED: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("amend_proposal", "cyd", {"title": "x", "reasons": "x", "changes": [], "costing": "x", "costs": "x"}),
    ("withdraw_proposal", "cyd", {"reason": "x"}),
    ("answer_proposal", "dan", {"answer": "perhaps", "reasons": "x"}),
    ("merge_proposals", "cyd", {"into": "P1", "reasons": "x"}),
    ("merge_proposals", "eva", {"into": "P2", "reasons": "x"}),
    ("support_proposal", "cyd", {}),
)


def test_entries_that_no_act_wrote_do_not_fold(made: Federation) -> None:
    state = made.state
    for act, actor, body in FORGED:
        with pytest.raises(Tampered):
            step(state, seal(state.sequence + 1, START, actor, act, {"proposal": "P2", **body}, state.head))
