"""Holds the stored checkpoints and the lines of witnesses to the keys they name and to what the entries say."""

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import Connection, select

from newcourse.errors import BadInput, Fault
from newcourse.record import vault
from newcourse.record.checkpoint import KEY_BYTES, Checkpoint, Note, Signature, origin_of, public_key_of
from newcourse.record.entry import is_time
from newcourse.record.recomputed import RESTORE, Recomputed, contradicted
from newcourse.record.schema import CHECKPOINTS, WITNESSES
from newcourse.record.signed import LOG_KEY


def signature_faults(connection: Connection, tree: Recomputed) -> list[Fault]:
    """Name every checkpoint and every line of a witness that does not verify; the tree knows the entries."""
    faults: list[Fault] = []
    texts: dict[Any, str] = {}
    keys: dict[bytes, Any] = {}
    for row in connection.execute(select(CHECKPOINTS).order_by(CHECKPOINTS.c.size)).all():
        found = list(_wrong_checkpoint(row, tree))
        if row.size in texts:
            found.append(_fault(row.size, "it is there twice", "one checkpoint a size"))
        if not found:
            keys.setdefault(row.public_key, row.size)
        texts[row.size] = _text(row.note)
        faults += found
    faults += _wrong_keys(keys, vault.secret_of(connection, LOG_KEY))
    rows = connection.execute(select(WITNESSES).order_by(WITNESSES.c.name, WITNESSES.c.size)).all()
    return faults + list(_wrong_witnesses(rows, texts))


def _wrong_checkpoint(row: Any, tree: Recomputed) -> Iterator[Fault]:
    try:
        note = Note.from_text(row.note)
        said = Checkpoint.from_text(note.text)
    except (BadInput, AttributeError, TypeError):
        yield _fault(row.size, "a note that cannot be read", "a signed note")
        return
    signed = len(note.signatures) == 1 and _is_key(row.public_key) and note.signatures[0].name == said.origin
    checks = {
        f"size {said.size}": (said.size == row.size, f"size {row.size!a}"),
        f"the time {row.at!a}": (is_time(row.at), "a time such as 2026-05-01T12:00:00.000000Z"),
        f"the origin {said.origin!a}": (
            _is_key(row.public_key) and said.origin == origin_of(row.public_key),
            "the origin that its key makes",
        ),
        "a signature that does not verify": (
            signed and note.signatures[0].is_by(row.public_key, note.text),
            "the signature of this note by its key",
        ),
    }
    yield from (_fault(row.size, found, expected) for found, (right, expected) in checks.items() if not right)
    yield from contradicted(said, tree)


def _wrong_keys(keys: dict[bytes, Any], secret: bytes | None) -> Iterator[Fault]:
    if isinstance(secret, bytes) and len(secret) == KEY_BYTES:
        keys = {public_key_of(secret): f"the key {LOG_KEY} in the vault"} | keys
    elif secret is not None:
        yield Fault("log-key-differs", f"vault, {LOG_KEY}", "no key", "a private key of 32 bytes", RESTORE)
    if len(keys) > 1:
        found = f"{len(keys)} keys: {', '.join(origin_of(key) for key in keys)}"
        yield Fault("log-key-differs", "checkpoints", found, "one key for the whole log", RESTORE)


def _wrong_witnesses(rows: Iterable[Any], texts: dict[Any, str]) -> Iterator[Fault]:
    keys: dict[Any, Any] = {}
    seen: set[Any] = set()
    for row in rows:
        where = f"witness {row.name!a}, checkpoint of {row.size!a} entries"
        if (row.size, row.name) in seen:
            yield Fault("witness-changed", where, "it is there twice", "one line for each witness", RESTORE)
        seen.add((row.size, row.name))
        if not _signed_by(row, texts.get(row.size)):
            found, expected = "a signature that does not verify", "one of that checkpoint by its key, under its name"
            yield Fault("witness-changed", where, found, expected, RESTORE)
        elif keys.setdefault(row.name, row.public_key) != row.public_key:
            yield Fault("witness-changed", where, "another key", "one key for each name", RESTORE)


def _signed_by(row: Any, text: str | None) -> bool:
    if text is None or not (isinstance(row.name, str) and _is_key(row.public_key) and isinstance(row.signature, bytes)):
        return False
    return Signature(row.name, row.signature[:4], row.signature[4:]).is_by(row.public_key, text)


def _text(note: object) -> str:
    try:
        return Note.from_text(note).text if isinstance(note, str) else ""
    except BadInput:
        return ""


def _is_key(value: object) -> bool:
    return isinstance(value, bytes) and len(value) == KEY_BYTES


def _fault(size: object, found: str, expected: str) -> Fault:
    return Fault("checkpoint-changed", f"checkpoint of {size!a} entries", found, expected, RESTORE)
