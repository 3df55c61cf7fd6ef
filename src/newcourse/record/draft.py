"""Several facts written together or not at all (design §3: change and record in one transaction)."""

from collections.abc import Iterator, Mapping
from contextlib import nullcontext
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, insert, update

from newcourse.errors import BadInput, Fault
from newcourse.record import box, signed, vault
from newcourse.record.artefact import PREFIX, Artefact, citations, packed
from newcourse.record.entry import Entry, seal
from newcourse.record.merkle import Edge
from newcourse.record.rows import artefact_at, entries_after, has_artefact, head_of, require_sound_end
from newcourse.record.schema import ARTEFACTS, ENTRIES, HEAD
from newcourse.record.signed import SignedCheckpoint
from newcourse.record.totals import COUNTED, count_change, row_number
from newcourse.record.tree import GrowingTree
from newcourse.record.verify import Head

BATCH: Final = 1000
_COLUMNS: Final = tuple(column.name for column in ENTRIES.columns)


class Draft:
    """The record while one transaction has it alone: read it as it is now, then add to it.

    Made by :meth:`newcourse.record.store.Record.transaction`. Nobody else can append between what is read here and
    what is written, so an act may check here what it relies on.

    Parameters
    ----------
    connection
        A connection whose transaction has begun and may write.
    known
        An end of the record and the right edge of its tree there, to spare reading it where it ends there still.

    Raises
    ------
    Tampered
        If the record does not end where its head says.
    """

    def __init__(self, connection: Connection, known: tuple[Head, Edge] | None = None) -> None:
        self._connection = connection
        self._open = True
        self._known: set[str] = set()
        self._begun = head_of(connection, hold=True)
        self._head = self._begun
        require_sound_end(connection, self._head)
        self._unwritten: list[dict[str, Any]] = []
        self._casts: box.Casts = {}
        edge = known[1].copy() if known is not None and known[0] == self._head else None
        self._tree = GrowingTree(connection, self._head.count, edge)

    @property
    def head(self) -> Head:
        """Where the record ends now, with what this draft has added."""
        return self._head

    @property
    def known(self) -> tuple[Head, Edge] | None:
        """For the draft that comes next: where the record ends now, and the right edge of its tree if it was read."""
        return None if self._tree.edge is None else (self._head, self._tree.edge)

    def entries(self, since: int = 0) -> Iterator[Entry]:
        """Read the entries after number ``since``, those of this draft included.

        ``since`` must have been there when this draft began; what it has added itself, it knows.
        """
        self._require_open()
        self._write()
        return entries_after(lambda: nullcontext(self._connection), since)

    def fetch(self, address: str) -> Artefact:
        """Read an artefact, one of this draft included."""
        self._require_open()
        return artefact_at(self._connection, address)

    def append(self, act: str, actor: str, body: Mapping[str, Any], at: datetime) -> Entry:
        """Add a fact to the end.

        Parameters
        ----------
        act
            What was done.
        actor
            Who did it.
        body
            The facts of the act; see :func:`newcourse.record.canonical.canonical_json` for what it may hold.
            Addresses of artefacts in it are citations, and what they name must be kept.
        at
            When, with a time zone.

        Raises
        ------
        BadInput
            If the fact cannot be written, or cites what is not kept. Nothing is added then.
        """
        self._require_open()
        entry = seal(self._head.count + 1, at, actor, act, body, self._head.hash)
        self.add(entry)
        return entry

    def add(self, entry: Entry) -> None:
        """Add an entry that was sealed elsewhere; it must follow the end of this record."""
        self._require_open()
        if (entry.sequence, entry.previous) != (self._head.count + 1, self._head.hash):
            raise BadInput(
                Fault(
                    "does-not-follow",
                    f"entry {entry.sequence}",
                    f"it follows the hash {entry.previous}",
                    f"entry {self._head.count + 1}, following the hash {self._head.hash}",
                    "add entries in the order of the record they come from",
                )
            )
        self._require_kept(entry)
        claim = entry.claim
        self._unwritten.append({name: getattr(claim, name) for name in _COLUMNS})
        self._tree.grow(claim.line)
        if len(self._unwritten) >= BATCH:
            self._write()
        self._head = Head(entry.sequence, entry.hash)

    def keep(self, kind: str, media_type: str, content: bytes) -> str:
        """Keep something big under its address, once however often it is kept.

        Returns
        -------
        str
            The address, ``sha256:`` and 64 hexadecimal digits, for :meth:`fetch` and for bodies that cite it.

        Raises
        ------
        BadInput
            If the same content is kept already as something else.
        """
        self._require_open()
        artefact = Artefact(kind, media_type, content)
        address = artefact.address
        if has_artefact(self._connection, address):
            _require_same_labels(artefact_at(self._connection, address), artefact)
        else:
            encoding, stored = packed(content)
            row = {"kind": kind, "media_type": media_type, "encoding": encoding, "size": len(content)}
            row |= {"hash": address.removeprefix(PREFIX), "content": stored}
            self._connection.execute(insert(ARTEFACTS), row)
            count_change(self._connection, ARTEFACTS.name, row_number(row[name] for name in COUNTED["artefacts"]))
        self._known.add(address)
        return address

    def deposit(self, vote: str, token: str, content: bytes) -> bool:
        """Put a secret cast into the box; see :func:`newcourse.record.box.is_new`.

        Parameters
        ----------
        vote
            The vote, such as ``V7``.
        token
            SHA-256 of the token spent, 64 hexadecimal digits.
        content
            The cast.

        Returns
        -------
        bool
            Whether it is new; false if the very same cast is in the box already.
        """
        self._require_open()
        if not box.is_new(self._connection, self._casts, vote, token, content):
            return False
        self._casts[token] = (vote, content)
        return True

    def deposited(self, vote: str) -> dict[str, bytes]:
        """Return the secret casts of a vote by the hash of their token, those of this draft included."""
        self._require_open()
        self._write()
        return box.deposited(self._connection, vote)

    def keep_secret(self, name: str, content: bytes) -> None:
        """Keep a secret that no export shows; see :func:`newcourse.record.vault.keep`."""
        self._require_open()
        vault.keep(self._connection, name, content)

    def secret(self, name: str) -> bytes:
        """Return a secret; raise ``BadInput`` if none of that name is kept."""
        self._require_open()
        return vault.require_secret(self._connection, name)

    def erase_secret(self, name: str) -> bool:
        """Erase a secret for ever; say whether there was one."""
        self._require_open()
        return vault.erase(self._connection, name)

    def checkpoint(self, at: datetime) -> SignedCheckpoint:
        """Sign the record as it is now, with what this draft has added; once a size.

        Parameters
        ----------
        at
            When, with a time zone.
        """
        self._require_open()
        self._write()
        return signed.checkpoint(self._connection, self._head.count, at)

    def countersign(self, note: str, name: str, public_key: bytes, signature: bytes) -> SignedCheckpoint:
        """Add the signature of a witness to a checkpoint; see :func:`newcourse.record.signed.countersign`."""
        self._require_open()
        return signed.countersign(self._connection, self._head.count, note, name, public_key, signature)

    def close(self) -> None:
        """Write where the record ends now; nothing can be added afterwards."""
        self._require_open()
        self._open = False
        self._write()
        if self._head != self._begun:
            self._connection.execute(update(HEAD).values(sequence=self._head.count, hash=self._head.hash))

    def _write(self) -> None:
        """Write the entries and casts that are not yet in the database, and the tree's nodes, many at once."""
        if self._unwritten:
            self._connection.execute(insert(ENTRIES), self._unwritten)
            self._unwritten = []
        box.deposit(self._connection, self._casts)
        self._casts = {}
        self._tree.write()

    def _require_kept(self, entry: Entry) -> None:
        cited = citations(entry.content) - self._known
        unknown = sorted(address for address in cited if not has_artefact(self._connection, address))
        if unknown:
            raise BadInput(
                Fault(
                    "artefact-unknown",
                    f"entry {entry.sequence} ({entry.act}), body",
                    f"it cites {address}, under which nothing is kept",
                    "citations of what is kept",
                    "keep the artefact first, or write a foreign hash without the prefix sha256:",
                )
                for address in unknown
            )
        self._known |= cited

    def _require_open(self) -> None:
        if not self._open:
            raise RuntimeError("this draft is closed: open a new transaction")


def _require_same_labels(kept: Artefact, given: Artefact) -> None:
    if (kept.kind, kept.media_type) != (given.kind, given.media_type):
        raise BadInput(
            Fault(
                "artefact-relabelled",
                given.address,
                f"the same content again, as {given.kind} ({given.media_type})",
                f"{kept.kind} ({kept.media_type}), as it is kept already",
                "keep one content under one kind and media type",
            )
        )
