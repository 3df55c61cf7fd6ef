"""What was asked to be done in the background, how far it is, and what it led to: one row each.

A row holds what a person asked under their name and a key. It is no part of the record: the record has what was done.
"""

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from sqlalchemy import Engine, select
from sqlalchemy.exc import IntegrityError

from newcourse.databases.opening import reaching, writing
from newcourse.errors import BadInput, Fault, NewCourseError
from newcourse.web import clock
from newcourse.web.jobs.migration import REVISIONS
from newcourse.web.jobs.schema import JOBS

WAITING, RUNNING, DONE, FAILED = "waiting", "running", "done", "failed"
BEAT_SECONDS: Final = 5.0
"""How often a worker says that it still works on a job."""
LOST_AFTER: Final = timedelta(seconds=60)
"""A job whose worker has said nothing for so long is taken up by another."""


@dataclass(frozen=True, slots=True)
class Job:
    """One piece of work.

    Parameters
    ----------
    id
        Its name, which nobody can guess.
    act, actor, what, key
        What was asked, by whom, with what, under which key.
    back
        Page that it was asked from.
    asked
        When.
    state
        ``waiting``, ``running``, ``done`` or ``failed``.
    stage, part
        What is going on, and which part of the way it stands at.
    entry
        Number of the entry it led to; 0 before.
    faults
        Why it could not be done.
    """

    id: str
    act: str
    actor: str
    what: Mapping[str, Any]
    key: str
    back: str = ""
    asked: datetime = field(default_factory=lambda: clock.now())  # noqa: PLW0108  # the clock that is there then
    state: str = WAITING
    stage: str = ""
    part: float = 0.0
    entry: int = 0
    faults: tuple[Fault, ...] = ()

    @property
    def over(self) -> bool:
        """Whether nothing more will happen."""
        return self.state in (DONE, FAILED)


class JobStore:
    """The rows, and the tables of the queue beside them, brought up to this version.

    Parameters
    ----------
    engine
        Engine of the record's database.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        REVISIONS.upgrade(engine)

    def add(self, job: Job) -> str:
        """Keep a job, and return its name; that of the one there is already under the same actor and key."""
        row = {
            "id": job.id, "act": job.act, "actor": job.actor, "key": job.key,
            "what": json.dumps(job.what, sort_keys=True), "back": job.back, "asked": _text(job.asked),
            "state": WAITING, "stage": "", "part": 0.0, "beat": _text(job.asked), "entry": 0, "faults": "[]",
        }  # fmt: skip
        try:
            with reaching(self._engine), writing(self._engine).begin() as connection:
                connection.execute(JOBS.insert().values(row))
        except IntegrityError:
            return self._same(job)
        return job.id

    def get(self, name: str) -> Job:
        """Return a job.

        Raises
        ------
        BadInput
            If there is none of that name.
        """
        with reaching(self._engine), self._engine.connect() as connection:
            row = connection.execute(select(JOBS).where(JOBS.c.id == name)).mappings().first()
        if row is None:
            raise BadInput(Fault("job-unknown", "jobs", f"{name:.80}", "a job that was asked for", "follow a link"))
        return _job(row)

    def claim(self, name: str, now: datetime) -> bool:
        """Take up a job, where nobody works on it; two workers never both do."""
        free = (JOBS.c.state == WAITING) | ((JOBS.c.state == RUNNING) & (JOBS.c.beat < _text(now - LOST_AFTER)))
        changed = JOBS.update().where((JOBS.c.id == name) & free).values(state=RUNNING, beat=_text(now))
        return self._write(changed) == 1

    def tell(self, name: str, now: datetime, stage: str | None = None, part: float | None = None) -> None:
        """Say that a job goes on, and how far it is."""
        told = {"stage": stage, "part": part}
        values = {key: value for key, value in told.items() if value is not None}
        self._write(JOBS.update().where(JOBS.c.id == name).values(beat=_text(now), **values))

    def finish(self, name: str, entry: int) -> None:
        """Say what a job led to."""
        self._write(JOBS.update().where(JOBS.c.id == name).values(state=DONE, part=1.0, entry=entry))

    def fail(self, name: str, error: NewCourseError) -> None:
        """Say why a job could not be done."""
        faults = json.dumps([fault.as_dict() for fault in error.faults])
        self._write(JOBS.update().where(JOBS.c.id == name).values(state=FAILED, faults=faults))

    def left_over(self, now: datetime) -> list[str]:
        """Return the jobs that wait or whose worker was lost, the oldest first."""
        lost = (JOBS.c.state == RUNNING) & (JOBS.c.beat < _text(now - LOST_AFTER))
        query = select(JOBS.c.id).where((JOBS.c.state == WAITING) | lost).order_by(JOBS.c.asked)
        with reaching(self._engine), self._engine.connect() as connection:
            return list(connection.execute(query).scalars())

    def close(self) -> None:
        """Close all connections."""
        self._engine.dispose()

    def _same(self, job: Job) -> str:
        with reaching(self._engine), self._engine.connect() as connection:
            query = select(JOBS).where((JOBS.c.actor == job.actor) & (JOBS.c.key == job.key))
            row = connection.execute(query).mappings().one()
        if (row["act"], json.loads(row["what"])) == (job.act, json.loads(json.dumps(job.what))):
            return str(row["id"])
        found = f"the key {job.key!r}, under which {job.actor} has asked for something else"
        raise BadInput(
            Fault("key-reused", f"act {job.act}", found, "one key for one request", "send it under a new key")
        )

    def _write(self, statement: Any) -> int:
        with reaching(self._engine), writing(self._engine).begin() as connection:
            return int(connection.execute(statement).rowcount)


def new_name() -> str:
    """Return a name for a job that nobody can guess."""
    return secrets.token_urlsafe(24)


def _text(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def _job(row: Mapping[Any, Any]) -> Job:
    return Job(
        id=row["id"],
        act=row["act"],
        actor=row["actor"],
        what=json.loads(row["what"]),
        key=row["key"],
        back=row["back"],
        asked=datetime.fromisoformat(row["asked"]),
        state=row["state"],
        stage=row["stage"],
        part=row["part"],
        entry=row["entry"],
        faults=tuple(Fault(**fault) for fault in json.loads(row["faults"])),
    )
