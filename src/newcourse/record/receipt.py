"""What shows anybody that an entry is on the record: the entry, a signed checkpoint, and the proof between them."""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from sqlalchemy import Connection

from newcourse.errors import BadInput, Fault, Tampered
from newcourse.record import signed
from newcourse.record.merkle import Node, inclusion_proof
from newcourse.record.rows import claims_after, head_of
from newcourse.record.signed import SignedCheckpoint
from newcourse.record.tree import proved, require_entry


class Covered(NamedTuple):
    """An entry, and the first checkpoint that covers it."""

    sequence: int
    checkpoint: SignedCheckpoint


def receipts_of(connection: Connection, sequences: Iterable[int]) -> dict[int, dict[str, Any]]:
    """Make the receipts of entries, each against the first checkpoint that covers it; they are read together.

    Raises
    ------
    BadInput
        If there is no such entry, or no checkpoint covers it yet.
    Tampered
        If an entry was removed.
    """
    wanted = sorted(set(sequences))
    for sequence in wanted[:1] + wanted[-1:]:
        require_entry(sequence, head_of(connection).count)
    covered = list(_covered(connection, wanted))
    lines = {sequence: line for run in _runs(wanted) for sequence, line in _lines(connection, run)}
    if removed := [sequence for sequence in wanted if sequence not in lines]:
        raise Tampered(_removed(sequence) for sequence in removed)

    def proofs(node: Node) -> list[list[bytes]]:
        return [inclusion_proof(one.sequence - 1, one.checkpoint.size, node) for one in covered]

    return {
        one.sequence: {
            "entry": lines[one.sequence],
            "index": one.sequence - 1,
            "checkpoint": one.checkpoint.note,
            "proof": [hashed.hex() for hashed in proof],
        }
        for one, proof in zip(covered, proved(connection, proofs), strict=True)
    }


def _covered(connection: Connection, sequences: list[int]) -> Iterator[Covered]:
    """Find the first checkpoint of each; it is the first of all between an entry and its own size."""
    newest: SignedCheckpoint | None = None
    for sequence in sequences:
        if newest is None or newest.size < sequence:
            newest = signed.covering(connection, sequence)
        if newest is None:
            raise BadInput(
                Fault(
                    "checkpoint-missing",
                    f"entry {sequence}",
                    "no checkpoint covers it yet",
                    "a checkpoint of the record with this entry",
                    "sign the record: newcourse record checkpoint",
                )
            )
        yield Covered(sequence, newest)


def _runs(sequences: list[int]) -> list[list[int]]:
    """Return numbers that follow each other, together.

    >>> _runs([3, 4, 5, 9])
    [[3, 4, 5], [9]]
    """
    runs: list[list[int]] = []
    for sequence in sequences:
        if runs and runs[-1][-1] + 1 == sequence:
            runs[-1].append(sequence)
        else:
            runs.append([sequence])
    return runs


def _lines(connection: Connection, run: list[int]) -> Iterator[tuple[int, str]]:
    for claim in claims_after(connection, run[0] - 1, len(run)):
        yield claim.sequence, claim.line.decode()


def _removed(sequence: int) -> Fault:
    remedy = "run the verification, and restore what it names"
    return Fault("entry-removed", f"entry {sequence}", "no such row", "the entry that was written", remedy)
