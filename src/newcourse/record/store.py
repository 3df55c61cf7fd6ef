"""The record on a database, SQLite or PostgreSQL (design §3, §8.3).

>>> from datetime import UTC, datetime
>>> with open_record("sqlite://") as record:  # in memory, gone when closed
...     with record.transaction() as draft:
...         plan = draft.keep("plan", "application/json", b'{"bread":7}')
...         entry = draft.append("plan-adopted", "congress", {"plan": plan}, datetime(2026, 5, 1, tzinfo=UTC))
...     print(record.verify().ok, record.head().count, record.fetch(entry.body["plan"]).content)
True 1 b'{"bread":7}'
"""

import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from sqlalchemy import Connection, Engine

from newcourse.databases.opening import engine_for, reaching, snapshot, writing
from newcourse.record import box, signed, vault
from newcourse.record.artefact import Artefact
from newcourse.record.draft import Draft
from newcourse.record.entry import Entry
from newcourse.record.merkle import Edge, consistency_proof, inclusion_proof
from newcourse.record.migration import REVISIONS, require_newest
from newcourse.record.receipt import receipts_of
from newcourse.record.rows import addresses, artefact_at, entries_after, head_of
from newcourse.record.signed import SignedCheckpoint
from newcourse.record.soundness import verify_database
from newcourse.record.tree import proved, require_entry, require_size
from newcourse.record.verify import Head, Verification


def open_record(where: str | Path, *, make: bool = True) -> "Record":
    """Open a record, making or renewing its tables where needed.

    Parameters
    ----------
    where
        A path of an SQLite file, or a URL: ``sqlite:///file``, ``postgresql://user@host/name``.
    make
        Whether a record may be made or renewed; otherwise one of this version must be there already.

    Raises
    ------
    BadInput
        If this is no address of a database, the database was made by a newer version, or ``make`` is false and it
        holds no record of this version.
    NewCourseError
        If the database does not answer.
    """
    engine = engine_for(where)
    try:
        if make:
            REVISIONS.upgrade(engine)
        else:
            require_newest(engine)
    except BaseException:
        engine.dispose()
        raise
    return Record(engine)


class Record:
    """The append-only public memory. Every reader and writer, in any process, sees one chain.

    Parameters
    ----------
    engine
        From :func:`newcourse.databases.opening.engine_for`, with its tables up to date; :func:`open_record` does both.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._here = threading.local()
        self._known: tuple[Head, Edge] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close all connections."""
        self._engine.dispose()

    @contextmanager
    def transaction(self) -> Iterator[Draft]:
        """Have the record alone, to read it and add to it; on any error nothing of it remains.

        Other writers wait meanwhile, in this and every other process, so do nothing slow inside. When the block has
        ended without an error, everything is on disk.

        Raises
        ------
        Tampered
            If the record does not end where its head says: nothing may be built on it.
        """
        if getattr(self._here, "drafting", False):
            raise RuntimeError("a transaction is open in this thread already: use its draft")
        self._here.drafting = True
        try:
            with reaching(self._engine), writing(self._engine).begin() as connection:
                draft = Draft(connection, self._known)
                yield draft
                draft.close()
            self._known = draft.known  # only what is on disk; another thread's end is told apart by its hash
        finally:
            self._here.drafting = False

    def append(self, act: str, actor: str, body: Mapping[str, Any], at: datetime) -> Entry:
        """Add one fact; see :meth:`newcourse.record.draft.Draft.append`."""
        with self.transaction() as draft:
            return draft.append(act, actor, body, at)

    def keep(self, kind: str, media_type: str, content: bytes) -> str:
        """Keep one artefact; see :meth:`newcourse.record.draft.Draft.keep`."""
        with self.transaction() as draft:
            return draft.keep(kind, media_type, content)

    def head(self) -> Head:
        """Return where the record ends: note it, and you are a witness."""
        with self._reading() as connection:
            return head_of(connection)

    def entries(self, since: int = 0) -> Iterator[Entry]:
        """Read the entries after number ``since`` in order, each checked against the one before.

        Raises
        ------
        BadInput
            If the record is shorter than ``since``.
        Tampered
            If an entry was changed or is missing.
        """
        return entries_after(self._reading, since)

    def fetch(self, address: str) -> Artefact:
        """Read an artefact.

        Raises
        ------
        BadInput
            If nothing is kept under this address.
        Tampered
            If its content was changed.
        """
        with self._reading() as connection:
            return artefact_at(connection, address)

    def addresses(self, kinds: Iterable[str] | None = None) -> list[str]:
        """Return the addresses of all artefacts, or of those of some kinds."""
        with self._reading() as connection:
            return addresses(connection, kinds)

    def secret(self, name: str) -> bytes:
        """Return a secret from the vault; raise ``BadInput`` if none of that name is kept."""
        with self._reading() as connection:
            return vault.require_secret(connection, name)

    def deposited(self, vote: str) -> dict[str, bytes]:
        """Return the secret casts of a vote by the hash of their token, sorted by it."""
        with self._reading() as connection:
            return box.deposited(connection, vote)

    def root(self, size: int | None = None) -> bytes:
        """Return the root of the tree over the first ``size`` entries, by default over all (RFC 9162 §2.1.1)."""
        with self._looking(size) as (connection, upto):
            return signed.root(connection, upto)

    def inclusion(self, sequence: int, size: int | None = None) -> tuple[bytes, ...]:
        """Return the proof that entry ``sequence`` is among the first ``size`` entries, by default among all.

        See :func:`newcourse.record.merkle.includes`; the number of its leaf is ``sequence - 1``.
        """
        with self._looking(size) as (connection, upto):
            require_entry(sequence, upto)
            return tuple(proved(connection, lambda node: inclusion_proof(sequence - 1, upto, node)))

    def consistency(self, first: int, second: int | None = None) -> tuple[bytes, ...]:
        """Return the proof that the first ``first`` entries are the beginning of the first ``second``, or of all.

        See :func:`newcourse.record.merkle.consistent`.
        """
        with self._looking(second) as (connection, upto):
            require_size(first, upto)
            return tuple(proved(connection, lambda node: consistency_proof(first, upto, node)))

    def checkpoint(self, at: datetime) -> SignedCheckpoint:
        """Sign the record as it is now, once a size.

        Parameters
        ----------
        at
            When, with a time zone.
        """
        with self.transaction() as draft:
            return draft.checkpoint(at)

    def checkpoints(self) -> tuple[SignedCheckpoint, ...]:
        """Return everything that was signed, by size, with the lines of witnesses."""
        with self._reading() as connection:
            return tuple(signed.checkpoints(connection))

    def newest_checkpoints(self, most: int = 1) -> tuple[SignedCheckpoint, ...]:
        """Return what was signed last, the newest first, with the lines of witnesses."""
        with self._reading() as connection:
            return signed.newest(connection, most)

    def countersign(self, note: str, name: str, public_key: bytes, signature: bytes) -> SignedCheckpoint:
        """Add the signature of a witness to a checkpoint; see :func:`newcourse.record.signed.countersign`."""
        with self.transaction() as draft:
            return draft.countersign(note, name, public_key, signature)

    def witnesses(self) -> dict[str, bytes]:
        """Return the public key of each witness by its name."""
        with self._reading() as connection:
            return signed.witnesses(connection)

    def receipt(self, sequence: int, at: datetime | None = None) -> dict[str, Any]:
        """Return what shows anybody that an entry is on the record, and stays right however the record grows.

        Parameters
        ----------
        sequence
            Number of the entry.
        at
            When to sign the record where no checkpoint covers the entry yet; without it that is refused.

        Returns
        -------
        dict
            ``entry``, its canonical JSON; ``index``, the number of its leaf, from 0; ``checkpoint``, the signed
            note; ``proof``, the hashes of :meth:`inclusion` in hexadecimal.

        Raises
        ------
        BadInput
            If there is no such entry, or no checkpoint covers it.
        """
        return self.receipts([sequence], at)[sequence]

    def receipts(self, sequences: Iterable[int], at: datetime | None = None) -> dict[int, dict[str, Any]]:
        """Return the receipts of several entries by their numbers, read together; see :meth:`receipt`."""
        wanted = tuple(sequences)
        if at is not None and wanted:
            with self._reading() as connection:
                covered = signed.covering(connection, max(wanted))
            if covered is None:
                self.checkpoint(at)
        with self._reading() as connection:
            return receipts_of(connection, wanted)

    def verify(self, witnesses: Iterable[Head] = (), notes: Iterable[str] = ()) -> Verification:
        """Check every row of every table against the entries, and these against their chain and tree.

        Parameters
        ----------
        witnesses
            Ends of the record noted earlier and elsewhere.
        notes
            Signed notes (checkpoints) kept elsewhere. Without either, who rewrote *everything* is not found.
        """
        with snapshot(self._engine) as connection:
            return verify_database(connection, witnesses, notes)

    @contextmanager
    def _looking(self, size: int | None) -> Iterator[tuple[Connection, int]]:
        with self._reading() as connection:
            count = head_of(connection).count
            upto = count if size is None else size
            require_size(upto, count)
            yield connection, upto

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with reaching(self._engine), self._engine.connect() as connection:
            yield connection
