"""The tables of people are brought up and down with what they hold, and are what the code says they are."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Engine, inspect, text

from newcourse.errors import BadInput, NewCourseError
from newcourse.people.database import beside, engine_for, writing
from newcourse.people.migration import REVISIONS, upgrade
from newcourse.people.people import open_people
from newcourse.people.schema import METADATA
from newcourse.record.store import open_record
from tests.people.facts import NOON, account, settled


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    made = engine_for(database_url)
    yield made
    made.dispose()


def test_the_newest_revision_is_what_the_code_says(engine: Engine) -> None:
    upgrade(engine)
    with engine.connect() as connection:
        options = {"compare_type": True, "version_table": REVISIONS.table}
        assert compare_metadata(MigrationContext.configure(connection, opts=options), METADATA) == []
    assert set(inspect(engine).get_table_names()) == {*METADATA.tables, REVISIONS.table}


def test_going_up_and_down_keeps_accounts(engine: Engine, database_url: str) -> None:
    upgrade(engine, "0001")
    assert REVISIONS.current(engine) == "0001"
    with open_people(database_url) as people:
        people.accounts.make(account())
        number = people.sessions.begin("m-abcdefghij", NOON)
    REVISIONS.downgrade(engine, "0001")
    assert REVISIONS.current(engine) == "0001"
    with open_people(database_url) as people:
        found = people.sessions.find(number, NOON)
        assert found is not None
        assert found.account == account()


def test_going_back_never_forgets(engine: Engine, database_url: str) -> None:
    with open_people(database_url) as people:
        ada = settled(people)
        with pytest.raises(BadInput) as caught:
            REVISIONS.downgrade(engine, "0001")
        assert {fault.where for fault in caught.value.faults} == {"table tokens", "table identities"}
        assert REVISIONS.current(engine) == "0002"
        people.erase(ada.member)
    REVISIONS.downgrade(engine, "base")
    assert set(inspect(engine).get_table_names()) == {REVISIONS.table}
    upgrade(engine)


def test_a_newer_database_is_refused(engine: Engine, database_url: str) -> None:
    upgrade(engine)
    with writing(engine) as connection:
        connection.execute(text(f"UPDATE {REVISIONS.table} SET version_num = '9999'"))
    with pytest.raises(BadInput, match="people-newer"):
        open_people(database_url)


def test_people_stand_beside_the_record(database_url: str, tmp_path: Path) -> None:
    """On PostgreSQL in one database, each sees its own tables only."""
    with open_record(database_url) as record, open_people(beside(database_url)) as people:
        settled(people)
        record.append("note", "ada", {}, NOON)
        assert record.verify().ok
        assert people.accounts.find("m-abcdefghij") is not None
    with open_people(beside(database_url)) as people:
        assert len(people.accounts.all()) == 1


def test_only_the_owner_reads_the_file(tmp_path: Path) -> None:
    file = tmp_path / "town.people"
    with open_people(file) as people:
        settled(people)
        kept = [file, *tmp_path.glob("town.people-*")]
        assert len(kept) == 3
        assert {path.stat().st_mode & 0o077 for path in kept} == {0}


@pytest.mark.parametrize("where", ["mysql://host/people", "nonsense://", "://"])
def test_other_databases_are_refused(where: str) -> None:
    with pytest.raises(BadInput, match="database-unknown"):
        open_people(where)


def test_a_place_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    with pytest.raises(NewCourseError, match="people-unavailable"):
        open_people(tmp_path / "nowhere" / "people")
