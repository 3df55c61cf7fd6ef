"""Accounts: the person behind a member's code, as far as they chose to say."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Row, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from newcourse.errors import BadInput, Fault
from newcourse.people.database import reading, writing
from newcourse.people.keeping import Keeping
from newcourse.people.schema import ACCOUNTS, moment, seconds
from newcourse.people.secret import member_code, refusal

LONGEST_NAME: Final = 80
HANDLE_BYTES: Final = 64
_LANGUAGE: Final = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_EMAIL: Final = re.compile(r"[^@\s\x00-\x1f]{1,64}@[^@\s\x00-\x1f]{1,255}")
_CODE: Final = re.compile(r"m-[a-z2-7]{10}")


@dataclass(frozen=True, slots=True)
class About:
    """What a person says of themselves; all of it may be left out.

    Parameters
    ----------
    name
        Name shown on pages instead of the code; no other person's. Everybody who reads the pages sees it.
    email
        Address at which the federation may reach them; shown to nobody.
    language
        Language they read, as in RFC 5646, such as ``en``.

    Raises
    ------
    BadInput
        If any of them cannot be what it should be.
    """

    name: str = ""
    email: str = ""
    language: str = "en"

    def __post_init__(self) -> None:
        faults = [*_name_faults(self.name)]
        if self.email and not _EMAIL.fullmatch(self.email):
            faults.append(Fault("email-wrong", "e-mail", "no address", "somebody@somewhere, or nothing", "correct it"))
        if not _LANGUAGE.fullmatch(self.language) or len(self.language) > 20:
            found = ascii(self.language[:20])
            faults.append(Fault("language-wrong", "language", found, "a language tag such as en", "choose one"))
        if faults:
            raise BadInput(faults)


@dataclass(frozen=True, slots=True)
class Account:
    """One person.

    Parameters
    ----------
    member
        Code by which the record knows them.
    about
        What they say of themselves.
    handle
        Random bytes by which their authenticators know them (Web Authentication, user handle).
    made
        When the account was made.
    joins, inviter
        The place they are still to join, and who vouches; empty once they have joined.
    """

    member: str
    about: About
    handle: bytes
    made: datetime
    joins: str = ""
    inviter: str = ""


class Accounts(Keeping):
    """All accounts."""

    def new_code(self) -> str:
        """Return a code that no account has."""
        with reading(self._engine) as connection:
            while True:
                code = member_code(self._chance)
                if connection.scalar(select(ACCOUNTS.c.member).where(ACCOUNTS.c.member == code)) is None:
                    return code

    def handle(self) -> bytes:
        """Return a new handle."""
        return self._chance(HANDLE_BYTES)

    def make(self, account: Account) -> None:
        """Make an account.

        Raises
        ------
        BadInput
            If there is one of this member, or somebody else bears the name.
        """
        with writing(self._engine) as connection:
            add_account(connection, account)

    def find(self, member: str) -> Account | None:
        """Return the account of a member."""
        with reading(self._engine) as connection:
            row = connection.execute(select(ACCOUNTS).where(ACCOUNTS.c.member == member)).one_or_none()
        return None if row is None else account_of(row)

    def all(self) -> tuple[Account, ...]:
        """Return all accounts by their codes."""
        with reading(self._engine) as connection:
            return tuple(account_of(row) for row in connection.execute(select(ACCOUNTS).order_by(ACCOUNTS.c.member)))

    def names(self, members: Iterable[str]) -> dict[str, str]:
        """Return the names of those members who gave one."""
        asked: Sequence[str] = tuple(members)
        found: dict[str, str] = {}
        with reading(self._engine) as connection:
            for start in range(0, len(asked), 500):
                some = ACCOUNTS.c.member.in_(asked[start : start + 500])
                rows = connection.execute(select(ACCOUNTS.c.member, ACCOUNTS.c.name).where(some, ACCOUNTS.c.name != ""))
                found |= {row.member: row.name for row in rows}
        return found

    def change(self, member: str, about: About) -> None:
        """Change what a person says of themselves.

        Raises
        ------
        BadInput
            If somebody else bears the name.
        """
        values = {"name": about.name, "name_key": name_key(about.name), "email": about.email}
        try:
            with writing(self._engine) as connection:
                changed = update(ACCOUNTS).where(ACCOUNTS.c.member == member)
                connection.execute(changed.values(**values, language=about.language))
        except IntegrityError:
            raise _taken() from None

    def joined(self, member: str) -> None:
        """Note that a person has joined the place they were invited to."""
        with writing(self._engine) as connection:
            connection.execute(update(ACCOUNTS).where(ACCOUNTS.c.member == member).values(joins=None, inviter=None))

    def drop(self, member: str) -> bool:
        """Take an account away with everything that hangs on it."""
        with writing(self._engine) as connection:
            return connection.execute(delete(ACCOUNTS).where(ACCOUNTS.c.member == member)).rowcount > 0


def add_account(connection: Connection, account: Account) -> None:
    """Write an account inside a transaction.

    Raises
    ------
    BadInput
        If there is one of this member, or somebody else bears the name.
    """
    if connection.scalar(select(ACCOUNTS.c.member).where(ACCOUNTS.c.member == account.member)) is not None:
        raise refusal("account-there", "account", "one of this member", "one account a member", "sign in instead")
    key = name_key(account.about.name)
    if key and connection.scalar(select(ACCOUNTS.c.member).where(ACCOUNTS.c.name_key == key)) is not None:
        raise _taken()
    try:
        connection.execute(
            insert(ACCOUNTS).values(
                member=account.member,
                name=account.about.name,
                name_key=key,
                email=account.about.email,
                language=account.about.language,
                handle=account.handle,
                made=seconds(account.made),
                joins=account.joins or None,
                inviter=account.inviter or None,
            )
        )
    except IntegrityError:  # somebody was quicker, on PostgreSQL
        raise _taken() from None


def account_of(row: Row[Any]) -> Account:
    """Return the account that a row holds."""
    about = About(row.name, row.email, row.language)
    return Account(row.member, about, bytes(row.handle), moment(row.made), row.joins or "", row.inviter or "")


def name_key(name: str) -> str | None:
    """Return what two names have in common that look alike; nothing for no name.

    >>> name_key("Ada  LOVELACE") == name_key("ada lovelace")
    True
    """
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split()) or None


def _name_faults(name: str) -> list[Fault]:
    where, remedy = "name", "correct it, or leave it empty: then only your code is shown"
    if not name:
        return []
    if len(name) > LONGEST_NAME or name != name.strip() or any(_unseen(letter) for letter in name):
        expected = f"up to {LONGEST_NAME} visible letters, none of them outer spaces"
        return [Fault("name-wrong", where, ascii(name[:LONGEST_NAME]), expected, remedy)]
    if _CODE.fullmatch(name_key(name) or ""):
        return [Fault("name-like-code", where, name, "a name that is no member's code", remedy)]
    return []


def _unseen(letter: str) -> bool:
    """Say whether a letter cannot be seen, or turns others round."""
    return letter != " " and unicodedata.category(letter)[0] in "CZ"


def _taken() -> BadInput:
    remedy = "add a word that tells you apart"
    return refusal("name-taken", "name", "the name of somebody else", "a name of one's own", remedy)
