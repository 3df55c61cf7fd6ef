"""How independent pieces of work are done: one after another here, or however the caller spreads them.

Models know nothing of processes and clusters. Whoever has some passes :func:`newcourse.workers.spreading.spread`.
"""

from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar

P = TypeVar("P")
R = TypeVar("R")


class Spreading(Protocol):
    """What spreads work, as :func:`newcourse.workers.spreading.spread` does."""

    def __call__(
        self, task: Callable[[P], R], pieces: Sequence[P], /, *, progress: Callable[[int, int], None] | None = None
    ) -> list[R]:
        """Return the results of a task on every piece, in the order of the pieces; progress is told after each."""


def here(
    task: Callable[[P], R], pieces: Sequence[P], /, *, progress: Callable[[int, int], None] | None = None
) -> list[R]:
    """Return the results of a task on every piece, one after another.

    >>> here(abs, [-3, 4])
    [3, 4]
    """
    found = []
    for number, piece in enumerate(pieces, 1):
        found.append(task(piece))
        if progress is not None:
            progress(number, len(pieces))
    return found
