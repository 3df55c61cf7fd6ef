"""The database itself refuses to change what is on the record, until somebody takes its guards off."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from newcourse.record.schema import METADATA
from newcourse.record.store import open_record
from tests.record.facts import by_hand, fill_all

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
    "UPDATE nodes SET position = 99 WHERE level = 1",
    "UPDATE nodes SET hash = NULL",
    "DELETE FROM nodes WHERE level = 0",
    "UPDATE checkpoints SET at = 'other'",
    "DELETE FROM checkpoints",
    "UPDATE witnesses SET name = 'other'",
    "DELETE FROM witnesses",
    "UPDATE box SET vote = 'V8'",
    "DELETE FROM box",
    "UPDATE vault SET name = 'other'",
    "UPDATE totals SET digest = 'other'",
    "UPDATE totals SET changes = changes - 1",
    "UPDATE totals SET name = 'other', changes = changes + 1",
    "DELETE FROM totals",
    "INSERT INTO totals VALUES ('other', 0, '')",
]
ONLY_SQLITE = [
    "INSERT OR REPLACE INTO entries SELECT 1, at, 'other', act, body, previous, hash FROM entries WHERE sequence = 1",
    "INSERT OR REPLACE INTO entries SELECT 9, at, 'other', act, body, previous, 'new' FROM entries WHERE sequence = 1",
    "INSERT OR REPLACE INTO artefacts SELECT hash, 'other', media_type, encoding, size, content FROM artefacts",
    "REPLACE INTO head VALUES (1, 0, '')",
    "UPDATE OR REPLACE entries SET sequence = 2 WHERE sequence = 1",
    "INSERT OR REPLACE INTO nodes SELECT level, position, x'00' FROM nodes",
    "INSERT OR REPLACE INTO checkpoints SELECT size, 'other', public_key, note FROM checkpoints",
    "INSERT OR REPLACE INTO witnesses SELECT size, name, x'00', signature FROM witnesses",
    "INSERT OR REPLACE INTO box SELECT token, 'V8', content FROM box",
    "INSERT OR REPLACE INTO vault SELECT name, x'00' FROM vault",
    "INSERT OR REPLACE INTO totals SELECT name, 99, digest FROM totals",
]
ONLY_POSTGRESQL = [f"TRUNCATE {table}" for table in METADATA.tables]


def test_the_database_itself_refuses_to_change_what_is_written(database_url: str) -> None:
    with open_record(database_url) as record:
        fill_all(record)
        statements = GUARDED + (ONLY_SQLITE if database_url.startswith("sqlite") else ONLY_POSTGRESQL)
        for statement in statements:
            with pytest.raises(DatabaseError), by_hand(database_url) as connection:
                connection.execute(text(statement))
        assert record.verify().ok
        assert record.head().count == 6
