"""The record as files, so that anyone can verify it without a database (design §8.3).

An exported record is JSON Lines: one line an entry, the canonical JSON (RFC 8785) of its seven fields, in order.
Artefacts go into a folder, each in a file named by its SHA-256 (``sha256sum`` checks it), with ``index.jsonl``
saying which kind and media type each has.
"""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from newcourse.errors import BadInput, Fault, NewCourseError, Tampered
from newcourse.record.artefact import PREFIX, Artefact, is_address
from newcourse.record.canonical import canonical_json, read_json
from newcourse.record.entry import Claim, Entry, claim_from_data
from newcourse.record.recomputed import Recomputed, note_faults
from newcourse.record.verify import Head, Verification, verify

if TYPE_CHECKING:  # verifying a file needs no database
    from newcourse.record.store import Record

INDEX: Final = "index.jsonl"


def export_record(record: "Record", entries: Path, artefacts: Path | None = None) -> Head:
    """Write a record to files.

    Parameters
    ----------
    record
        The record.
    entries
        File for the entries; must not exist.
    artefacts
        Folder for the artefacts, if they are wanted; must not exist.

    Returns
    -------
    Head
        Where the exported record ends: note it elsewhere, the file alone cannot show that its end was cut off.

    Raises
    ------
    BadInput
        If a file or folder is there already.
    Tampered
        If an entry or artefact does not verify; what was written then is no copy.
    """
    require_absent([entries] if artefacts is None else [entries, artefacts])
    end = record.head()
    with entries.open("xb") as file:
        for entry in record.entries():
            file.write(entry.claim.line + b"\n")
            end = Head(entry.sequence, entry.hash)
    if artefacts is not None:
        artefacts.mkdir()
        with (artefacts / INDEX).open("xb") as index:
            for address in record.addresses():
                artefact = record.fetch(address)
                (artefacts / address.removeprefix(PREFIX)).write_bytes(artefact.content)
                label = {"address": address, "kind": artefact.kind, "media_type": artefact.media_type}
                index.write(canonical_json(label) + b"\n")
    return end


def verify_file(path: Path, witnesses: Iterable[Head] = (), notes: Iterable[str] = ()) -> Verification:
    """Name every fault of an exported record; see :func:`newcourse.record.verify.verify`.

    Parameters
    ----------
    path
        The file of entries.
    witnesses
        Ends of the record noted earlier.
    notes
        Signed notes kept elsewhere. Without either, a file that was cut off or written anew is not found out.
    """
    unreadable: list[Fault] = []
    tree = Recomputed()
    chain = verify(tree.passing(_claims(path, unreadable)), witnesses=witnesses)
    tree.learn({})
    return Verification(chain.count, chain.head, (*unreadable, *chain.faults, *note_faults(notes, tree)))


def import_record(
    record: "Record", entries: Path, artefacts: Path | None = None, witnesses: Iterable[Head] = ()
) -> Head:
    """Fill an empty record from files: everything, or nothing if there is any fault.

    Raises
    ------
    Tampered
        If the files do not verify.
    BadInput
        If the record is not empty, or entries cite artefacts that are not given.
    """
    verify_file(entries, witnesses).require()
    with record.transaction() as draft:
        if draft.head.count:
            raise BadInput(
                Fault(
                    "record-not-empty", "import", f"{draft.head.count} entries", "an empty record", "use a new database"
                )
            )
        for artefact in _kept(artefacts) if artefacts is not None else ():
            draft.keep(artefact.kind, artefact.media_type, artefact.content)
        for claim in _claims(entries, []):
            draft.add(Entry.from_claim(claim))
        return draft.head


def _claims(path: Path, unreadable: list[Fault]) -> Iterator[Claim]:
    for _where, data in _lines(path, unreadable):
        try:
            yield claim_from_data(data)
        except NewCourseError as error:
            unreadable += error.faults


def _lines(path: Path, unreadable: list[Fault]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Read canonical JSON Lines; name each line that is none, and still give it if it can be understood."""
    with path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            where = f"{path.name}, line {number}"
            try:
                data = read_json(line.decode())
                canonical = canonical_json(data) + b"\n"
            except (BadInput, UnicodeDecodeError) as error:
                unreadable.append(_line_fault("line-unreadable", where, str(error)))
                continue
            if not isinstance(data, dict):
                unreadable.append(_line_fault("line-unreadable", where, f"a JSON {type(data).__name__}"))
                continue
            if line != canonical:
                unreadable.append(_line_fault("line-not-canonical", where, "the same facts in other bytes"))
            yield where, data


def _line_fault(code: str, where: str, found: str) -> Fault:
    expected = "the canonical JSON of one mapping and a line feed"
    return Fault(code, where, found, expected, "restore the line from a copy whose hashes agree")


def _kept(folder: Path) -> Iterator[Artefact]:
    faults: list[Fault] = []
    for where, label in _lines(folder / INDEX, faults):
        address = label.get("address")
        if sorted(label) != ["address", "kind", "media_type"] or not (isinstance(address, str) and is_address(address)):
            faults.append(_line_fault("line-unreadable", where, f"the fields {', '.join(sorted(label))}"))
            continue
        file = folder / address.removeprefix(PREFIX)
        content = file.read_bytes() if file.is_file() else None
        artefact = Artefact(label["kind"], label["media_type"], content or b"")
        if content is None or artefact.address != address:
            found = "no such file" if content is None else f"content with the address {artefact.address}"
            remedy = "restore the file from a copy whose hash agrees"
            faults.append(Fault("artefact-changed", file.name, found, f"content with the address {address}", remedy))
            continue
        yield artefact
    if faults:
        raise Tampered(faults)


def require_absent(paths: Iterable[Path]) -> None:
    """Raise ``BadInput`` where a file or folder is there already."""
    faults = [
        Fault("file-exists", path.name, "it is there already", "a new name", "move it away or give another name")
        for path in paths
        if path.exists()
    ]
    if faults:
        raise BadInput(faults)
