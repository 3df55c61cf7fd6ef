"""Codes that are good once: invitations, the setup code of an empty federation, sign-in links."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, Literal

from sqlalchemy import Connection, Row, delete, insert, select, update

from newcourse.people.accounts import Account, add_account
from newcourse.people.database import reading, writing
from newcourse.people.keeping import Keeping
from newcourse.people.schema import CODES, moment, seconds
from newcourse.people.secret import hashed, refusal, spoken_code

Kind = Literal["invitation", "setup", "link"]

LIVES: Final[dict[Kind, timedelta]] = {
    "invitation": timedelta(days=14),
    "setup": timedelta(days=2),
    "link": timedelta(minutes=15),
}
"""How long a code is good."""


@dataclass(frozen=True, slots=True)
class Code:
    """What a code is for; never the code itself.

    Parameters
    ----------
    key
        Under what it is stored: its hash, by which it can be named without being told.
    kind
        Invitation to a place, first sign-up of an empty federation, or sign-in of one member.
    place
        Where an invitation leads to.
    by
        Who invited.
    member
        Who used it, or whom a link signs in.
    made, expires, used
        When; ``used`` is ``None`` while it is good.
    """

    key: str
    kind: Kind
    place: str
    by: str
    member: str
    made: datetime
    expires: datetime
    used: datetime | None = None


class Codes(Keeping):
    """All codes."""

    def invite(self, by: str, place: str, at: datetime, life: timedelta = LIVES["invitation"]) -> str:
        """Return an invitation to a place, to be handed on by who vouches for the newcomer.

        Whether they may vouch for anybody there is asked when it is used, not here.
        """
        return self._new("invitation", at, life, place=place, by=by)

    def setup(self, at: datetime) -> str:
        """Return the code with which the first person signs up; the one before is good no more."""
        with writing(self._engine) as connection:
            connection.execute(delete(CODES).where(CODES.c.kind == "setup", CODES.c.used.is_(None)))
        return self._new("setup", at, LIVES["setup"])

    def link(self, member: str, at: datetime, life: timedelta = LIVES["link"]) -> str:
        """Return a code that signs a member in once, without a passkey."""
        return self._new("link", at, life, member=member)

    def find(self, code: str, at: datetime, *kinds: Kind) -> Code:
        """Return what a code is for.

        Raises
        ------
        BadInput
            If it is none of these kinds, was used, or its time is over; all said alike.
        """
        return self.known(hashed(code), at, *kinds)

    def known(self, key: str, at: datetime, *kinds: Kind) -> Code:
        """Return what a code is for that was found before; see :meth:`find`."""
        with reading(self._engine) as connection:
            return _good(connection, key, at, kinds)

    def open(self, by: str, at: datetime) -> tuple[Code, ...]:
        """Return somebody's invitations that nobody has used yet."""
        rows = select(CODES).where(CODES.c.by == by, CODES.c.used.is_(None), CODES.c.expires > seconds(at))
        with reading(self._engine) as connection:
            return tuple(_code(row) for row in connection.execute(rows.order_by(CODES.c.made)))

    def sign_up(self, key: str, account: Account, prove: Callable[[Connection], None], at: datetime) -> Code:
        """Use an invitation or the setup code for a new account; all of it happens, or nothing.

        Parameters
        ----------
        key
            The code, as it is stored.
        account
            Whom it signs up.
        prove
            Writes by what they will sign in, a passkey or an identity, in the same transaction.
        at
            When.

        Raises
        ------
        BadInput
            If the code is not good, there is such an account, or somebody else bears the name.
        """
        with writing(self._engine) as connection:
            found = _good(connection, key, at, ("invitation", "setup"))
            _use(connection, key, at, account.member)
            add_account(connection, account)
            prove(connection)
        return found

    def use_link(self, code: str, at: datetime) -> str:
        """Use a sign-in link; return whom it signs in.

        Raises
        ------
        BadInput
            If the code is not good.
        """
        with writing(self._engine) as connection:
            found = _good(connection, hashed(code), at, ("link",))
            _use(connection, found.key, at, found.member)
        return found.member

    def _new(self, kind: Kind, at: datetime, life: timedelta, place: str = "", by: str = "", member: str = "") -> str:
        code = spoken_code(self._chance)
        with writing(self._engine) as connection:
            connection.execute(
                insert(CODES).values(
                    hash=hashed(code), kind=kind, place=place, by=by, member=member,
                    made=seconds(at), expires=seconds(at + life), used=None,
                )
            )  # fmt: skip
        return code


def forget_codes(connection: Connection, member: str) -> None:
    """Take away every code that a member made, used, or could use."""
    connection.execute(delete(CODES).where((CODES.c.by == member) | (CODES.c.member == member)))


def _good(connection: Connection, key: str, at: datetime, kinds: tuple[Kind, ...]) -> Code:
    row = connection.execute(select(CODES).where(CODES.c.hash == key)).one_or_none()
    if row is None or row.kind not in kinds or row.used is not None or row.expires <= seconds(at):
        found = "a code that is unknown, was used, or whose time is over"
        raise refusal("code-spent", "code", found, "a code that is good", "ask whoever gave it for a new one")
    return _code(row)


def _use(connection: Connection, key: str, at: datetime, member: str) -> None:
    """Spend a code; on PostgreSQL two may have found it good, and one of them is refused here."""
    unused = update(CODES).where(CODES.c.hash == key, CODES.c.used.is_(None))
    if connection.execute(unused.values(used=seconds(at), member=member)).rowcount != 1:
        raise refusal("code-spent", "code", "a code that was used", "a code that is good", "ask for a new one")


def _code(row: Row[Any]) -> Code:
    used = None if row.used is None else moment(row.used)
    return Code(row.hash, row.kind, row.place, row.by, row.member, moment(row.made), moment(row.expires), used)
