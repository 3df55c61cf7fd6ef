"""Big things that entries cite, such as economies and plans, named by what they contain (design §3).

>>> Artefact("note", "text/plain", b"abc").address
'sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'
"""

import re
import zlib
from dataclasses import dataclass
from typing import Final

from newcourse.errors import BadInput, Fault, Tampered
from newcourse.record.canonical import digest
from newcourse.record.entry import is_name

PREFIX: Final = "sha256:"
_CITATION: Final = re.compile(r'"(sha256:[0-9a-f]{64})"')
_ADDRESS: Final = re.compile(r"sha256:[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Artefact:
    """Something big that is kept beside the entries.

    Parameters
    ----------
    kind
        What it is: ``economy``, ``plan``. A label: the address does not cover it.
    media_type
        How to read it, such as ``application/json``. A label too.
    content
        The thing itself.

    Raises
    ------
    BadInput
        If a label is empty or has characters that cannot be printed.
    """

    kind: str
    media_type: str
    content: bytes

    def __post_init__(self) -> None:
        faults = [
            Fault("label-malformed", f"artefact, {name}", ascii(label), "1 to 200 printable characters", "name it")
            for name, label in (("kind", self.kind), ("media_type", self.media_type))
            if not is_name(label)
        ]
        if faults:
            raise BadInput(faults)

    @property
    def address(self) -> str:
        """``sha256:`` and the SHA-256 of the content; written in an entry's body, it cites the artefact."""
        return PREFIX + digest(self.content)


def citations(content: str) -> frozenset[str]:
    """Return the addresses that the canonical JSON of a body cites, as values or as keys."""
    return frozenset(_CITATION.findall(content))


def is_address(text: str) -> bool:
    """Say whether a text has the form of an address."""
    return _ADDRESS.fullmatch(text) is not None


def packed(content: bytes) -> tuple[str, bytes]:
    """Return how content is stored, ``zlib`` (RFC 1950) where that is shorter, and its stored bytes."""
    short = zlib.compress(content)
    return ("zlib", short) if len(short) < len(content) else ("plain", content)


def unpacked(address: str, encoding: str, size: int, stored: bytes) -> bytes:
    """Return the content that was stored under an address.

    Raises
    ------
    Tampered
        If it is not the content that the address names.
    """
    content = _inflated(stored, size) if encoding == "zlib" else stored
    if encoding in ("zlib", "plain") and len(content) == size and PREFIX + digest(content) == address:
        return content
    raise Tampered(
        Fault(
            "artefact-changed",
            address,
            f"{len(content)} bytes with the hash {digest(content)} (stored as {encoding!a})",
            f"{size} bytes with the hash of the address",
            "restore the artefact from a copy whose hash agrees",
        )
    )


def _inflated(stored: bytes, size: int) -> bytes:
    try:
        # One byte more than promised shows that more is there, without filling the memory with it.
        return zlib.decompressobj().decompress(stored, max(size, 0) + 1)
    except zlib.error:
        return b""
