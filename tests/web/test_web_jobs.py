"""Work in the background: kept over a restart, done once, shown to who asked and to nobody else."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from newcourse.acts.ask import Ask
from newcourse.acts.federation import Federation
from newcourse.errors import BadInput, NotAllowed
from newcourse.people.people import open_people
from newcourse.record.store import Record, open_record
from newcourse.web.app import create_app
from newcourse.web.jobs.queue import Jobs
from newcourse.web.jobs.store import DONE, FAILED, LOST_AFTER, RUNNING, WAITING
from newcourse.web.jobs.worker import Worker, run_worker
from newcourse.web.signin.entrance import Entrance
from tests.acts.commune import START, copied
from tests.web.client import parsed
from tests.web.signed_in import at_browser, program_of

CHANGES = [{"kind": "supply", "place": "F", "factor": "hours", "quantity": 95.0}]
WHAT = {"title": "Shorter still", "reasons": "We are tired.", "changes": CHANGES}


def asked(key: str = "k", **changed: object) -> Ask:
    return Ask("file_proposal", "ben", START, {**WHAT, **changed}, key)


@pytest.fixture
def record(once_called: Federation, database_url: str) -> Iterator[Record]:
    """A federation with an open cycle, on each kind of database."""
    with open_record(database_url) as record:
        copied(once_called, record)
        yield record


@pytest.fixture
def jobs(record: Record, database_url: str) -> Iterator[Jobs]:
    made = Jobs(record, database_url)
    yield made
    made.close()


def test_a_job_is_done_once_however_often_it_is_asked_for(record: Record, jobs: Jobs, database_url: str) -> None:
    name = jobs.put(asked())
    assert jobs.put(asked()) == name
    jobs.send(name)
    assert jobs.get(name).state == WAITING
    before = record.head().count
    worker = Worker(record, database_url)
    while worker.jobs.work_once():
        pass
    worker.close()
    job = jobs.get(name)
    assert (job.state, job.part, job.entry) == (DONE, 1.0, before + 1)
    assert record.head().count == before + 1
    assert next(iter(record.entries(before))).body["title"] == WHAT["title"]


def test_another_request_under_the_same_key_is_refused(jobs: Jobs) -> None:
    jobs.put(asked())
    with pytest.raises(BadInput, match="key-reused"):
        jobs.put(asked(title="Another"))


def test_what_cannot_be_done_is_refused_before_it_waits(jobs: Jobs) -> None:
    with pytest.raises(NotAllowed, match="no-authority"):
        jobs.put(Ask("file_proposal", "zed", START, WHAT, "k"))
    with pytest.raises(BadInput, match="title-missing"):
        jobs.put(asked(title=" "))


def test_what_turns_out_wrong_is_told(record: Record, jobs: Jobs, database_url: str) -> None:
    wrong = [{**CHANGES[0], "factor": "steam"}]
    name = jobs.put(asked(changes=wrong))
    worker = Worker(record, database_url)
    assert worker.jobs.work_once()
    worker.close()
    job = jobs.get(name)
    assert job.state == FAILED
    assert any("steam" in fault.found for fault in job.faults)


def test_two_workers_never_do_the_same_and_a_lost_one_is_replaced(record: Record, jobs: Jobs) -> None:
    name, now = jobs.put(asked()), datetime.now(UTC)
    assert jobs.store.claim(name, now)
    assert not jobs.store.claim(name, now)
    assert jobs.store.left_over(now) == []
    assert jobs.get(name).state == RUNNING
    later = now + LOST_AFTER + timedelta(seconds=1)
    assert jobs.store.left_over(later) == [name]
    jobs.store.tell(name, later, "costing", 0.5)
    assert not jobs.store.claim(name, later)
    assert (jobs.get(name).stage, jobs.get(name).part) == ("costing", 0.5)


def test_a_job_survives_a_restart(record: Record, database_url: str) -> None:
    first = Jobs(record, database_url)
    name = first.put(asked())
    first.queue.storage.flush_queue()  # as where the worker was killed after it had taken the name
    first.close()
    stop = threading.Event()
    beside = threading.Thread(target=run_worker, args=(database_url, stop))
    beside.start()
    again = Jobs(record, database_url)
    for _ in range(200):
        if again.get(name).over:
            break
        stop.wait(0.1)
    stop.set()
    beside.join()
    assert again.get(name).state == DONE
    again.close()


def test_the_queue_holds_nothing_that_could_run(record: Record, jobs: Jobs) -> None:
    name = jobs.put(asked())
    (message,) = jobs.queue.storage.enqueued_items()
    assert message.startswith(b"[")
    assert name.encode() in message


def test_a_form_leads_to_the_page_of_the_work_and_on_to_what_it_made(once_called: Federation, tmp_path: Path) -> None:
    where = str(tmp_path / "record.sqlite")
    with open_record(where) as record, open_people(tmp_path / "people.sqlite") as people:
        copied(once_called, record)
        worker = Worker(record, where)
        app = create_app(record, entrance=Entrance(people), jobs=worker.jobs)
        ben, eva = at_browser(app, people, "ben"), at_browser(app, people, "eva")
        typed = {"title": "Less", "reasons": "Tired.", "changes": str(CHANGES).replace("'", '"'), "back": "/proposals"}
        led = ben.form("file_proposal", typed)
        assert led.status_code == 303
        page = led.headers["location"]
        assert page.startswith("/jobs/")
        assert "It waits for its turn" in ben.get(page).text
        assert parsed(ben.get(page).text)
        assert eva.get(page).status_code == 404
        told = program_of(app, people, "ben").get(f"/api{page}").json()
        assert (told["state"], told["entry"]) == (WAITING, 0)
        assert worker.jobs.work_once()
        over = ben.get(page)
        assert (over.status_code, over.headers["location"]) == (303, f"/proposals?done={record.head().count}")
        sent = program_of(app, people, "eva").act("file_proposal", {**WHAT, "title": "Mine"})
        assert sent.status_code == 202
        assert sent.headers["location"] == f"/api/jobs/{sent.json()['id']}"
        worker.close()
