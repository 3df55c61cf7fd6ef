"""Criticism is open to all and never deleted; moderation has a reason and an appeal (design §4, §8.2)."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newcourse.acts.ask import Ask
from newcourse.acts.federation import Federation
from newcourse.acts.registry import ACTS
from newcourse.council.authority import authority
from newcourse.council.fold import step
from newcourse.council.state import State
from newcourse.council.subjects import subject_in_words
from newcourse.errors import NewCourseError
from newcourse.record.entry import seal
from newcourse.record.store import open_record
from tests.acts.commune import START
from tests.acts.forum import forum, proposing, refusal
from tests.council.people import NOON, people

LATER = START + timedelta(days=1)


@pytest.fixture
def talk() -> Iterator[Federation]:
    """With a criticism C1 of the congress by eva and a reply C2 by ben."""
    with open_record("sqlite://") as record:
        federation = forum(record)
        federation.perform("criticise", actor="eva", at=START, about="congress", words="It sleeps.")
        federation.perform("reply", actor="ben", at=START, comment="C1", words="It has just woken up.")
        yield federation


def test_members_criticise_and_reply(talk: Federation) -> None:
    first, second = talk.state.comments["C1"], talk.state.comments["C2"]
    assert (first.about, first.by, first.words, first.reply_to) == ("congress", "eva", "It sleeps.", "")
    assert (second.about, second.by, second.reply_to) == ("congress", "ben", "C1")
    assert refusal(talk, "criticise", "kim", about="congress", words="x") == "no-authority"
    assert refusal(talk, "criticise", "eva", about="congress", words=" ") == "words-missing"
    assert refusal(talk, "criticise", "eva", about="congress", words="x" * 10_001) == "words-long"
    assert refusal(talk, "reply", "eva", comment="C9", words="x") == "comment-unknown"


def test_whatever_is_on_record_can_be_criticised() -> None:
    with open_record("sqlite://") as record:
        federation = proposing(record)
        for about in ("P1", "S", "F", "congress", "article 5", "cycle 1", federation.cycle().plan):
            federation.perform("criticise", actor="fay", at=START, about=about, words="No.")
        assert len(federation.state.comments) == 7


def test_what_is_not_there_cannot_be_criticised(talk: Federation) -> None:
    for about in ("P7", "", "C1", "article 99", "cycle 4", "congress:N", 5, "P1 "):
        assert refusal(talk, "criticise", "eva", about=about, words="No.") == "subject-unknown"


def test_subjects_have_words() -> None:
    state = people()
    assert subject_in_words(state, "N1") == "North mill"
    assert subject_in_words(state, "congress") == "Congress of delegates"
    assert subject_in_words(state, "article 5") == "Article 5, The cycle of the statutes"
    assert subject_in_words(state, "nothing") == ""


def test_moderation_folds_away_with_a_reason_and_the_words_stay(talk: Federation) -> None:
    assert refusal(talk, "moderate", "eva", comment="C2", reason="Rude.") == "no-authority"
    assert refusal(talk, "moderate", "dan", comment="C1", reason="") == "reason-missing"
    talk.perform("moderate", actor="dan", at=LATER, comment="C1", reason="Rude.")
    comment = talk.state.comments["C1"]
    assert comment.folded
    assert comment.words == "It sleeps."
    assert comment.moderation is not None
    assert (comment.moderation.by, comment.moderation.reason) == ("dan", "Rude.")
    assert refusal(talk, "moderate", "ada", LATER, comment="C1", reason="Rude.") == "moderated-already"


def test_nobody_folds_away_what_is_said_about_them() -> None:
    with open_record("sqlite://") as record:
        federation = proposing(record)
        federation.perform("criticise", actor="eva", at=START, about="P1", words="This helps nobody.")
        federation.perform("reply", actor="cyd", at=START, comment="C1", words="True.")
        assert refusal(federation, "moderate", "ben", comment="C1", reason="Rude.") == "own-criticism"
        assert refusal(federation, "moderate", "ben", comment="C2", reason="Rude.") == "own-criticism"
        federation.perform("moderate", actor="dan", at=START, comment="C1", reason="Rude.")
        federation.perform("appeal", actor="eva", at=START, comment="C1", reason="It is true.")
        decision = {"comment": "C1", "upheld": False, "reason": "No."}
        assert refusal(federation, "decide_appeal", "ben", **decision) == "own-appeal"


def test_an_appeal_is_the_authors_once_and_decided_by_another(talk: Federation) -> None:
    assert refusal(talk, "appeal", "eva", comment="C1", reason="Why?") == "not-moderated"
    talk.perform("moderate", actor="dan", at=LATER, comment="C1", reason="Rude.")
    decision: dict[str, Any] = {"comment": "C1", "upheld": True, "reason": "It was fair."}
    assert refusal(talk, "decide_appeal", "ada", LATER, **decision) == "no-appeal"
    assert refusal(talk, "appeal", "ben", LATER, comment="C1", reason="Why?") == "not-the-author"
    talk.perform("appeal", actor="eva", at=LATER, comment="C1", reason="It is true.")
    assert refusal(talk, "appeal", "eva", LATER, comment="C1", reason="Still.") == "appealed-already"
    assert refusal(talk, "decide_appeal", "dan", LATER, **decision) == "own-appeal"
    assert refusal(talk, "decide_appeal", "ada", LATER, **{**decision, "upheld": "yes"}) == "upheld-wrong"
    assert refusal(talk, "decide_appeal", "ada", LATER, **{**decision, "reason": " "}) == "reason-missing"
    assert talk.state.comments["C1"].folded
    talk.perform("decide_appeal", actor="ada", at=LATER, **decision)
    assert not talk.state.comments["C1"].folded
    assert refusal(talk, "decide_appeal", "ben", LATER, **decision) == "decided-already"
    assert refusal(talk, "moderate", "ada", LATER, comment="C1", reason="Again.") == "moderated-already"


def test_an_appeal_turned_down_leaves_the_comment_folded(talk: Federation) -> None:
    talk.perform("moderate", actor="dan", at=LATER, comment="C1", reason="Rude.")
    talk.perform("appeal", actor="eva", at=LATER, comment="C1", reason="It is true.")
    talk.perform("decide_appeal", actor="ada", at=LATER, comment="C1", upheld=False, reason="It was rude.")
    assert talk.state.comments["C1"].folded


SPEECH = ("criticise", "reply", "moderate", "appeal", "decide_appeal")
WHO = st.sampled_from(["fay", "nil", "sol", "ned", "mia", "kim"])
WHICH = st.sampled_from(["C1", "C2", "C3", "C4"])
ASKED = st.fixed_dictionaries(
    {
        "about": st.sampled_from(["congress", "N", "article 5", "P1"]),
        "words": st.text("ab ", max_size=3),
        "comment": WHICH,
        "reason": st.text("r ", max_size=2),
        "upheld": st.booleans(),
    }
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(SPEECH), WHO, ASKED), max_size=25))
def test_nothing_that_was_said_is_ever_changed_or_removed(asked: list[tuple[str, str, dict[str, Any]]]) -> None:
    state = people()
    for act, actor, what in asked:
        before = state
        state = _attempted(state, act, actor, what)
        for code, comment in before.comments.items():
            now = state.comments[code]
            assert (now.words, now.by, now.at, now.about, now.reply_to) == (
                comment.words,
                comment.by,
                comment.at,
                comment.about,
                comment.reply_to,
            )
            moderation = now.moderation
            assert moderation is None or (moderation.reason and moderation.decided_by != moderation.by)


def _attempted(state: State, act: str, actor: str, what: dict[str, Any]) -> State:
    """Return the state after an act, or the same where it is refused."""
    kind = ACTS[act]
    ask = Ask(act, actor, NOON, {name: what[name] for name in kind.needs})
    if not authority(state, actor, act).allowed:
        return state
    try:
        kind.check(state, ask)
    except NewCourseError:
        return state
    body = dict(kind.do(state, ask, None).body)
    return step(state, seal(state.sequence + 1, NOON, actor, act, body, state.head))
