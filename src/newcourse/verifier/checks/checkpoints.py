"""The signed checkpoints: signatures of the log and of witnesses, and whether the tree of entries has their roots."""

from collections.abc import Iterator
from typing import Final

from newcourse.verifier.bundle import Bundle
from newcourse.verifier.findings import Finding, Topic
from newcourse.verifier.log import Log
from newcourse.verifier.note import BadNote, Note, read_note

BETWEEN: Final = "----\n"


def check_checkpoints(bundle: Bundle, log: Log) -> Iterator[Finding]:
    """Yield whether each checkpoint is signed and says of the log what the entries say."""
    topic = Topic("checkpoints", "record")
    text = (bundle.content("checkpoints.txt") or b"").decode()
    notes, faults = [], []
    for number, part in enumerate(_parts(text), start=1):
        try:
            notes.append(read_note(part))
        except BadNote as error:
            faults.append(f"checkpoint {number} cannot be read: {error}")
    if not notes and not faults:
        yield topic.wrong("there is no checkpoint, so nobody has signed anything.")
        return
    roots = log.roots(note.size for note in notes)
    for note in notes:
        faults += note_faults(bundle, note, roots)
    last = max((note.size for note in notes), default=0)
    if last < len(log.leaves):
        faults.append(f"{len(log.leaves) - last} entries at the end stand under no signed checkpoint")
    yield topic.verdict(faults, f"{len(notes)} checkpoints are signed by {bundle.origin} and agree with the tree.")
    yield from _witnessed(bundle, notes)


def note_faults(bundle: Bundle, note: Note, roots: dict[int, bytes]) -> list[str]:
    """Return what is wrong with one checkpoint."""
    where, faults = f"the checkpoint of size {note.size}", []
    if note.origin != bundle.origin:
        faults.append(f"{where} is of another log, {note.origin}")
    if not note.signed_by(bundle.origin, bundle.public_key):
        faults.append(f"{where} is not signed by the log's key")
    if note.size not in roots:
        faults.append(f"{where} is longer than the record: entries are missing at its end")
    elif roots[note.size] != note.root:
        faults.append(f"{where} has another root than the entries")
    return faults


def _witnessed(bundle: Bundle, notes: list[Note]) -> Iterator[Finding]:
    topic = Topic("witnesses", "record")
    for name, key in sorted(bundle.witnesses.items()):
        signed = [note for note in notes if note.signed_by(name, key) is not None]
        wrong = [note for note in signed if not note.signed_by(name, key)]
        last = max((note.size for note in signed), default=0)
        faults = [f"{name}'s signature of the checkpoint of size {note.size} is wrong" for note in wrong]
        if not signed:
            yield topic.unchecked(f"{name} is named as a witness and has signed none of these checkpoints.")
        else:
            yield topic.verdict(faults, f"{name} has countersigned {len(signed)} checkpoints, the last of size {last}.")
    strangers = {name for note in notes for name, _ in note.signatures} - {bundle.origin, *bundle.witnesses}
    if strangers:
        yield topic.unchecked(f"signatures of {', '.join(sorted(strangers))}, whose keys are not in the bundle.")


def _parts(text: str) -> list[str]:
    return [part for part in f"\n{text}".replace(f"\n{BETWEEN}", "\n\0").lstrip("\n").split("\0") if part.strip()]
