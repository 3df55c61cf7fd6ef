"""A record in one file that anyone can check: entries, what they cite for counting, checkpoints (design §8.3).

A bundle is a zip, nothing in it compressed, so that the same record gives the same bytes everywhere:

- ``bundle.json``: the form, the name and public key of the log, the keys of witnesses, the number of entries;
- ``record.jsonl``: the entries, as :mod:`newcourse.record.exchange` writes them;
- ``artefacts/``: ballots, rolls, outcomes and statutes that entries cite, each under its SHA-256;
- ``checkpoints.txt``: the signed notes, a line ``----`` between them;
- ``receipts.json``, where asked for: a list of receipts.

Nothing of the vault and nothing that is still in the ballot box goes into it.
"""

import base64
import zipfile
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import takewhile
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final

from newcourse.record.artefact import PREFIX, citations
from newcourse.record.canonical import canonical_json
from newcourse.record.exchange import require_absent

if TYPE_CHECKING:
    from newcourse.record.signed import SignedCheckpoint
    from newcourse.record.store import Record

FORMAT: Final = "newcourse-bundle/1"
KINDS: Final = ("ballots", "countback", "outcome", "roll", "statutes")
"""The artefacts a recount needs; economies and plans are large, and exported beside the entries."""

BETWEEN: Final = "----\n"
_LONG_AGO: Final = (1980, 1, 1, 0, 0, 0)
_READABLE: Final = 0o644 << 16
_UNIX: Final = 3


def export_bundle(
    record: "Record",
    path: Path,
    at: datetime,
    *,
    kinds: Iterable[str] = KINDS,
    receipts: Iterable[int] = (),
) -> "SignedCheckpoint":
    """Write the record as it is now to one file, and sign it first if it is not signed yet.

    Parameters
    ----------
    record
        The record.
    path
        The file; must not exist. If anything fails, it is taken away again.
    at
        When the record is signed.
    kinds
        Kinds of the artefacts to take, as far as entries cite them.
    receipts
        Numbers of entries whose receipts to add.

    Returns
    -------
    SignedCheckpoint
        What the bundle ends with.

    Raises
    ------
    BadInput
        If the file is there already, or there is no such entry.
    Tampered
        If an entry or artefact does not verify.
    """
    require_absent([path])
    end = record.checkpoint(at)
    given = [record.receipt(sequence) for sequence in receipts]
    try:
        with path.open("xb") as file, zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as bundle:
            _put(bundle, "bundle.json", [canonical_json(_head(record, end)) + b"\n"])
            cited: set[str] = set()
            _put(bundle, "record.jsonl", _lines(record, end.size, cited))
            for address in record.addresses(kinds):
                if address in cited:
                    _put(bundle, f"artefacts/{address.removeprefix(PREFIX)}", [record.fetch(address).content])
            notes = [signed.note for signed in record.checkpoints() if signed.size <= end.size]
            _put(bundle, "checkpoints.txt", [BETWEEN.join(notes).encode()])
            if given:
                _put(bundle, "receipts.json", [canonical_json(given) + b"\n"])
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return end


def _head(record: "Record", end: "SignedCheckpoint") -> dict[str, Any]:
    return {
        "entries": end.size,
        "format": FORMAT,
        "origin": end.checkpoint.origin,
        "public_key": base64.b64encode(end.public_key).decode(),
        "witnesses": {name: base64.b64encode(key).decode() for name, key in record.witnesses().items()},
    }


def _lines(record: "Record", size: int, cited: set[str]) -> Iterator[bytes]:
    """Give the lines of the first ``size`` entries, noting on the way which artefacts they cite."""
    for entry in takewhile(lambda entry: entry.sequence <= size, record.entries()):
        cited |= citations(entry.content)
        yield entry.claim.line + b"\n"


def _put(bundle: zipfile.ZipFile, name: str, parts: Iterable[bytes]) -> None:
    info = zipfile.ZipInfo(name, _LONG_AGO)
    info.create_system, info.external_attr = _UNIX, _READABLE
    # Room for sizes beyond 4 GiB, always, as the size is not known before.
    with bundle.open(info, "w", force_zip64=True) as file:
        _write(file, parts)


def _write(file: IO[bytes], parts: Iterable[bytes]) -> None:
    for part in parts:
        file.write(part)
