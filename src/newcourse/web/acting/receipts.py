"""What an act is answered with: the entry as anybody can read it, and its receipt."""

from typing import Any

from newcourse.record.entry import Entry, time_text
from newcourse.web.acting.together import Signed


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


def answer_data(done: Signed) -> dict[str, Any]:
    """Return the whole answer to an act: the entry, and the inclusion proof that it is on the record (RFC 9162)."""
    return {"entry": entry_data(done.entry), "receipt": done.receipt}
