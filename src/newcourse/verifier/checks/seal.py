"""The seal of a vote: what was fixed when it was opened has the hash that was recorded then."""

from collections.abc import Iterator

from newcourse.verifier.bundle import Bundle
from newcourse.verifier.canonical import hash_of
from newcourse.verifier.dossier import Dossier
from newcourse.verifier.findings import Finding, Topic


def check_seal(bundle: Bundle, dossier: Dossier) -> Iterator[Finding]:
    """Yield whether rule, candidates, electorate and tie rule are those that were sealed, and stayed so."""
    body, faults = dossier.opening.body, []
    if hash_of(dossier.frozen) != body["sealed"]:
        faults.append("what was fixed has another hash than the seal")
    if len(dossier.openings) > 1:
        faults.append(f"it was opened again by entry {dossier.openings[1].sequence}")
    early = [entry for entry in dossier.others if entry.sequence < dossier.opening.sequence]
    faults += [f"entry {entry.sequence} speaks of it before it was opened" for entry in early]
    for count in dossier.counts:
        outcome = bundle.artefact(count.body.get("outcome"))
        if outcome is not None and hash_of(outcome["frozen"]) != body["sealed"]:
            faults.append(f"the outcome of entry {count.sequence} was counted by something else")
    yield Topic("seal", f"vote {dossier.vote}").verdict(
        faults, "rule, candidates, electorate and tie rule are those that were sealed when it was opened."
    )
