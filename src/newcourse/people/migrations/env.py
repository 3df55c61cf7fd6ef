"""Where Alembic is told which connection to use: the one that :mod:`newcourse.people.migration` holds."""

from alembic import context

from newcourse.people.migration import VERSION_TABLE
from newcourse.people.schema import METADATA


def run() -> None:
    """Run the revisions asked for inside the transaction of the caller."""
    context.configure(
        connection=context.config.attributes["connection"],
        target_metadata=METADATA,
        version_table=VERSION_TABLE,
        transactional_ddl=True,
    )
    with context.begin_transaction():
        context.run_migrations()


# Alembic runs this file under a name of its own; imported as part of the package, it must do nothing.
if __name__ != "newcourse.people.migrations.env":
    run()
