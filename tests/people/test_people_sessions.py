"""Sessions end when they should, change their number, and notice a number that two have."""

from datetime import timedelta

import pytest

from newcourse.errors import BadInput
from newcourse.people.people import People
from newcourse.people.sessions import Times
from newcourse.people.tokens import LIFE, MOST
from tests.people.facts import NOON, account

ADA = "m-abcdefghij"
TIMES = Times()
SOON = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def ada(people: People) -> None:
    people.accounts.make(account())


def test_a_session_says_who_is_signed_in(people: People) -> None:
    number = people.sessions.begin(ADA, NOON, "Firefox\r\nX: y")
    found = people.sessions.find(number, NOON)
    assert found is not None
    assert (found.account.member, found.renewed) == (ADA, None)
    assert found.session.agent == "FirefoxX: y"
    assert len(number) == 43, "256 bits"
    assert people.sessions.find("wrong", NOON) is None


def test_each_sign_in_has_a_new_number_and_form_token(people: People) -> None:
    first = people.sessions.begin(ADA, NOON)
    second = people.sessions.begin(ADA, NOON, instead=first)
    assert first != second
    assert people.sessions.find(first, NOON) is None, "what the browser had before is over"
    assert people.sessions.find(second, NOON) is not None


def test_idle_sessions_end(people: People) -> None:
    number = people.sessions.begin(ADA, NOON)
    assert people.sessions.find(number, NOON + TIMES.idle) is None
    assert people.sessions.find(number, NOON) is None, "over is over"


def test_sessions_end_however_busy(people: People) -> None:
    number, at = people.sessions.begin(ADA, NOON), NOON
    while at < NOON + TIMES.absolute:
        found = people.sessions.find(number, at)
        assert found is not None
        number = found.renewed or number
        at += timedelta(hours=11)
    assert people.sessions.find(number, NOON + TIMES.absolute) is None


def test_the_number_changes_and_the_old_one_is_good_for_a_moment(people: People) -> None:
    number = people.sessions.begin(ADA, NOON)
    later = NOON + TIMES.rotation
    found = people.sessions.find(number, later)
    assert found is not None
    assert found.renewed not in (None, number)
    again = people.sessions.find(number, later + timedelta(seconds=30))
    assert again is not None, "a request already on its way"
    assert again.renewed is None
    assert again.session.csrf == found.session.csrf, "open forms stay good"
    assert people.sessions.find(str(found.renewed), later + timedelta(seconds=30)) is not None


def test_an_old_number_that_turns_up_late_ends_the_session(people: People) -> None:
    number = people.sessions.begin(ADA, NOON)
    found = people.sessions.find(number, NOON + TIMES.rotation)
    assert found is not None
    assert people.sessions.find(number, NOON + TIMES.rotation + TIMES.grace + SOON) is None
    assert people.sessions.find(str(found.renewed), NOON + TIMES.rotation + TIMES.grace + SOON) is None


def test_signing_out_everywhere(people: People) -> None:
    people.accounts.make(account("m-bbbbbbbbbb", "Ben"))
    numbers = [people.sessions.begin(ADA, NOON) for _ in range(3)]
    other = people.sessions.begin("m-bbbbbbbbbb", NOON)
    one = people.sessions.all(ADA, NOON)[0]
    assert people.sessions.end("m-bbbbbbbbbb", one.session) == 0, "nobody ends the session of another"
    assert people.sessions.end(ADA, one.session) == 1
    assert people.sessions.end(ADA) == 2
    assert [people.sessions.find(number, NOON) for number in numbers] == [None] * 3
    assert people.sessions.find(other, NOON) is not None


def test_sessions_that_are_over_are_not_shown(people: People) -> None:
    people.sessions.begin(ADA, NOON)
    assert len(people.sessions.all(ADA, NOON + SOON)) == 1
    assert people.sessions.all(ADA, NOON + TIMES.idle + SOON) == ()


def test_a_token_acts_for_its_member_until_it_is_revoked(people: People) -> None:
    secret = people.tokens.make(ADA, "script", NOON)
    assert secret.startswith("nc_")
    found = people.tokens.find(secret, NOON)
    assert found is not None
    assert found.member == ADA
    assert people.tokens.find(secret, NOON + LIFE) is None
    assert people.tokens.find(secret.removeprefix("nc_"), NOON) is None
    (token,) = people.tokens.all(ADA)
    assert (token.label, token.used) == ("script", NOON)
    assert not people.tokens.revoke("m-bbbbbbbbbb", token.token), "nobody revokes the token of another"
    assert people.tokens.revoke(ADA, token.token)
    assert people.tokens.find(secret, NOON) is None


@pytest.mark.parametrize("label", ["", " ", "x" * 81, "a\nb"])
def test_a_token_says_what_it_is_for(people: People, label: str) -> None:
    with pytest.raises(BadInput, match="label-wrong"):
        people.tokens.make(ADA, label, NOON)


def test_nobody_has_too_many_tokens(people: People) -> None:
    for number in range(MOST):
        people.tokens.make(ADA, f"{number}", NOON)
    with pytest.raises(BadInput, match="tokens-too-many"):
        people.tokens.make(ADA, "one more", NOON)
