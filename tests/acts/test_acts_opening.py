"""How votes of whatever kind are opened: by which body, by whom, how many at least (design §4, §8.3)."""

from collections.abc import Iterator
from typing import Any

import pytest

from newcourse.acts.ask import Ask
from newcourse.acts.federation import Federation
from newcourse.acts.opening import Question, open_question, question_faults
from newcourse.errors import BadInput, NewCourseError
from newcourse.record.store import open_record
from newcourse.vote.ballot import ChoiceBallot
from tests.acts.commune import OPEN_STATUTES, START, decided, founded

COUNCIL = {"council": "region", "name": "Council of a region", "level": "region", "seats": 2, "election": "delegates"}
MOTION = {
    "decision": "moot",
    "name": "Motion of a region's members",
    "subject": "motion",
    "council": "region",
    "rule": "majority",
    "days": 7,
}
QUESTION: dict[str, Any] = {
    "decision": "moot",
    "subject": "motion",
    "question": "Mend the bridge?",
    "candidates": ("Mend the bridge?",),
    "rule": "majority",
    "options": {},
    "electorate": ("ben", "ada"),
    "quorum": "1/2",
    "ties": "candidate-order",
    "ballot": "open",
    "days": 7,
}


def statutes(**changed: Any) -> dict[str, Any]:
    article = {
        "number": "90",
        "title": "Regions",
        "words": "Each region has a council; its members decide its motions.",
        "councils": [COUNCIL],
        "decisions": [{**MOTION, **changed}],
    }
    return {**OPEN_STATUTES, "articles": [*OPEN_STATUTES["articles"], article]}


@pytest.fixture
def federation() -> Iterator[Federation]:
    with open_record("sqlite://") as record:
        yield founded(record, statutes=statutes())


def opened(federation: Federation, **what: Any) -> Any:
    asked = {"decision": "moot", "question": "Mend the bridge?", **what}
    federation.perform("open_vote", actor="ada", at=START, **asked)
    return federation.vote(f"V{len(federation.state.votes)}")


def code(federation: Federation, **what: Any) -> str:
    with pytest.raises(NewCourseError) as caught:
        opened(federation, **what)
    return caught.value.faults[0].code


def test_a_vote_is_held_at_the_place_whose_body_decides(federation: Federation) -> None:
    north, south = opened(federation, place="N"), opened(federation, place="S")
    assert north.frozen.electorate == ("ada", "ben", "cyd")
    assert south.frozen.electorate == ("dan", "eva")
    assert (north.frozen.place, north.frozen.electors) == ("N", "members")
    for voter in ("ada", "ben", "cyd"):
        federation.perform("cast", actor=voter, at=START, vote="V1", ballot=ChoiceBallot("yes"))
    assert decided(federation, "V1", START).body["result"]["adopted"] is True
    assert federation.verify().faults == ()


def test_the_place_must_be_one_with_such_a_body(federation: Federation) -> None:
    assert code(federation) == "place-unknown"
    assert code(federation, place="F") == "place-unknown"
    assert code(federation, decision="motion", place="N") == "place-other"
    assert opened(federation, decision="motion", place="F").frozen.place == ""


def test_verified_members_vote_where_the_statutes_say_so() -> None:
    with open_record("sqlite://") as record:
        federation = founded(record, statutes=statutes(electorate="verified members"))
        assert code(federation, place="N") == "electorate-empty"
        federation.perform("verify_member", actor="ada", at=START, person="ben", evidence="Known for years.")
        vote = opened(federation, place="N")
        assert vote.frozen.electorate == ("ben",)
        assert vote.frozen.electors == "verified members"
        assert federation.verify().faults == ()


def test_a_question_says_everything_that_is_wrong_with_it_at_once() -> None:
    wrong = {"subject": "war", "ballot": "shout", "ties": "duel", "quorum": "2", "days": -1, "question": " "}
    with pytest.raises(BadInput) as caught:
        Question(**{**QUESTION, **wrong})
    names = ["subject", "ballot", "ties", "quorum", "days", "question"]
    assert [fault.code for fault in caught.value.faults] == [f"question-{name}" for name in names]
    with pytest.raises(BadInput):
        Question(**{**QUESTION, "rule": "duel"})
    with pytest.raises(BadInput):
        Question(**{**QUESTION, "candidates": ("a", "a")})
    assert Question(**QUESTION).electorate == ("ada", "ben")


def test_an_electorate_must_follow_from_the_record(federation: Federation) -> None:
    ask = Ask("open_vote", "ada", START, {})
    with pytest.raises(BadInput, match="electorate-unknown"):
        open_question(federation.state, ask, Question(**QUESTION), b"")
    all_north = Question(**{**QUESTION, "electorate": ("ada", "ben", "cyd"), "place": "N"})
    assert open_question(federation.state, ask, all_north, b"").body["frozen"]["electors"] == "members"
    delegates = Question(**{**QUESTION, "electorate": ("ada", "dan")})
    deed = open_question(federation.state, ask, delegates, b"")
    assert deed.body["frozen"]["electors"] == "delegates congress"
    assert deed.secrets == {}


def test_delegates_do_not_vote_secretly(federation: Federation) -> None:
    question = Question(
        **{**QUESTION, "electorate": tuple("abcdefg"), "ballot": "secret", "electors": "delegates congress"}
    )
    faults = [fault.code for fault in question_faults(federation.state, Ask("open_vote", "ada", START, {}), question)]
    assert faults == ["ballot-wrong"]
