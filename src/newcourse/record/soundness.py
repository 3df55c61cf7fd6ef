"""Checks the whole database of a record: whatever was edited by hand, in any table, is found and named.

What cannot be found: that somebody who holds the database, its keys included, wrote all of it anew. Against that
stand those who noted an end of the record, kept a signed note, or signed one themselves.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import Connection

from newcourse.errors import Fault, NewCourseError
from newcourse.record.artefact import citations
from newcourse.record.check_box import Commitments, box_faults
from newcourse.record.check_signatures import signature_faults
from newcourse.record.check_tree import tree_faults
from newcourse.record.entry import Claim
from newcourse.record.recomputed import Recomputed, note_faults
from newcourse.record.rows import ALL_ENTRIES, BATCH, addresses, artefact_at, claim_of, head_of
from newcourse.record.totals import faults_of_totals
from newcourse.record.verify import Head, Verification, verify


class _Reading:
    """What is noted while the entries are read once."""

    def __init__(self) -> None:
        self.cited: set[str] = set()
        self.commitments = Commitments()
        self.tree = Recomputed()

    def claims(self, connection: Connection) -> Iterator[Claim]:
        for row in connection.execute(ALL_ENTRIES.execution_options(yield_per=BATCH)):
            claim = claim_of(row)
            if isinstance(claim.body, str):
                self.cited |= citations(claim.body)
            self.commitments.take(claim)
            self.tree.take(claim)
            yield claim


def verify_database(connection: Connection, witnesses: Iterable[Head], notes: Iterable[str]) -> Verification:
    """Name everything that is wrong with a record.

    Parameters
    ----------
    connection
        Reads one state of the database.
    witnesses
        Ends of the record noted earlier and elsewhere.
    notes
        Signed notes kept elsewhere.
    """
    faults: list[Fault] = []
    expected: dict[str, Any] = {}
    try:
        end = head_of(connection)
        expected = {"expected_head": end.hash, "expected_count": end.count}
    except NewCourseError as error:
        faults += error.faults
    reading = _Reading()
    chain = verify(reading.claims(connection), witnesses=witnesses, **expected)
    faults += [*chain.faults, *_artefact_faults(connection, reading.cited)]
    faults += tree_faults(connection, reading.tree)
    faults += [*signature_faults(connection, reading.tree), *note_faults(notes, reading.tree)]
    faults += [*box_faults(connection, reading.commitments), *faults_of_totals(connection)]
    return Verification(chain.count, chain.head, tuple(faults))


def _artefact_faults(connection: Connection, cited: set[str]) -> Iterator[Fault]:
    kept = addresses(connection)
    for address in kept:
        try:
            artefact_at(connection, address)
        except NewCourseError as error:
            yield from error.faults
    for address in sorted(cited.difference(kept)):
        yield Fault(
            "artefact-removed",
            address,
            "nothing kept under this address",
            "what an entry cites",
            "restore the artefact from a copy whose hash agrees",
        )
