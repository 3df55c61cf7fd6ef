"""Receipts: proof that an entry stands under a signed checkpoint (RFC 9162, section 2.1.3.2)."""

from collections.abc import Iterator
from typing import Any

from newcourse.verifier.bundle import Bundle
from newcourse.verifier.canonical import canonical, read
from newcourse.verifier.checks.chain import entry_faults
from newcourse.verifier.findings import Finding, Topic
from newcourse.verifier.log import Log
from newcourse.verifier.merkle import included, leaf_hash
from newcourse.verifier.note import read_note


def check_receipt(bundle: Bundle, log: Log, receipt: Any, about: str) -> Iterator[Finding]:
    """Yield whether a receipt proves its entry, and whether the record has it."""
    topic = Topic("receipt", about)
    if not isinstance(receipt, dict) or sorted(receipt) != ["checkpoint", "entry", "index", "proof"]:
        yield topic.wrong("it has not the fields checkpoint, entry, index and proof.")
        return
    note, line, index = read_note(receipt["checkpoint"]), receipt["entry"].encode(), receipt["index"]
    proof = [bytes.fromhex(node) for node in receipt["proof"]]
    data = read(line)
    faults = entry_faults(data, index + 1)
    if canonical(data) != line:
        faults.append("its entry is not in canonical form")
    if note.origin != bundle.origin or not note.signed_by(bundle.origin, bundle.public_key):
        faults.append("its checkpoint is not signed by the log's key")
    if not included(leaf_hash(line), index, note.size, proof, note.root):
        faults.append("its proof does not lead from the entry to the root of the checkpoint")
    if index < len(log.leaves) and log.leaves[index] != leaf_hash(line):
        faults.append("the record has another entry at that place")
    if note.size <= len(log.leaves) and log.roots([note.size])[note.size] != note.root:
        faults.append("the record has another root than the checkpoint it was given under")
    yield topic.verdict(faults, f"entry {index + 1} stands under a signed checkpoint of size {note.size}.")
    if note.size > len(log.leaves):
        yield topic.unchecked(f"its checkpoint is younger than the bundle, which ends at entry {len(log.leaves)}.")
