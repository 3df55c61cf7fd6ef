"""Where the record of a demonstration goes: always a fresh one, never over one that is there."""

from pathlib import Path
from typing import Final

from newcourse.cli.records import file_of
from newcourse.errors import BadInput, Fault
from newcourse.record.store import Record, open_record

DEFAULT: Final = "newcourse-demo.sqlite"


def fresh_name(folder: Path) -> str:
    """Return a name that is free in the folder: the usual one, or that one with a number."""
    usual = folder / DEFAULT
    numbered = (usual.with_stem(f"{usual.stem}-{number}") for number in range(2, 10_000))
    free = next((path for path in (usual, *numbered) if not path.exists()), None)
    if free is None:
        raise BadInput(
            Fault(
                "path-taken", str(usual), "ten thousand demonstrations", "a free name", "remove those you do not need"
            )
        )
    return free.name if folder == Path() else str(free)


def fresh_record(where: str) -> Record:
    """Open a new record.

    Raises
    ------
    BadInput
        If there is one already: a file of that name, or a database with entries.
    """
    path = file_of(where)
    if path is not None and path.exists():
        raise BadInput(_taken(where, "a file of that name"))
    record = open_record(where)
    if count := record.head().count:
        record.close()
        raise BadInput(_taken(where, f"a record with {count} entries"))
    return record


def _taken(where: str, found: str) -> Fault:
    return Fault(
        "record-there", where, found, "a new file or an empty database", "give another --database, or move it away"
    )
