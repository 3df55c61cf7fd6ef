"""Whoever reaches into the database past every guard is found out, on both databases."""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, replace
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, insert, select, text, update
from sqlalchemy.exc import DatabaseError

from newcourse.errors import Tampered
from newcourse.record.entry import Claim, seal, statement_hash
from newcourse.record.schema import ARTEFACTS, ENTRIES, HEAD
from newcourse.record.store import Record, open_record
from newcourse.record.verify import Head
from tests.record.facts import NOON, by_hand, codes, fill, take_guards_off

TABLES = {"entries": ENTRIES, "head": HEAD, "artefacts": ARTEFACTS}
Rows = dict[str, list[dict[str, Any]]]


@dataclass
class Opened:
    """A record of six entries that cite two artefacts, its guards taken off."""

    url: str
    record: Record
    rows: Rows
    end: Head


@pytest.fixture
def opened(database_url: str) -> Iterator[Opened]:
    with open_record(database_url) as record:
        fill(record, 5)
        kept = [record.keep("plan", "application/json", content) for content in (b"{}", b"[1]" * 99)]
        record.append("plan-adopted", "congress", {"plans": kept}, NOON)
        end = record.head()
        take_guards_off(database_url)
        with by_hand(database_url) as connection:
            rows = {
                name: [dict(row._mapping) for row in connection.execute(select(table))]
                for name, table in TABLES.items()
            }
        yield Opened(database_url, record, rows, end)


def put(opened: Opened, rows: Rows) -> None:
    """Let the tables hold these rows and no others."""
    with by_hand(opened.url) as connection:
        for name, table in TABLES.items():
            connection.execute(delete(table))
            if rows[name]:
                connection.execute(insert(table), rows[name])


hashes = st.text("0123456789abcdef", min_size=64, max_size=64)
words = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=20)
VALUES = {
    "sequence": st.integers(-2, 2**40),
    "at": st.sampled_from(["2026-05-01T12:00:00.000001Z", "2026-05-01T12:00:00Z", "yesterday", ""]),
    "actor": words,
    "act": words,
    "body": words | st.sampled_from(["{}", '{"number": 1}', '{"number":7}', "null"]),
    "previous": hashes | words,
    "hash": hashes | words,
    "id": st.just(2),
    "encoding": st.sampled_from(["plain", "zlib", "gzip"]),
    "size": st.integers(0, 300),
    "content": st.binary(max_size=40),
}
EDITABLE = {
    "entries": ["sequence", "at", "actor", "act", "body", "previous", "hash"],
    "head": ["sequence", "hash"],
    "artefacts": ["hash", "encoding", "size", "content"],
}


@st.composite
def tampered(draw: st.DrawFn, original: Rows) -> Rows:
    """Change one thing: edit a field, take away, double, swap, renumber, or seal anew with a fresh hash."""
    rows = deepcopy(original)
    table = draw(st.sampled_from(["entries", "entries", "head", "artefacts"]))
    chosen = rows[table]
    row = draw(st.sampled_from(chosen))
    ways = {
        "entries": ["edit", "remove", "double", "swap", "renumber", "reseal", "add"],
        "artefacts": ["edit", "remove"],
    }
    match draw(st.sampled_from(ways.get(table, ["edit", "remove"]))):
        case "edit":
            field = draw(st.sampled_from(EDITABLE[table]))
            row[field] = draw(VALUES[field] | st.sampled_from([other[field] for other in chosen]))
        case "remove":
            chosen.remove(row)
        case "double":
            chosen.append(row | {"sequence": draw(st.sampled_from([row["sequence"], 7, 99]))})
        case "swap":
            other = draw(st.sampled_from(chosen))
            row["sequence"], other["sequence"] = other["sequence"], row["sequence"]
        case "renumber":
            for later in [item for item in chosen if item["sequence"] >= row["sequence"]]:
                later["sequence"] += 1
        case "reseal":
            row["actor"] = draw(words)
            row["hash"] = statement_hash(**{key: value for key, value in row.items() if key != "hash"})
        case "add":
            entry = seal(7, NOON, "forger", "plan-adopted", {}, original["entries"][-1]["hash"])
            chosen.append({field: getattr(entry.claim, field) for field in row})
    return rows


def comparable(rows: Rows) -> dict[str, set[tuple[tuple[str, Any], ...]]]:
    return {name: {tuple(sorted(row.items())) for row in table} for name, table in rows.items()}


@pytest.mark.slow
def test_any_single_change_of_what_is_stored_is_found(opened: Opened) -> None:
    @settings(max_examples=100, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
    @given(tampered(opened.rows))
    def found(rows: Rows) -> None:
        lengths = [len(table) for table in rows.values()] == [len(table) for table in opened.rows.values()]
        assume(not lengths or comparable(rows) != comparable(opened.rows))
        put(opened, rows)
        verification = opened.record.verify()
        assert not verification.ok
        assert str(verification).encode()

    found()
    put(opened, opened.rows)
    assert opened.record.verify().ok


def edited(opened: Opened, *statements: str) -> set[str]:
    """Codes of the faults after some statements by hand."""
    with by_hand(opened.url) as connection:
        for statement in statements:
            connection.execute(text(statement))
    return codes(opened.record.verify())


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("UPDATE entries SET actor = 'other' WHERE sequence = 2", {"entry-changed"}),
        ("DELETE FROM entries WHERE sequence = 2", {"entry-removed"}),
        ("DELETE FROM entries WHERE sequence = 6", {"end-removed", "head-differs", "node-changed"}),
        ("DELETE FROM entries", {"end-removed", "head-differs", "node-changed"}),
        ("INSERT INTO entries SELECT * FROM entries WHERE sequence = 2", {"entry-duplicate"}),
        ("UPDATE head SET sequence = 5", {"end-added"}),
        ("DELETE FROM head", {"head-malformed"}),
        ("INSERT INTO head SELECT 2, sequence, hash FROM head", {"head-malformed"}),
        ("DELETE FROM artefacts", {"artefact-removed", "rows-changed"}),
        ("UPDATE artefacts SET size = size + 1", {"artefact-changed", "rows-changed"}),
    ],
)
def test_each_change_has_its_own_name(opened: Opened, statement: str, expected: set[str]) -> None:
    assert edited(opened, statement) == expected


def test_reading_stops_at_what_was_changed(opened: Opened) -> None:
    edited(opened, "UPDATE entries SET body = '{}' WHERE sequence = 3")
    read = opened.record.entries()
    assert [next(read).sequence, next(read).sequence] == [1, 2]
    with pytest.raises(Tampered, match="entry-changed at entry 3"):
        next(read)


@pytest.mark.parametrize(("where", "code"), [("sequence = 3", "link-broken"), ("sequence = 6", "end-removed")])
def test_reading_misses_what_was_removed(opened: Opened, where: str, code: str) -> None:
    edited(opened, f"DELETE FROM entries WHERE {where}")
    with pytest.raises(Tampered, match=code):
        list(opened.record.entries())


def test_a_changed_artefact_cannot_be_fetched(opened: Opened) -> None:
    with by_hand(opened.url) as connection:
        connection.execute(update(ARTEFACTS).values(content=b"other", encoding="plain", size=5))
    for address in opened.record.addresses():
        with pytest.raises(Tampered, match="artefact-changed"):
            opened.record.fetch(address)


@pytest.mark.parametrize("statement", ["DELETE FROM entries WHERE sequence = 6", "DELETE FROM head"])
def test_nothing_is_added_to_a_record_whose_end_is_wrong(opened: Opened, statement: str) -> None:
    edited(opened, statement)
    with pytest.raises(Tampered):
        opened.record.append("need-filed", "anna", {}, NOON)


def test_who_rewrites_entries_and_head_is_found_by_a_witness_only(opened: Opened) -> None:
    """The honest limit: a chain needs somebody outside who noted its head."""
    short = [row for row in opened.rows["entries"] if row["sequence"] <= 4]
    claim = replace(Claim(**short[-1]), actor="forger")
    fields = {name: getattr(claim, name) for name in ("sequence", "at", "actor", "act", "body", "previous")}
    short[-1] = fields | {"hash": statement_hash(**fields)}
    put(opened, opened.rows | {"entries": short, "head": [{"id": 1, "sequence": 4, "hash": short[-1]["hash"]}]})
    assert opened.record.verify().ok
    assert codes(opened.record.verify([opened.end])) == {"witness-contradicted"}


def test_bytes_that_are_no_text_are_named(tmp_path: Any) -> None:
    url = f"sqlite:///{tmp_path / 'record.sqlite'}"
    with open_record(url) as record:
        fill(record, 3)
        address = record.keep("note", "text/plain", b"note")
        take_guards_off(url)
        with by_hand(url) as connection:
            connection.execute(text("UPDATE entries SET actor = CAST(x'ff' AS TEXT) WHERE sequence = 2"))
            connection.execute(text("UPDATE entries SET body = x'7b7d' WHERE sequence = 3"))
            connection.execute(text("UPDATE artefacts SET content = 'text', size = 'big'"))
        verification = record.verify()
        assert [fault.where for fault in verification.faults] == ["entry 2, actor", "entry 3, body", address]


GUARDED = [
    "UPDATE entries SET actor = 'other' WHERE sequence = 1",
    "UPDATE entries SET sequence = 9 WHERE sequence = 3",
    "DELETE FROM entries WHERE sequence = 3",
    "UPDATE artefacts SET kind = 'other'",
    "DELETE FROM artefacts",
    "UPDATE head SET sequence = 1",
    "UPDATE head SET hash = 'other'",
    "DELETE FROM head",
    "INSERT INTO head VALUES (2, 0, '')",
    "INSERT INTO entries SELECT 9, at, actor, act, body, previous, 'new' FROM entries WHERE sequence = 1",
]
ONLY_SQLITE = [
    "INSERT OR REPLACE INTO entries SELECT 1, at, 'other', act, body, previous, hash FROM entries WHERE sequence = 1",
    "INSERT OR REPLACE INTO entries SELECT 9, at, 'other', act, body, previous, 'new' FROM entries WHERE sequence = 1",
    "INSERT OR REPLACE INTO artefacts SELECT hash, 'other', media_type, encoding, size, content FROM artefacts",
    "REPLACE INTO head VALUES (1, 0, '')",
    "UPDATE OR REPLACE entries SET sequence = 2 WHERE sequence = 1",
]
ONLY_POSTGRESQL = ["TRUNCATE entries", "TRUNCATE artefacts", "TRUNCATE head"]


def test_the_database_itself_refuses_to_change_what_is_written(database_url: str) -> None:
    with open_record(database_url) as record:
        fill(record, 3)
        record.keep("note", "text/plain", b"note")
        statements = GUARDED + (ONLY_SQLITE if database_url.startswith("sqlite") else ONLY_POSTGRESQL)
        for statement in statements:
            with pytest.raises(DatabaseError), by_hand(database_url) as connection:
                connection.execute(text(statement))
        assert record.verify().ok
        assert record.head().count == 3
