"""Checkpoints: the size and root of the record, signed, as signed notes that other logs' tools read too.

The forms are those of C2SP: a *checkpoint* (c2sp.org/tlog-checkpoint) is three lines, the origin of the log, the
number of entries and the root in base64; a *signed note* (c2sp.org/signed-note) is such a text, an empty line, and a
line for each signature, Ed25519 (RFC 8032). The log signs first; witnesses add their lines.

>>> secret = bytes(32)
>>> checkpoint = Checkpoint(origin_of(public_key_of(secret)), 0, bytes(32))
>>> note = Note(checkpoint.text, (sign(checkpoint.origin, secret, checkpoint.text),))
>>> print(note)
newcourse/139e3940e64b5491
0
AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=
<BLANKLINE>
— newcourse/139e3940e64b5491 X83J6...
<BLANKLINE>
>>> Note.from_text(str(note)) == note and note.signatures[0].is_by(public_key_of(secret), note.text)
True
"""

import base64
import binascii
import hashlib
import re
from dataclasses import dataclass
from typing import Final, Self

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from newcourse.errors import BadInput, Fault
from newcourse.record.canonical import SAFE_INTEGER

KEY_BYTES: Final = 32
SIGNATURE_BYTES: Final = 64
_ROOT_BYTES: Final = 32
_ID_BYTES: Final = 4
_ED25519: Final = b"\x01"
_NUMBER: Final = re.compile(r"0|[1-9][0-9]{0,15}")
_CONTROL: Final = re.compile(r"[\x00-\x09\x0b-\x1f\x7f\ud800-\udfff]")
_SIGNATURE: Final = re.compile(r"— ([^\s+]+) ([A-Za-z0-9+/]+=*)")


@dataclass(frozen=True, slots=True)
class Signature:
    """One line under a note.

    Parameters
    ----------
    name
        Who signed; the origin of the log, or a witness.
    key_id
        Four bytes that name the key.
    signature
        The Ed25519 signature of the text, 64 bytes.
    """

    name: str
    key_id: bytes
    signature: bytes

    def __str__(self) -> str:
        return f"— {self.name} {_base64(self.key_id + self.signature)}"

    def is_by(self, public_key: bytes, text: str) -> bool:
        """Say whether this is the signature of a text by the holder of a key, under this name."""
        try:
            if self.key_id != key_id(self.name, public_key):
                return False
            Ed25519PublicKey.from_public_bytes(public_key).verify(self.signature, text.encode())
        except (InvalidSignature, ValueError):  # UnicodeEncodeError is a ValueError: what is no Unicode nobody signed
            return False
        return True


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """How long a log is, and what it holds.

    Parameters
    ----------
    origin
        Name of the log; see :func:`origin_of`.
    size
        Number of entries.
    root
        Root of the tree over them, 32 bytes.

    Raises
    ------
    BadInput
        If one of them cannot be that.
    """

    origin: str
    size: int
    root: bytes

    def __post_init__(self) -> None:
        checks = {
            "origin": (is_signer(self.origin), self.origin, "a name without spaces and plus signs"),
            "size": (0 <= self.size <= SAFE_INTEGER, self.size, "a number of entries"),
            "root": (len(self.root) == _ROOT_BYTES, self.root, f"{_ROOT_BYTES} bytes"),
        }
        faults = [_malformed(name, found, expected) for name, (right, found, expected) in checks.items() if not right]
        if faults:
            raise BadInput(faults)

    @property
    def text(self) -> str:
        """The three lines that are signed."""
        return f"{self.origin}\n{self.size}\n{_base64(self.root)}\n"

    @classmethod
    def from_text(cls, text: str) -> Self:
        """Read the three lines; raise ``BadInput`` if these are no checkpoint of ours."""
        lines = text.split("\n")
        if len(lines) != 4 or lines[3] or not _NUMBER.fullmatch(lines[1]):
            raise BadInput(_malformed("text", text, "three lines: origin, number of entries, root in base64"))
        root = _from_base64(lines[2])
        if root is None:
            raise BadInput(_malformed("root", lines[2], "a root in base64"))
        return cls(lines[0], int(lines[1]), root)


@dataclass(frozen=True, slots=True)
class Note:
    """A text and who signed it.

    Parameters
    ----------
    text
        What is signed, its last line feed included.
    signatures
        At least one.
    """

    text: str
    signatures: tuple[Signature, ...]

    def __str__(self) -> str:
        lines = "".join(f"{signature}\n" for signature in self.signatures)
        return f"{self.text}\n{lines}"

    @classmethod
    def from_text(cls, text: str) -> Self:
        """Read a signed note; raise ``BadInput`` if it is none. Nothing is verified here."""
        body, gap, lines = text.rpartition("\n\n")
        signatures = [_signature(line) for line in lines.split("\n")[:-1]]
        whole = gap and body and signatures and lines.endswith("\n") and None not in signatures
        if not whole or _CONTROL.search(text):
            raise BadInput(_malformed("note", text, "a text, an empty line, and a line for each signature"))
        return cls(f"{body}\n", tuple(signature for signature in signatures if signature is not None))


def origin_of(public_key: bytes) -> str:
    """Return the name of the log that signs with a key: ``newcourse/`` and the start of the SHA-256 of the key."""
    return f"newcourse/{hashlib.sha256(public_key).hexdigest()[:16]}"


def key_id(name: str, public_key: bytes) -> bytes:
    """Return the four bytes by which signed notes name an Ed25519 key (c2sp.org/signed-note)."""
    return hashlib.sha256(name.encode() + b"\n" + _ED25519 + public_key).digest()[:_ID_BYTES]


def sign(name: str, secret: bytes, text: str) -> Signature:
    """Sign a text under a name.

    Parameters
    ----------
    name
        Who signs: no spaces, no plus signs.
    secret
        The private key, 32 bytes (RFC 8032 §5.1.5).
    text
        The text, its last line feed included.
    """
    if not is_signer(name):
        raise BadInput(_malformed("name", name, "a name without spaces and plus signs"))
    signature = Ed25519PrivateKey.from_private_bytes(secret).sign(text.encode())
    return Signature(name, key_id(name, public_key_of(secret)), signature)


def new_secret() -> bytes:
    """Make a private key."""
    return Ed25519PrivateKey.generate().private_bytes_raw()


def public_key_of(secret: bytes) -> bytes:
    """Return the public key of a private key, both 32 bytes."""
    return Ed25519PrivateKey.from_private_bytes(secret).public_key().public_bytes_raw()


def is_signer(name: object) -> bool:
    """Say whether a text can stand in a signature line: printable, no spaces, no plus sign, 1 to 200 characters."""
    return isinstance(name, str) and 0 < len(name) <= 200 and name.isprintable() and not set(name) & {" ", "+"}


def _signature(line: str) -> Signature | None:
    match = _SIGNATURE.fullmatch(line)
    content = _from_base64(match[2]) if match else None
    if match is None or content is None or len(content) != _ID_BYTES + SIGNATURE_BYTES:
        return None
    return Signature(match[1], content[:_ID_BYTES], content[_ID_BYTES:])


def _base64(content: bytes) -> str:
    return base64.b64encode(content).decode()


def _from_base64(text: str) -> bytes | None:
    """Read base64 written in the one way it is written here."""
    try:
        content = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None
    return content if _base64(content) == text else None


def _malformed(part: str, found: object, expected: str) -> Fault:
    shown = ascii(found)
    shown = shown if len(shown) <= 120 else f"{shown[:117]}..."
    return Fault("note-malformed", f"checkpoint, {part}", shown, expected, "copy the signed note again, whole")
