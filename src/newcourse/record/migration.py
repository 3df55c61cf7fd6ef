"""Brings the tables of the record up to this version, or back (design §13)."""

from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text

from newcourse.errors import BadInput, Fault
from newcourse.record.database import reaching, writing

VERSION_TABLE: Final = "record_revision"

# Any number will do, as long as every process takes the same (here: the letters "newcours" as bytes).
_POSTGRESQL_LOCK: Final = int.from_bytes(b"newcours", "big", signed=True)


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Make or renew the tables; do nothing if they are as they should be. Safe for several processes at once.

    Raises
    ------
    BadInput
        If the database was made by a newer version.
    """
    with reaching(engine):
        if revision == "head" and current(engine) == _scripts().get_current_head():
            return
        with writing(engine).begin() as connection:
            _lock(connection)
            command.upgrade(_config(connection), revision)


def downgrade(engine: Engine, revision: str) -> None:
    """Go back to an older revision, if nothing on the record would be forgotten.

    Raises
    ------
    BadInput
        If a table that would be taken away holds anything.
    """
    with reaching(engine), writing(engine).begin() as connection:
        _lock(connection)
        command.downgrade(_config(connection), revision)


def require_newest(engine: Engine) -> None:
    """Change nothing, not even make the file of an SQLite database.

    Raises
    ------
    BadInput
        If the database has no tables of the record, or not those of this version.
    """
    where = engine.url.render_as_string()
    file = engine.url.database
    if engine.dialect.name == "sqlite" and not (file and Path(file).is_file()):
        raise BadInput(
            Fault("record-missing", where, "no such file", "the SQLite file of a record", "correct the path")
        )
    with reaching(engine):
        revision = current(engine)
    newest = _scripts().get_current_head()
    if revision is None:
        raise BadInput(Fault("record-missing", where, "a database without a record", "a record", "correct the address"))
    if revision != newest:
        found, expected = f"the tables of revision {revision}", f"those of revision {newest}"
        raise BadInput(Fault("record-older", where, found, expected, "open it once for writing, which renews them"))


def current(engine: Engine) -> str | None:
    """Return the revision of a database, ``None`` for one without the tables of the record.

    Raises
    ------
    BadInput
        If this version does not know that revision.
    """
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE})
        revision = context.get_current_revision()
    known = {script.revision for script in _scripts().walk_revisions()}
    if revision is not None and revision not in known:
        raise BadInput(
            Fault(
                "record-newer",
                engine.url.render_as_string(),
                f"revision {revision}",
                f"one of {', '.join(sorted(known))}",
                "use the version of New Course that made this database, or a later one",
            )
        )
    return revision


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", "newcourse.record:migrations")
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def _scripts() -> ScriptDirectory:
    return ScriptDirectory.from_config(_config())


def _lock(connection: Connection) -> None:
    # SQLite's BEGIN IMMEDIATE already holds the only lock there is.
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _POSTGRESQL_LOCK})
