"""One turn of the cycle is calculated once; tests begin from copies of its record cut off where they need it."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from newcourse.acts.federation import Federation
from newcourse.record.store import Record, open_record
from tests.acts.commune import copied
from tests.acts.secret_votes import BALLOTS, Device, secret_weights

Until = Callable[[str], Federation]
Opened = Callable[[str], Federation]


@pytest.fixture(scope="session")
def turn(turned_record: Path) -> Iterator[Federation]:
    """A federation that has gone round the cycle once; only to be read."""
    with open_record(turned_record) as record:
        yield Federation(record)


@pytest.fixture
def until(turn: Federation) -> Iterator[Until]:
    """Gives a federation of one's own as it was before the first entry of an act (``""``: after the last)."""
    with ExitStack() as stack:

        def make(act: str, nth: int = 1) -> Federation:
            record: Record = stack.enter_context(open_record("sqlite://"))
            return copied(turn, record, act, nth)

        yield make


@pytest.fixture(scope="session")
def secret_stages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Files of a federation with a secret vote: just ``opened``, and with all ballots ``cast``."""
    folder = tmp_path_factory.mktemp("secret")
    with open_record(folder / "opened.sqlite") as record:
        secret_weights(record)
    shutil.copy(folder / "opened.sqlite", folder / "cast.sqlite")
    with open_record(folder / "cast.sqlite") as record:
        federation = Federation(record)
        for member, ballot in BALLOTS.items():
            device = Device(federation, "V1", member)
            device.draw()
            device.cast(ballot)
    return {"opened": folder / "opened.sqlite", "cast": folder / "cast.sqlite"}


@pytest.fixture
def secret_vote(secret_stages: dict[str, Path], tmp_path: Path) -> Iterator[Opened]:
    """Gives a federation of one's own with a secret vote at a stage."""
    with ExitStack() as stack:

        def make(stage: str) -> Federation:
            copy = shutil.copy(secret_stages[stage], tmp_path / f"{len([*tmp_path.iterdir()])}.sqlite")
            return Federation(stack.enter_context(open_record(copy)))

        yield make
