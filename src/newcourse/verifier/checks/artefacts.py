"""What entries cite: each file's content is what its name says."""

import re
from collections.abc import Iterator
from typing import Final

from newcourse.verifier.bundle import Bundle
from newcourse.verifier.canonical import canonical, sha256
from newcourse.verifier.findings import Finding, Topic
from newcourse.verifier.log import Log

_CITED: Final = re.compile(rb'"sha256:([0-9a-f]{64})"')


def check_artefacts(bundle: Bundle, log: Log) -> Iterator[Finding]:
    """Yield whether artefacts are what they are named by, and how many cited ones are not in the bundle."""
    topic, there = Topic("artefacts", "bundle"), bundle.artefacts()
    cited = {found.decode() for entry in log.entries for found in _CITED.findall(canonical(entry.body))}
    faults = [
        f"artefact {digest} has another content"
        for digest in there
        if sha256(bundle.content(f"artefacts/{digest}") or b"") != digest
    ]
    yield topic.verdict(faults, f"{len(there)} artefacts are what their names say.")
    if stray := sorted(set(there) - cited):
        yield topic.unchecked(f"no entry cites {', '.join(stray[:5])}, so nobody vouches for what is in it.")
    missing = len(cited.difference(there))
    if missing:
        yield topic.unchecked(f"{missing} cited artefacts are not in the bundle, such as economies and plans.")
    if bundle.strange:
        yield topic.unchecked(f"files that do not belong to a bundle were not read: {', '.join(bundle.strange[:5])}.")
