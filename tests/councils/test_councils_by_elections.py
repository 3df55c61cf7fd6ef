"""What the sequences found: who sits cannot win a second seat of the same constituency in the middle of a term."""

from newcourse.record.store import open_record
from tests.acts.assembly import CANDIDATES, THREE_SEATS, assembly, elected, refusal, sitting


def test_a_sitting_delegate_cannot_stand_for_a_vacated_seat_of_the_same_place() -> None:
    with open_record("sqlite://") as record:
        federation = assembly(record, recall={"refill": "election"})
        at = elected(federation, THREE_SEATS, CANDIDATES)
        federation.perform("lay_down_mandate", actor="n1", at=at, mandate="M1")
        call = federation.perform("open_nominations", actor="n9", at=at, body="congress", place="N")
        election = call.body["election"]
        fault = refusal(federation, "nominate", "n2", at, election=election, person="n2")
        assert fault.code == "seat-elsewhere"
        assert "n2 holds mandate M2" in fault.found
        federation.perform("nominate", actor="n9", at=at, election=election, person="n9")
        assert sitting(federation) == {"n2", "n5"}
