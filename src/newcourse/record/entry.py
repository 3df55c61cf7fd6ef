"""One fact of the record: who did what, when, and the hash of the fact before (design §3, §8.3).

The hash of an entry is the SHA-256 of the canonical JSON (RFC 8785) of its other six fields. As the hash of the entry
before is one of them, each hash stands for everything up to it.

>>> first = seal(1, datetime(2026, 5, 1, 12, tzinfo=UTC), "anna", "need-filed", {"need": "bread"}, GENESIS)
>>> first.hash == digest(
...     b'{"act":"need-filed","actor":"anna","at":"2026-05-01T12:00:00.000000Z",'
...     b'"body":{"need":"bread"},"previous":"' + b"0" * 64 + b'","sequence":1}'
... )
True
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import UTC, datetime, timedelta
from json.encoder import encode_basestring
from typing import Any, Final, Self

from newcourse.errors import BadInput, Fault, Tampered
from newcourse.record.canonical import SAFE_INTEGER, canonical_json, digest, read_json

GENESIS: Final = "0" * 64
"""What stands for the hash before the first entry."""

LONGEST_NAME: Final = 200

_HASH: Final = re.compile(r"[0-9a-f]{64}")
_TIME: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}[.][0-9]{6}Z")


@dataclass(frozen=True, slots=True)
class Claim:
    """What a row or a line says, before anyone has checked it; the text fields may hold anything.

    Parameters
    ----------
    sequence
        Number of the entry, from 1.
    at
        Time as text, UTC to the microsecond: ``2026-05-01T12:00:00.000000Z``.
    actor
        Who did it.
    act
        What was done.
    body
        The facts of the act, as the canonical JSON of a mapping.
    previous
        Hash of the entry before; sixty-four zeros before the first.
    hash
        Hash of this entry.
    """

    sequence: int
    at: str
    actor: str
    act: str
    body: str
    previous: str
    hash: str

    def faults(self) -> tuple[Fault, ...]:
        """Name everything that is wrong with this claim by itself; nothing if it is a sound entry."""
        wrong = self.malformed()
        if wrong:
            return wrong
        computed = statement_hash(self.sequence, self.at, self.actor, self.act, self.body, self.previous)
        if computed == self.hash:
            return ()
        return (
            Fault(
                "entry-changed",
                f"entry {self.sequence}",
                f"its fields hash to {computed}",
                f"its own hash {self.hash}",
                "restore this entry from a copy whose hash agrees",
            ),
        )

    @property
    def line(self) -> bytes:
        """The line of the exported record that this claim is, without its line feed: canonical JSON of all fields.

        It is a leaf of the tree (RFC 9162). Only a claim without :meth:`malformed` fields has such a line.
        """
        return _written(self.sequence, self.at, self.actor, self.act, self.body, self.previous, self.hash).encode()

    def malformed(self) -> tuple[Fault, ...]:
        """Name every field that no entry could have, whatever its hash."""
        return self._malformed(_is_body(self.body))

    def _malformed(self, body_right: bool) -> tuple[Fault, ...]:
        number = isinstance(self.sequence, int) and not isinstance(self.sequence, bool)
        checks = {
            "sequence": (number and 1 <= self.sequence <= SAFE_INTEGER, "a whole number from 1"),
            "at": (is_time(self.at), "a time such as 2026-05-01T12:00:00.000000Z"),
            "actor": (is_name(self.actor), f"1 to {LONGEST_NAME} printable characters, none of them outer spaces"),
            "act": (is_name(self.act), f"1 to {LONGEST_NAME} printable characters, none of them outer spaces"),
            "body": (body_right, "the canonical JSON of a mapping"),
            "previous": (_is_hash(self.previous), "64 hexadecimal digits"),
            "hash": (_is_hash(self.hash), "64 hexadecimal digits"),
        }
        return tuple(
            Fault(
                "entry-malformed",
                f"entry {self.sequence!a}, {name}",
                _shortened(getattr(self, name)),
                expected,
                "restore this entry from a copy whose hash agrees",
            )
            for name, (right, expected) in checks.items()
            if not right
        )


@dataclass(frozen=True, slots=True)
class Entry:
    """A sealed fact. One whose hash is not that of its fields cannot exist.

    Parameters
    ----------
    sequence
        Number of the entry, from 1 without gaps.
    at
        When, in UTC to the microsecond. The order of facts is their sequence, not their time: clocks differ.
    actor
        Who did it.
    act
        What was done.
    content
        The facts of the act as canonical JSON text; :attr:`body` gives them as a mapping.
    previous
        Hash of the entry before, :data:`GENESIS` for the first.
    hash
        Hash of this entry.

    Raises
    ------
    Tampered
        If the fields are not those that were sealed.
    """

    sequence: int
    at: datetime
    actor: str
    act: str
    content: str
    previous: str
    hash: str

    def __post_init__(self) -> None:
        faults = self.claim.faults()
        if faults:
            raise Tampered(faults)

    @property
    def body(self) -> dict[str, Any]:
        """The facts of the act: a new mapping each time, so that no reader can change another's."""
        body: dict[str, Any] = read_json(self.content)
        return body

    @property
    def claim(self) -> Claim:
        """What this entry says, as it is written in a row."""
        at = time_text(self.at) if isinstance(self.at, datetime) and self.at.tzinfo is UTC else ascii(self.at)
        return Claim(self.sequence, at, self.actor, self.act, self.content, self.previous, self.hash)

    @classmethod
    def from_claim(cls, claim: Claim) -> Self:
        """Accept a claim as an entry; raise ``Tampered`` with its faults if it is not sound."""
        faults = claim.faults()
        if faults:
            raise Tampered(faults)
        return cls._unchecked(claim, datetime.fromisoformat(claim.at).replace(tzinfo=UTC))

    @classmethod
    def _unchecked(cls, claim: Claim, at: datetime) -> Self:
        """Make the entry of a claim in which this module has just found no fault."""
        entry = object.__new__(cls)
        fields_of = (claim.sequence, at, claim.actor, claim.act, claim.body, claim.previous, claim.hash)
        for name, value in zip(cls.__slots__, fields_of, strict=True):
            object.__setattr__(entry, name, value)
        return entry

    def to_data(self) -> dict[str, Any]:
        """Return the entry as plain data; its canonical JSON is one line of an exported record."""
        claim = self.claim
        return {field.name: getattr(claim, field.name) for field in fields(Claim)} | {"body": self.body}

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Self:
        """Read what :meth:`to_data` gave; raise ``Tampered`` if anything in it was changed."""
        return cls.from_claim(claim_from_data(data))


def seal(sequence: int, at: datetime, actor: str, act: str, body: Mapping[str, Any], previous: str) -> Entry:
    """Make the entry that follows the one with hash ``previous``.

    Raises
    ------
    BadInput
        Naming everything that cannot be written: a time without a zone, an empty actor, a value without JSON form.
    """
    if at.tzinfo is None:
        raise BadInput(
            Fault("time-without-zone", f"entry {sequence}, at", str(at), "a time with its zone", "pass UTC time")
        )
    content = canonical_json(body).decode()
    moment = time_text(at)
    unsealed = Claim(sequence, moment, actor, act, content, previous, GENESIS)
    malformed = unsealed._malformed(content.startswith("{"))
    if malformed:
        raise BadInput(malformed)
    sealed = statement_hash(sequence, moment, actor, act, content, previous)
    claim = Claim(sequence, moment, actor, act, content, previous, sealed)
    return Entry._unchecked(claim, at.astimezone(UTC))


def claim_from_data(data: Mapping[str, Any]) -> Claim:
    """Take plain data at its word; raise ``Tampered`` if its fields are not those of an entry."""
    names = sorted(field.name for field in fields(Claim))
    if sorted(data) != names:
        raise Tampered(
            Fault(
                "entry-malformed",
                f"entry {data.get('sequence')!a}",
                f"the fields {', '.join(sorted(data)) or 'none'}",
                f"the fields {', '.join(names)}",
                "restore this entry from a copy whose hash agrees",
            )
        )
    return Claim(**{**data, "body": canonical_json(data["body"]).decode()})


def statement_hash(sequence: int, at: str, actor: str, act: str, body: str, previous: str) -> str:
    """Return the hash of an entry from its fields as text, ``body`` being canonical JSON already."""
    return digest(_written(sequence, at, actor, act, body, previous).encode())


def _written(sequence: int, at: str, actor: str, act: str, body: str, previous: str, sealed: str | None = None) -> str:
    """Write the fields of a claim that is not malformed as canonical JSON; its hash too, where it is given."""
    # The keys in canonical order. Only names can hold what must be escaped; the body is canonical already.
    hashed = "" if sealed is None else f'"hash":"{sealed}",'
    return (
        f'{{"act":{encode_basestring(act)},"actor":{encode_basestring(actor)},"at":"{at}","body":{body},'
        f'{hashed}"previous":"{previous}","sequence":{sequence}}}'
    )


def time_text(at: datetime) -> str:
    """Write a time with a zone as the record does: UTC, always six decimals."""
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def is_time(text: object) -> bool:
    """Say whether a text is a time as the record writes it: UTC to the microsecond."""
    if not (isinstance(text, str) and _TIME.fullmatch(text)):
        return False
    try:
        return datetime.fromisoformat(text).utcoffset() == timedelta(0)
    except ValueError:
        return False


def is_name(text: object) -> bool:
    """Say whether a text can name an actor, an act or a kind: printable, 1 to 200 characters, no outer spaces."""
    return isinstance(text, str) and 0 < len(text) <= LONGEST_NAME and text.isprintable() and text == text.strip()


def _is_hash(text: object) -> bool:
    return isinstance(text, str) and _HASH.fullmatch(text) is not None


def _is_body(text: object) -> bool:
    if not isinstance(text, str):
        return False
    try:
        value = read_json(text)
        return isinstance(value, dict) and canonical_json(value).decode() == text
    except BadInput:
        return False


def _shortened(value: object) -> str:
    text = ascii(value)
    return text if len(text) <= 80 else f"{text[:77]}..."
