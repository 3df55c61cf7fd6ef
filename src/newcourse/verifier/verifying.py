"""All checks of a bundle, in order."""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from newcourse.verifier.bundle import Bundle
from newcourse.verifier.canonical import read
from newcourse.verifier.checks.artefacts import check_artefacts
from newcourse.verifier.checks.casts import check_casts
from newcourse.verifier.checks.chain import check_chain
from newcourse.verifier.checks.checkpoints import check_checkpoints
from newcourse.verifier.checks.countback import check_countback
from newcourse.verifier.checks.receipts import check_receipt
from newcourse.verifier.checks.recount import check_count
from newcourse.verifier.checks.roll import check_roll
from newcourse.verifier.checks.seal import check_seal
from newcourse.verifier.checks.tokens import check_tokens
from newcourse.verifier.dossier import Dossier, dossiers
from newcourse.verifier.findings import Finding, Topic, safely
from newcourse.verifier.log import Log
from newcourse.verifier.members import Members


def verify(bundle: Bundle, receipts: Sequence[tuple[str, bytes]] = (), key: bytes | None = None) -> Iterator[Finding]:
    """Yield everything that is found in a bundle.

    Parameters
    ----------
    bundle
        The bundle.
    receipts
        Names and contents of files of receipts.
    key
        The log's key as it is known from elsewhere.
    """
    log = Log()
    if key is not None:
        topic = Topic("key", "record")
        same = key == bundle.public_key
        yield topic.sound("the log's key is the one given.") if same else topic.wrong("the log has another key.")
    yield from safely(Topic("chain", "record"), partial(check_chain, bundle, log))
    yield from safely(Topic("checkpoints", "record"), partial(check_checkpoints, bundle, log))
    yield from safely(Topic("artefacts", "bundle"), partial(check_artefacts, bundle, log))
    members = Members(log)
    votes = dossiers(log)
    for dossier in votes.values():
        yield from _vote(bundle, dossier, members)
    for entry in log.of("fill_vacancy"):
        topic = Topic("countback", f"mandate {entry.body.get('mandate')}")
        yield from safely(topic, partial(check_countback, bundle, entry, votes))
    inside = bundle.content("receipts.json")
    for name, content in [*((("receipts.json", inside),) if inside is not None else ()), *receipts]:
        yield from safely(Topic("receipt", name), partial(_receipts, bundle, log, name, content))


def _vote(bundle: Bundle, dossier: Dossier, members: Members) -> Iterator[Finding]:
    about = f"vote {dossier.vote}"
    if not dossier.openings:
        yield Topic("seal", about).wrong(f"entry {dossier.others[0].sequence} speaks of it, but it was never opened.")
        return
    yield from safely(Topic("seal", about), partial(check_seal, bundle, dossier))
    yield from safely(Topic("roll", about), partial(check_roll, bundle, dossier, members))
    yield from safely(Topic("tokens", about), partial(check_tokens, bundle, dossier))
    yield from safely(Topic("ballots", about), partial(check_casts, bundle, dossier))
    yield from safely(Topic("count", about), partial(check_count, bundle, dossier))


def _receipts(bundle: Bundle, log: Log, name: str, content: bytes) -> Iterator[Finding]:
    data: Any = read(content)
    for number, receipt in enumerate(data if isinstance(data, list) else [data], start=1):
        about = f"{name}, receipt {number}" if isinstance(data, list) else name
        yield from safely(Topic("receipt", about), partial(check_receipt, bundle, log, receipt, about))
