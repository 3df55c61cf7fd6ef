"""Holds the ballot box to the entries: each cast has its entry, which commits to it, and each entry its cast.

An entry of a secret cast has in its body the ``vote``, the SHA-256 of the ``token``, and the ``commitment``, the
SHA-256 of the canonical JSON of the mapping of ``ballot`` and ``salt`` in the cast.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import Connection, select

from newcourse.errors import Fault, NewCourseError
from newcourse.record.canonical import canonical_json, digest, read_json
from newcourse.record.entry import Claim
from newcourse.record.rows import artefact_at
from newcourse.record.schema import ARTEFACTS, BOX

BALLOTS: Final = "ballots"
"""The kind of the artefact by which the casts of a vote are published."""

_SAID: Final = ("token", "vote", "commitment")
_RESTORE: Final = "restore it from a copy of the database; where there is none, the vote must be held again"


@dataclass(slots=True)
class Commitments:
    """What the entries say lies in the box: hash of a token → number of the entry, vote, commitment."""

    by_token: dict[str, tuple[int, str, str]] = field(default_factory=dict)

    def take(self, claim: Claim) -> None:
        """Note the commitment of an entry, if it makes one."""
        if not (isinstance(claim.body, str) and '"commitment":"' in claim.body and '"token":"' in claim.body):
            return
        try:
            body = read_json(claim.body)
        except NewCourseError:
            return  # named as malformed
        said = [body.get(name) for name in _SAID] if isinstance(body, dict) else []
        texts = [text for text in said if isinstance(text, str)]
        if len(texts) == len(_SAID):
            token, vote, commitment = texts
            self.by_token[token] = (claim.sequence, vote, commitment)


def box_faults(connection: Connection, commitments: Commitments) -> list[Fault]:
    """Name every cast that no entry commits to, or that is not what it commits to, and every cast that is gone."""
    faults: list[Fault] = []
    seen: set[str] = set()
    for row in connection.execute(select(BOX).order_by(BOX.c.token).execution_options(yield_per=1000)):
        faults += _wrong(row, commitments, row.token in seen)
        seen.add(row.token)
    gone = {token: said for token, said in commitments.by_token.items() if token not in seen}
    published = _published(connection) if gone else set()
    faults += [
        _fault("cast-removed", token, "no such cast", f"the cast that entry {number} commits to")
        for token, (number, vote, _) in gone.items()
        if vote not in published
    ]
    return faults


def _wrong(row: Any, commitments: Commitments, twice: bool) -> Iterator[Fault]:
    if twice:
        yield _fault("cast-changed", row.token, "it is there twice", "one cast a token")
    said = commitments.by_token.get(row.token)
    if said is None:
        yield _fault("cast-added", row.token, "a cast that no entry commits to", "one entry for each cast")
        return
    number, vote, commitment = said
    if row.vote != vote:
        yield _fault("cast-changed", row.token, f"a cast in {row.vote!a}", f"one in {vote}, as entry {number} says")
    if _commitment(row.content) != commitment:
        yield _fault("cast-changed", row.token, "another cast", f"the one that entry {number} commits to")


def _commitment(content: object) -> str | None:
    try:
        cast: Any = read_json(content.decode()) if isinstance(content, bytes) else None
        return digest(canonical_json({name: cast[name] for name in ("ballot", "salt")}))
    except (NewCourseError, UnicodeDecodeError, KeyError, TypeError):
        return None


def _published(connection: Connection) -> set[object]:
    """Return the votes whose casts are published: for them the box need not be kept."""
    votes: set[object] = set()
    for row in connection.execute(select(ARTEFACTS.c.hash).where(ARTEFACTS.c.kind == BALLOTS)).all():
        try:
            content = read_json(artefact_at(connection, f"sha256:{row.hash}").content.decode())
        except (NewCourseError, UnicodeDecodeError):
            continue  # named as changed
        if isinstance(content, dict) and isinstance(content.get("vote"), str):
            votes.add(content["vote"])
    return votes


def _fault(code: str, token: object, found: str, expected: str) -> Fault:
    return Fault(code, f"box, token {token!a}", found, expected, _RESTORE)
