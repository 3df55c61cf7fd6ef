"""Opens the database of people: an SQLite file that only its owner reads, or a schema on PostgreSQL (design §13).

It is never the record's: what is erased here must leave no trace, what stands there must never change. On SQLite,
erased rows are overwritten, and the log of changes is emptied after an erasure.
"""

import importlib.util
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, OperationalError

from newcourse.errors import BadInput, Fault, NewCourseError

SCHEMA: Final = "people"
WAIT_SECONDS: Final = 60
_WRITES: Final = "newcourse_writes"


def beside(record: str | Path) -> str:
    """Return where people are kept whose record is at an address.

    >>> beside("town.sqlite"), beside("sqlite:///town.sqlite")
    ('town.sqlite.people', 'sqlite:///town.sqlite.people')
    >>> beside("postgresql://host/town")  # in the schema "people" of the same database
    'postgresql://host/town'
    """
    where = str(record)
    return where if where.startswith("postgres") or where == "sqlite://" else f"{where}.people"


def engine_for(where: str | Path) -> Engine:
    """Make the engine of a database of people, without connecting yet.

    Parameters
    ----------
    where
        A path of an SQLite file, or an SQLAlchemy URL: ``sqlite:///file``, ``postgresql://user@host/name``.

    Raises
    ------
    BadInput
        If it is neither, or the driver for PostgreSQL is not installed.
    """
    url = _url(where)
    if url.get_backend_name() == "sqlite":
        engine = create_engine(url)
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    if importlib.util.find_spec("psycopg") is None:
        raise BadInput(
            Fault(
                "driver-missing", url.render_as_string(), "psycopg is not installed", "the driver for PostgreSQL",
                "pip install 'newcourse[postgresql]'",
            )
        )  # fmt: skip
    engine = create_engine(url.set(drivername="postgresql+psycopg"))
    event.listen(engine, "connect", _prepare_postgresql, insert=True)
    return engine


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """Give a connection whose transaction may write; on any error nothing of it remains."""
    with reaching(engine), engine.execution_options(**{_WRITES: True}).begin() as connection:
        yield connection


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """Give a connection that only reads."""
    with reaching(engine), engine.connect() as connection:
        yield connection


@contextmanager
def reaching(engine: Engine) -> Iterator[None]:
    """Say in our words that the database cannot be reached."""
    try:
        yield
    except OperationalError as error:
        raise NewCourseError(
            Fault(
                "people-unavailable",
                engine.url.render_as_string(),
                str(error.orig).strip(),
                "a database that answers",
                "see that path or server, rights and name are right, and that no other program holds it locked",
            )
        ) from error


def make_private(engine: Engine) -> None:
    """Make an SQLite file that is not there yet so that only its owner may read it."""
    file = engine.url.database
    if engine.dialect.name == "sqlite" and file and not Path(file).exists():
        with suppress(OSError):  # where it cannot be made, connecting says why
            Path(file).touch(mode=0o600)


def empty_log(engine: Engine) -> None:
    """Leave nothing of erased rows in the log of changes that SQLite keeps beside its file."""
    if engine.dialect.name == "sqlite":
        with reaching(engine), engine.connect() as connection:
            connection.rollback()
            driver: Any = connection.connection.driver_connection
            driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def lock(connection: Connection, key: int) -> None:
    """Wait until no other process holds the key; SQLite's writers are alone already."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": key})


def _url(where: str | Path) -> URL:
    if isinstance(where, Path) or "://" not in where:
        return URL.create("sqlite", database=str(where))
    try:
        url = make_url(where)
    except ArgumentError as error:
        raise _no_database("the address given", str(error)) from error
    if url.drivername == "postgres":
        url = url.set(drivername="postgresql")
    if url.drivername not in ("sqlite", "sqlite+pysqlite", "postgresql", "postgresql+psycopg"):
        raise _no_database(url.render_as_string(), f"the database {url.drivername}")
    return url


def _no_database(where: str, found: str) -> BadInput:
    expected = "a path, sqlite:///file or postgresql://user@host/name"
    return BadInput(Fault("database-unknown", where, found, expected, "give one of these"))


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # transactions are begun by _begin_sqlite
    for pragma in (
        f"busy_timeout = {WAIT_SECONDS * 1000}",
        "journal_mode = WAL",
        "synchronous = FULL",
        "foreign_keys = ON",
        "secure_delete = ON",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get(_WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _prepare_postgresql(connection: Any, _record: object) -> None:
    """Work in the schema of people, and see no other table."""
    before, connection.autocommit = connection.autocommit, True
    connection.execute(f"SET SESSION search_path TO {SCHEMA}")
    connection.autocommit = before
