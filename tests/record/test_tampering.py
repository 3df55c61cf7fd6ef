"""Whoever reaches into the database past every guard is found out, on both databases."""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, insert, select, text, update

from newcourse.errors import Tampered
from newcourse.record.entry import seal, statement_hash
from newcourse.record.schema import ARTEFACTS, METADATA
from newcourse.record.store import Record, open_record
from newcourse.record.verify import Head
from tests.record.facts import NOON, by_hand, codes, fill, fill_all, take_guards_off

Rows = dict[str, list[dict[str, Any]]]


@dataclass
class Opened:
    """A record that holds something in each of its tables, its guards taken off."""

    url: str
    record: Record
    rows: Rows
    end: Head
    notes: list[str]


@pytest.fixture
def opened(database_url: str) -> Iterator[Opened]:
    with open_record(database_url) as record:
        fill_all(record)
        end = record.head()
        notes = [signed.note for signed in record.checkpoints()]
        assert record.verify([end], notes).ok
        take_guards_off(database_url)
        with by_hand(database_url) as connection:
            rows = {
                name: [dict(row._mapping) for row in connection.execute(select(table))]
                for name, table in METADATA.tables.items()
            }
        assert all(rows.values())
        yield Opened(database_url, record, rows, end, notes)


def put(opened: Opened, rows: Rows) -> None:
    """Let the tables hold these rows and no others."""
    with by_hand(opened.url) as connection:
        for name, table in METADATA.tables.items():
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


def other(value: object) -> list[object]:
    """Values of the same kind that somebody could write there instead."""
    if isinstance(value, int):
        return [value + 1, 0 if value else 99]
    if isinstance(value, bytes):
        return [value[:-1] + bytes([value[-1] ^ 1]), value + b"x", b""]
    flipped = ("1" if value[-1:] != "1" else "2") if isinstance(value, str) else None
    return [f"{value[:-1]}{flipped}", f"{value[:-1]} ", ""]


def edits(rows: Rows, every: bool) -> Iterator[tuple[str, Rows]]:
    """Each row taken away, each row doubled, each field of each row changed: of ``every`` row, or the last of each."""
    tried = 0
    for name, table in rows.items():
        for number in range(0 if every else len(table) - 1, len(table)):
            row, rest = table[number], table[:number] + table[number + 1 :]
            yield f"{name} {number} removed", rows | {name: rest}
            yield f"{name} {number} doubled", rows | {name: [*table, row]}
            for field, value in row.items():
                tried += 1
                changed = other(value)[tried % len(other(value))]
                yield f"{name} {number} {field} = {changed!r}", rows | {name: [*rest, row | {field: changed}]}


@pytest.mark.slow
def test_every_edit_of_every_field_of_every_table_is_found(opened: Opened) -> None:
    on_sqlite = opened.url.startswith("sqlite")
    missed = []
    for what, rows in edits(opened.rows, every=on_sqlite):
        changed = what.split()[0]
        put_one(opened, changed, rows[changed])
        verification = opened.record.verify()
        if verification.ok:
            missed.append(what)
        assert str(verification).encode()
        put_one(opened, changed, opened.rows[changed])
    assert missed == []
    assert opened.record.verify().ok


def put_one(opened: Opened, name: str, rows: list[dict[str, Any]]) -> None:
    with by_hand(opened.url) as connection:
        connection.execute(delete(METADATA.tables[name]))
        if rows:
            connection.execute(insert(METADATA.tables[name]), rows)


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
    @settings(max_examples=50, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
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


CHANGES: list[tuple[str, set[str]]] = [
    ("UPDATE entries SET actor = 'other' WHERE sequence = 2", {"entry-changed"}),
    ("DELETE FROM entries WHERE sequence = 2", {"entry-removed"}),
    (
        "DELETE FROM entries WHERE sequence = 6",
        {"end-removed", "head-differs", "node-changed", "checkpoint-contradicted", "cast-added"},
    ),
    ("INSERT INTO entries SELECT * FROM entries WHERE sequence = 2", {"entry-duplicate"}),
    ("UPDATE head SET sequence = 5", {"end-added"}),
    ("UPDATE head SET id = 2", {"head-malformed"}),
    ("DELETE FROM head", {"head-malformed"}),
    ("INSERT INTO head SELECT 2, sequence, hash FROM head", {"head-malformed"}),
    ("DELETE FROM artefacts", {"artefact-removed", "rows-changed"}),
    ("DELETE FROM artefacts WHERE kind = 'note'", {"rows-changed"}),
    ("UPDATE artefacts SET kind = 'other' WHERE kind = 'note'", {"rows-changed"}),
    ("UPDATE artefacts SET size = size + 1", {"artefact-changed", "rows-changed"}),
    ("DELETE FROM nodes WHERE level = 1 AND position = 1", {"node-changed"}),
    ("UPDATE nodes SET position = 77 WHERE level = 2", {"node-changed"}),
    ("INSERT INTO nodes SELECT level, position + 1, hash FROM nodes WHERE level = 2", {"node-changed"}),
    ("UPDATE checkpoints SET at = '2026-05-01T12:00:00.000001Z' WHERE size = 4", {"rows-changed"}),
    ("UPDATE checkpoints SET size = 5 WHERE size = 4", {"checkpoint-changed", "witness-changed", "rows-changed"}),
    ("DELETE FROM checkpoints WHERE size = 4", {"witness-changed", "rows-changed"}),
    ("UPDATE witnesses SET name = 'green' WHERE name = 'red-list'", {"witness-changed", "rows-changed"}),
    ("DELETE FROM witnesses WHERE name = 'red-list'", {"rows-changed"}),
    ("UPDATE box SET vote = 'V8'", {"cast-changed", "rows-changed"}),
    ("UPDATE box SET content = 'x'", {"cast-changed", "rows-changed"}),
    ("DELETE FROM box", {"cast-removed", "rows-changed"}),
    ("UPDATE vault SET content = 'x' WHERE name <> 'log'", {"rows-changed"}),
    ("DELETE FROM vault WHERE name = 'log'", {"rows-changed"}),
    ("UPDATE totals SET changes = 99 WHERE name = 'box'", {"rows-changed"}),
    ("DELETE FROM totals WHERE name = 'box'", {"rows-changed"}),
    ("UPDATE totals SET name = 'other' WHERE name = 'box'", {"rows-changed"}),
    ("INSERT INTO totals SELECT * FROM totals", {"rows-changed"}),
]


def test_each_change_has_its_own_name(opened: Opened) -> None:
    found = {}
    for statement, _ in CHANGES:
        found[statement] = edited(opened, statement)
        put(opened, opened.rows)
    assert found == dict(CHANGES)
    assert opened.record.verify().ok


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


def test_who_rewrites_everything_is_found_by_whoever_kept_a_note_only(opened: Opened, tmp_path: Any) -> None:
    """The honest limit: who holds the database and its keys can write all of it anew, but not what others hold."""
    with open_record(f"sqlite:///{tmp_path}/forged.sqlite") as forged:
        forged.append("need-filed", "forger", {}, NOON)
        with forged.transaction() as draft:
            draft.keep_secret("log", opened.record.secret("log"))
            draft.checkpoint(NOON)
        fill_all(forged)
        with by_hand(f"sqlite:///{tmp_path}/forged.sqlite") as connection:
            rows = {
                name: [dict(row._mapping) for row in connection.execute(select(table))]
                for name, table in METADATA.tables.items()
            }
    put(opened, rows)
    assert opened.record.verify().ok
    assert codes(opened.record.verify([opened.end])) == {"witness-contradicted"}
    assert codes(opened.record.verify(notes=opened.notes)) == {"checkpoint-contradicted"}


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
        assert [fault.where for fault in verification.faults] == [
            "entry 2, actor",
            "entry 3, body",
            address,
            "table artefacts",
        ]
