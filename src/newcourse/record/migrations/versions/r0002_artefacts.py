"""Big things that entries cite, under the hash of their content."""

import sqlalchemy as sa
from alembic import op

from newcourse.record.migrations.guards import refuse_changes, require_empty

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "artefacts",
        sa.Column("hash", sa.String(64), primary_key=True),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("media_type", sa.Text, nullable=False),
        sa.Column("encoding", sa.Text, nullable=False),
        sa.Column("size", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
    )
    refuse_changes("artefacts", ("hash",))


def downgrade() -> None:
    """Take an empty table away."""
    require_empty("artefacts")
    op.drop_table("artefacts")
