"""Codes are good once and for a time, and only their hashes are kept."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection

from newcourse.errors import BadInput
from newcourse.people.challenges import LIFE
from newcourse.people.codes import LIVES
from newcourse.people.people import People, open_people
from newcourse.people.secret import hashed, letters, member_code
from tests.people.facts import NOON, account, nothing, repeatable


def test_an_invitation_signs_up_one_person(people: People) -> None:
    code = people.codes.invite("ben", "N", NOON)
    found = people.codes.find(code, NOON, "invitation", "setup")
    assert (found.kind, found.place, found.by, found.used) == ("invitation", "N", "ben", None)
    people.sign_up(found.key, account(joins="N", inviter="ben"), nothing(), NOON)
    assert people.accounts.find("m-abcdefghij") is not None
    with pytest.raises(BadInput, match="code-spent"):
        people.codes.find(code, NOON, "invitation")
    with pytest.raises(BadInput, match="code-spent"):
        people.sign_up(found.key, account("m-bbbbbbbbbb", "Ben"), nothing(), NOON)
    assert people.accounts.find("m-bbbbbbbbbb") is None


def test_a_sign_up_that_fails_spends_nothing(people: People) -> None:
    code = people.codes.invite("ben", "N", NOON)

    def refuse(_connection: Connection) -> None:
        raise RuntimeError("no proof")

    with pytest.raises(RuntimeError):
        people.sign_up(hashed(code), account(), refuse, NOON)
    assert people.accounts.find("m-abcdefghij") is None
    assert people.codes.find(code, NOON, "invitation").used is None


def test_unknown_used_and_late_codes_are_said_alike(people: People) -> None:
    code = people.codes.invite("ben", "N", NOON)
    late = NOON + LIVES["invitation"]
    said = set()
    for given, at, kind in ((code, late, "invitation"), ("wrong", NOON, "invitation"), (code, NOON, "link")):
        with pytest.raises(BadInput) as caught:
            people.codes.find(given, at, kind)  # type: ignore[arg-type]
        said.add(str(caught.value))
        assert code not in str(caught.value)
    assert len(said) == 1


def test_a_new_setup_code_replaces_the_old_one(people: People) -> None:
    first, second = people.codes.setup(NOON), people.codes.setup(NOON)
    with pytest.raises(BadInput, match="code-spent"):
        people.codes.find(first, NOON, "setup")
    assert people.codes.find(second, NOON, "setup").kind == "setup"


def test_a_link_signs_in_once(people: People) -> None:
    code = people.codes.link("ada", NOON)
    assert people.codes.find(code, NOON, "link").member == "ada"
    assert people.codes.use_link(code, NOON) == "ada"
    with pytest.raises(BadInput, match="code-spent"):
        people.codes.use_link(code, NOON)
    with pytest.raises(BadInput, match="code-spent"):
        people.codes.use_link(people.codes.link("ada", NOON), NOON + timedelta(minutes=15))


def test_secrets_are_not_stored(tmp_path: Path) -> None:
    with open_people(tmp_path / "p", chance=repeatable()) as people:
        people.accounts.make(account())
        secrets = [
            people.codes.invite("ben", "N", NOON),
            people.codes.link("ada", NOON),
            people.sessions.begin("m-abcdefghij", NOON),
            people.tokens.make("m-abcdefghij", "script", NOON),
            people.challenges.begin("sign-in", {}, NOON),
        ]
        stored = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert [secret for secret in secrets if secret.encode() in stored] == []


def test_a_ceremony_is_answered_once(people: People) -> None:
    secret = people.challenges.begin("sign-in", {"challenge": "abc"}, NOON)
    assert people.challenges.end("sign-in", secret, NOON) == {"challenge": "abc"}
    with pytest.raises(BadInput, match="ceremony-over"):
        people.challenges.end("sign-in", secret, NOON)


def test_a_ceremony_is_answered_in_time_and_for_what_it_was(people: People) -> None:
    secret = people.challenges.begin("sign-in", {}, NOON)
    with pytest.raises(BadInput, match="ceremony-over"):
        people.challenges.end("sign-up", secret, NOON)
    with pytest.raises(BadInput, match="ceremony-over"):
        people.challenges.end("sign-in", secret, NOON)
    secret = people.challenges.begin("sign-in", {}, NOON)
    with pytest.raises(BadInput, match="ceremony-over"):
        people.challenges.end("sign-in", secret, NOON + LIFE)


def test_codes_have_as_much_chance_as_they_say() -> None:
    asked: list[int] = []

    def chance(count: int) -> bytes:
        asked.append(count)
        return bytes(count)

    assert len(letters(chance, 26)) == 26
    assert len(member_code(chance)) == 12
    assert asked == [17, 7]
