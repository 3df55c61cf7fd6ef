"""Pieces of work in new processes of this machine, by ``concurrent.futures``."""

import multiprocessing
import os
import pickle
from collections.abc import Callable, Generator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Future, ProcessPoolExecutor, wait
from itertools import islice
from typing import TypeVar

from newcourse.errors import BadInput, Fault, NotCertified
from newcourse.workers.failing import done_or_failed
from newcourse.workers.ways import AHEAD, LOOK, Processes

P = TypeVar("P")
R = TypeVar("R")

THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS")
"""By which libraries of arithmetic learn how many threads they may start."""


def in_processes(
    task: Callable[[P], R], pieces: tuple[P, ...], how: Processes
) -> Generator[list[tuple[int, R]], None, None]:
    """Yield the places and results of the pieces done since the last time, none where none was.

    Parameters
    ----------
    task, pieces
        As in :func:`~newcourse.workers.spreading.spread`.
    how
        How many processes.

    Raises
    ------
    BadInput
        The task cannot be given to another process.
    NotCertified
        A process died.
    """
    _check(task)
    spawn, todo = multiprocessing.get_context("spawn"), iter(enumerate(pieces))
    pool = ProcessPoolExecutor(min(how.number, len(pieces)), spawn, initializer=one_thread_each)
    running: dict[Future[R], int] = {}
    try:
        while True:
            for index, piece in islice(todo, how.number * AHEAD - len(running)):
                running[pool.submit(task, piece)] = index
            finished = wait(running, LOOK, FIRST_COMPLETED).done
            places = sorted((running.pop(future), future) for future in finished)
            yield [(index, done_or_failed(future.result, index, pieces)) for index, future in places]
    except BrokenExecutor as error:
        raise _died(error) from error
    finally:
        pool.shutdown(cancel_futures=True)


def one_thread_each() -> None:
    """Let libraries of arithmetic use one thread in a worker, unless somebody has decided otherwise."""
    for name in THREADS:
        os.environ.setdefault(name, "1")


def _check(task: Callable[[P], R]) -> None:
    try:
        pickle.dumps(task)
    except Exception as error:
        expected = "a function at the top of a module, or functools.partial of one"
        remedy = "move it there, or do the work in this process with Here()"
        found = f"{task!r}: {error}"
        raise BadInput(Fault("task-not-importable", "the task for other processes", found, expected, remedy)) from error


def _died(error: BrokenExecutor) -> NotCertified:
    remedy = "give fewer processes if memory ran out; a script must begin its work under if __name__ == '__main__'"
    return NotCertified(Fault("worker-died", "worker processes", str(error), "a process that goes on", remedy))
