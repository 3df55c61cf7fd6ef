"""What all tests share: real data, an empty database of each kind, and records that take long to make."""

import fcntl
import os
import shutil
import uuid
from collections.abc import Callable, Iterator
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


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, Callable[[Path], object]], Path]:
    """Makes a file once for all processes of a run, and gives each of them a copy of its own."""
    own = tmp_path_factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own

    def made(name: str, make: Callable[[Path], object]) -> Path:
        whole, begun = shared / name, shared / f"{name}.begun"
        with (shared / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)  # whoever dies lets go of it
            if not whole.exists():
                begun.unlink(missing_ok=True)
                make(begun)
                begun.rename(whole)
        return Path(shutil.copy(whole, tmp_path_factory.mktemp("copies") / name))

    return made


@pytest.fixture(scope="session")
def turned_record(made_once: Callable[[str, Callable[[Path], object]], Path]) -> Path:
    """File of a federation that has gone round the cycle once; whoever writes to it makes a copy."""
    from newcourse.record.store import open_record
    from tests.acts.commune import whole_turn

    def make(path: Path) -> None:
        with open_record(path) as record:
            whole_turn(record)

    return made_once("turned.sqlite", make)


@pytest.fixture(scope="session")
def everything_record(turned_record: Path, made_once: Callable[[str, Callable[[Path], object]], Path]) -> Path:
    """File of a federation in which there is one of everything that pages show; whoever writes to it makes a copy."""
    from newcourse.acts.federation import Federation
    from newcourse.record.store import open_record
    from tests.web.everything import everything_else

    def make(path: Path) -> None:
        shutil.copy(turned_record, path)
        with open_record(path) as record:
            everything_else(Federation(record))

    return made_once("everything.sqlite", make)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def database_url(request: pytest.FixtureRequest) -> str:
    """URL of an empty database: each test that asks for it runs on SQLite and on PostgreSQL."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url
