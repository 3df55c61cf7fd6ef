"""The whole application as a server runs it: pages, accounts, and a worker for what calculates long."""

import threading
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

from fastapi import FastAPI

from newcourse.people.oidc import Provider
from newcourse.people.people import open_people
from newcourse.record.store import Record
from newcourse.web.app import create_app
from newcourse.web.jobs.queue import Jobs
from newcourse.web.jobs.worker import run_worker
from newcourse.web.lab_results import read_results
from newcourse.web.signin.entrance import Entrance


@contextmanager
def whole_app(
    record: Record,
    where: str,
    people: str = "",
    origin: str = "",
    providers: tuple[Provider, ...] = (),
    lab: Path | None = None,
) -> Iterator[FastAPI]:
    """Give the application of a record, with its worker at work until the end.

    Parameters
    ----------
    record, where
        The record, and its address.
    people
        Where the accounts are. Empty: nobody can sign in, and these pages only read.
    origin
        Address of the pages as people type it; empty on one's own machine.
    providers
        OpenID providers by whom people may sign in.
    lab
        Folder of results of the laboratory to show.

    Raises
    ------
    BadInput
        With every fault of the results.
    """
    results = read_results(lab) if lab else None
    with ExitStack() as stack:
        if not people:
            yield create_app(record, warm=True, lab=results)
            return
        entrance = Entrance(stack.enter_context(open_people(people)), origin, providers)
        jobs = stack.enter_context(closing(Jobs(record, where)))
        stop = threading.Event()
        worker = threading.Thread(target=run_worker, args=(where, stop))
        worker.start()
        try:
            yield create_app(record, warm=True, entrance=entrance, jobs=jobs, lab=results)
        finally:
            stop.set()
            worker.join()
