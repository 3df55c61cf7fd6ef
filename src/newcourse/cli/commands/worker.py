"""``newcourse worker``: do the long work that was asked for on the pages."""

import signal
import threading
from importlib import import_module
from typing import Final

from newcourse.cli.guard import answering
from newcourse.cli.output import say
from newcourse.cli.records import Database, record_at

WORKER: Final = "newcourse.web.jobs.worker"


@answering
def worker(where: Database) -> None:
    """Do the long work that was asked for on the pages, one after another, until Ctrl-C.

    `newcourse serve` does it beside serving. Start this instead where the pages run in several processes, or on
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
    import_module(WORKER).run_worker(where, stop)  # the two faces are not built on each other (design §3)
    say("Stopped.")
