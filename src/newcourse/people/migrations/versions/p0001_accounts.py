"""Accounts, their passkeys and sessions, codes, and ceremonies under way."""

import sqlalchemy as sa
from alembic import op

from newcourse.people.migrations.guards import require_empty

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "accounts",
        sa.Column("member", sa.Text, primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("name_key", sa.Text, unique=True),
        sa.Column("email", sa.Text, nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("handle", sa.LargeBinary, nullable=False, unique=True),
        sa.Column("made", NUMBER, nullable=False),
        sa.Column("joins", sa.Text),
        sa.Column("inviter", sa.Text),
    )
    op.create_table(
        "passkeys",
        sa.Column("credential", sa.Text, primary_key=True),
        sa.Column("member", sa.Text, sa.ForeignKey("accounts.member", ondelete="CASCADE"), nullable=False, index=True),
        sa.Column("public_key", sa.LargeBinary, nullable=False),
        sa.Column("counter", NUMBER, nullable=False),
        sa.Column("label", sa.Text, nullable=False),
        sa.Column("made", NUMBER, nullable=False),
        sa.Column("used", NUMBER),
    )
    _make_ceremonies()
    _make_sessions()


def _make_ceremonies() -> None:
    op.create_table(
        "challenges",
        sa.Column("hash", sa.String(64), primary_key=True),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("data", sa.Text, nullable=False),
        sa.Column("expires", NUMBER, nullable=False, index=True),
    )
    op.create_table(
        "codes",
        sa.Column("hash", sa.String(64), primary_key=True),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("place", sa.Text, nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("member", sa.Text, nullable=False),
        sa.Column("made", NUMBER, nullable=False),
        sa.Column("expires", NUMBER, nullable=False, index=True),
        sa.Column("used", NUMBER),
    )


def _make_sessions() -> None:
    op.create_table(
        "sessions",
        sa.Column("session", sa.Text, primary_key=True),
        sa.Column("member", sa.Text, sa.ForeignKey("accounts.member", ondelete="CASCADE"), nullable=False, index=True),
        sa.Column("hash", sa.String(64), nullable=False, unique=True),
        sa.Column("previous", sa.String(64), unique=True),
        sa.Column("csrf", sa.Text, nullable=False),
        sa.Column("agent", sa.Text, nullable=False),
        sa.Column("made", NUMBER, nullable=False),
        sa.Column("seen", NUMBER, nullable=False),
        sa.Column("rotated", NUMBER, nullable=False),
        sa.Column("expires", NUMBER, nullable=False, index=True),
    )


def downgrade() -> None:
    """Take the tables away where nobody has an account."""
    require_empty("accounts")
    for table in ("sessions", "codes", "challenges", "passkeys", "accounts"):
        op.drop_table(table)
