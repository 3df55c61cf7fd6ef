"""What a spread piece of work ends with when it does not end well."""

from collections.abc import Callable, Sequence
from concurrent.futures import BrokenExecutor
from dataclasses import replace
from typing import Any, TypeVar

from newcourse.errors import Fault, NewCourseError

R = TypeVar("R")


class PieceFailed(NewCourseError):
    """A piece of work raised an error; what the task raised is the cause, and its faults are kept.

    Attributes
    ----------
    index
        Place of the piece, counted from 0.
    piece
        The piece itself.
    """

    def __init__(self, index: int, pieces: Sequence[Any], error: Exception) -> None:
        where = f"piece {index + 1} of {len(pieces)} ({_short(pieces[index])})"
        if isinstance(error, NewCourseError):
            faults = [replace(fault, where=f"{where}: {fault.where}") for fault in error.faults]
            self.exit_code = error.exit_code
        else:
            found = f"{type(error).__name__}: {error}"
            remedy = "run the task on this piece alone to see more; nothing of the other pieces was kept"
            faults = [Fault("piece-failed", where, found, "a result", remedy)]
        super().__init__(faults)
        self.index = index
        self.piece = pieces[index]


class Stopped(NewCourseError):
    """Somebody stopped the work before it was done.

    Attributes
    ----------
    done
        How many pieces were done.
    """

    def __init__(self, done: int, number: int) -> None:
        remedy = "begin again when you like; chance comes with the pieces, so the same comes out"
        super().__init__(Fault("work-stopped", "spread work", f"{done} of {number} done", "all of them", remedy))
        self.done = done


def done_or_failed(result: Callable[[], R], index: int, pieces: Sequence[Any]) -> R:
    """Return a piece's result, or say of which piece an error is; that a worker died is nobody's piece."""
    try:
        return result()
    except BrokenExecutor:
        raise
    except Exception as error:
        raise PieceFailed(index, pieces, error) from error


def _short(piece: Any) -> str:
    """Return the piece in at most 80 characters."""
    text = repr(piece)
    return text if len(text) <= 80 else text[:77] + "..."
