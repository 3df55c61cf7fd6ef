"""Bearer tokens for programs, and identities at OpenID providers."""

import sqlalchemy as sa
from alembic import op

from newcourse.people.migrations.guards import require_empty

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "tokens",
        sa.Column("token", sa.Text, primary_key=True),
        sa.Column("member", sa.Text, sa.ForeignKey("accounts.member", ondelete="CASCADE"), nullable=False, index=True),
        sa.Column("hash", sa.String(64), nullable=False, unique=True),
        sa.Column("label", sa.Text, nullable=False),
        sa.Column("made", NUMBER, nullable=False),
        sa.Column("expires", NUMBER, nullable=False),
        sa.Column("used", NUMBER),
    )
    op.create_table(
        "identities",
        sa.Column("issuer", sa.Text, primary_key=True),
        sa.Column("subject", sa.Text, primary_key=True),
        sa.Column("member", sa.Text, sa.ForeignKey("accounts.member", ondelete="CASCADE"), nullable=False, index=True),
        sa.Column("made", NUMBER, nullable=False),
    )


def downgrade() -> None:
    """Take the tables away where they are empty."""
    require_empty("tokens", "identities")
    op.drop_table("identities")
    op.drop_table("tokens")
