"""Uses of sessions and tokens are written together, not one by one: nobody's first request waits for the disk."""

from datetime import timedelta
from typing import Any

from sqlalchemy import event

from newcourse.people.people import People, open_people
from newcourse.people.sessions import Times
from newcourse.people.uses import EVERY
from tests.people.facts import NOON, account

LATER = timedelta(seconds=EVERY)


def writes(people: People) -> list[str]:
    """Statements that change something, as they come."""
    seen: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if statement.startswith("UPDATE"):
            seen.append(statement)

    event.listen(people._engine, "before_cursor_execute", note)
    return seen


def tokens(people: People, number: int) -> list[str]:
    members = [f"m-{letter * 10}" for letter in "abcdefg"[:number]]
    for member in members:
        people.accounts.make(account(member, member[2:]))
    return [people.tokens.make(member, "script", NOON) for member in members]


def test_first_uses_of_many_tokens_wait_for_one_write(people: People) -> None:
    given, seen = tokens(people, 4), writes(people)
    for secret in given:
        assert people.tokens.find(secret, NOON) is not None
    assert len(seen) == 1, "the very first one is written, the others are noted"
    assert people.tokens.find(given[0], NOON + LATER) is not None
    assert len(seen) == 2, "all others together"
    used = [people.tokens.all(f"m-{letter * 10}")[0].used for letter in "abcd"]
    assert used == [NOON + LATER, NOON, NOON, NOON]


def test_what_was_noted_is_shown_and_survives_closing(database_url: str) -> None:
    with open_people(database_url) as people:
        first, second = tokens(people, 2)
        number = people.sessions.begin("m-aaaaaaaaaa", NOON)
        for secret in (first, second):
            people.tokens.find(secret, NOON)
        people.sessions.find(number, NOON + LATER)
        people.sessions.find(number, NOON + 3 * LATER / 2)
        assert people.tokens.all("m-bbbbbbbbbb")[0].used == NOON
        people.tokens.find(second, NOON + LATER / 2)
    with open_people(database_url) as people:
        assert people.tokens.all("m-bbbbbbbbbb")[0].used == NOON, "a use within the same minute is no other"
        assert people.sessions.all("m-aaaaaaaaaa", NOON)[0].seen == NOON + LATER


def test_a_session_in_use_is_not_idle_before_its_use_is_written(people: People) -> None:
    people.accounts.make(account())
    busy = people.sessions.begin("m-abcdefghij", NOON)
    people.sessions.uses.note("another", int(NOON.timestamp()) + 3600)  # so that the next one waits
    soon = NOON + timedelta(minutes=2)
    assert people.sessions.find(busy, soon) is not None
    assert people.sessions.find(busy, NOON + Times().idle + timedelta(minutes=1)) is not None
