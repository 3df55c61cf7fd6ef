"""Reads the tables of the record and takes nothing in them on trust (design §8.3)."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from typing import Any, Final

from sqlalchemy import Connection, Row, Select, bindparam, select

from newcourse.errors import BadInput, Fault, Tampered
from newcourse.record.artefact import PREFIX, Artefact, is_address, unpacked
from newcourse.record.entry import GENESIS, Claim, Entry
from newcourse.record.schema import ARTEFACTS, ENTRIES, HEAD
from newcourse.record.verify import Head, verify

BATCH: Final = 1000

ALL_ENTRIES: Final[Select[Any]] = select(
    ENTRIES.c.sequence,
    ENTRIES.c.at,
    ENTRIES.c.actor,
    ENTRIES.c.act,
    ENTRIES.c.body,
    ENTRIES.c.previous,
    ENTRIES.c.hash,
).order_by(ENTRIES.c.sequence)

_HEAD: Final = select(HEAD.c.id, HEAD.c.sequence, HEAD.c.hash)

_AFTER: Final = ALL_ENTRIES.where(ENTRIES.c.sequence > bindparam("since")).limit(bindparam("most"))

_LAST: Final = select(ENTRIES.c.sequence, ENTRIES.c.hash).order_by(ENTRIES.c.sequence.desc()).limit(1)


def head_of(connection: Connection, *, hold: bool = False) -> Head:
    """Read where the record ends; ``hold`` makes every other writer wait until this transaction ends.

    Raises
    ------
    Tampered
        If there is not one such row.
    """
    rows = connection.execute(_HEAD.with_for_update() if hold else _HEAD).all()
    if len(rows) == 1 and rows[0].id == 1 and isinstance(rows[0].sequence, int) and isinstance(rows[0].hash, str):
        return Head(rows[0].sequence, rows[0].hash)
    found = f"{len(rows)} rows" if len(rows) != 1 else f"the row {tuple(rows[0])!a}"
    raise Tampered(
        Fault(
            "head-malformed", "table head", found, "one row, with id 1, a number and a hash", "restore it from a copy"
        )
    )


def require_sound_end(connection: Connection, head: Head) -> None:
    """Raise ``Tampered`` unless the last entry is the one that the head names."""
    row = connection.execute(_LAST).first()
    last, found = (0, GENESIS) if row is None else (row.sequence, row.hash)
    if (last, found) != (head.count, head.hash):
        raise Tampered(
            Fault(
                "head-differs",
                "the end of the record",
                f"entry {last} with the hash {found}",
                f"entry {head.count} with the hash {head.hash}, as the table head says",
                "run the verification, and restore what it names before anything is added",
            )
        )


def claims_after(connection: Connection, since: int, limit: int) -> list[Claim]:
    """Read up to ``limit`` rows after entry ``since``, unchecked."""
    return [claim_of(row) for row in connection.execute(_AFTER, {"since": since, "most": limit})]


def claim_of(row: Row[Any]) -> Claim:
    """Take a row of the table of entries at its word."""
    return Claim(row.sequence, row.at, row.actor, row.act, row.body, row.previous, row.hash)


def entries_after(connect: Callable[[], AbstractContextManager[Connection]], since: int) -> Iterator[Entry]:
    """Read the entries after number ``since``, each checked by itself and against the one before.

    Parameters
    ----------
    connect
        Opens a connection for one batch of rows, so that none is held while the reader works.
    since
        Number of the last entry already known, 0 for none.

    Raises
    ------
    BadInput
        If the record is shorter than ``since``.
    Tampered
        If an entry was changed, or is missing.
    """
    with connect() as connection:
        head = head_of(connection)
        before = claims_after(connection, since - 1, 1) if since else []
    if not 0 <= since <= head.count:
        raise BadInput(
            Fault(
                "since-beyond-end", "entries", f"since {since}", f"0 to {head.count}", "read this record from its start"
            )
        )
    expected = Head(since, before[0].hash if before else GENESIS)
    while True:
        with connect() as connection:
            batch = claims_after(connection, expected.count, BATCH)
        if not batch:
            break
        for claim in batch:
            yield _next_entry(claim, expected)
            expected = Head(claim.sequence, claim.hash)
    if expected.count < head.count:
        verify([], expected_count=head.count).require()


def _next_entry(claim: Claim, before: Head) -> Entry:
    entry = Entry.from_claim(claim)
    if (entry.sequence, entry.previous) != (before.count + 1, before.hash):
        raise Tampered(
            Fault(
                "link-broken",
                f"entry {entry.sequence}",
                f"it follows the hash {entry.previous}",
                f"entry {before.count + 1}, following the hash {before.hash}",
                "run the verification, and restore what it names",
            )
        )
    return entry


def has_artefact(connection: Connection, address: str) -> bool:
    """Say whether something is kept under an address."""
    query = select(ARTEFACTS.c.hash).where(ARTEFACTS.c.hash == address.removeprefix(PREFIX))
    return connection.execute(query).first() is not None


def artefact_at(connection: Connection, address: str) -> Artefact:
    """Read what is kept under an address.

    Raises
    ------
    BadInput
        If nothing is, or the address is none.
    Tampered
        If the content is not what the address names.
    """
    query = select(ARTEFACTS).where(ARTEFACTS.c.hash == address.removeprefix(PREFIX))
    rows = connection.execute(query).all() if is_address(address) else []
    if not rows:
        raise BadInput(
            Fault(
                "artefact-unknown",
                address,
                "nothing kept under this address",
                "an address that keeping gave",
                "see the entry that should cite it; if it does, the artefact was removed",
            )
        )
    # Several rows can only be where the key was taken off; then every one of them is held to the address.
    contents = [unpacked(address, row.encoding, row.size, row.content) for row in rows]
    return Artefact(rows[0].kind, rows[0].media_type, contents[0])


def addresses(connection: Connection, kinds: Iterable[str] | None = None) -> list[str]:
    """Return all addresses under which something is kept, or something of some kinds."""
    query = select(ARTEFACTS.c.hash).distinct().order_by(ARTEFACTS.c.hash)
    if kinds is not None:
        query = query.where(ARTEFACTS.c.kind.in_(list(kinds)))
    return [f"{PREFIX}{row.hash}" for row in connection.execute(query)]
