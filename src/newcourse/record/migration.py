"""Brings the tables of the record up to this version, or back (design §13)."""

from pathlib import Path
from typing import Final

from sqlalchemy import Engine

from newcourse.databases.revising import Revisions
from newcourse.errors import BadInput, Fault

REVISIONS: Final = Revisions("record", "newcourse.record:migrations", "record_revision", b"newcours")


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
    revision = REVISIONS.current(engine)
    newest = REVISIONS.newest
    if revision is None:
        raise BadInput(Fault("record-missing", where, "a database without a record", "a record", "correct the address"))
    if revision != newest:
        found, expected = f"the tables of revision {revision}", f"those of revision {newest}"
        raise BadInput(Fault("record-older", where, found, expected, "open it once for writing, which renews them"))
