"""The record: who did what and when, and whether it has been tampered with."""

import json
from dataclasses import dataclass

from newcourse.errors import BadInput, Fault
from newcourse.record.checkpoint import Note
from newcourse.record.entry import Entry
from newcourse.record.signed import SignedCheckpoint
from newcourse.web.page import Page
from newcourse.web.proofs import log_key
from newcourse.web.site import Site
from newcourse.web.text import moment
from newcourse.web.words import DONE

A_PAGE = 50
LATEST = 5
"""How many checkpoints the page names."""


@dataclass(frozen=True, slots=True)
class CheckpointFacts:
    """A checkpoint: how many entries it covers, when the log signed it, and who countersigned."""

    size: int
    at: str
    witnesses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One entry: its number, when, who, what in words, and its hash."""

    sequence: int
    at: str
    actor: str
    act: str
    words: str
    hash: str


@dataclass(frozen=True, slots=True)
class RecordFacts:
    """Facts of the page of the record."""

    count: int
    head: str
    sound: bool
    verdict: str
    checked_at: str
    faults: tuple[str, ...]
    origin: str
    key: str
    signed: int
    signed_at: str
    checkpoints: tuple[CheckpointFacts, ...]
    witnesses: tuple[str, ...]
    rows: tuple[Row, ...]
    newer: int | None
    older: int | None


@dataclass(frozen=True, slots=True)
class EntryFacts:
    """One entry with all it says."""

    row: Row
    previous: str
    body: str
    last: int
    log_key: str


def row_of(entry: Entry) -> Row:
    """Return an entry as a row of a table."""
    return Row(entry.sequence, moment(entry.at), entry.actor, entry.act, DONE.get(entry.act, entry.act), entry.hash)


def record(site: Site, before: int = 0) -> RecordFacts:
    """Return a page of entries, the latest first, and what the verification of the whole record found.

    Parameters
    ----------
    site
        The federation.
    before
        Only entries before this number; 0 for the latest. Of a record that is not sound no entry is shown: none of
        them can be relied on.
    """
    head = site.federation.head
    checked = site.verified()
    verified = checked.verification
    end = min(head.count, before - 1) if before > 0 else head.count
    first = max(0, end - A_PAGE)
    latest = site.federation.record.newest_checkpoints(LATEST)
    last = next(iter(latest), None)
    rows = [row_of(entry) for entry in site.federation.entries(first) if entry.sequence <= end] if verified.ok else []
    return RecordFacts(
        count=head.count,
        head=head.hash,
        sound=verified.ok,
        verdict=str(verified).partition("\n")[0],
        checked_at=moment(checked.at),
        faults=tuple(map(str, verified.faults)),
        origin=last.checkpoint.origin if last else "",
        key=log_key(site.federation.record),
        signed=last.size if last else 0,
        signed_at=moment(last.at) if last else "",
        checkpoints=tuple(map(_checkpoint, latest)),
        witnesses=tuple(site.federation.record.witnesses()),
        rows=tuple(reversed(rows)),
        newer=min(head.count, end + A_PAGE) + 1 if end < head.count else None,
        older=first + 1 if first > 0 else None,
    )


def _checkpoint(signed: SignedCheckpoint) -> CheckpointFacts:
    lines = Note.from_text(signed.note).signatures
    return CheckpointFacts(signed.size, moment(signed.at), tuple(line.name for line in lines[1:]))


def entry(site: Site, sequence: int) -> EntryFacts:
    """Return one entry with its facts."""
    last = site.federation.head.count
    if not 1 <= sequence <= last:
        expected = f"a number from 1 to {last}"
        raise BadInput(Fault("entry-unknown", "record", str(sequence), expected, "follow a link to an entry"))
    found = next(iter(site.federation.entries(sequence - 1)))
    body = json.dumps(found.body, ensure_ascii=False, indent=2, sort_keys=True)
    return EntryFacts(row_of(found), found.previous, body, last, log_key(site.federation.record))


RECORD = Page("record", "/record", "The record, entry by entry, and its verification", record, "Record", kept=False)
ENTRY = Page("entry", "/record/{sequence}", "One entry of the record", entry, "Record")
