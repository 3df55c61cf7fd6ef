"""Identities at OpenID providers: whom a provider means by a subject."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select
from sqlalchemy.exc import IntegrityError

from newcourse.people.database import reading, writing
from newcourse.people.keeping import Keeping
from newcourse.people.schema import IDENTITIES, moment, seconds
from newcourse.people.secret import refusal


@dataclass(frozen=True, slots=True)
class Identity:
    """A subject of a provider (OpenID Connect Core 1.0, section 2: issuer and subject identify together)."""

    issuer: str
    subject: str
    made: datetime


class Identities(Keeping):
    """All identities."""

    def find(self, issuer: str, subject: str) -> str | None:
        """Return the member that a provider means."""
        this = select(IDENTITIES.c.member).where(IDENTITIES.c.issuer == issuer, IDENTITIES.c.subject == subject)
        with reading(self._engine) as connection:
            return connection.scalar(this)

    def add(self, member: str, issuer: str, subject: str, at: datetime) -> None:
        """Let a member sign in by an identity.

        Raises
        ------
        BadInput
            If somebody signs in by it already.
        """
        with writing(self._engine) as connection:
            add_identity(connection, member, issuer, subject, at)

    def all(self, member: str) -> tuple[Identity, ...]:
        """Return the identities of a member."""
        theirs = select(IDENTITIES).where(IDENTITIES.c.member == member).order_by(IDENTITIES.c.made)
        with reading(self._engine) as connection:
            rows = connection.execute(theirs).all()
        return tuple(Identity(row.issuer, row.subject, moment(row.made)) for row in rows)

    def remove(self, member: str, issuer: str) -> bool:
        """Let a member sign in by a provider no more; say whether they could."""
        theirs = delete(IDENTITIES).where(IDENTITIES.c.member == member, IDENTITIES.c.issuer == issuer)
        with writing(self._engine) as connection:
            return connection.execute(theirs).rowcount > 0


def add_identity(connection: Connection, member: str, issuer: str, subject: str, at: datetime) -> None:
    """Write an identity inside a transaction.

    Raises
    ------
    BadInput
        If somebody signs in by it already.
    """
    row = {"issuer": issuer, "subject": subject, "member": member, "made": seconds(at)}
    try:
        connection.execute(insert(IDENTITIES).values(**row))
    except IntegrityError:
        found = "an identity by which somebody signs in"
        raise refusal("identity-taken", "sign-in", found, "one that is nobody's yet", "sign in by it") from None
