"""A file of ballots as lines of text: decoded, unpacked, with one kind of line end, and its offsets kept."""

import gzip
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from newcourse.errors import BadInput, Fault
from newcourse.sources.ballots.rows import OnProgress

GZIP: Final = b"\x1f\x8b"


@dataclass(frozen=True, slots=True)
class Source:
    """What readers of ballots are given.

    Parameters
    ----------
    where
        Name of the file, for faults.
    data
        Its lines in UTF-8, each ended by a newline.
    names
        Names of the candidates by number, where they are given beside the file.
    approved
        How many of the first categories count as approval, where ballots have categories.
    tell
        Is told how far the reading is.
    """

    where: str
    data: bytes
    names: Sequence[str] | None = None
    approved: int = 1
    tell: OnProgress | None = None

    def lines(self, start: int = 0) -> Iterator[tuple[int, str]]:
        """Yield every line from an offset on: where the next one starts, and its text."""
        while start < len(self.data):
            end = self.data.index(b"\n", start)
            yield end + 1, self.data[start:end].decode("utf-8")
            start = end + 1

    def number(self, offset: int) -> int:
        """Return the number of the line that starts at an offset, from 1."""
        return self.data.count(b"\n", 0, offset) + 1

    def fault(self, code: str, line: int, found: str, expected: str, remedy: str) -> Fault:
        """Return a fault of the whole file, with its line."""
        return Fault(code, f"{self.where}, line {line}", found, expected, remedy)


def source_of(path: Path, encoding: str = "utf-8") -> bytes:
    """Return the lines of a file, unpacked where it is packed with gzip.

    Raises
    ------
    BadInput
        When it cannot be opened, unpacked or decoded.
    """
    try:
        data = path.read_bytes()
        if data.startswith(GZIP):
            data = gzip.decompress(data)
    except (OSError, EOFError, zlib.error, MemoryError, ValueError) as error:
        raise BadInput(
            Fault("file-unreadable", str(path), str(error), "a readable file", "correct the path or the file")
        ) from None
    return normal_lines(str(path), data, encoding)


def normal_lines(where: str, data: bytes, encoding: str = "utf-8") -> bytes:
    """Return text in UTF-8 with every line ended by one newline.

    Raises
    ------
    BadInput
        When the bytes are no text in that encoding; the fault names the line.
    """
    try:
        text = data.decode(encoding)
        if text.startswith("\ufeff") or encoding.lower().replace("_", "-") != "utf-8":
            data = text.removeprefix("\ufeff").encode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        found = f"byte {data[error.start : error.start + 1].hex()}"
        raise BadInput(_undecodable(f"{where}, line {line}", found, encoding)) from None
    except (UnicodeError, LookupError) as error:
        raise BadInput(_undecodable(where, str(error), encoding)) from None
    if b"\r" in data:
        data = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return data if not data or data.endswith(b"\n") else data + b"\n"


def _undecodable(where: str, found: str, encoding: str) -> Fault:
    return Fault("file-undecodable", where, found, f"text in {encoding}", "name the encoding of the file")
