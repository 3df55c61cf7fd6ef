"""The chain of entries and its head."""

import sqlalchemy as sa
from alembic import op

from newcourse.record.migrations.guards import (
    drop_refusal,
    make_refusal,
    only_forwards,
    refuse_changes,
    require_empty,
)

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make both tables; the head of an empty record is sixty-four zeros."""
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "entries",
        sa.Column("sequence", number, primary_key=True, autoincrement=False),
        sa.Column("at", sa.String(27), nullable=False),
        sa.Column("actor", sa.Text, nullable=False),
        sa.Column("act", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("previous", sa.String(64), nullable=False, unique=True),
        sa.Column("hash", sa.String(64), nullable=False, unique=True),
    )
    head = op.create_table(
        "head",
        sa.Column(
            "id", sa.Integer, sa.CheckConstraint("id = 1", name="one_head"), primary_key=True, autoincrement=False
        ),
        sa.Column("sequence", number, nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
    )
    op.bulk_insert(head, [{"id": 1, "sequence": 0, "hash": "0" * 64}])
    make_refusal()
    refuse_changes("entries", ("sequence", "previous", "hash"))
    only_forwards("head")


def downgrade() -> None:
    """Take an empty record away."""
    require_empty("entries")
    op.drop_table("head")
    op.drop_table("entries")
    drop_refusal()
