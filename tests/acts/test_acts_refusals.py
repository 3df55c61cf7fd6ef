"""Every refusal of every act: its code, its article or what was expected, and that nothing was written (design §3)."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from newcourse.acts.federation import Federation
from newcourse.council.default_statutes import DATA
from newcourse.council.freeze import commitment_to
from newcourse.errors import BadInput, NewCourseError, NotAllowed
from newcourse.plan.changes.supply import SupplyChange
from newcourse.record.store import open_record
from newcourse.vote.ballot import AllocationBallot, ChoiceBallot, RankedBallot
from tests.acts.commune import CALL, MEMBERS, SECRET, START, VOTE, two_products

END = START + CALL
LATER = END + VOTE + timedelta(seconds=1)

FOUND = {"title": "Commune", "economy": two_products(), "members": MEMBERS}
NEED = {"place": "N", "need": "bread-n", "minimum": 1.0, "target": 2.0}
NEW = {**NEED, "need": "baths-n", "product": "bus"}
FILE = {"title": "More", "reasons": "Because.", "changes": [SupplyChange("F", "hours", 110.0)]}
HOURS = {"kind": "supply", "place": "F", "factor": "hours", "quantity": 90.0}
HALF = AllocationBallot({"food": 50, "travel": 50})
LOT = {"decision": "variant", "commitment": commitment_to(SECRET)}


def filed(**changed: Any) -> dict[str, Any]:
    return {**FILE, "changes": [{**HOURS, **changed}]}


def seats(**people: list[str]) -> dict[str, Any]:
    return {"council": "congress", "seats": people}


# (before the nth entry of an act, act, actor, at, parameters, code of the refusal)
Row = tuple[tuple[str, int], str, str, Any, dict[str, Any], str]
LAWFUL_BUT_LATE: list[Row] = [
    (("", 1), "found", "ada", START, FOUND, "no-authority"),
    (("open_cycle", 1), "join", "ada", START, {"place": "N", "person": "ben"}, "member-already"),
    (("open_cycle", 1), "seat_delegates", "ada", START, seats(F=["fay"]), "place-sends-nobody"),
    (("open_cycle", 1), "seat_delegates", "ada", START, seats(N=list("abcd")), "seats-many"),
    (("open_cycle", 1), "seat_delegates", "ada", START, seats(N=["dan"]), "delegate-stranger"),
    (("open_cycle", 1), "seat_delegates", "ada", START, seats(N=["ada", "ada"]), "seat-twice"),
    (("file_need", 1), "seat_delegates", "ada", START, {"council": "congress", "seats": {}}, "no-authority"),
    (("file_need", 1), "open_cycle", "ada", START, {}, "cycle-open"),
    (("open_cycle", 1), "file_need", "ada", START, NEED, "no-cycle"),
    (("open_cycle", 1), "file_proposal", "ada", START, FILE, "no-cycle"),
    (("open_cycle", 1), "open_vote", "ada", START, {"decision": "weights"}, "no-cycle"),
    (("open_cycle", 1), "make_variants", "ada", START, {}, "no-cycle"),
    (("open_vote", 1), "file_need", "ada", END + VOTE, NEED, "call-ended"),
    (("open_vote", 1), "file_proposal", "ada", END + VOTE, FILE, "call-ended"),
    (("open_vote", 1), "support_proposal", "ada", END + VOTE, {"proposal": "P1"}, "call-ended"),
    (("open_vote", 1), "support_proposal", "ben", START, {"proposal": "P1"}, "supported-already"),
    (("open_vote", 1), "open_vote", "ada", START, {"decision": "weights"}, "call-running"),
    (("open_vote", 1), "open_vote", "ada", END, LOT, "no-variants"),
    (("cast", 1), "open_vote", "ada", END, {"decision": "weights"}, "vote-running"),
    (("open_vote", 2), "open_vote", "ada", END, {"decision": "weights"}, "decided-already"),
    (("open_vote", 2), "open_vote", "ada", END, {"decision": "variant"}, "commitment-missing"),
    (("open_vote", 2), "open_vote", "ada", END, {"decision": "variant", "commitment": SECRET}, "commitment-missing"),
    (("adopt", 1), "open_vote", "ada", END, LOT, "decided-already"),
    (("cast", 1), "cast", "ada", LATER, {"vote": "V1", "ballot": HALF}, "ballot-late"),
    (("cast", 2), "cast", "ada", END, {"vote": "V1", "ballot": HALF}, "voted-already"),
    (("make_variants", 1), "cast", "ada", END, {"vote": "V1", "ballot": HALF}, "ballot-late"),
    (("cast", 2), "close_vote", "ada", END, {"vote": "V1"}, "vote-running"),
    (("make_variants", 1), "close_vote", "ada", END, {"vote": "V1"}, "closed-already"),
    (("close_vote", 2), "close_vote", "ada", END, {"vote": "V2"}, "secret-wrong"),
    (("close_vote", 2), "close_vote", "ada", LATER, {"vote": "V2", "secret": "another"}, "secret-wrong"),
    (("count_vote", 1), "close_vote", "ada", END, {"vote": "V1"}, "closed-already"),
    (("close_vote", 1), "count_vote", "ada", END, {"vote": "V1"}, "vote-open"),
    (("make_variants", 1), "count_vote", "ada", END, {"vote": "V1"}, "counted-already"),
    (("count_vote", 1), "contest_vote", "eva", END, {"vote": "V1", "reasons": "Odd."}, "not-counted"),
    (("cast", 1), "draw_token", "eva", END, {"vote": "V1", "blinded": "00" * 256}, "ballot-kind"),
    (("cast", 1), "enter_paper_ballots", "eva", LATER, {"vote": "V1", "ballots": []}, "ballot-kind"),
    (("cast", 1), "confirm_paper_ballots", "eva", LATER, {"vote": "V1"}, "ballot-kind"),
    (("count_vote", 1), "extend_vote", "ada", END, {"vote": "V1", "days": 1, "reason": "Fire."}, "closed-already"),
    (("make_variants", 1), "decide_contest", "ada", END, {"vote": "V1", "upheld": True, "reasons": "So."},
     "not-contested"),
    (("open_vote", 1), "make_variants", "ada", END, {}, "no-weights"),
    (("open_vote", 2), "make_variants", "ada", END, {}, "variants-already"),
    (("open_vote", 2), "adopt", "ada", END, {"variant": "none"}, "not-voted"),
    (("adopt", 1), "adopt", "ada", END, {"variant": "none"}, "not-the-winner"),
    (("hand_down_orders", 1), "adopt", "ada", END, {"variant": "any"}, "adopted-already"),
    (("adopt", 1), "hand_down_orders", "ada", END, {}, "not-adopted"),
    (("make_variants", 1), "end_cycle", "ada", END, {"vote": "V1"}, "not-moved"),
]  # fmt: skip

WRONG: list[Row] = [
    (("open_cycle", 1), "abolish", "ada", START, {}, "act-unknown"),
    (("open_cycle", 1), "join", "ada", START, {}, "parameter-missing"),
    (("open_cycle", 1), "join", "ada", START, {"place": "N", "rank": "tsar"}, "parameter-unknown"),
    (("open_cycle", 1), "join", "ada", START.replace(tzinfo=None), {"place": "N"}, "time-without-zone"),
    (("open_cycle", 1), "join", "ada", START, {"place": "N", "person": " "}, "name-wrong"),
    (("open_cycle", 1), "join", "ada", START, {"place": "N", "person": "token holder"}, "name-wrong"),
    (("open_cycle", 1), "join", "ada", START, {"place": "N", "person": "A\u030asa"}, "name-wrong"),
    (("open_cycle", 1), "join", "ada", START, {"place": "N", "person": "Token Holder"}, "name-wrong"),
    (("open_cycle", 1), "seat_delegates", "ada", START, {"council": "senate", "seats": {}}, "council-unknown"),
    (("open_cycle", 1), "seat_delegates", "ada", START, {"council": "congress", "seats": {"N": "ada"}}, "seats-wrong"),
    (("open_cycle", 1), "seat_delegates", "ada", START, seats(N=[["ada"]]), "seats-wrong"),  # type: ignore[list-item]
    (("open_cycle", 1), "open_cycle", "ada", START, {"limits": 5}, "limits-wrong"),
    (("open_cycle", 1), "open_cycle", "ada", START, {"limits": {"periods": 0}}, "periods"),
    (("open_cycle", 1), "open_cycle", "ada", START, {"limits": {"haste": 9}}, "limits-wrong"),
    (("open_cycle", 1), "open_cycle", "ada", START, {"limits": {"periods": "two"}}, "limits-wrong"),
    (("open_cycle", 1), "open_cycle", "ada", START, {"economy": "other"}, "economy-wrong"),
    (("open_cycle", 1), "open_cycle", "ada", START, {"guaranteed": ["caviar"]}, "need-unknown"),
    (("file_need", 1), "file_need", "ada", START, {**NEED, "minimum": "much"}, "number-wrong"),
    (("file_need", 1), "file_need", "ada", START, {**NEED, "minimum": 3.0}, "need-tiers"),
    (("file_need", 1), "file_need", "ada", START, {**NEED, "target": float("inf")}, "need-tiers"),
    (("file_need", 1), "file_need", "ada", START, {**NEED, "name": "\n"}, "text-wrong"),
    (("file_need", 1), "file_need", "ada", START, {**NEED, "product": "bus"}, "need-other"),
    (("file_need", 1), "file_need", "ada", START, {**NEW, "product": "caviar"}, "product-unknown"),
    (("file_need", 1), "file_need", "ada", START, NEW, "group-missing"),
    (("file_need", 1), "file_proposal", "ada", START, {**FILE, "title": " "}, "title-missing"),
    (("file_need", 1), "file_proposal", "ada", START, {**FILE, "reasons": 7}, "reasons-missing"),
    (("file_need", 1), "file_proposal", "ada", START, {**FILE, "changes": []}, "changes-missing"),
    (("file_need", 1), "file_proposal", "ada", START, {**FILE, "changes": ["more"]}, "change-wrong"),
    (("file_need", 1), "file_proposal", "ada", START, {**FILE, "changes": [{"kind": "miracle"}]}, "change-kind"),
    (("file_need", 1), "file_proposal", "ada", START, filed(quantity="much"), "change-field"),
    (("file_need", 1), "file_proposal", "ada", START, filed(quantity=None), "change-field"),
    (("file_need", 1), "file_proposal", "ada", START, filed(place="X"), "change-unknown"),
    (("file_need", 1), "support_proposal", "ada", START, {"proposal": "P9"}, "proposal-unknown"),
    (("cast", 1), "open_vote", "ada", END, {"decision": "war"}, "decision-unknown"),
    (("cast", 1), "open_vote", "ada", END, {"decision": "motion"}, "question-missing"),
    (("cast", 1), "open_vote", "ada", END, {"decision": "motion", "question": "a\nb"}, "name-wrong"),
    (("cast", 1), "cast", "ada", END, {"vote": "V9", "ballot": HALF}, "vote-unknown"),
    (("cast", 1), "cast", "ada", END, {"vote": "V1", "ballot": ChoiceBallot("yes")}, "form-mixed"),
    (("cast", 1), "cast", "ada", END, {"vote": "V1", "ballot": AllocationBallot({"tanks": 100})}, "candidate-unknown"),
    (("cast", 1), "cast", "ada", END, {"vote": "V1", "ballot": "food"}, "ballot-malformed"),
    (("cast", 7), "cast", "ada", END, {"vote": "V2", "ballot": RankedBallot.of("tsar")}, "candidate-unknown"),
    (("cast", 1), "open_vote", "ada", END, {"decision": "motion", "question": "Go?", "place": "N"}, "place-other"),
    (("cast", 1), "extend_vote", "ada", END, {"vote": "V1", "days": 0, "reason": "Fire."}, "days-wrong"),
    (("cast", 1), "extend_vote", "ada", END, {"vote": "V1", "days": True, "reason": "Fire."}, "days-wrong"),
    (("cast", 1), "extend_vote", "ada", END, {"vote": "V1", "days": 61, "reason": "Fire."}, "days-wrong"),
    (("cast", 1), "extend_vote", "ada", END, {"vote": "V1", "days": 1, "reason": " "}, "reason-missing"),
    (("make_variants", 1), "contest_vote", "ada", END, {"vote": "V1", "reasons": " "}, "reasons-missing"),
    (("make_variants", 1), "decide_contest", "ada", END, {"vote": "V1", "upheld": "yes", "reasons": "So."},
     "upheld-wrong"),
]  # fmt: skip


def refusal(federation: Federation, act: str, actor: str, at: Any, what: dict[str, Any]) -> NewCourseError:
    before = federation.head
    with pytest.raises(NewCourseError) as caught:
        federation.perform(act, actor=actor, at=at, **what)
    assert federation.head == before
    return caught.value


@pytest.mark.parametrize("row", LAWFUL_BUT_LATE, ids=lambda row: f"{row[1]}-{row[5]}")
def test_what_the_state_does_not_admit_is_refused_with_its_article(until: Callable[..., Federation], row: Row) -> None:
    (entry, nth), act, actor, at, what, code = row
    error = refusal(until(entry, nth), act, actor, at, what)
    assert isinstance(error, NotAllowed)
    assert error.faults[0].code == code
    for fault in error.faults:
        assert fault.where.startswith(f"act {act} by {actor}")
        assert fault.expected.startswith("Article ")
        assert fault.found
        assert fault.remedy


@pytest.mark.parametrize("row", WRONG, ids=lambda row: f"{row[1]}-{row[5]}")
def test_what_is_wrong_in_itself_is_refused_with_what_was_expected(until: Callable[..., Federation], row: Row) -> None:
    (entry, nth), act, actor, at, what, code = row
    error = refusal(until(entry, nth), act, actor, at, what)
    assert isinstance(error, BadInput)
    assert code in [fault.code for fault in error.faults]
    assert all(fault.found and fault.expected and fault.remedy for fault in error.faults)


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"members": {"ada": "X"}}, "place-unknown"),
        ({"members": {"ada": "N", "\t": "N"}}, "name-wrong"),
        ({"members": {"ada": "N", "token holder": "N"}}, "name-wrong"),
        ({"members": {"ada": ["N"]}}, "place-unknown"),
        ({"members": ["ada"]}, "members-wrong"),
        ({"members": {"ben": "N"}}, "founder-stranger"),
        ({"economy": "bread"}, "economy-wrong"),
        ({"statutes": {"title": "Law", "articles": []}}, "articles-missing"),
        ({"title": None}, "parameter-missing"),
        ({"statutes": {**DATA, "articles": [{**a, **({"councils": [*a["councils"], {**a["councils"][0], "council": "c",
          "place": "X"}]} if "councils" in a else {})} for a in DATA["articles"]]}}, "place-unknown"),
    ],
)  # fmt: skip
def test_a_wrong_founding_founds_nothing(changed: dict[str, Any], code: str) -> None:
    with open_record("sqlite://") as record:
        error = refusal(Federation(record), "found", "ada", START, {**FOUND, **changed})
        assert code in [fault.code for fault in error.faults]
        assert record.addresses() == []


def test_nothing_can_be_done_before_the_founding() -> None:
    with open_record("sqlite://") as record:
        error = refusal(Federation(record), "join", "ada", START, {"place": "N"})
        assert "there is no federation yet" in error.faults[0].found
