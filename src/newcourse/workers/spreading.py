"""One task on many pieces, in order, wherever they are worked out."""

from collections.abc import Callable, Generator, Sequence
from functools import partial
from typing import TypeVar

from newcourse.workers.failing import Stopped, done_or_failed
from newcourse.workers.in_processes import in_processes
from newcourse.workers.on_ray import on_ray
from newcourse.workers.ways import Here, Processes, Way

P = TypeVar("P")
R = TypeVar("R")

HERE = Here()

OnPiece = Callable[[int, int], None]
"""Told after every piece how many are done, and of how many."""


def spread(
    task: Callable[[P], R],
    pieces: Sequence[P],
    *,
    how: Way = HERE,
    progress: OnPiece | None = None,
    keep: Callable[[int, R], None] | None = None,
    stop: Callable[[], bool] | None = None,
) -> list[R]:
    """Return the results of a task on every piece, in the order of the pieces, the same whichever way.

    Parameters
    ----------
    task
        A pure function of one piece: no state, no clock, chance only from the piece. For other processes it must be
        importable: a function at the top of a module, or a ``functools.partial`` of one.
    pieces
        What it is run on. Give each some work (10 ms and more): handing one over costs about a millisecond.
    how
        Where they are worked out.
    progress
        Told how many are done, and of how many.
    keep
        Given the place and the result of every piece as soon as it is done, so that none is lost when the work stops.
    stop
        Asked between pieces, and ten times a second where others work. Once it says yes no piece is begun any more;
        those that are running are waited for in processes, and ended on Ray.

    Returns
    -------
    list
        One result a piece.

    Raises
    ------
    PieceFailed
        A piece raised an error: it carries the piece, and the error as its cause. No further piece is begun.
    Stopped
        The work was stopped.
    NotCertified
        A worker died.
    BadInput
        Other processes cannot be given the task, or Ray is not installed.

    Examples
    --------
    >>> spread(abs, [-3, 4], progress=lambda done, number: print(done, "of", number))
    1 of 2
    2 of 2
    [3, 4]
    """
    pieces = tuple(pieces)
    results = _begun(task, pieces, how)
    done: dict[int, R] = {}
    try:
        while len(done) < len(pieces):
            if stop is not None and stop():
                raise Stopped(len(done), len(pieces))
            for index, result in next(results):
                done[index] = result
                if keep is not None:
                    keep(index, result)
                if progress is not None:
                    progress(len(done), len(pieces))
    finally:
        results.close()
    return [done[index] for index in range(len(pieces))]


def _begun(task: Callable[[P], R], pieces: tuple[P, ...], how: Way) -> Generator[list[tuple[int, R]], None, None]:
    """Return the work begun: again and again, the places and results of the pieces done since it was last asked."""
    if isinstance(how, Here):
        return _here(task, pieces)
    if isinstance(how, Processes):
        return in_processes(task, pieces, how)
    return on_ray(task, pieces, how)


def _here(task: Callable[[P], R], pieces: tuple[P, ...]) -> Generator[list[tuple[int, R]], None, None]:
    for index in range(len(pieces)):
        yield [(index, done_or_failed(partial(task, pieces[index]), index, pieces))]
