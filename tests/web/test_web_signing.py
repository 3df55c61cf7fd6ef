"""The worker signs the record on a schedule: when something was written, soon after a vote, and never for nothing."""

from datetime import datetime, timedelta

import pytest

from newcourse.acts.federation import Federation
from newcourse.errors import Fault, NewCourseError
from newcourse.record.store import Record, open_record
from newcourse.web.jobs.signing import LOOK, Signing
from newcourse.web.jobs.worker import Worker
from tests.acts.commune import START, copied
from tests.web.client import Client

HOUR = timedelta(hours=1)


def written(record: Record, act: str = "joined") -> None:
    record.append(act, "ada", {}, START)


def sizes(record: Record) -> list[int]:
    return [one.size for one in record.newest_checkpoints(10)]


def test_an_hour_in_which_something_was_written_is_signed() -> None:
    with open_record("sqlite://") as record:
        signing = Signing(record, HOUR)
        assert not signing.look(START), "nothing to sign"
        written(record)
        assert signing.look(START + LOOK), "the first time at once"
        written(record)
        assert not signing.look(START + 2 * LOOK)
        assert not signing.look(START + HOUR)
        assert signing.look(START + HOUR + LOOK)
        assert not signing.look(START + 9 * HOUR), "nothing was written since"
        assert sizes(record) == [2, 1]
        assert record.newest_checkpoints()[0].at == START + HOUR + LOOK


@pytest.mark.parametrize("act", ["close_vote", "count_vote"])
def test_a_vote_that_was_closed_or_counted_is_signed_at_the_next_look(act: str) -> None:
    with open_record("sqlite://") as record:
        signing = Signing(record, HOUR)
        written(record)
        signing.look(START)
        written(record)
        assert not signing.look(START + LOOK)
        written(record, act)
        written(record)
        assert not signing.look(START + LOOK * 3 / 2), "not at every turn"
        assert signing.look(START + 2 * LOOK)
        assert sizes(record) == [4, 1]


def test_two_workers_sign_a_size_once() -> None:
    with open_record("sqlite://") as record:
        written(record)
        assert [Signing(record, HOUR).look(START) for _ in range(2)] == [True, False]
        assert sizes(record) == [1]


def test_a_record_that_cannot_be_signed_does_not_stop_the_work(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_self: Record, _at: datetime) -> None:
        raise NewCourseError(Fault("log-key-differs", "vault", "no key", "the key", "restore it"))

    monkeypatch.setattr(Record, "checkpoint", refuse)
    with open_record("sqlite://") as record:
        written(record)
        assert not Signing(record, HOUR).look(START)


def test_the_worker_signs(once_called: Federation, sqlite_url: str) -> None:
    with open_record(sqlite_url) as record:
        copied(once_called, record)
        worker = Worker(record, sqlite_url, HOUR)
        assert worker.signing.look(START + HOUR)
        worker.close()
        assert sizes(record) == [record.head().count]


def test_the_page_of_the_record_names_the_latest_signatures(site: Client, turned: Federation) -> None:
    facts = site.get("/api/record").json()
    latest = turned.record.newest_checkpoints(5)
    assert [one["size"] for one in facts["checkpoints"]] == [one.size for one in latest]
    text = site.get("/record").text
    assert "signs the record every hour" in text if latest else "has not been signed yet" in text
