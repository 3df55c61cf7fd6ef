"""Reads a bundle: a zip or a folder. Only files of known names are read, so no path in it can lead elsewhere."""

import re
import stat
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Protocol

from newcourse.verifier.canonical import NotCanonical, read, sha256
from newcourse.verifier.findings import Unreadable
from newcourse.verifier.note import BadNote, unbase64

FORMAT: Final = "newcourse-bundle/1"
FIELDS: Final = ("entries", "format", "origin", "public_key", "witnesses")
LARGEST: Final = 4 * 2**30
"""Most bytes that are read of one file."""
PACKED: Final = 100
"""How many times longer than in the zip a file may be: a small zip cannot fill the memory."""

_NAMES: Final = frozenset({"bundle.json", "record.jsonl", "checkpoints.txt", "receipts.json"})
_ARTEFACT: Final = re.compile(r"artefacts/([0-9a-f]{64})")


class Files(Protocol):
    """Where the files of a bundle lie."""

    def names(self) -> list[str]:
        """Return the names of all files."""

    def read(self, name: str) -> bytes:
        """Return a file's content."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """A bundle whose head was read.

    Parameters
    ----------
    origin, public_key
        Name of the log, and the raw Ed25519 key by which it signs.
    witnesses
        Keys of witnesses by name.
    entries
        How many entries it says it has.
    files
        Its files.
    known, strange
        Names of the files that belong to it, and of those that do not.
    """

    origin: str
    public_key: bytes
    witnesses: Mapping[str, bytes]
    entries: int
    files: Files
    known: frozenset[str]
    strange: tuple[str, ...]

    def content(self, name: str) -> bytes | None:
        """Return a file's content, or nothing where it is not there."""
        return self.files.read(name) if name in self.known else None

    def artefact(self, address: object) -> Any:
        """Return the JSON of the artefact that an entry cites, or nothing where it is not there.

        Raises
        ------
        ValueError
            Where its content is not what the address names.
        """
        digest = str(address).removeprefix("sha256:")
        content = self.content(f"artefacts/{digest}")
        if content is None:
            return None
        if sha256(content) != digest:
            raise ValueError(f"artefact {digest} has another content")
        return read(content)

    def artefacts(self) -> list[str]:
        """Return the hashes by which the artefacts are named."""
        return sorted(found[1] for name in self.known if (found := _ARTEFACT.fullmatch(name)))


def open_bundle(path: Path) -> Bundle:
    """Return a bundle.

    Raises
    ------
    Unreadable
        Where it is none.
    """
    try:
        files: Files = _Folder(path) if path.is_dir() else _Zip(path)
        names = files.names()
        known = frozenset(name for name in names if name in _NAMES or _ARTEFACT.fullmatch(name))
        missing = sorted({"bundle.json", "record.jsonl", "checkpoints.txt"} - known)
        if missing:
            raise Unreadable(f"it has no {', '.join(missing)}")
        strange = tuple(sorted(set(names) - known))
        return _head(read(files.read("bundle.json")), files, known, strange)
    except (OSError, zipfile.BadZipFile, zlib.error, NotCanonical, BadNote, NotImplementedError) as error:
        raise Unreadable(str(error)) from error


def _head(data: Any, files: Files, known: frozenset[str], strange: tuple[str, ...]) -> Bundle:
    if not isinstance(data, dict) or sorted(data) != list(FIELDS):
        raise Unreadable(f"bundle.json has not exactly the fields {', '.join(FIELDS)}")
    if data["format"] != FORMAT:
        raise Unreadable(f"its format is {data['format']!r}, and this program reads {FORMAT}")
    if not isinstance(data["origin"], str) or not data["origin"] or not isinstance(data["witnesses"], dict):
        raise Unreadable("bundle.json: the origin is no text, or the witnesses are no keys by name")
    number = data["entries"]
    if isinstance(number, bool) or not isinstance(number, int) or number < 0:
        raise Unreadable("bundle.json: the number of entries is none")
    keys = {name: unbase64(key) for name, key in data["witnesses"].items()}
    key = unbase64(data["public_key"])
    if any(len(found) != 32 for found in (key, *keys.values())):
        raise Unreadable("bundle.json: a key that is no Ed25519 key of 32 bytes")
    return Bundle(data["origin"], key, keys, number, files, known, strange)


class _Zip:
    """The files of a zip."""

    def __init__(self, path: Path) -> None:
        self._zip = zipfile.ZipFile(path)
        self._infos = {info.filename: info for info in self._zip.infolist() if not info.is_dir()}
        if len(self._infos) < sum(not info.is_dir() for info in self._zip.infolist()):
            raise Unreadable("one name stands for two files")

    def names(self) -> list[str]:
        return list(self._infos)

    def read(self, name: str) -> bytes:
        info = self._infos[name]
        if info.file_size > LARGEST or info.flag_bits & 1:
            raise Unreadable(f"{name} is too large or encrypted")
        if info.file_size > PACKED * max(info.compress_size, 1):
            raise Unreadable(f"{name} is packed more than {PACKED} times")
        try:
            with self._zip.open(info) as file:
                content = file.read(info.file_size + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError) as error:
            raise Unreadable(f"{name}: {error}") from error
        if len(content) != info.file_size:
            raise Unreadable(f"{name} is not as long as the zip says")
        return content


class _Folder:
    """The files of a folder, links left out."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def names(self) -> list[str]:
        found = [*self._path.iterdir()]
        inside = self._path / "artefacts"
        if inside.is_dir() and not inside.is_symlink():
            found = [*(path for path in found if path != inside), *inside.iterdir()]
        return [path.relative_to(self._path).as_posix() for path in found if stat.S_ISREG(path.lstat().st_mode)]

    def read(self, name: str) -> bytes:
        path = self._path / name
        if path.lstat().st_size > LARGEST:
            raise Unreadable(f"{name} is too large")
        return path.read_bytes()
