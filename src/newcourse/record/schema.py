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

NODES: Final = Table(
    "nodes",
    METADATA,
    Column("level", Integer, primary_key=True, autoincrement=False),
    Column("position", NUMBER, primary_key=True, autoincrement=False),
    Column("hash", LargeBinary, nullable=False),
    sqlite_with_rowid=False,
)
"""The complete subtrees of the tree over the entries: level 0 are the leaves (RFC 9162 §2.1)."""

CHECKPOINTS: Final = Table(
    "checkpoints",
    METADATA,
    Column("size", NUMBER, primary_key=True, autoincrement=False),
    Column("at", String(27), nullable=False),
    Column("public_key", LargeBinary, nullable=False),
    Column("note", Text, nullable=False),
)
"""One signed note a size at which the record was signed."""

WITNESSES: Final = Table(
    "witnesses",
    METADATA,
    Column("size", NUMBER, primary_key=True, autoincrement=False),
    Column("name", String(200), primary_key=True),
    Column("public_key", LargeBinary, nullable=False),
    Column("signature", LargeBinary, nullable=False),
)
"""Who else signed a checkpoint: the four bytes that name the key, and the signature."""

BOX: Final = Table(
    "box",
    METADATA,
    Column("token", String(64), primary_key=True),
    Column("vote", Text, nullable=False, index=True),
    Column("content", LargeBinary, nullable=False),
)
"""Secret casts until their vote is closed, under the SHA-256 of the token spent."""

VAULT: Final = Table(
    "vault",
    METADATA,
    Column("name", String(200), primary_key=True),
    Column("content", LargeBinary, nullable=False),
)
"""Secret keys: never exported, and the only rows that may be erased."""

TOTALS: Final = Table(
    "totals",
    METADATA,
    Column("name", String(20), primary_key=True),
    Column("changes", NUMBER, nullable=False),
    Column("digest", String(64), nullable=False),
)
"""For each table beside the chain: how often it was changed, and the sum of the hashes of its rows."""
