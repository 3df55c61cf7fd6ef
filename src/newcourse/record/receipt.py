"""What shows anybody that an entry is on the record: the entry, a signed checkpoint, and the proof between them."""

from typing import Any

from sqlalchemy import Connection

from newcourse.errors import BadInput, Fault
from newcourse.record import signed
from newcourse.record.merkle import inclusion_proof
from newcourse.record.rows import claims_after, head_of
from newcourse.record.tree import proved, require_entry


def receipt_of(connection: Connection, sequence: int) -> dict[str, Any]:
    """Make the receipt of an entry against the first checkpoint that covers it.

    Raises
    ------
    BadInput
        If there is no such entry, or no checkpoint covers it yet.
    """
    require_entry(sequence, head_of(connection).count)
    covering = signed.covering(connection, sequence)
    if covering is None:
        raise BadInput(
            Fault(
                "checkpoint-missing",
                f"entry {sequence}",
                "no checkpoint covers it yet",
                "a checkpoint of the record with this entry",
                "sign the record: newcourse record checkpoint",
            )
        )
    claim = claims_after(connection, sequence - 1, 1)[0]
    proof = proved(connection, lambda node: inclusion_proof(sequence - 1, covering.size, node))
    return {
        "entry": claim.line.decode(),
        "index": sequence - 1,
        "checkpoint": covering.note,
        "proof": [hashed.hex() for hashed in proof],
    }
