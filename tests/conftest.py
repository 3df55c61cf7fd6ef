"""What all tests share: real data, and an empty database of each kind."""

import os
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

# A machine that is busy with something else must not fail a test.
settings.register_profile("newcourse", deadline=None)
settings.load_profile("newcourse")

POSTGRESQL_SETTING = "NEWCOURSE_TEST_POSTGRESQL"


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Folder of the real tables, which lies beside the checkout, not in it."""
    folder = Path(__file__).parents[2] / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("the real tables are not here: they belong in shared/data beside the checkout")
    return folder


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """URL of a PostgreSQL server on which databases may be made: a given one, or one of our own."""
    given = os.environ.get(POSTGRESQL_SETTING)
    if given:
        yield given
        return
    pytest.importorskip("psycopg", reason="psycopg, the driver for PostgreSQL, is not installed")
    from tests.record.postgresql_server import binaries, running_server, unprivileged

    folder, user = binaries(), unprivileged()
    if folder is None:
        pytest.skip(f"no PostgreSQL server is installed, and {POSTGRESQL_SETTING} gives none")
    if user is None:
        pytest.skip("PostgreSQL needs a user with a name who is not root, and there is none here")
    with running_server(folder, user) as url:
        yield url


@pytest.fixture
def postgresql_url(postgresql_server: str) -> Iterator[str]:
    """URL of an empty PostgreSQL database, dropped after the test."""
    from tests.record.postgresql_server import fresh_database

    with fresh_database(postgresql_server, f"newcourse_{uuid.uuid4().hex}") as url:
        yield url


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """URL of an SQLite database that is not there yet."""
    return f"sqlite:///{tmp_path / 'record.sqlite'}"


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def database_url(request: pytest.FixtureRequest) -> str:
    """URL of an empty database: each test that asks for it runs on SQLite and on PostgreSQL."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url
