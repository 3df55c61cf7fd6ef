"""The tables of the record (design §3); ``migrations/`` makes them and forbids the database to change their rows."""

from typing import Final

from sqlalchemy import BigInteger, CheckConstraint, Column, Integer, LargeBinary, MetaData, String, Table, Text

METADATA: Final = MetaData()

# SQLite makes the key the row's own number only if its type is exactly INTEGER.
NUMBER: Final = BigInteger().with_variant(Integer(), "sqlite")

ENTRIES: Final = Table(
    "entries",
    METADATA,
    Column("sequence", NUMBER, primary_key=True, autoincrement=False),
    Column("at", String(27), nullable=False),
    Column("actor", Text, nullable=False),
    Column("act", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("previous", String(64), nullable=False, unique=True),
    Column("hash", String(64), nullable=False, unique=True),
)
"""One row an entry, every field as the text that was hashed. ``previous`` is unique: the chain cannot fork."""

HEAD: Final = Table(
    "head",
    METADATA,
    Column("id", Integer, CheckConstraint("id = 1", name="one_head"), primary_key=True, autoincrement=False),
    Column("sequence", NUMBER, nullable=False),
    Column("hash", String(64), nullable=False),
)
"""The single row that says where the record ends; whoever appends holds it."""

ARTEFACTS: Final = Table(
    "artefacts",
    METADATA,
    Column("hash", String(64), primary_key=True),
    Column("kind", Text, nullable=False),
    Column("media_type", Text, nullable=False),
    Column("encoding", Text, nullable=False),
    Column("size", NUMBER, nullable=False),
    Column("content", LargeBinary, nullable=False),
)
"""Big things that entries cite, such as economies and plans, under the SHA-256 of their content."""
