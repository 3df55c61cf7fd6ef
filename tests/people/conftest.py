"""Databases of people: on SQLite and on PostgreSQL."""

from collections.abc import Iterator

import pytest

from newcourse.people.people import People, open_people
from tests.people.facts import repeatable


@pytest.fixture
def people(database_url: str) -> Iterator[People]:
    """People, on SQLite and on PostgreSQL."""
    with open_people(database_url, chance=repeatable()) as opened:
        yield opened


@pytest.fixture
def here(sqlite_url: str) -> Iterator[People]:
    """People, on SQLite only: for what no database decides."""
    with open_people(sqlite_url, chance=repeatable()) as opened:
        yield opened
