"""The table of work in the background, in the record's database but no part of the record.

Beside it are those that huey's SQL queue works on (``huey.contrib.sql_huey``). The same revisions make them, instead of
huey, which would not know of later changes; a test holds them to what it would make.
"""

from typing import Final

import sqlalchemy as sa

METADATA: Final = sa.MetaData()

JOBS: Final = sa.Table(
    "jobs",
    METADATA,
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
)
"""One row a job: see :class:`newcourse.web.jobs.store.Job`."""
