"""Keys of witnesses as texts: who, which key, and the key itself, as other logs' tools write them too.

The public form is the *vkey* of c2sp.org/signed-note, ``NAME+ID+BASE64``: the four bytes that name the key in
hexadecimal, and a byte for Ed25519 before the 32 bytes of the key. The private form has ``PRIVATE+KEY+`` before.

>>> key = WitnessKey.from_text(str(WitnessKey("red-list", bytes(32))))
>>> key.name, key.public
('red-list', 'red-list+efcac0a7+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop')
"""

import base64
import binascii
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Self

from newcourse.errors import BadInput, Fault
from newcourse.record.checkpoint import KEY_BYTES, Signature, is_signer, key_id, public_key_of, sign

_PRIVATE: Final = "PRIVATE+KEY+"
_ED25519: Final = b"\x01"


@dataclass(frozen=True, slots=True)
class WitnessKey:
    """A private key and the name it signs under.

    Parameters
    ----------
    name
        Who signs: no spaces, no plus signs.
    secret
        The private key, 32 bytes. It is not shown when the object is printed for inspection.
    """

    name: str
    secret: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if not is_signer(self.name) or len(self.secret) != KEY_BYTES:
            raise _unreadable("key", "a name or a key that is none")

    def __str__(self) -> str:
        return f"{_PRIVATE}{_written(self.name, self.public_key, self.secret)}"

    @property
    def public_key(self) -> bytes:
        """The public key, 32 bytes."""
        return public_key_of(self.secret)

    @property
    def public(self) -> str:
        """The public key as a text to hand out."""
        return _written(self.name, self.public_key, self.public_key)

    def sign(self, text: str) -> Signature:
        """Sign the text of a note."""
        return sign(self.name, self.secret, text)

    @classmethod
    def from_text(cls, text: str) -> Self:
        """Read a private key; raise ``BadInput`` if it is none."""
        name, key_name, content = _read(text.strip().removeprefix(_PRIVATE), "private key")
        key = cls(name, content)
        if key_id(name, key.public_key) != key_name or not text.strip().startswith(_PRIVATE):
            raise _unreadable("private key", "a text that is no private key, or not the key it names")
        return key

    @classmethod
    def from_file(cls, path: Path) -> Self:
        """Read a private key from a file; raise ``BadInput`` if it holds none."""
        try:
            return cls.from_text(path.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError) as error:
            raise _unreadable(path.name, type(error).__name__) from error

    def to_file(self, path: Path) -> None:
        """Write the key to a new file that only its owner can read."""
        try:
            path.touch(mode=0o600, exist_ok=False)
        except OSError as error:
            raise BadInput(
                Fault("file-exists", path.name, f"{type(error).__name__}", "a new file", "give another name")
            ) from error
        path.write_text(f"{self}\n", encoding="utf-8")


def public_key_from(text: str) -> tuple[str, bytes]:
    """Return name and public key, as :attr:`WitnessKey.public` writes them; raise ``BadInput`` if it is none."""
    name, key_name, content = _read(text.strip(), "public key")
    if key_id(name, content) != key_name:
        raise _unreadable("public key", "a key that is not the one it names")
    return name, content


def _written(name: str, public_key: bytes, content: bytes) -> str:
    return f"{name}+{key_id(name, public_key).hex()}+{base64.b64encode(_ED25519 + content).decode()}"


def _read(text: str, what: str) -> tuple[str, bytes, bytes]:
    name, _, rest = text.partition("+")
    key_name, _, content = rest.partition("+")
    try:
        raw = base64.b64decode(content, validate=True)
        named = bytes.fromhex(key_name)
    except (binascii.Error, ValueError):
        raise _unreadable(what, "no key") from None
    if not is_signer(name) or raw[:1] != _ED25519 or len(raw) != 1 + KEY_BYTES:
        raise _unreadable(what, "no key")
    return name, named, raw[1:]


def _unreadable(what: str, found: str) -> BadInput:
    return BadInput(
        Fault(
            "key-unreadable",
            what,
            found,
            "a key such as newcourse record witness --new-key makes",
            "give the file or the text again, whole",
        )
    )
