"""Opens SQLite and PostgreSQL so that both keep what was acknowledged (design §13).

SQLite runs in write-ahead mode with full synchronisation: readers never wait, and what was committed survives a
crash. Its driver would start transactions late and for reading only, where two writers can fail halfway; so they are
started here, for writing at once (``BEGIN IMMEDIATE``) on the engine of :func:`writing`.
"""

import importlib.util
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError

from newcourse.errors import BadInput, Fault, NewCourseError

WAIT_SECONDS: Final = 60
_WRITES: Final = "newcourse_writes"


def engine_for(where: str | Path) -> Engine:
    """Make the engine of a database, without connecting yet.

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
                "driver-missing",
                url.render_as_string(),
                "psycopg is not installed",
                "the driver for PostgreSQL",
                "pip install 'newcourse[postgresql]'",
            )
        )
    return create_engine(url.set(drivername="postgresql+psycopg"), isolation_level="READ COMMITTED")


def writing(engine: Engine) -> Engine:
    """Return the engine whose transactions may write from their first statement on."""
    return engine.execution_options(**{_WRITES: True})


@contextmanager
def snapshot(engine: Engine) -> Iterator[Connection]:
    """Give a connection that reads one state of the database, whatever others append meanwhile."""
    level = {"isolation_level": "REPEATABLE READ"} if engine.dialect.name == "postgresql" else {}
    with reaching(engine), engine.connect().execution_options(**level) as connection, connection.begin():
        yield connection


@contextmanager
def reaching(engine: Engine, what: str = "record") -> Iterator[None]:
    """Say in our words that the database of something cannot be reached, is busy, or is no database."""
    try:
        yield
    except DBAPIError as error:
        no_database = isinstance(error.orig, sqlite3.DatabaseError) and type(error.orig) is sqlite3.DatabaseError
        if not (isinstance(error, OperationalError) or no_database):
            raise
        raise NewCourseError(
            Fault(
                f"{what}-unavailable",
                engine.url.render_as_string(),
                str(error.orig).strip(),
                "a database that answers",
                "see that path or server, rights and name are right, and that no other program holds it locked",
            )
        ) from error


def lock(connection: Connection, key: bytes) -> None:
    """Wait until no other process holds the key, eight bytes; SQLite's writers are alone already."""
    if connection.dialect.name == "postgresql":
        number = int.from_bytes(key, "big", signed=True)
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": number})


def _url(where: str | Path) -> URL:
    if isinstance(where, Path) or "://" not in where:
        return URL.create("sqlite", database=str(where))
    try:
        url = make_url(where)
    except ArgumentError as error:
        raise _no_database("the address given", str(error)) from error
    if url.drivername == "postgres":  # an alias that other programs still write
        url = url.set(drivername="postgresql")
    if url.drivername not in ("sqlite", "sqlite+pysqlite", "postgresql", "postgresql+psycopg"):
        raise _no_database(url.render_as_string(), f"the database {url.drivername}")
    return url


def _no_database(where: str, found: str) -> BadInput:
    return BadInput(
        Fault(
            "database-unknown",
            where,
            found,
            "a path, sqlite:///file or postgresql://user@host/name",
            "give one of these",
        )
    )


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # transactions are begun by _begin_sqlite
    # Bytes that are not UTF-8 must reach the verification, which names the entry, instead of stopping it.
    connection.text_factory = lambda raw: raw.decode("utf-8", "surrogateescape")
    for pragma in (
        f"busy_timeout = {WAIT_SECONDS * 1000}",
        "journal_mode = WAL",
        "synchronous = FULL",
        "foreign_keys = ON",
        "recursive_triggers = ON",
        "secure_delete = ON",  # what is erased from the vault is overwritten
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get(_WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
