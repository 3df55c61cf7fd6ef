"""Any sequence of acts by anybody in a federation of two tiers keeps seats, votes, quotas and the record lawful."""

import shutil
import uuid
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import ClassVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from newcourse.acts import opening
from newcourse.record.store import Record, open_record
from newcourse.tokens.keys import new_key
from tests.councils.offices import Everything
from tests.councils.town import STAGES, Opened, reach, write_stages

pytestmark = pytest.mark.slow


class Keys:
    """Keys of secret votes: each vote of a sequence has its own, and the next sequence the same again."""

    def __init__(self) -> None:
        self._made: list[bytes] = []
        self.begun = self.used = 0

    def __call__(self) -> bytes:
        self.used += 1
        if self.used > len(self._made):
            self._made.append(new_key())
        return self._made[self.used - 1]

    def again(self) -> None:
        self.used = self.begun


@pytest.fixture
def keys(monkeypatch: pytest.MonkeyPatch) -> Keys:
    """Making an RSA key takes longer than everything else in a sequence together."""
    made = Keys()
    monkeypatch.setattr(opening, "new_key", made)
    return made


REACHED = (
    "take_mandate",
    "open_recall_vote",
    "fill_vacancy",
    "cast",
    "cast_secret",
    "confirm_paper_ballots",
    "count_vote",
)
"""What sequences must have done at least once, so that this can fail."""


def check(opened: Opened, examples: int, steps: int) -> Counter[str]:
    class Sequences(Everything):
        done: ClassVar[Counter[str]] = Counter()

    Sequences.opened = staticmethod(opened)
    chosen = settings(
        max_examples=examples,
        stateful_step_count=steps,
        derandomize=True,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(Sequences, settings=chosen)
    return Sequences.done


def test_any_sequence_of_acts_on_sqlite(tmp_path: Path, keys: Keys) -> None:
    stages = write_stages(tmp_path)
    keys.begun = keys.used
    number = count()

    @contextmanager
    def opened(stage: str) -> Iterator[Record]:
        keys.again()
        path = Path(shutil.copy(stages[stage], tmp_path / f"{next(number)}.sqlite"))
        with open_record(path) as record:
            yield record
        path.unlink()

    done = check(opened, 40, 25)
    assert [act for act in REACHED if not done[act]] == []


@pytest.mark.postgresql
def test_any_sequence_of_acts_on_postgresql(postgresql_server: str, keys: Keys) -> None:
    """Each sequence begins with a copy of one database, in which all councils are elected."""
    from tests.record.postgresql_server import fresh_database

    with fresh_database(postgresql_server, f"newcourse_{uuid.uuid4().hex}") as beginning:
        with open_record(beginning) as record:
            for stage in STAGES:
                reach(record, stage)
        keys.begun = keys.used

        @contextmanager
        def opened(_stage: str) -> Iterator[Record]:
            keys.again()
            copy = fresh_database(postgresql_server, f"newcourse_{uuid.uuid4().hex}", beginning)
            with copy as url, open_record(url) as record:
                yield record

        assert check(opened, 5, 20)["count_vote"]
