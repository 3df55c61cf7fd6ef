"""Juries: who decides on a contest where every delegate who could is concerned, or there is none."""

from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256
from typing import Any

import pytest

from newcourse.acts.federation import Federation
from newcourse.council.authority import Grant, authority
from newcourse.council.judging import JURORS, jury, lot, may_judge, outcome_of
from newcourse.council.voting import Verdict
from newcourse.council.waiting import waiting_for
from newcourse.errors import NewCourseError
from newcourse.record.store import open_record
from tests.acts.assembly import assembly, nominated, opened, voted
from tests.acts.commune import CALL, START

Until = Callable[..., Federation]
END = START + CALL
DAY = timedelta(days=1)
MEMBERS = {"ada", "ben", "cyd", "dan", "eva", "fay"}


def contested(federation: Federation, *people: str) -> Federation:
    for person in people:
        federation.perform("contest_vote", actor=person, at=END, vote="V1", reasons="The list was wrong.")
    return federation


def decide(federation: Federation, actor: str, *, upheld: bool, person: str = "ada", at: Any = END) -> None:
    what: dict[str, Any] = {"vote": "V1", "person": person, "upheld": upheld, "reasons": "We asked the porter."}
    federation.perform("decide_contest", actor=actor, at=at, **what)


def refused(federation: Federation, actor: str, **what: Any) -> str:
    with pytest.raises(NewCourseError) as caught:
        decide(federation, actor, **{"upheld": True, **what})
    return caught.value.faults[0].code


def drawn(federation: Federation, among: set[str], number: int = JURORS) -> list[str]:
    """The lot drawn again by hand: who has the least hashes."""
    seed = lot(federation.vote("V1"))
    return sorted(among, key=lambda person: sha256(f"{seed} {person}".encode()).hexdigest())[:number]


def test_there_is_no_jury_while_a_delegate_is_unconcerned(until: Until) -> None:
    federation = contested(until("make_variants"), "ada")
    assert jury(federation.state, federation.vote("V1")) == ()
    assert {who for who in MEMBERS if may_judge(federation.state, federation.vote("V1"), who)} == {"dan"}


def test_where_all_delegates_are_concerned_a_jury_decides_by_majority(until: Until) -> None:
    federation = contested(until("make_variants"), "ada", "dan")
    jurors = drawn(federation, MEMBERS - {"ada", "dan"})
    assert list(jury(federation.state, federation.vote("V1"))) == jurors
    (left,) = MEMBERS - {"ada", "dan", *jurors}
    answer = authority(federation.state, jurors[0], "decide_contest")
    assert isinstance(answer, Grant)
    assert "drawn by lot for the jury on the contested vote V1" in answer.reason
    assert refused(federation, left) == "no-authority"
    assert refused(federation, "dan") == "judge-partial"
    decide(federation, jurors[0], upheld=True)
    assert not federation.vote("V1").void
    assert refused(federation, jurors[0]) == "judged-already"
    decide(federation, jurors[1], upheld=False)
    decide(federation, jurors[2], upheld=True)
    vote = federation.vote("V1")
    assert [contest.outcome for contest in vote.contests] == ["upheld", "moot"]
    assert federation.cycle().weights == {}
    assert federation.verify().faults == ()


def test_each_contest_has_verdicts_of_its_own(until: Until) -> None:
    federation = contested(until("make_variants"), "ada", "dan")
    first, second, _ = drawn(federation, MEMBERS - {"ada", "dan"})
    for juror in (first, second):
        decide(federation, juror, upheld=False, person="dan")
    assert [contest.outcome for contest in federation.vote("V1").contests] == ["", "dismissed"]
    assert len(jury(federation.state, federation.vote("V1"))) == JURORS
    decide(federation, first, upheld=False)
    decide(federation, second, upheld=False)
    assert federation.cycle().weights
    assert federation.verify().faults == ()


def test_who_is_silent_for_seven_days_gets_three_more_beside_them(until: Until) -> None:
    federation = contested(until("make_variants"), "ada", "dan")
    late = drawn(federation, MEMBERS - {"ada", "dan"}, 4)[3]
    assert refused(federation, late, at=END + 7 * DAY) == "no-authority"
    federation.perform("criticise", actor="eva", at=END + 7 * DAY, about="V1", words="Is anybody there?")
    decide(federation, late, upheld=False, at=END + 7 * DAY)
    assert [v.by for v in federation.vote("V1").contests[0].verdicts] == [late]
    assert federation.verify().faults == ()


def test_a_juror_who_contests_too_is_followed_by_the_next(until: Until) -> None:
    federation = contested(until("make_variants"), "ada", "dan")
    first, *others = drawn(federation, MEMBERS - {"ada", "dan"}, 4)
    contested(federation, first)
    assert set(jury(federation.state, federation.vote("V1"))) == set(others)


def test_where_everybody_stood_people_of_the_place_above_are_drawn() -> None:
    with open_record("sqlite://") as record:
        members = {"fay": "F", "n1": "N", "n2": "N", "s1": "S", "s2": "S", "s3": "S"}
        federation = assembly(record, members, council={"seats": 1})
        election = nominated(federation, "N", ("n1", "n2"))
        at = START + 14 * DAY
        vote = opened(federation, election, at)
        voted(federation, vote, {"n1": ("n1",), "n2": ("n1",)}, at)
        what = {"vote": vote, "reasons": "The box was open."}
        federation.perform("contest_vote", actor="n2", at=at + 14 * DAY, **what)
        assert set(jury(federation.state, federation.vote(vote))) <= {"fay", "s1", "s2", "s3"}
        for juror in jury(federation.state, federation.vote(vote))[:2]:
            federation.perform("decide_contest", actor=juror, at=at + 14 * DAY, upheld=True, **what)
        assert federation.vote(vote).void
        assert federation.verify().faults == ()


@pytest.mark.parametrize(
    ("jurors", "said", "outcome"),
    [
        (("x", "y", "z"), "u", ""),
        (("x", "y", "z"), "uu", "upheld"),
        (("x", "y", "z"), "ud", ""),
        (("x", "y", "z"), "udd", "dismissed"),
        (("x", "y"), "d", "dismissed"),
        (("x", "y"), "u", ""),
        (("x", "y"), "uu", "upheld"),
        (("x",), "u", "upheld"),
        (("x", "y", "z", "w"), "uu", "upheld"),
        ((), "u", "upheld"),
        ((), "d", "dismissed"),
    ],
)
def test_a_result_falls_only_by_a_majority(jurors: tuple[str, ...], said: str, outcome: str) -> None:
    verdicts = [Verdict("xyzw"[number], word == "u", "So.") for number, word in enumerate(said)]
    assert outcome_of(jurors, verdicts) == outcome


def test_a_verdict_of_somebody_who_was_not_drawn_is_found(until: Until) -> None:
    federation = contested(until("make_variants"), "ada", "dan")
    late = drawn(federation, MEMBERS - {"ada", "dan"}, 4)[3]
    body = {"vote": "V1", "person": "ada", "upheld": True, "reasons": "So.", "outcome": "upheld"}
    federation.record.append("decide_contest", late, body, END)
    assert [fault.code for fault in federation.verify().faults] == ["no-authority", "judge-stranger"]


def test_jurors_find_under_what_waits_for_them_what_they_have_not_decided(until: Until) -> None:
    federation = contested(until("make_variants"), "ada", "dan")
    first, second, _ = drawn(federation, MEMBERS - {"ada", "dan"})

    def told(person: str) -> list[str]:
        return [one.about for one in waiting_for(federation.state, person, END) if one.kind == "contest"]

    assert (told(first), told("ada")) == (["V1"], [])
    for contest in ("ada", "dan"):
        decide(federation, first, upheld=False, person=contest)
    assert (told(first), told(second)) == ([], ["V1"])


def test_an_outcome_that_no_majority_gave_is_found(until: Until) -> None:
    federation = contested(until("make_variants"), "ada", "dan")
    first, *_ = drawn(federation, MEMBERS - {"ada", "dan"})
    body = {"vote": "V1", "person": "ada", "upheld": True, "reasons": "So.", "outcome": "upheld"}
    federation.record.append("decide_contest", first, body, END)
    assert [fault.code for fault in federation.verify().faults] == ["entry-impossible"]
