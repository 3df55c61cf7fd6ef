"""People to test with, a clock that stands still, and chance that repeats itself."""

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import count

from newcourse.people.accounts import About, Account
from newcourse.people.people import People
from newcourse.people.secret import Chance

NOON = datetime(2030, 5, 1, 12, tzinfo=UTC)


def repeatable() -> Chance:
    """Bytes that look like chance and are the same in every run."""
    turn = count()

    def chance(size: int) -> bytes:
        made = b""
        while len(made) < size:
            made += hashlib.sha256(f"{next(turn)}".encode()).digest()
        return made[:size]

    return chance


def account(member: str = "m-abcdefghij", name: str = "Ada Lovelace", **changed: str) -> Account:
    """An account that is not stored yet."""
    about = About(name, changed.pop("email", "ada@example.org"), changed.pop("language", "en"))
    return Account(member, about, hashlib.sha512(member.encode()).digest(), NOON, **changed)


def nothing() -> Callable[..., None]:
    """A proof that stores nothing."""
    return lambda _connection: None


def settled(people: People) -> Account:
    """Store an account with something of everything."""
    from newcourse.people.passkeys import Passkey

    ada = account()
    people.accounts.make(ada)
    people.passkeys.keep(Passkey("Y3JlZGVudGlhbA", ada.member, b"public", 0, "Ada's phone", NOON))
    people.identities.add(ada.member, "https://idp.example", "subject-4711", NOON)
    people.sessions.begin(ada.member, NOON, "Ada's browser")
    people.tokens.make(ada.member, "Ada's script", NOON)
    people.codes.invite(ada.member, "N", NOON)
    return ada
