"""Opens the database of people: an SQLite file that only its owner reads, or a schema on PostgreSQL (design §13).

It is never the record's: what is erased here must leave no trace, what stands there must never change. On SQLite,
erased rows are overwritten, and the log of changes is emptied after an erasure.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Engine, event

from newcourse.databases import opening

SCHEMA: Final = "people"
_WHAT: Final = "people"


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
    """Make the engine of a database of people, without connecting yet; see :mod:`newcourse.databases.opening`."""
    engine = opening.engine_for(where)
    if engine.dialect.name == "postgresql":
        event.listen(engine, "connect", _prepare_postgresql, insert=True)
    return engine


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """Give a connection whose transaction may write; on any error nothing of it remains."""
    with opening.reaching(engine, _WHAT), opening.writing(engine).begin() as connection:
        yield connection


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """Give a connection that only reads."""
    with opening.reaching(engine, _WHAT), engine.connect() as connection:
        yield connection


def make_private(engine: Engine) -> None:
    """Make an SQLite file that is not there yet so that only its owner may read it."""
    file = engine.url.database
    if engine.dialect.name == "sqlite" and file and not Path(file).exists():
        with suppress(OSError):  # where it cannot be made, connecting says why
            Path(file).touch(mode=0o600)


def empty_log(engine: Engine) -> None:
    """Leave nothing of erased rows in the log of changes that SQLite keeps beside its file."""
    if engine.dialect.name == "sqlite":
        with opening.reaching(engine, _WHAT), engine.connect() as connection:
            connection.rollback()
            driver: Any = connection.connection.driver_connection
            driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def _prepare_postgresql(connection: Any, _record: object) -> None:
    """Work in the schema of people, and see no other table."""
    before, connection.autocommit = connection.autocommit, True
    connection.execute(f"SET SESSION search_path TO {SCHEMA}")
    connection.autocommit = before
