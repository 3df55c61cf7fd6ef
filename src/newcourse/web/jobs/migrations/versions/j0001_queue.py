"""Jobs, and the tables of huey's queue.

They may be there already: before this revision the queue made them itself.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

TABLES = ("jobs", "kv", "schedule", "task", "counter")


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "jobs",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("act", sa.String(100), nullable=False),
        sa.Column("actor", sa.String(200), nullable=False),
        sa.Column("key", sa.String(200), nullable=False),
        sa.Column("what", sa.Text, nullable=False),
        sa.Column("back", sa.Text, nullable=False),
        sa.Column("asked", sa.String(40), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("stage", sa.Text, nullable=False),
        sa.Column("part", sa.Float, nullable=False),
        sa.Column("beat", sa.String(40), nullable=False),
        sa.Column("entry", sa.Integer, nullable=False),
        sa.Column("faults", sa.Text, nullable=False),
        sa.UniqueConstraint("actor", "key"),
        if_not_exists=True,
    )
    _make_queue()


def _make_queue() -> None:
    """Make what huey's SQL queue works on, as it would."""

    def text(name: str, *, key: bool = False) -> "sa.Column[str]":
        return sa.Column(name, sa.String(255), nullable=False, primary_key=key)

    def data(name: str) -> "sa.Column[bytes]":
        return sa.Column(name, sa.LargeBinary, nullable=False)

    moment = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table("kv", text("queue", key=True), text("key", key=True), data("value"), if_not_exists=True)
    op.create_table(
        "schedule",
        sa.Column("id", sa.Integer, primary_key=True),
        text("queue"),
        data("data"),
        sa.Column("timestamp", moment, nullable=False),
        if_not_exists=True,
    )
    op.create_index("schedule_queue_timestamp", "schedule", ["queue", "timestamp"], if_not_exists=True)
    op.create_table(
        "task",
        sa.Column("id", sa.Integer, primary_key=True),
        text("queue"),
        data("data"),
        sa.Column("priority", sa.REAL, nullable=False),
        if_not_exists=True,
    )
    op.create_index("task_priority_id", "task", [sa.text("priority DESC"), "id"], if_not_exists=True)
    op.create_table(
        "counter",
        text("queue", key=True),
        text("key", key=True),
        sa.Column("value", sa.Integer, nullable=False),
        if_not_exists=True,
    )


def downgrade() -> None:
    """Take the tables away: what waits was asked for and not done, and can be asked for again."""
    for table in TABLES:
        op.drop_table(table)
