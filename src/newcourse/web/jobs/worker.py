"""Does the jobs of the queue, one after another, through the acts' door, and signs the record on a schedule."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Final

from newcourse.acts.artefacts import Archive
from newcourse.acts.door import perform
from newcourse.acts.reading import read_json_values
from newcourse.acts.registry import ACTS
from newcourse.errors import Fault, NewCourseError
from newcourse.record.store import Record, open_record
from newcourse.sources.examples import read_example
from newcourse.web import clock
from newcourse.web.jobs.queue import Jobs
from newcourse.web.jobs.signing import USUALLY, Signing
from newcourse.web.jobs.store import BEAT_SECONDS, Job

LOOK_SECONDS: Final = 0.3
"""How long an idle worker waits before it looks again."""
SWEEP_SECONDS: Final = 30.0
"""How often a worker looks for jobs whose worker was lost."""
TELL_SECONDS: Final = 0.5
"""How often at most progress is written down."""

_LOG = logging.getLogger("newcourse.jobs")


def run_worker(where: str, stop: threading.Event, every: timedelta = USUALLY) -> None:
    """Do jobs until told to stop; those that a worker left behind when it was stopped too.

    Parameters
    ----------
    where
        Path or address of the record's database.
    stop
        Set it to have the worker end after the job it is at.
    every
        After how long it signs what was written.
    """
    with open_record(where, make=False) as record:
        worker = Worker(record, where, every)
        try:
            worker.run(stop)
        finally:
            worker.close()


class Worker:
    """Does jobs.

    Parameters
    ----------
    record
        The record.
    where
        Path or address of its database.
    every
        After how long it signs what was written.
    """

    def __init__(self, record: Record, where: str, every: timedelta = USUALLY) -> None:
        self.record = record
        self.signing = Signing(record, every)
        self.jobs = Jobs(record, where, self.work)
        self._swept = datetime.min.replace(tzinfo=UTC)

    def run(self, stop: threading.Event) -> None:
        """Do jobs, and sign the record when it is time, until told to stop."""
        while not stop.is_set():
            try:
                self.signing.look(clock.now())
                self.sweep(clock.now())
                if not self.jobs.work_once():
                    stop.wait(LOOK_SECONDS)
            except Exception:  # noqa: BLE001  # a database that is away for a while must not end the worker
                _LOG.exception("the queue cannot be read; trying again")
                stop.wait(SWEEP_SECONDS)

    def sweep(self, now: datetime) -> None:
        """Put jobs that were left behind into the queue again; a name that is there twice does no harm."""
        if now - self._swept < timedelta(seconds=SWEEP_SECONDS):
            return
        self._swept = now
        waiting = set() if self.jobs.queue.storage.queue_size() else set(self.jobs.store.left_over(now))
        for name in sorted(waiting):
            self.jobs.send(name)

    def work(self, name: str) -> None:
        """Do a job, where nobody else is at it."""
        store = self.jobs.store
        if not store.claim(name, clock.now()):
            return
        job = store.get(name)
        try:
            with self._beating(name):
                store.finish(name, self._do(job))
        except NewCourseError as error:
            store.fail(name, error)
        except Exception as error:  # noqa: BLE001  # whoever waits must be told
            _LOG.exception("job %s", name)
            found = f"{type(error).__name__}: {error}"
            fault = Fault("job-broken", f"act {job.act}", found, "an act that is done or refused", "report this")
            store.fail(name, NewCourseError(fault))

    def close(self) -> None:
        """Close all connections."""
        self.jobs.close()

    def _do(self, job: Job) -> int:
        archive = Archive(self.record.fetch)
        what = read_json_values(
            ACTS[job.act], job.what, lambda name: archive.economy(name) if ":" in name else read_example(name)
        )
        told = [datetime.min.replace(tzinfo=UTC)]

        def tell(stage: str, part: float) -> None:
            now = clock.now()
            if now - told[0] >= timedelta(seconds=TELL_SECONDS):
                told[0] = now
                self.jobs.store.tell(job.id, now, stage, part)

        entry = perform(self.record, job.act, actor=job.actor, at=job.asked, key=job.key, on_progress=tell, **what)
        return entry.sequence

    @contextmanager
    def _beating(self, name: str) -> Iterator[None]:
        """Have others know, while a job is done, that somebody is at it."""
        over = threading.Event()

        def beat() -> None:
            while not over.wait(BEAT_SECONDS):
                self.jobs.store.tell(name, clock.now())

        beside = threading.Thread(target=beat, daemon=True)
        beside.start()
        try:
            yield
        finally:
            over.set()
            beside.join()
