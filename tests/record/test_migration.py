"""The tables are brought up and down with what they hold, and are what the code says they are."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Engine, func, insert, inspect, select, text, update

from newcourse.databases.opening import engine_for, writing
from newcourse.errors import BadInput
from newcourse.record.canonical import canonical_json, digest
from newcourse.record.merkle import growing, leaf_hash, root
from newcourse.record.migration import REVISIONS
from newcourse.record.schema import ARTEFACTS, ENTRIES, HEAD, METADATA
from newcourse.record.store import Record, open_record
from tests.record.facts import NOON, TOKENS, chain, codes, fill


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    made = engine_for(database_url)
    yield made
    made.dispose()


def fill_first_revision(engine: Engine) -> None:
    entries = chain(3)
    rows = [{column.name: getattr(entry.claim, column.name) for column in ENTRIES.columns} for entry in entries]
    with writing(engine).begin() as connection:
        connection.execute(insert(ENTRIES), rows)
        connection.execute(update(HEAD).values(sequence=3, hash=entries[-1].hash))


def test_the_newest_revision_is_what_the_code_says(engine: Engine) -> None:
    REVISIONS.upgrade(engine)
    with engine.connect() as connection:
        options = {"compare_type": True, "version_table": REVISIONS.table}
        assert compare_metadata(MigrationContext.configure(connection, opts=options), METADATA) == []
    assert set(inspect(engine).get_table_names()) == {*METADATA.tables, REVISIONS.table}


def test_what_an_older_revision_holds_is_still_there(engine: Engine) -> None:
    assert REVISIONS.current(engine) is None
    REVISIONS.upgrade(engine, "0001")
    assert REVISIONS.current(engine) == "0001"
    fill_first_revision(engine)
    REVISIONS.upgrade(engine)
    record = Record(engine)
    assert list(record.entries()) == chain(3)
    assert record.keep("note", "text/plain", b"new")
    assert record.append("need-filed", "anna", {}, NOON).sequence == 4
    assert record.verify().ok


def test_going_back_and_up_again_keeps_entries(engine: Engine, database_url: str) -> None:
    REVISIONS.upgrade(engine)
    sealed = fill(Record(engine), 3)
    REVISIONS.downgrade(engine, "0001")
    assert REVISIONS.current(engine) == "0001"
    with open_record(database_url) as record:
        assert list(record.entries()) == sealed
        assert record.verify().ok


def test_the_tree_is_built_over_what_an_older_revision_holds(engine: Engine, database_url: str) -> None:
    """Up with data, down with data, and up again: entries and artefacts stay, the tree and the sums are made anew."""
    REVISIONS.upgrade(engine, "0002")
    entries = chain(1500)
    rows = [{column.name: getattr(entry.claim, column.name) for column in ENTRIES.columns} for entry in entries]
    with writing(engine).begin() as connection:
        connection.execute(insert(ENTRIES), rows)
        connection.execute(update(HEAD).values(sequence=1500, hash=entries[-1].hash))
        connection.execute(insert(ARTEFACTS), artefact_row("note", b"kept"))
    expected = growing([leaf_hash(canonical_json(entry.to_data())) for entry in entries])
    for _ in range(2):
        with open_record(database_url) as record:
            assert record.root() == root(1500, expected)
            assert record.verify().ok
        REVISIONS.downgrade(engine, "0002")
        assert REVISIONS.current(engine) == "0002"
        assert set(inspect(engine).get_table_names()) == {"entries", "head", "artefacts", REVISIONS.table}
        with engine.connect() as connection:
            assert connection.execute(select(func.count()).select_from(ENTRIES)).scalar_one() == 1500
            assert connection.execute(select(func.count()).select_from(ARTEFACTS)).scalar_one() == 1
    with open_record(database_url) as record:
        fill(record, 10)
        assert record.verify().ok


def artefact_row(kind: str, content: bytes) -> dict[str, object]:
    return {
        "hash": digest(content), "kind": kind, "media_type": "text/plain",
        "encoding": "plain", "size": len(content), "content": content,
    }  # fmt: skip


def test_an_older_record_that_was_tampered_with_can_be_opened_and_is_named(engine: Engine, database_url: str) -> None:
    REVISIONS.upgrade(engine, "0002")
    fill_first_revision(engine)
    guard = "DROP TRIGGER entries_no_update"
    if engine.dialect.name == "postgresql":
        guard = "DROP TRIGGER entries_rows_stay ON entries"
    with writing(engine).begin() as connection:
        connection.execute(text(guard))
        connection.execute(text("UPDATE entries SET body = '{} ' WHERE sequence = 2"))
    with open_record(database_url) as record:
        assert {"entry-malformed", "node-changed"} <= codes(record.verify())


@pytest.mark.parametrize("table", ["checkpoints", "box", "vault"])
def test_going_back_forgets_no_signature_and_no_ballot(engine: Engine, table: str) -> None:
    REVISIONS.upgrade(engine)
    record = Record(engine)
    with record.transaction() as draft:
        match table:
            case "box":
                draft.deposit("V7", TOKENS[0], b"{}")
            case "vault":
                draft.keep_secret("vote:V7", b"key")
            case _:
                draft.checkpoint(NOON)
    with pytest.raises(BadInput, match="downgrade-would-forget"):
        REVISIONS.downgrade(engine, "0002")
    assert REVISIONS.current(engine) == "0003"


def test_going_back_never_forgets(engine: Engine) -> None:
    REVISIONS.upgrade(engine)
    record = Record(engine)
    fill(record, 2)
    address = record.keep("note", "text/plain", b"kept")
    for revision, table in (("0001", "artefacts"), ("base", "artefacts")):
        with pytest.raises(BadInput, match="downgrade-would-forget") as caught:
            REVISIONS.downgrade(engine, revision)
        assert caught.value.faults[0].where == f"table {table}"
    assert record.fetch(address).content == b"kept"
    assert record.verify().ok


def test_entries_are_not_forgotten_halfway(engine: Engine) -> None:
    REVISIONS.upgrade(engine)
    fill(Record(engine), 2)
    with pytest.raises(BadInput, match="table entries"):
        REVISIONS.downgrade(engine, "base")
    assert REVISIONS.current(engine) == "0003", "all steps or none"
    assert Record(engine).verify().ok


def test_an_empty_record_can_be_taken_away_and_made_again(engine: Engine) -> None:
    REVISIONS.upgrade(engine)
    REVISIONS.downgrade(engine, "base")
    assert set(inspect(engine).get_table_names()) == {REVISIONS.table}
    REVISIONS.upgrade(engine)
    fill(Record(engine), 1)
    assert Record(engine).verify().ok


def test_a_database_of_a_newer_version_is_left_alone(engine: Engine, database_url: str) -> None:
    REVISIONS.upgrade(engine)
    with writing(engine).begin() as connection:
        connection.execute(text(f"UPDATE {REVISIONS.table} SET version_num = '9999'"))
    with pytest.raises(BadInput, match="record-newer"):
        open_record(database_url)


def test_a_record_that_must_be_there_is_not_made(engine: Engine, database_url: str, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="record-missing"):
        open_record(database_url, make=False)
    assert not list(tmp_path.glob("*.sqlite"))
    assert inspect(engine).get_table_names() == [], "PostgreSQL has no table, SQLite an empty file"
    with pytest.raises(BadInput, match="record-missing"):
        open_record(database_url, make=False)
    REVISIONS.upgrade(engine, "0001")
    with pytest.raises(BadInput, match="record-older"):
        open_record(database_url, make=False)
    REVISIONS.upgrade(engine)
    with open_record(database_url, make=False) as record:
        assert record.verify().ok
