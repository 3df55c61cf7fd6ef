"""The published ballots of a vote against the entries by which they were cast."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA384

from newcourse.verifier.bundle import Bundle
from newcourse.verifier.canonical import canonical, hash_of, sha256
from newcourse.verifier.checks.tokens import token_key
from newcourse.verifier.dossier import NOBODY, Dossier, duplicates
from newcourse.verifier.findings import Finding, Topic
from newcourse.verifier.log import Entry

Rows = Sequence[dict[str, Any]]

SALT_BYTES: Final = 48
TOKEN_BYTES: Final = 64


def check_casts(bundle: Bundle, dossier: Dossier) -> Iterator[Finding]:
    """Yield whether ballots were cast in time, by whoever may, once each, and published as they were cast."""
    topic, rows = Topic("ballots", f"vote {dossier.vote}"), dossier.rows(bundle)
    casts = dossier.of("cast", "cast_secret")
    faults = [*_late(dossier, casts)]
    kinds = {"open": {"cast"}, "secret": {"cast_secret"}}.get(dossier.kind, set())
    faults += [f"entry {entry.sequence} casts in the wrong way" for entry in casts if entry.act not in kinds]
    if dossier.kind == "secret":
        faults += [*_unmatched_tokens(dossier)]
    if rows is None:
        if dossier.closing is None:
            yield topic.verdict(faults, f"{len(casts)} ballots were cast so far; it is not closed.")
            return
        yield topic.wrong("; ".join([*faults, "it is closed and its ballots are not in the bundle"]) + ".")
        return
    said = (dossier.closing or dossier.opening).body.get("number", len(rows))
    if said != len(rows):
        faults.append(f"{len(rows)} ballots are published, and whoever closed it said {said}")
    if dossier.kind == "secret":
        faults += [*_secret(dossier, rows)]
    elif dossier.kind == "open":
        faults += [*_open(dossier, rows, dossier.roll(bundle))]
    else:
        faults += [*_paper(dossier, rows)]
    yield topic.verdict(faults, f"the {len(rows)} published ballots are those that were cast, each once and in time.")
    if dossier.kind == "paper":
        yield topic.unchecked("that tellers wrote down what stood on paper, only who was there can say.")


def _late(dossier: Dossier, casts: Sequence[Entry]) -> Iterator[str]:
    closing = dossier.closing
    for entry in casts:
        if closing is not None and entry.sequence > closing.sequence:
            yield f"entry {entry.sequence} casts a ballot after it was closed"
        elif entry.clock > dossier.closes(entry.sequence):
            yield f"entry {entry.sequence} casts a ballot after its time"
    for entry in dossier.of("close_vote")[1:]:
        yield f"it was closed again by entry {entry.sequence}"
    outstanding = dossier.kind != "paper" and len(casts) < int(dossier.frozen["electorate"]["size"])
    if closing is not None and outstanding and closing.clock < dossier.closes(closing.sequence):
        yield "it was closed before its time, though not everybody had voted"


def _open(dossier: Dossier, rows: Rows, roll: Sequence[str] | None) -> Iterator[str]:
    casts = dossier.of("cast")
    yield from (f"{name} voted more than once" for name in duplicates([entry.actor for entry in casts]))
    cast = {entry.actor: hash_of(entry.body["ballot"]) for entry in casts}
    published = {row["voter"]: hash_of(row["ballot"]) for row in rows}
    if len(published) != len(rows) or cast != published:
        yield "the published ballots are not those that were cast by name"
    if roll is not None:
        yield from (f"{name} voted and is not on the roll" for name in sorted(set(cast).difference(roll)))


def _unmatched_tokens(dossier: Dossier) -> Iterator[str]:
    casts = dossier.of("cast_secret")
    yield from (f"token {token} was spent twice" for token in duplicates([entry.body["token"] for entry in casts]))
    yield from (f"entry {entry.sequence} names who cast it" for entry in casts if entry.actor != NOBODY)
    drawn = 0
    for entry in dossier.others:
        drawn += (entry.act == "draw_token") - (entry.act == "cast_secret")
        if drawn < 0:
            yield f"by entry {entry.sequence} more ballots were cast than tokens drawn"
            return


def _secret(dossier: Dossier, rows: Rows) -> Iterator[str]:
    cast = {entry.body["token"]: entry.body["commitment"] for entry in dossier.of("cast_secret")}
    key, published = token_key(dossier), []
    for row in rows:
        prepared, signature = bytes.fromhex(row["token"]), bytes.fromhex(row["signature"])
        token = sha256(prepared)
        published.append(token)
        if len(prepared) != TOKEN_BYTES:
            yield f"token {token} is not of {TOKEN_BYTES} bytes"
        if sorted(row) != ["ballot", "salt", "signature", "token"]:
            yield f"the ballot of token {token} has other fields"
        if not _signed(key, prepared, signature):
            yield f"token {token} is not signed with the key of the vote"
        if cast.get(token) != hash_of({"ballot": row["ballot"], "salt": row["salt"]}):
            yield f"the ballot of token {token} is not the one that was cast"
    if duplicates(published):
        yield f"token {duplicates(published)[0]} is published twice"
    if sorted(published) != sorted(cast):
        yield f"{len(cast)} ballots were cast and {len(rows)} published"
    if published != sorted(published):
        yield "the ballots are not sorted by their tokens, so that their order could tell something"


def _signed(key: RSAPublicKey, prepared: bytes, signature: bytes) -> bool:
    scheme = padding.PSS(padding.MGF1(SHA384()), SALT_BYTES)
    try:
        key.verify(signature, prepared, scheme, SHA384())
    except InvalidSignature:
        return False
    return True


def _paper(dossier: Dossier, rows: Rows) -> Iterator[str]:
    entered = [entry for entry in dossier.of("enter_paper_ballots") if "ballots" in entry.body]
    confirmed = dossier.of("confirm_paper_ballots")
    if not entered or not confirmed:
        if rows:
            yield "ballots are published that no two tellers entered and confirmed"
        return
    last = confirmed[-1]
    before = [entry for entry in entered if entry.sequence < last.sequence]
    if not before or before[-1].actor == last.actor:
        yield "the ballots were confirmed by whoever entered them"
    elif last.body.get("entered", before[-1].sequence) != before[-1].sequence:
        yield f"entry {last.sequence} confirms other ballots than those entered last"
    elif isinstance(before[-1].body["ballots"], list) and _box(before[-1].body["ballots"]) != _box(
        [row["ballot"] for row in rows]
    ):
        yield "the published ballots are not those that tellers entered"
    if len(rows) > int(dossier.frozen["electorate"]["size"]):
        yield "there are more ballots than entitled"


def _box(ballots: Sequence[Any]) -> Counter[bytes]:
    return Counter(canonical(ballot) for ballot in ballots)
