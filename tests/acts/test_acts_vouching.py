"""Vouching: one member brings in or confirms only so many people, so that nobody fills a constituency by themselves."""

from datetime import timedelta
from typing import Any

from newcourse.acts.federation import Federation
from newcourse.council.default_statutes import default_statutes
from newcourse.council.vouching import Vouching
from newcourse.record.store import open_record
from tests.acts.assembly import assembly, refusal
from tests.acts.commune import START

DAY = timedelta(days=1)
TWO = {"most": 2, "days": 30}


def join(federation: Federation, voucher: str, person: str, at: Any = START) -> None:
    federation.perform("join", actor=voucher, at=at, place="N", person=person)


def test_one_member_vouches_for_so_many_people_and_others_go_on() -> None:
    with open_record("sqlite://") as record:
        federation = assembly(record, vouching=TWO)
        join(federation, "n1", "x1")
        federation.perform("verify_member", actor="n1", at=START + DAY, person="n2", evidence="Known for years.")
        fault = refusal(federation, "join", "n1", START + DAY, place="N", person="x2")
        assert fault.code == "vouched-many"
        assert fault.found == "n1, who has vouched for 2 people within 30 days"
        assert fault.expected == "Article 2, Members: one member who vouches for at most 2 people within 30 days"
        assert "2030-01-31T09:00" in fault.remedy
        what = {"person": "n3", "evidence": "Known for years."}
        assert refusal(federation, "verify_member", "n1", START + DAY, **what).code == "vouched-many"
        join(federation, "n2", "x2", START + DAY)
        assert federation.verify().faults == ()


def test_whom_one_has_brought_in_one_may_confirm() -> None:
    with open_record("sqlite://") as record:
        federation = assembly(record, vouching=TWO)
        for person in ("x1", "x2"):
            join(federation, "n1", person)
            federation.perform("verify_member", actor="n1", at=START, person=person, evidence="Known for years.")
        assert federation.state.verified["x2"] == ("n1",)
        assert federation.verify().faults == ()


def test_after_the_days_are_over_one_vouches_again() -> None:
    with open_record("sqlite://") as record:
        federation = assembly(record, vouching=TWO)
        join(federation, "n1", "x1")
        join(federation, "n1", "x2", START + 10 * DAY)
        soon = START + 30 * DAY - timedelta(seconds=1)
        assert refusal(federation, "join", "n1", soon, place="N", person="x3").code == "vouched-many"
        join(federation, "n1", "x3", START + 30 * DAY)
        assert refusal(federation, "join", "n1", START + 30 * DAY, place="N", person="x4").code == "vouched-many"


def test_founders_are_free_until_the_first_cycle_is_opened() -> None:
    with open_record("sqlite://") as record:
        federation = assembly(record, vouching=TWO)
        for number in range(5):
            join(federation, "fay", f"x{number}")
        assert federation.state.vouched == {}
        federation.perform("seat_delegates", actor="fay", at=START, council="congress", seats={"N": ["n1"]})
        federation.perform("open_cycle", actor="n1", at=START)
        join(federation, "fay", "y1")
        join(federation, "fay", "y2")
        assert refusal(federation, "join", "fay", START, place="N", person="y3").code == "vouched-many"


def test_who_vouched_past_the_acts_for_more_is_found() -> None:
    with open_record("sqlite://") as record:
        federation = assembly(record, vouching=TWO)
        for number in range(3):
            federation.record.append("join", "n1", {"person": f"x{number}", "place": "N"}, START)
        assert [fault.code for fault in federation.verify().faults] == ["vouched-many"]


def test_the_default_statutes_say_ten_in_thirty_days() -> None:
    assert default_statutes().vouching == Vouching(10, 30)
    assert default_statutes().article_on_vouching().number == "2"
