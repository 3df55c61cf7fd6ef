"""The tables of people. Times are whole seconds since 1970, UTC; secrets are stored as hashes only."""

from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import BigInteger, Column, ForeignKey, Integer, LargeBinary, MetaData, String, Table, Text

METADATA: Final = MetaData()
NUMBER: Final = BigInteger().with_variant(Integer(), "sqlite")


def _member(*, nullable: bool = False, primary_key: bool = False) -> "Column[Any]":
    key = ForeignKey("accounts.member", ondelete="CASCADE")
    return Column("member", Text, key, nullable=nullable, primary_key=primary_key, index=not primary_key)


ACCOUNTS: Final = Table(
    "accounts",
    METADATA,
    Column("member", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("name_key", Text, unique=True),
    Column("email", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("handle", LargeBinary, nullable=False, unique=True),
    Column("made", NUMBER, nullable=False),
    Column("joins", Text),
    Column("inviter", Text),
)
"""One row a person. ``handle`` is what authenticators know them by; ``joins`` and ``inviter`` are set until they have
joined the place they were invited to."""

PASSKEYS: Final = Table(
    "passkeys",
    METADATA,
    Column("credential", Text, primary_key=True),
    _member(),
    Column("public_key", LargeBinary, nullable=False),
    Column("counter", NUMBER, nullable=False),
    Column("label", Text, nullable=False),
    Column("made", NUMBER, nullable=False),
    Column("used", NUMBER),
)
"""The public halves of passkeys. ``counter`` is the authenticator's own, so that a copied key is noticed."""

CHALLENGES: Final = Table(
    "challenges",
    METADATA,
    Column("hash", String(64), primary_key=True),
    Column("kind", Text, nullable=False),
    Column("data", Text, nullable=False),
    Column("expires", NUMBER, nullable=False, index=True),
)
"""Ceremonies begun and not ended; a row is taken away by the first who answers it."""

CODES: Final = Table(
    "codes",
    METADATA,
    Column("hash", String(64), primary_key=True),
    Column("kind", Text, nullable=False),
    Column("place", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("member", Text, nullable=False),
    Column("made", NUMBER, nullable=False),
    Column("expires", NUMBER, nullable=False, index=True),
    Column("used", NUMBER),
)
"""Invitations, the setup code and sign-in links. ``by`` invited; ``member`` used it, or is who a link signs in."""

SESSIONS: Final = Table(
    "sessions",
    METADATA,
    Column("session", Text, primary_key=True),
    _member(),
    Column("hash", String(64), nullable=False, unique=True),
    Column("previous", String(64), unique=True),
    Column("csrf", Text, nullable=False),
    Column("agent", Text, nullable=False),
    Column("made", NUMBER, nullable=False),
    Column("seen", NUMBER, nullable=False),
    Column("rotated", NUMBER, nullable=False),
    Column("expires", NUMBER, nullable=False, index=True),
)
"""Who is signed in. ``previous`` is the cookie before the last rotation, good for requests already on their way."""

TOKENS: Final = Table(
    "tokens",
    METADATA,
    Column("token", Text, primary_key=True),
    _member(),
    Column("hash", String(64), nullable=False, unique=True),
    Column("label", Text, nullable=False),
    Column("made", NUMBER, nullable=False),
    Column("expires", NUMBER, nullable=False),
    Column("used", NUMBER),
)
"""Bearer tokens for programs."""

IDENTITIES: Final = Table(
    "identities",
    METADATA,
    Column("issuer", Text, primary_key=True),
    Column("subject", Text, primary_key=True),
    _member(),
    Column("made", NUMBER, nullable=False),
)
"""Whom an OpenID provider means by a subject."""


def seconds(at: datetime) -> int:
    """Return a time as it is stored.

    >>> seconds(datetime(2030, 1, 1, tzinfo=UTC))
    1893456000
    """
    if at.tzinfo is None:
        raise ValueError("a time without a zone means nothing: pass UTC time")
    return int(at.timestamp())


def moment(stored: int) -> datetime:
    """Return a stored time."""
    return datetime.fromtimestamp(stored, UTC)
