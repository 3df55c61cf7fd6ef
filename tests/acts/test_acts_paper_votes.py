"""Paper votes: the box is opened when the vote is over, one teller enters, another confirms (design §8.3)."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from newcourse.acts.federation import Federation
from newcourse.errors import NewCourseError
from newcourse.record.canonical import canonical_json
from newcourse.record.store import open_record
from newcourse.vote.ballot import AllocationBallot, ChoiceBallot
from tests.acts.commune import CALL, FREE, START, VOTE, decided, founded, statutes_with

END = START + CALL
AFTER = END + VOTE
PAPERS = [AllocationBallot({"food": points, "travel": 100 - points}).to_data() for points in (70, 55, 60, 55)]

Fresh = Callable[[], Federation]


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("paper") / "opened.sqlite"
    with open_record(path) as record:
        federation = founded(record, statutes=statutes_with("paper"))
        federation.perform("open_cycle", actor="ada", at=START, limits=FREE)
        federation.perform("open_vote", actor="ada", at=END, decision="weights")
    return path


@pytest.fixture
def fresh(kept: Path, tmp_path: Path) -> Iterator[Fresh]:
    with ExitStack() as stack:

        def make() -> Federation:
            copy = shutil.copy(kept, tmp_path / "copy.sqlite")
            return Federation(stack.enter_context(open_record(copy)))

        yield make


def enter(federation: Federation, actor: str = "eva", ballots: Any = None, at: Any = AFTER) -> Any:
    papers = PAPERS if ballots is None else ballots
    return federation.perform("enter_paper_ballots", actor=actor, at=at, vote="V1", ballots=papers)


def confirm(federation: Federation, actor: str = "ben", at: Any = AFTER) -> Any:
    return federation.perform("confirm_paper_ballots", actor=actor, at=at, vote="V1")


def refused(do: Callable[[], Any]) -> str:
    with pytest.raises(NewCourseError) as caught:
        do()
    return caught.value.faults[0].code


def test_papers_read_by_two_are_counted(fresh: Fresh) -> None:
    federation = fresh()
    enter(federation)
    confirm(federation)
    entry = decided(federation, "V1", AFTER)
    assert entry.body["ballots"] == 4
    assert federation.ballots("V1") == sorted(({"ballot": paper} for paper in PAPERS), key=canonical_json)
    assert federation.cycle().weights
    assert federation.verify().faults == ()


def test_a_teller_reads_again_what_nobody_has_confirmed(fresh: Fresh) -> None:
    federation = fresh()
    enter(federation, ballots=PAPERS[:2])
    enter(federation, actor="cyd")
    assert refused(lambda: confirm(federation, "cyd")) == "teller-same"
    confirm(federation, "eva")
    assert federation.vote("V1").cast == 4
    assert refused(lambda: enter(federation)) == "paper-confirmed"
    assert refused(lambda: confirm(federation, "ben")) == "paper-confirmed"


def test_an_empty_box_is_a_box_too(fresh: Fresh) -> None:
    federation = fresh()
    assert refused(lambda: federation.perform("close_vote", actor="ada", at=AFTER, vote="V1")) == "paper-unconfirmed"
    enter(federation, ballots=[])
    assert refused(lambda: federation.perform("close_vote", actor="ada", at=AFTER, vote="V1")) == "paper-unconfirmed"
    confirm(federation)
    assert "quorum is missed" in decided(federation, "V1", AFTER).body["sentence"]
    assert federation.verify().faults == ()


def test_the_box_stays_shut_while_the_vote_lasts_extensions_included(fresh: Fresh) -> None:
    federation = fresh()
    assert refused(lambda: enter(federation, at=END)) == "vote-running"
    federation.perform("extend_vote", actor="ada", at=END, vote="V1", days=2, reason="The hall was flooded.")
    assert refused(lambda: enter(federation, at=AFTER + timedelta(days=1))) == "vote-running"
    later = AFTER + timedelta(days=2)
    enter(federation, at=later)
    extend = {"vote": "V1", "days": 1, "reason": "Again."}
    assert refused(lambda: federation.perform("extend_vote", actor="ada", at=later, **extend)) == "paper-entered"


def test_more_papers_than_voters_are_refused(fresh: Fresh) -> None:
    federation = fresh()
    assert refused(lambda: enter(federation, ballots=PAPERS + PAPERS[:3])) == "ballots-many"
    enter(federation, ballots=PAPERS + PAPERS[:2])


@pytest.mark.parametrize(
    ("ballots", "code"),
    [
        ("all of them", "ballots-wrong"),
        ({"form": "allocation"}, "ballots-wrong"),
        ([PAPERS[0], "food"], "ballot-malformed"),
        ([ChoiceBallot("yes").to_data()], "form-mixed"),
        ([AllocationBallot({"tanks": 100})], "candidate-unknown"),
    ],
)
def test_what_cannot_be_counted_is_refused_with_the_number_of_the_paper(fresh: Fresh, ballots: Any, code: str) -> None:
    federation = fresh()
    assert refused(lambda: enter(federation, ballots=ballots)) == code


def test_all_wrong_papers_are_named_at_once(fresh: Fresh) -> None:
    with pytest.raises(NewCourseError) as caught:
        enter(fresh(), ballots=["a", PAPERS[0], "b"])
    assert [fault.where.split(":")[0] for fault in caught.value.faults] == ["paper 1", "paper 3"]


def test_tellers_belong_to_the_electorate_or_the_body(fresh: Fresh) -> None:
    federation = fresh()
    federation.perform("join", actor="ada", at=END, place="N", person="zoe")
    assert refused(lambda: enter(federation, "zoe")) == "teller-stranger"
    assert refused(lambda: enter(federation, "nobody")) == "no-authority"
    assert refused(lambda: confirm(federation, "ben")) == "paper-missing"
    enter(federation)
    assert refused(lambda: confirm(federation, "zoe")) == "teller-stranger"


def test_papers_are_cast_in_no_other_way(fresh: Fresh) -> None:
    federation = fresh()
    assert refused(lambda: federation.perform("cast", actor="ben", at=END, vote="V1", ballot=PAPERS[0])) == (
        "ballot-kind"
    )


@pytest.mark.parametrize(
    ("act", "actor", "body", "code"),
    [
        ("enter_paper_ballots", "zoe", {"ballots": PAPERS}, "teller-stranger"),
        ("enter_paper_ballots", "eva", {"ballots": PAPERS * 2}, "ballots-many"),
        ("enter_paper_ballots", "eva", {"ballots": [ChoiceBallot("yes").to_data()]}, "ballot-unfit"),
        ("cast", "eva", {"ballot": PAPERS[0]}, "ballot-kind"),
        ("close_vote", "ada", {"ballots": "none", "number": 0, "secret": ""}, "paper-unconfirmed"),
    ],
)
def test_papers_written_past_the_acts_are_found(
    fresh: Fresh, act: str, actor: str, body: dict[str, Any], code: str
) -> None:
    federation = fresh()
    federation.perform("join", actor="ada", at=END, place="N", person="zoe")
    federation.record.append(act, actor, {"vote": "V1", **body}, AFTER)
    assert code in [fault.code for fault in federation.verify().faults]


def test_papers_entered_early_or_confirmed_by_the_same_teller_are_found(fresh: Fresh) -> None:
    federation = fresh()
    entry = federation.record.append("enter_paper_ballots", "eva", {"vote": "V1", "ballots": PAPERS}, END)
    federation.record.append("confirm_paper_ballots", "eva", {"vote": "V1", "entered": entry.sequence}, AFTER)
    assert [fault.code for fault in federation.verify().faults] == ["paper-early", "teller-same"]
