"""What the rows of a table beside the chain add up to, so that no row is changed, added or taken away unnoticed.

The entries are held by their chain and their tree. The rows of the other tables have no order; their hashes and that
of the number of changes are added, modulo 2²⁵⁶, and the sum is kept in the table ``totals``. It finds edits by hand,
not an owner of the database who mends the sum as well: against that stand the hashes which entries cite, signatures,
and witnesses.
"""

import hashlib
import json
from collections.abc import Iterable
from typing import Any, Final

from sqlalchemy import Connection, Table, bindparam, select, update

from newcourse.errors import Fault, Tampered
from newcourse.record.schema import ARTEFACTS, BOX, CHECKPOINTS, TOTALS, VAULT, WITNESSES

MODULUS: Final = 1 << 256

COUNTED: Final[dict[str, tuple[str, ...]]] = {
    "artefacts": ("hash", "kind", "media_type", "encoding", "size"),  # the content is held by its hash
    "box": ("token", "vote", "content"),
    "checkpoints": ("size", "at", "public_key", "note"),
    "vault": ("name", "content"),
    "witnesses": ("size", "name", "public_key", "signature"),
}
"""The columns of each table that its sum covers."""

TABLES: Final[dict[str, Table]] = {table.name: table for table in (ARTEFACTS, BOX, CHECKPOINTS, VAULT, WITNESSES)}

_READ: Final = select(TOTALS.c.changes, TOTALS.c.digest).where(TOTALS.c.name == bindparam("table"))
_WRITE: Final = (
    update(TOTALS)
    .where(TOTALS.c.name == bindparam("table"))
    .values(changes=bindparam("times"), digest=bindparam("sum"))
)


def row_number(values: Iterable[Any]) -> int:
    """Return the hash of one row as a number: SHA-256 of a JSON list of its fields, bytes as their SHA-256."""
    return int.from_bytes(hashlib.sha256(json.dumps([_plain(value) for value in values]).encode()).digest(), "big")


def count_change(connection: Connection, table: str, added: int, rows: int = 1) -> None:
    """Add to the sum of a table, or take from it what was erased.

    Parameters
    ----------
    connection
        Of the transaction that changes the table.
    table
        Its name.
    added
        :func:`row_number` of the new row, or the sum of several; negative for one that was erased.
    rows
        How many rows that is.

    Raises
    ------
    Tampered
        If the sum itself is not there, or is none.
    """
    row = connection.execute(_READ, {"table": table}).first()
    if row is None or not _is_total(row.changes, row.digest):
        raise Tampered(_fault(table, "no such row" if row is None else f"the row {tuple(row)!a}", "a number and a sum"))
    changes = row.changes + rows
    counted = row_number((table, changes)) - row_number((table, row.changes))
    total = f"{(int(row.digest, 16) + added + counted) % MODULUS:064x}"
    connection.execute(_WRITE, {"table": table, "times": changes, "sum": total})


def total_of(table: str, changes: int, rows: Iterable[Iterable[Any]]) -> tuple[int, str]:
    """Return how many rows there are, and what they and the number of changes add up to, in hexadecimal."""
    numbers = [row_number(row) for row in rows]
    return len(numbers), f"{(sum(numbers) + row_number((table, changes))) % MODULUS:064x}"


def counted_rows(connection: Connection, table: str) -> Iterable[Iterable[Any]]:
    """Read the columns of a table that its sum covers."""
    columns = [TABLES[table].c[name] for name in COUNTED[table]]
    return connection.execute(select(*columns).execution_options(yield_per=100))


def faults_of_totals(connection: Connection) -> list[Fault]:
    """Name every table that does not add up to its sum, and every row of the sums that should not be there."""
    stored = {row.name: row for row in connection.execute(select(TOTALS))}
    twice = connection.execute(select(TOTALS.c.name)).all()
    faults = [] if len(twice) == len(stored) else [_fault("totals", f"{len(twice)} rows", f"{len(COUNTED)} rows")]
    faults += [_fault("totals", f"a row for {name!a}", "none") for name in stored if name not in COUNTED]
    for table in COUNTED:
        row = stored.get(table)
        if row is None or not _is_total(row.changes, row.digest):
            faults.append(_fault(table, "no sum of its rows in the table totals", "a number of changes and a sum"))
            continue
        found, total = total_of(table, row.changes, counted_rows(connection, table))
        right = row.changes >= found if table == "vault" else row.changes == found
        if not right or row.digest != total:
            expected = f"{row.changes} changes and the sum {row.digest}, as the table totals says"
            faults.append(_fault(table, f"{found} rows that sum to {total}", expected))
    return faults


def _plain(value: object) -> object:
    if isinstance(value, bytes):
        return hashlib.sha256(value).hexdigest()
    return value if isinstance(value, str | int) else ascii(value)


def _is_total(changes: object, digest: object) -> bool:
    hexadecimal = isinstance(digest, str) and len(digest) == 64 and set(digest) <= set("0123456789abcdef")
    return isinstance(changes, int) and changes >= 0 and hexadecimal


def _fault(table: str, found: str, expected: str) -> Fault:
    return Fault(
        "rows-changed",
        f"table {table}",
        found,
        expected,
        "a row was changed, added or removed by hand: compare with a copy of the database",
    )
