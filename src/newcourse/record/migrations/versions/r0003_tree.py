"""The tree over the entries, signed checkpoints and their witnesses, the ballot box, the vault, and the sums."""

import hashlib
import json
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

from newcourse.record.entry import Claim
from newcourse.record.merkle import Edge, leaf_hash
from newcourse.record.migrations.guards import (
    only_more_changes,
    refuse_changes,
    refuse_changes_of,
    refuse_updates,
    require_empty,
)

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

BATCH = 1000
FIELDS = "sequence, at, actor, act, body, previous, hash"
LABELS = "hash, kind, media_type, encoding, size"


def upgrade() -> None:
    """Make the tables; build the tree over the entries there are, and the sum of the artefacts."""
    nodes = _make_tree()
    _grow(nodes)
    _make_signatures()
    _make_secrets()
    totals = op.create_table(
        "totals",
        sa.Column("name", sa.String(20), primary_key=True),
        sa.Column("changes", _number(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
    )
    empty = [_total(name, []) for name in ("box", "checkpoints", "vault", "witnesses")]
    op.bulk_insert(totals, [_total("artefacts", _rows(LABELS, "artefacts")), *empty])
    refuse_changes_of("nodes", ("level", "position"))
    refuse_changes("checkpoints", ("size",))
    refuse_changes_of("witnesses", ("size", "name"))
    refuse_changes("box", ("token",))
    refuse_updates("vault", "name")
    only_more_changes("totals")


def downgrade() -> None:
    """Take the tables away; the tree and the sums can be made again, the others must be empty."""
    for table in ("witnesses", "checkpoints", "box", "vault"):
        require_empty(table)
    for table in ("totals", "vault", "box", "witnesses", "checkpoints", "nodes"):
        op.drop_table(table)


def _make_tree() -> sa.Table:
    return op.create_table(
        "nodes",
        sa.Column("level", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("position", _number(), primary_key=True, autoincrement=False),
        sa.Column("hash", sa.LargeBinary, nullable=False),
        sqlite_with_rowid=False,
    )


def _make_signatures() -> None:
    op.create_table(
        "checkpoints",
        sa.Column("size", _number(), primary_key=True, autoincrement=False),
        sa.Column("at", sa.String(27), nullable=False),
        sa.Column("public_key", sa.LargeBinary, nullable=False),
        sa.Column("note", sa.Text, nullable=False),
    )
    op.create_table(
        "witnesses",
        sa.Column("size", _number(), primary_key=True, autoincrement=False),
        sa.Column("name", sa.String(200), primary_key=True),
        sa.Column("public_key", sa.LargeBinary, nullable=False),
        sa.Column("signature", sa.LargeBinary, nullable=False),
    )


def _make_secrets() -> None:
    op.create_table(
        "box",
        sa.Column("token", sa.String(64), primary_key=True),
        sa.Column("vote", sa.Text, nullable=False, index=True),
        sa.Column("content", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "vault",
        sa.Column("name", sa.String(200), primary_key=True),
        sa.Column("content", sa.LargeBinary, nullable=False),
    )


def _grow(nodes: sa.Table) -> None:
    """Store the tree up to the first row that is no entry in its place; the verification names that row."""
    edge = Edge()
    unwritten: list[dict[str, Any]] = []
    for row in _rows(FIELDS, "entries ORDER BY sequence"):
        claim = Claim(*row)
        if claim.sequence != edge.size + 1 or claim.malformed():
            break
        unwritten += [
            {"level": level, "position": position, "hash": hashed}
            for level, position, hashed in edge.grow(leaf_hash(claim.line))
        ]
        if len(unwritten) >= BATCH:
            op.bulk_insert(nodes, unwritten)
            unwritten = []
    op.bulk_insert(nodes, unwritten)


def _rows(fields: str, table: str) -> Sequence[Any]:
    return op.get_bind().execute(sa.text(f"SELECT {fields} FROM {table}")).all()  # noqa: S608 (own names)


def _total(table: str, rows: Sequence[Any]) -> dict[str, Any]:
    """Sum rows as newcourse.record.totals does."""
    numbers = [
        int.from_bytes(hashlib.sha256(json.dumps([_plain(value) for value in row]).encode()).digest(), "big")
        for row in [(table, len(rows)), *rows]
    ]
    return {"name": table, "changes": len(rows), "digest": f"{sum(numbers) % (1 << 256):064x}"}


def _plain(value: object) -> object:
    if isinstance(value, bytes):
        return hashlib.sha256(value).hexdigest()
    return value if isinstance(value, str | int) else ascii(value)


def _number() -> Any:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")
