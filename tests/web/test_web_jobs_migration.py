"""The tables of the queue are made by revisions, and are those that the library would make itself."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from huey.contrib.sql_huey import SqlStorage
from sqlalchemy import Engine, inspect

from newcourse.databases.opening import engine_for
from newcourse.record.store import open_record
from newcourse.web.jobs.migration import REVISIONS
from newcourse.web.jobs.queue import Jobs, _database, queue_on
from newcourse.web.jobs.schema import METADATA
from newcourse.web.jobs.store import Job, JobStore

QUEUE = {"kv", "schedule", "task", "counter"}
NOON = datetime(2030, 5, 1, 12, tzinfo=UTC)


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    made = engine_for(database_url)
    yield made
    made.dispose()


def made_by_huey(engine: Engine) -> SqlStorage:
    storage = SqlStorage("newcourse", _database(engine.url))
    storage.close()
    return storage


def form_of(engine: Engine, tables: set[str]) -> dict[str, object]:
    """Columns, keys and indexes of tables, as the database says."""
    seen = inspect(engine)
    return {
        table: (
            [(one["name"], str(one["type"]), one["nullable"]) for one in seen.get_columns(table)],
            seen.get_pk_constraint(table)["constrained_columns"],
            sorted(str(one["name"]) for one in seen.get_indexes(table)),
        )
        for table in tables
    }


@pytest.mark.filterwarnings("ignore:Skipped unsupported reflection of expression-based index")
def test_the_queue_has_the_tables_that_the_library_would_make(engine: Engine) -> None:
    storage = made_by_huey(engine)
    theirs = form_of(engine, QUEUE)
    storage.drop_tables()
    storage.close()
    REVISIONS.upgrade(engine)
    assert form_of(engine, QUEUE) == theirs
    tables = set(inspect(engine).get_table_names())
    assert tables == {*QUEUE, *METADATA.tables, REVISIONS.table}


def test_what_waits_in_tables_made_before_the_revisions_is_kept(engine: Engine) -> None:
    made_by_huey(engine)
    METADATA.create_all(engine)
    queue = queue_on(engine.url).storage
    queue.enqueue(b"[]")
    name = JobStore(engine).add(Job("job-1", "file_proposal", "ben", {}, "k", asked=NOON))
    assert REVISIONS.current(engine) == REVISIONS.newest
    assert queue.queue_size() == 1
    assert JobStore(engine).get(name).asked == NOON
    queue.close()


def test_the_tables_go_and_come_back_beside_a_record(engine: Engine, database_url: str) -> None:
    with open_record(database_url) as record:
        before = set(inspect(engine).get_table_names())
        Jobs(record, database_url).close()
        REVISIONS.downgrade(engine, "base")
        assert set(inspect(engine).get_table_names()) == {*before, REVISIONS.table}
        jobs = Jobs(record, database_url)
        assert not jobs.work_once()
        jobs.close()
        assert record.verify().ok
