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


def unpacked(address: str, encoding: object, size: object, stored: object) -> bytes:
    """Return the content that was stored under an address; the other three may be anything a row can hold.

    Raises
    ------
    Tampered
        If it is not the content that the address names.
    """
    content = _restored(encoding, size, stored)
    if content is not None and PREFIX + digest(content) == address:
        return content
    found = "no content" if content is None else f"{len(content)} bytes with the hash {digest(content)}"
    raise Tampered(
        Fault(
            "artefact-changed",
            address,
            f"{found}, stored as {encoding!a}",
            f"{size!a} bytes with the hash of the address",
            "restore the artefact from a copy whose hash agrees",
        )
    )


def _restored(encoding: object, size: object, stored: object) -> bytes | None:
    if not (isinstance(stored, bytes) and isinstance(size, int) and size >= 0 and encoding in ("plain", "zlib")):
        return None
    content = stored
    if encoding == "zlib":
        stream = zlib.decompressobj()
        try:
            # One byte more than promised shows that more is there, without filling the memory with it.
            content = stream.decompress(stored, size + 1)
        except zlib.error:
            return None
        if not stream.eof or stream.unused_data:
            return None
    return content if len(content) == size else None
