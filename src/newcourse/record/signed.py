"""Signs the record and keeps what was signed, with the lines of witnesses (design §8.3).

The log has one key, made when it is first signed and kept in the vault. Its public half names the log. Witnesses,
such as tendencies, sign the same text with keys of their own; a note of theirs is taken only if the record still
holds what it says. Who changes the record after that cannot make their lines anew.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import Connection, bindparam, insert, select

from newcourse.errors import BadInput, Fault, Tampered
from newcourse.record import merkle, vault
from newcourse.record.checkpoint import (
    Checkpoint,
    Note,
    Signature,
    is_signer,
    key_id,
    new_secret,
    origin_of,
    public_key_of,
    sign,
)
from newcourse.record.entry import time_text
from newcourse.record.schema import CHECKPOINTS, WITNESSES
from newcourse.record.totals import count_change, row_number
from newcourse.record.tree import proved, require_size

LOG_KEY = "log"
"""Name of the log's private key in the vault."""

# Made once, as each receipt reads by them.
_OF_SIZE: Final = select(CHECKPOINTS).where(CHECKPOINTS.c.size == bindparam("at_size"))
_LINES_OF_SIZE: Final = select(WITNESSES).where(WITNESSES.c.size == bindparam("at_size")).order_by(WITNESSES.c.name)
_COVERING: Final = (
    select(CHECKPOINTS.c.size).where(CHECKPOINTS.c.size >= bindparam("sequence")).order_by(CHECKPOINTS.c.size).limit(1)
)
_NEWEST: Final = select(CHECKPOINTS.c.size).order_by(CHECKPOINTS.c.size.desc()).limit(bindparam("most"))


@dataclass(frozen=True, slots=True)
class SignedCheckpoint:
    """A checkpoint of this log, with everybody who signed it.

    Parameters
    ----------
    checkpoint
        Size and root.
    at
        When the log signed it.
    public_key
        The log's public key, 32 bytes.
    note
        The signed note: first the log's line, then those of witnesses by their names.
    """

    checkpoint: Checkpoint
    at: datetime
    public_key: bytes
    note: str

    @property
    def size(self) -> int:
        """Number of entries that are signed."""
        return self.checkpoint.size


def checkpoint(connection: Connection, size: int, at: datetime) -> SignedCheckpoint:
    """Sign the whole record, which has this size; return what was signed where it is already.

    Raises
    ------
    BadInput
        If the time has no zone.
    Tampered
        If the log was signed before with another key than the one in the vault.
    """
    kept = checkpoint_of(connection, size)
    if kept is not None:
        return kept
    if at.tzinfo is None:
        raise BadInput(Fault("time-without-zone", "checkpoint, at", str(at), "a time with its zone", "pass UTC time"))
    secret = _log_key(connection)
    public_key = public_key_of(secret)
    made = Checkpoint(origin_of(public_key), size, root(connection, size))
    note = str(Note(made.text, (sign(made.origin, secret, made.text),)))
    row = {"size": size, "at": time_text(at), "public_key": public_key, "note": note}
    connection.execute(insert(CHECKPOINTS), row)
    count_change(connection, CHECKPOINTS.name, row_number(row.values()))
    return SignedCheckpoint(made, at.astimezone(UTC), public_key, note)


def root(connection: Connection, size: int) -> bytes:
    """Return the root over the first ``size`` entries."""
    return proved(connection, lambda node: merkle.root(size, node))


def checkpoints(connection: Connection) -> Iterator[SignedCheckpoint]:
    """Read all checkpoints, by size."""
    lines: dict[int, list[Signature]] = {}
    for row in connection.execute(select(WITNESSES).order_by(WITNESSES.c.name)).all():
        lines.setdefault(row.size, []).append(_line(row))
    for row in connection.execute(select(CHECKPOINTS).order_by(CHECKPOINTS.c.size)).all():
        yield _signed(row, lines.get(row.size, []))


def newest(connection: Connection, most: int) -> tuple[SignedCheckpoint, ...]:
    """Return the checkpoints that were signed last, up to so many, the newest first."""
    sizes = connection.execute(_NEWEST, {"most": most}).scalars().all()
    return tuple(kept for size in sizes if (kept := checkpoint_of(connection, size)) is not None)


def checkpoint_of(connection: Connection, size: int) -> SignedCheckpoint | None:
    """Read the checkpoint of a size, if the record was signed then."""
    row = connection.execute(_OF_SIZE, {"at_size": size}).first()
    if row is None:
        return None
    lines = connection.execute(_LINES_OF_SIZE, {"at_size": size}).all()
    return _signed(row, [_line(line) for line in lines])


def covering(connection: Connection, sequence: int) -> SignedCheckpoint | None:
    """Return the first checkpoint that covers an entry: always the same, however the record grows."""
    size = connection.execute(_COVERING, {"sequence": sequence}).scalar()
    return None if size is None else checkpoint_of(connection, size)


def countersign(
    connection: Connection, count: int, note: str, name: str, public_key: bytes, signature: bytes
) -> SignedCheckpoint:
    """Add the signature of a witness to a checkpoint, once however often it is given.

    Parameters
    ----------
    connection
        Of a transaction that holds the record.
    count
        Number of entries the record has.
    note
        The signed note of the checkpoint, with any signatures.
    name
        The witness: no spaces, no plus signs.
    public_key
        Its public key, 32 bytes; one for all checkpoints.
    signature
        Its Ed25519 signature of the text of the note, 64 bytes.

    Returns
    -------
    SignedCheckpoint
        With its line.

    Raises
    ------
    BadInput
        If the log never signed that, the signature is not of this text by this key, or the name has another key.
    """
    text = Note.from_text(note).text
    signed = _signed_here(connection, count, Checkpoint.from_text(text))
    if not is_signer(name) or name == signed.checkpoint.origin:
        raise BadInput(_refused(name, ascii(name), "a name of its own without spaces and plus signs"))
    line = Signature(name, key_id(name, public_key), signature)
    if not line.is_by(public_key, text):
        raise BadInput(_refused(name, "a signature that does not verify", "one of the text of the note by this key"))
    of_name = select(WITNESSES.c.size, WITNESSES.c.public_key).where(WITNESSES.c.name == name)
    known = {row.size: row.public_key for row in connection.execute(of_name)}
    if any(key != public_key for key in known.values()):
        raise BadInput(_refused(name, "another key than the one it signed with before", "one key for each name"))
    if signed.size in known:
        return signed
    row = {"size": signed.size, "name": name, "public_key": public_key, "signature": line.key_id + signature}
    connection.execute(insert(WITNESSES), row)
    count_change(connection, WITNESSES.name, row_number(row.values()))
    return checkpoint_of(connection, signed.size) or signed


def witnesses(connection: Connection) -> dict[str, bytes]:
    """Return the public key of each witness by its name."""
    rows = connection.execute(select(WITNESSES.c.name, WITNESSES.c.public_key).order_by(WITNESSES.c.name))
    return {row.name: row.public_key for row in rows}


def _signed_here(connection: Connection, count: int, given: Checkpoint) -> SignedCheckpoint:
    require_size(given.size, count)
    kept = checkpoint_of(connection, given.size)
    if kept is None:
        raise BadInput(
            Fault(
                "checkpoint-unknown",
                f"checkpoint of {given.size} entries",
                "this record was never signed at that size",
                "a checkpoint that this record gave",
                "ask it for its newest checkpoint and sign that",
            )
        )
    if kept.checkpoint != given or root(connection, given.size) != given.root:
        raise BadInput(
            Fault(
                "checkpoint-contradicted",
                f"checkpoint of {given.size} entries",
                f"a note that says {given.text!a}",
                f"{kept.checkpoint.text!a}, as this record says",
                "sign nothing: show both notes to everybody, for one of them was made for you alone",
            )
        )
    return kept


def _log_key(connection: Connection) -> bytes:
    """Return the log's private key, made when it is first needed."""
    secret = vault.secret_of(connection, LOG_KEY)
    newest = select(CHECKPOINTS.c.public_key).order_by(CHECKPOINTS.c.size.desc()).limit(1)
    used = connection.execute(newest).scalar()
    if secret is None and used is None:
        secret = new_secret()
        vault.keep(connection, LOG_KEY, secret)
    if secret is None or used not in (None, public_key_of(secret)):
        found = "no key" if secret is None else "another key"
        raise Tampered(
            Fault(
                "log-key-differs",
                f"vault, {LOG_KEY}",
                found,
                "the private key that signed the checkpoints there are",
                "restore it from a copy of the database; without it this log can grow but not be signed",
            )
        )
    return secret


def _signed(row: Any, lines: list[Signature]) -> SignedCheckpoint:
    try:
        note = Note.from_text(row.note)
        made, at = Checkpoint.from_text(note.text), datetime.fromisoformat(row.at).astimezone(UTC)
    except (BadInput, ValueError) as error:
        raise Tampered(_unsigned(row.size, str(error))) from error
    return SignedCheckpoint(made, at, row.public_key, str(Note(note.text, (*note.signatures, *lines))))


def _line(row: Any) -> Signature:
    return Signature(row.name, row.signature[:4], row.signature[4:])


def _refused(name: str, found: str, expected: str) -> Fault:
    return Fault(
        "witness-refused", f"witness {name!a}", found, expected, "sign the note as it was given, and try again"
    )


def _unsigned(size: object, found: str) -> Fault:
    return Fault(
        "checkpoint-changed",
        f"checkpoint of {size!a} entries",
        found,
        "a note signed by this log",
        "restore it from a copy of the database, or from anybody who kept the note",
    )
