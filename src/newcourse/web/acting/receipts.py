"""What an act is answered with: the entry as anybody can read it, and its receipt."""

from typing import Any

from newcourse.record.entry import Entry, time_text
from newcourse.record.store import Record


def entry_data(entry: Entry) -> dict[str, Any]:
    """Return an entry as plain data."""
    return {
        "sequence": entry.sequence,
        "at": time_text(entry.at),
        "actor": entry.actor,
        "act": entry.act,
        "body": entry.to_data()["body"],
        "hash": entry.hash,
    }


def receipt_of(record: Record, entry: Entry) -> dict[str, Any] | None:
    """Return the inclusion proof of an entry (RFC 9162, section 2.1.3); nothing where the record gives none."""
    give = getattr(record, "receipt", None)
    if give is None:
        return None
    receipt = give(entry.sequence)
    found: dict[str, Any] = receipt.to_data() if hasattr(receipt, "to_data") else receipt
    return found


def answer_data(record: Record, entry: Entry) -> dict[str, Any]:
    """Return the whole answer to an act."""
    return {"entry": entry_data(entry), "receipt": receipt_of(record, entry)}
