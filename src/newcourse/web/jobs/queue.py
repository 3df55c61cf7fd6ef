"""The queue: names of jobs, in the record's own database, kept by huey (see docs/reasons/dependencies.md).

Only names go through the queue, as JSON. What is to be done stands in its row (:mod:`newcourse.web.jobs.store`), and
is done through the acts' door under the key of whoever asked: however often a name comes, it is done once.
"""

import json
from collections.abc import Callable, Mapping
from typing import Any

from huey.api import Huey
from huey.contrib.sql_huey import SqlStorage
from huey.registry import Message
from huey.serializer import Serializer
from peewee import Database, PostgresqlDatabase, SqliteDatabase
from sqlalchemy.engine import URL

from newcourse.acts.artefacts import economy_artefact
from newcourse.acts.ask import Ask
from newcourse.acts.memory import state_of
from newcourse.acts.registry import ACTS
from newcourse.council.authority import Refusal, authority
from newcourse.council.concerns import concerned_place
from newcourse.databases.opening import WAIT_SECONDS, engine_for
from newcourse.economy.economy import Economy
from newcourse.record.canonical import read_json
from newcourse.record.store import Record
from newcourse.web.jobs.store import Job, JobStore, new_name


class Jobs:
    """Takes acts to be done in the background, and knows how far they are.

    Parameters
    ----------
    record
        The record of the federation, by which requests are checked before they wait.
    where
        Path or address of the same database.
    work
        Does a job, by its name; only workers need it.
    """

    def __init__(self, record: Record, where: str, work: Callable[[str], None] | None = None) -> None:
        self.record = record
        engine = engine_for(where)
        self.store = JobStore(engine)
        self.queue = queue_on(engine.url)
        do = work or _no_worker

        def act(name: str) -> None:  # its module and name are what stands in the queue, whoever does the work
            do(name)

        self._task = self.queue.task()(act)

    def put(self, ask: Ask, back: str = "") -> str:
        """Have an act done in the background, and return the name of the job.

        Raises
        ------
        NewCourseError
            Where it is known already that the act cannot be done.
        """
        require_possible(self.record, ask)
        name = self.store.add(Job(new_name(), ask.act, ask.actor, plain(ask.what), ask.key, back, ask.at))
        self.send(name)
        return name

    def send(self, name: str) -> None:
        """Put the name of a job into the queue."""
        self._task(name)

    def get(self, name: str) -> Job:
        """Return a job; see :meth:`newcourse.web.jobs.store.JobStore.get`."""
        return self.store.get(name)

    def work_once(self) -> bool:
        """Do the next job in the queue; say whether there was one."""
        if self.queue.storage.queue_size() == 0:  # a look needs no lock
            return False
        task = self.queue.dequeue()
        if task is None:
            return False
        self.queue.execute(task)
        return True

    def close(self) -> None:
        """Close all connections of this thread."""
        self.queue.storage.close()
        self.store.close()


def require_possible(record: Record, ask: Ask) -> None:
    """Raise what the door would raise before it calculates: no right, a state that does not admit it, wrong words."""
    kind, state = ACTS[ask.act], state_of(record)
    kind.require_parameters(ask)
    answer = authority(state, ask.actor, ask.act, concerned_place(state, ask.act, ask.actor, ask.what))
    if isinstance(answer, Refusal):
        raise answer.error()
    kind.check(state, ask)


def plain(what: Mapping[str, Any]) -> dict[str, Any]:
    """Return the parameters of an act as JSON has them; an economy whole."""
    return {
        name: read_json(economy_artefact(value).content.decode()) if isinstance(value, Economy) else value
        for name, value in what.items()
    }


class _JsonSerializer(Serializer):  # type: ignore[misc]  # huey has no types
    """Writes messages as JSON: what lies in a database must never be able to run."""

    def _serialize(self, data: Message) -> bytes:
        return json.dumps(list(data)).encode()

    def _deserialize(self, data: bytes) -> Message:
        return Message(*json.loads(data))


def queue_on(url: URL) -> Huey:
    """Return the queue in a database that has its tables.

    Parameters
    ----------
    url
        Address of the record's database.
    """
    return Huey(
        "newcourse",
        results=False,
        serializer=_JsonSerializer(),
        storage_class=SqlStorage,
        database=_database(url),
        create_tables=False,  # that is for our own revisions to do
    )


def _database(url: URL) -> Database:
    if url.get_backend_name() == "sqlite":
        pragmas = {"journal_mode": "wal", "synchronous": "full"}
        return SqliteDatabase(url.database, timeout=WAIT_SECONDS, pragmas=pragmas)
    given: dict[str, Any] = {
        "user": url.username,
        "password": url.password,
        "host": url.host,
        "port": url.port,
        **url.query,
    }
    known = {name: value for name, value in given.items() if value is not None}
    return PostgresqlDatabase(url.database, prefer_psycopg3=True, **known)


def _no_worker(_name: str) -> None:
    raise RuntimeError("this process only puts jobs into the queue; start a worker")
