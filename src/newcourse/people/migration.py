"""Brings the tables of people up to this version, or back."""

from typing import Final

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text

from newcourse.errors import BadInput, Fault
from newcourse.people.database import SCHEMA, lock, make_private, reaching, writing

VERSION_TABLE: Final = "people_revision"
_KEY: Final = int.from_bytes(b"ncpeople", "big", signed=True)


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Make or renew the tables; do nothing if they are as they should be. Safe for several processes at once.

    Raises
    ------
    BadInput
        If the database was made by a newer version.
    """
    make_private(engine)
    if revision == "head" and current(engine) == _scripts().get_current_head():
        return
    with writing(engine) as connection:
        lock(connection, _KEY)
        if connection.dialect.name == "postgresql":
            connection.execute(text(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}"))
        command.upgrade(_config(connection), revision)


def downgrade(engine: Engine, revision: str) -> None:
    """Go back to an older revision, if nobody would lose a way to sign in.

    Raises
    ------
    BadInput
        If a table that would be taken away holds anything.
    """
    with writing(engine) as connection:
        lock(connection, _KEY)
        command.downgrade(_config(connection), revision)


def current(engine: Engine) -> str | None:
    """Return the revision of a database, ``None`` for one without the tables of people.

    Raises
    ------
    BadInput
        If this version does not know that revision.
    """
    with reaching(engine), engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE})
        revision = context.get_current_revision()
    known = {script.revision for script in _scripts().walk_revisions()}
    if revision is not None and revision not in known:
        raise BadInput(
            Fault(
                "people-newer",
                engine.url.render_as_string(),
                f"revision {revision}",
                f"one of {', '.join(sorted(known))}",
                "use the version of New Course that made this database, or a later one",
            )
        )
    return revision


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", "newcourse.people:migrations")
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def _scripts() -> ScriptDirectory:
    return ScriptDirectory.from_config(_config())
