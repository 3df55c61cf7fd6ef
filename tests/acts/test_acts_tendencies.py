"""Tendencies form, are joined and left, and have equal space (design §8.2)."""

from collections.abc import Iterator

import pytest

from newcourse.acts.federation import Federation
from newcourse.council.fold import step
from newcourse.errors import Tampered
from newcourse.record.entry import seal
from newcourse.record.store import open_record
from tests.acts.commune import START
from tests.acts.forum import forum, refusal


@pytest.fixture
def current() -> Iterator[Federation]:
    """With the tendency T1 of ben."""
    with open_record("sqlite://") as record:
        federation = forum(record)
        federation.perform("form_tendency", actor="ben", at=START, name="Slow Food", platform="Bread takes time.")
        yield federation


def test_who_forms_a_tendency_is_its_first_member(current: Federation) -> None:
    tendency = current.state.tendencies["T1"]
    assert (tendency.name, tendency.platform, tendency.people) == ("Slow Food", "Bread takes time.", ("ben",))
    assert tendency.speakers == ("ben",)


NAMES = (
    ("slow food", "Other.", "name-taken"),
    ("Slow  \uff26ood", "Other.", "name-taken"),
    (" ", "Other.", "name-missing"),
    ("Fast\nfood", "Other.", "name-unreadable"),
    (" Fast", "Other.", "name-unreadable"),
    ("x" * 101, "Other.", "name-long"),
    ("Fast", "", "platform-missing"),
    ("Fast", "x" * 2001, "platform-long"),
)


def test_names_are_ones_own_and_platforms_have_words(current: Federation) -> None:
    for name, platform, code in NAMES:
        assert refusal(current, "form_tendency", "eva", name=name, platform=platform) == code


def test_people_join_and_leave_as_they_like_and_may_belong_to_several(current: Federation) -> None:
    current.perform("form_tendency", actor="eva", at=START, name="Fast", platform="Bread now.")
    current.perform("join_tendency", actor="eva", at=START, tendency="T1")
    assert current.state.tendencies["T1"].people == ("ben", "eva")
    assert current.state.tendencies["T2"].people == ("eva",)
    assert refusal(current, "join_tendency", "eva", tendency="T1") == "joined-already"
    current.perform("leave_tendency", actor="ben", at=START, tendency="T1")
    assert current.state.tendencies["T1"].people == ("eva",)
    assert refusal(current, "leave_tendency", "ben", tendency="T1") == "not-of-tendency"
    assert refusal(current, "join_tendency", "ben", tendency="T9") == "tendency-unknown"
    current.perform("leave_tendency", actor="eva", at=START, tendency="T1")
    current.perform("join_tendency", actor="ben", at=START, tendency="T1")
    assert current.state.tendencies["T1"].people == ("ben",)


def test_only_its_speakers_publish_and_all_have_the_same_space(current: Federation) -> None:
    what = {"tendency": "T1", "statement": "Let it rise."}
    assert refusal(current, "publish_statement", "eva", **what) == "not-speaker"
    assert refusal(current, "publish_statement", "ben", **{**what, "statement": "x" * 2001}) == "statement-long"
    assert refusal(current, "publish_statement", "ben", **what, about="P1") == "subject-unknown"
    current.perform("publish_statement", actor="ben", at=START, tendency="T1", statement="x" * 2000)
    assert len(current.state.tendencies["T1"].statements) == 1


def test_the_later_statement_is_shown_and_the_earlier_kept(current: Federation) -> None:
    for words, about in (("one", ""), ("two", "congress"), ("three", "")):
        what = {"tendency": "T1", "statement": words, "about": about}
        current.perform("publish_statement", actor="ben", at=START, **what)
    tendency = current.state.tendencies["T1"]
    assert [statement.words for statement in tendency.statements] == ["one", "two", "three"]
    assert [statement.words for statement in tendency.statements_on()] == ["three", "one"]
    assert [statement.words for statement in tendency.statements_on("congress")] == ["two"]


def test_who_joins_replaces_no_statement_until_a_speaker_names_them(current: Federation) -> None:
    what = {"tendency": "T1", "statement": "Let it rise."}
    current.perform("publish_statement", actor="ben", at=START, **what)
    for person in ("eva", "cyd"):
        current.perform("join_tendency", actor=person, at=START, tendency="T1")
    assert refusal(current, "publish_statement", "eva", **{**what, "statement": "Burn it."}) == "not-speaker"
    named = {"tendency": "T1", "person": "eva"}
    assert refusal(current, "name_speaker", "eva", **named) == "not-speaker"
    assert refusal(current, "name_speaker", "ben", **{**named, "person": "dan"}) == "not-of-tendency"
    current.perform("name_speaker", actor="ben", at=START, **named)
    assert refusal(current, "name_speaker", "ben", **named) == "speaker-already"
    current.perform("publish_statement", actor="eva", at=START, **{**what, "statement": "Let it rest."})
    assert [(s.words, s.by) for s in current.state.tendencies["T1"].statements_on()] == [
        ("Let it rest.", "eva"),
        ("Let it rise.", "ben"),
    ]
    assert current.verify().faults == ()


def test_a_tendency_without_speakers_is_spoken_for_by_who_has_belonged_to_it_longest(current: Federation) -> None:
    for person in ("eva", "cyd"):
        current.perform("join_tendency", actor=person, at=START, tendency="T1")
    current.perform("leave", actor="ben", at=START)
    tendency = current.state.tendencies["T1"]
    assert (tendency.people, tendency.speakers) == (("eva", "cyd"), ("eva",))
    for person in ("eva", "cyd"):
        current.perform("leave_tendency", actor=person, at=START, tendency="T1")
    assert current.state.tendencies["T1"].speakers == ()
    current.perform("join_tendency", actor="dan", at=START, tendency="T1")
    current.perform("publish_statement", actor="dan", at=START, tendency="T1", statement="Here again.")


FORGED = (
    ("form_tendency", "eva", {"tendency": "T1", "name": "x", "platform": "x"}),
    ("join_tendency", "ben", {"tendency": "T1"}),
    ("leave_tendency", "eva", {"tendency": "T1"}),
    ("publish_statement", "eva", {"tendency": "T1", "statement": "x", "about": ""}),
    ("join_tendency", "ben", {"tendency": "T7"}),
    ("name_speaker", "ben", {"tendency": "T1", "person": "ben"}),
    ("name_speaker", "ben", {"tendency": "T1", "person": "eva"}),
    ("name_speaker", "eva", {"tendency": "T1", "person": "ben"}),
)


def test_entries_that_no_act_wrote_do_not_fold(current: Federation) -> None:
    state = current.state
    for act, actor, body in FORGED:
        with pytest.raises(Tampered):
            step(state, seal(state.sequence + 1, START, actor, act, body, state.head))
