"""Records named on a command line: a database, or a file of exported entries."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from newcourse.errors import BadInput, Fault

if TYPE_CHECKING:
    from newcourse.record.store import Record
    from newcourse.record.verify import Head

Database = Annotated[
    str, typer.Argument(metavar="DATABASE", help="SQLite file, or an address such as postgresql://user@host/name.")
]


def record_at(where: str) -> "Record":
    """Return the record of a database that is there already; nothing is made or changed.

    Raises
    ------
    BadInput
        If there is no record of this version.
    """
    from newcourse.record.store import open_record

    require_there(where)
    return open_record(where, make=False)


def require_there(where: str) -> None:
    """Raise ``BadInput`` where a file is named and there is none."""
    path = file_of(where)
    if path is not None and not path.is_file():
        raise BadInput(
            Fault("record-missing", where, "no such file", "the SQLite file of a record", "correct the path")
        )


def file_of(where: str) -> Path | None:
    """Return the file that an address means, if it means one.

    >>> file_of("sqlite:///town.sqlite"), file_of("postgresql://host/town")
    (PosixPath('town.sqlite'), None)
    """
    if where.startswith("sqlite:///"):
        return Path(where.removeprefix("sqlite:///"))
    return None if "://" in where else Path(where)


def is_exported(where: str) -> bool:
    """Return whether this is a file of exported entries: one that is there and is no SQLite file."""
    path = file_of(where)
    if path is None or not path.is_file():
        return False
    with path.open("rb") as file:
        return not file.read(16).startswith(b"SQLite format 3")


def read_note(path: Path) -> str:
    """Return the signed note in a file.

    Raises
    ------
    BadInput
        If there is no such file, or it holds no text.
    """
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(
            Fault(
                "note-unreadable",
                path.name,
                type(error).__name__,
                "a signed note",
                "newcourse record checkpoint gives one",
            )
        ) from error


def witness(text: str) -> "Head":
    """Return an end of a record as it was noted: number and hash of the last entry.

    Raises
    ------
    BadInput
        If it is not written so.
    """
    from newcourse.record.verify import Head

    count, _, digest = text.partition(":")
    if not (count.isdigit() and len(digest) == 64 and set(digest) <= set("0123456789abcdef")):
        raise BadInput(
            Fault(
                "witness-unreadable",
                "--witness",
                text,
                "NUMBER:HASH, as newcourse record verify prints it",
                "copy it again",
            )
        )
    return Head(int(count), digest)
