"""Brings the tables of people up to this version, or back."""

from typing import Final

from sqlalchemy import Connection, Engine, text

from newcourse.databases.revising import Revisions
from newcourse.people.database import SCHEMA, make_private

REVISIONS: Final = Revisions("people", "newcourse.people:migrations", "people_revision", b"ncpeople")


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Make or renew the tables, where only their owner may read them.

    Raises
    ------
    BadInput
        If the database was made by a newer version.
    """
    make_private(engine)
    REVISIONS.upgrade(engine, revision, _make_schema)


def _make_schema(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}"))
