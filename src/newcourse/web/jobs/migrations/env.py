"""Where Alembic is told which connection to use: the one that :mod:`newcourse.web.jobs.migration` holds."""

from newcourse.databases.revising import run_revisions
from newcourse.web.jobs.migration import REVISIONS
from newcourse.web.jobs.schema import METADATA

# Alembic runs this file under a name of its own; imported as part of the package, it must do nothing.
if __name__ != "newcourse.web.jobs.migrations.env":
    run_revisions(METADATA, REVISIONS.table)
