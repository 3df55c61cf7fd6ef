"""Facts to put on a record, and ways to reach past its guards."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import cache

from sqlalchemy import Connection, Engine, NullPool, create_engine, make_url, text

from newcourse.record.canonical import canonical_json, digest
from newcourse.record.checkpoint import Note
from newcourse.record.draft import Draft
from newcourse.record.entry import GENESIS, Entry, seal
from newcourse.record.keys import WitnessKey
from newcourse.record.schema import METADATA
from newcourse.record.store import Record

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)


def chain(length: int) -> list[Entry]:
    """Make a sound chain without a database."""
    entries: list[Entry] = []
    for number in range(1, length + 1):
        previous = entries[-1].hash if entries else GENESIS
        at = NOON + timedelta(minutes=number)
        entries.append(seal(number, at, f"member-{number % 3}", "need-filed", {"number": number}, previous))
    return entries


def fill(record: Record, length: int) -> list[Entry]:
    """Append some facts in one transaction."""
    with record.transaction() as draft:
        return [draft.append("need-filed", "anna", {"number": n}, NOON) for n in range(1, length + 1)]


TOKENS = [digest(f"token {number}".encode()) for number in range(5)]


def cast_secret(draft: Draft, vote: str, token: str) -> bytes:
    """Cast a ballot as a token holder does: an entry that commits to it, and the cast in the box."""
    opened = {"ballot": {"ranking": ["a", "b"]}, "salt": token[:32]}
    content = canonical_json({"token": "00", "signature": "00", **opened})
    body = {"vote": vote, "token": token, "commitment": digest(canonical_json(opened))}
    draft.append("cast_secret", "token holder", body, NOON)
    draft.deposit(vote, token, content)
    return content


RED, BLUE = WitnessKey("red-list", bytes(32)), WitnessKey("blue-list", bytes(range(32)))


def fill_all(record: Record) -> None:
    """Six entries that cite two artefacts of three, checkpoints, witnesses, secret casts, secrets."""
    fill(record, 3)
    kept = [record.keep("plan", "application/json", content) for content in (b"{}", b"[1]" * 99)]
    record.keep("note", "text/plain", b"cited by nobody")
    with record.transaction() as draft:
        draft.append("plan-adopted", "congress", {"plans": kept}, NOON)
        draft.checkpoint(NOON)
        for token in TOKENS[:2]:
            cast_secret(draft, "V7", token)
        draft.keep_secret("vote:V7", b"key")
        draft.checkpoint(NOON)
    for signed in record.checkpoints():
        for key in (RED, BLUE):
            line = key.sign(Note.from_text(signed.note).text)
            record.countersign(signed.note, key.name, key.public_key, line.signature)


@contextmanager
def by_hand(url: str) -> Iterator[Connection]:
    """Work on the database as another program would."""
    with _engine(url).begin() as connection:
        yield connection


@cache
def _engine(url: str) -> Engine:
    """Engine that keeps no connection: getting to know a database takes longer than to connect to it again."""
    address = make_url(url)
    chosen = address if url.startswith("sqlite") else address.set(drivername="postgresql+psycopg")
    return create_engine(chosen, poolclass=NullPool)


def take_guards_off(url: str) -> None:
    """Replace the tables by copies without triggers, keys or constraints, as the owner of the database could."""
    with by_hand(url) as connection:
        for table in METADATA.tables:
            for statement in (
                f"CREATE TABLE loose AS SELECT * FROM {table}",
                f"DROP TABLE {table}",
                f"ALTER TABLE loose RENAME TO {table}",
            ):
                connection.execute(text(statement))


def codes(faults: object) -> set[str]:
    """The codes of the faults of a verification or an error."""
    return {fault.code for fault in faults.faults}
