"""Sites to look at: a federation that has gone round the cycle, one under way, and a record with nothing in it.

Pages are made in several threads, and a record in memory belongs to one: so these are files.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from newcourse.acts.federation import Federation
from newcourse.people.people import open_people
from newcourse.record.store import open_record
from newcourse.web.app import create_app
from newcourse.web.signin.entrance import Entrance
from tests.acts.commune import copied
from tests.web.client import Client
from tests.web.signed_in import Town


@pytest.fixture(scope="session")
def turned(turned_record: Path) -> Iterator[Federation]:
    """A federation that has gone round the cycle once; only to be read."""
    with open_record(turned_record) as record:
        yield Federation(record)


@pytest.fixture(scope="session")
def site(turned: Federation) -> Client:
    """Its pages."""
    return Client(create_app(turned.record))


@pytest.fixture(scope="session")
def full_site(everything_record: Path) -> Iterator[Client]:
    """Pages of a federation in which there is one of everything."""
    with open_record(everything_record) as record:
        yield Client(create_app(record))


@pytest.fixture(scope="session")
def under_way(once_called: Federation, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Federation]:
    """A federation with an open cycle, a filed need and two proposals; tests may add to it."""
    with open_record(tmp_path_factory.mktemp("under way") / "record.sqlite") as record:
        yield copied(once_called, record)


@pytest.fixture(scope="session")
def early_site(under_way: Federation) -> Client:
    """Its pages."""
    return Client(create_app(under_way.record))


@pytest.fixture
def empty_site(sqlite_url: str) -> Iterator[Client]:
    """Pages of a record with nothing in it."""
    with open_record(sqlite_url) as record:
        yield Client(create_app(record))


@pytest.fixture(scope="session")
def once_called(turned: Federation, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Federation]:
    """A federation with an open cycle, as it was before its first vote; only to be copied."""
    with open_record(tmp_path_factory.mktemp("called") / "record.sqlite") as record:
        yield copied(turned, record, "open_vote")


@pytest.fixture
def town(once_called: Federation, tmp_path: Path) -> Iterator[Town]:
    """A federation with an open cycle, a filed need and two proposals, and people who sign in at its pages."""
    with open_record(tmp_path / "record.sqlite") as record, open_people(tmp_path / "people.sqlite") as people:
        federation = copied(once_called, record)
        yield Town(federation, create_app(record, entrance=Entrance(people)), people)
