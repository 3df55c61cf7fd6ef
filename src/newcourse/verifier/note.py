"""Signed notes: the checkpoints by which a log says how long it is and what stands in it.

The form is that of the transparency.dev specifications "signed-note" and "tlog-checkpoint" (C2SP): origin, size and
root, an empty line, then one line for each signature.
"""

import base64
import binascii
import hashlib
from dataclasses import dataclass
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

_DASH: Final = "\u2014 "
_ED25519: Final = b"\x01"


class BadNote(ValueError):
    """A text that is no checkpoint."""


@dataclass(frozen=True, slots=True)
class Note:
    """A checkpoint as it was signed.

    Parameters
    ----------
    origin, size, root
        Which log, how many entries, and the root of their tree.
    text
        The bytes that are signed.
    signatures
        Pairs of a name and what it signed with: four bytes that point to the key, and the signature.
    """

    origin: str
    size: int
    root: bytes
    text: bytes
    signatures: tuple[tuple[str, bytes], ...]

    def signed_by(self, name: str, key: bytes) -> bool | None:
        """Return whether the signature of that name is right by a raw Ed25519 key; nothing where there is none."""
        hint = key_hint(name, key)
        mine = [blob for other, blob in self.signatures if other == name]
        if not mine:
            return None
        return all(blob[:4] == hint and _right(key, blob[4:], self.text) for blob in mine)


def key_hint(name: str, key: bytes) -> bytes:
    """Return the four bytes by which a line names its key: of SHA-256(name, line feed, kind of signature, key)."""
    return hashlib.sha256(name.encode() + b"\n" + _ED25519 + key).digest()[:4]


def read_note(text: str) -> Note:
    """Return the checkpoint that a text holds.

    Raises
    ------
    BadNote
        Where it is none.
    """
    body, gap, tail = text.partition("\n\n")
    lines = body.split("\n")
    if not gap or len(lines) < 3 or not lines[0]:
        raise BadNote("not origin, size, root, an empty line and signatures")
    if not (lines[1].isascii() and lines[1].isdigit() and str(int(lines[1][:20])) == lines[1]):
        raise BadNote(f"the size {lines[1][:30]!r}")
    signatures = tuple(_signature(line) for line in tail.split("\n") if line)
    if not signatures:
        raise BadNote("no signature")
    root = unbase64(lines[2])
    if len(root) != 32:
        raise BadNote("a root that is no SHA-256")
    return Note(lines[0], int(lines[1]), root, (body + "\n").encode(), signatures)


def unbase64(text: object) -> bytes:
    """Return the bytes of a base64 text, or raise :class:`BadNote`."""
    try:
        if not isinstance(text, str):
            raise BadNote("no text where base64 should be")
        found = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise BadNote("no base64") from error
    if base64.b64encode(found).decode() != text:
        raise BadNote("base64 in an unusual form")
    return found


def _signature(line: str) -> tuple[str, bytes]:
    name, gap, blob = line.removeprefix(_DASH).rpartition(" ")
    if not line.startswith(_DASH) or not gap or not name:
        raise BadNote(f"the signature line {line[:60]!r}")
    return name, unbase64(blob)


def _right(key: bytes, signature: bytes, text: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, text)
    except (InvalidSignature, ValueError):
        return False
    return True
