"""``newcourse worker``: do the long work that was asked for on the pages, and sign the record."""

import signal
import threading
from datetime import timedelta
from importlib import import_module
from typing import Annotated, Final

import typer

from newcourse.cli.guard import answering
from newcourse.cli.output import say
from newcourse.cli.records import Database, record_at

WORKER: Final = "newcourse.web.jobs.worker"


@answering
def worker(
    where: Database,
    sign_every: Annotated[
        float,
        typer.Option(min=0.5, metavar="MINUTES", help="After how long what was written is signed."),
    ] = 60.0,
) -> None:
    """Do the long work that was asked for on the pages, one after another, and sign the record, until Ctrl-C.

    A checkpoint is signed every hour in which something was written, and when a vote was closed or counted.
    `newcourse serve` does all this beside serving. Start this instead where the pages run in several processes, or on
    another machine that reaches the same PostgreSQL database.

    ```
    newcourse worker postgresql://user@host/town
    ```
    """
    record_at(where).close()
    stop = threading.Event()
    for kind in (signal.SIGINT, signal.SIGTERM):
        signal.signal(kind, lambda *_: stop.set())
    say("Working. Ctrl-C stops after the work at hand.")
    import_module(WORKER).run_worker(
        where, stop, timedelta(minutes=sign_every)
    )  # the two faces are not built on each other (design §3)
    say("Stopped.")
