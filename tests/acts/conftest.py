"""One turn of the cycle is calculated once; tests begin from copies of its record cut off where they need it."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from newcourse.acts.federation import Federation
from newcourse.record.store import Record, open_record
from tests.acts.commune import copied, whole_turn

Until = Callable[[str], Federation]


@pytest.fixture(scope="session")
def turn() -> Iterator[Federation]:
    """A federation that has gone round the cycle once; only to be read."""
    with open_record("sqlite://") as record:
        yield whole_turn(record)[0]


@pytest.fixture
def until(turn: Federation) -> Iterator[Until]:
    """Gives a federation of one's own as it was before the first entry of an act (``""``: after the last)."""
    with ExitStack() as stack:

        def make(act: str, nth: int = 1) -> Federation:
            record: Record = stack.enter_context(open_record("sqlite://"))
            return copied(turn, record, act, nth)

        yield make
