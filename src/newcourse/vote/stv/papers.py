"""Ballot papers of a count as arrays: who holds each, at which preference, of what value (design §10).

Three small numbers stand for the state of a paper, so a stage costs one pass over one byte for each paper to find those
that move, and work only on these. Arrays hold *numbers of papers* only, which stay below 2^53 (see
:data:`~newcourse.vote.casts.MOST_BALLOTS`), so that sums in doubles are exact; values are Python integers, which have
no bound. Nothing can overflow.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from newcourse.vote.ranked import NOBODY, RankedVotes
from newcourse.vote.stv.stages import ONE

Integers = np.ndarray[Any, np.dtype[Any]]


@dataclass(frozen=True, slots=True)
class Moved:
    """Papers of one value that a stage moved.

    Parameters
    ----------
    before, after
        Value of each paper, in units.
    papers
        How many went to each candidate, in candidate order, and last how many to nobody.
    """

    before: int
    after: int
    papers: tuple[int, ...]


class Papers:
    """All papers of a count; moving them is the only change.

    Parameters
    ----------
    votes
        Ballots in strict order.
    """

    def __init__(self, votes: RankedVotes) -> None:
        self._order, self._longest = votes.order.reshape(-1), votes.order.shape[1]
        self._size = len(votes.candidates)
        self._times = votes.times if len(votes.times) and votes.times.max() > 1 else None
        rows = len(votes.times)
        first = votes.order[:, 0] if self._longest else np.full(rows, NOBODY)
        self._holder = np.array(first, dtype=votes.order.dtype)
        self._place = np.zeros(rows, dtype=np.min_scalar_type(-max(self._longest, 1)))
        self._grade = np.zeros(rows, dtype=np.int32)
        self._worth = [ONE]
        self._grade_of = {ONE: 0}

    def first(self) -> tuple[int, ...]:
        """Return how many papers each candidate holds, in candidate order, and last how many nobody does."""
        return self._counted(self._holder.astype(np.intp), self._times, self._size + 1)

    def move(self, givers: Sequence[int], continuing: Sequence[int], value: Callable[[int], int]) -> tuple[Moved, ...]:
        """Move all papers of the givers to their next preferences among the continuing, and give them new values.

        Parameters
        ----------
        givers
            Candidates whose papers move.
        continuing
            Candidates who may receive papers.
        value
            New value of a paper from its present value, in units.

        Returns
        -------
        tuple of Moved
            By the value before, in the order in which values arose.
        """
        rows = self._held(givers)
        to = self._next(rows, continuing)
        grades = self._grade[rows]
        times = None if self._times is None else self._times[rows]
        present = np.flatnonzero(np.bincount(grades, minlength=1))
        worth = [self._worth[g] for g in present]
        after = [value(old) for old in worth]
        counts = self._by_grade(to, grades, present, times)
        if after != worth:
            fresh = np.zeros(len(self._worth), dtype=np.int32)
            fresh[present] = [self._grade_for(new) for new in after]
            self._grade[rows] = fresh[grades]
        self._holder[rows] = to
        return tuple(Moved(*row) for row in zip(worth, after, counts, strict=True))

    def _held(self, givers: Sequence[int]) -> Integers:
        """Return the rows of the papers that the givers hold, in order."""
        if len(givers) == 1:
            return np.flatnonzero(self._holder == givers[0])
        return np.flatnonzero(self._table(givers)[self._holder])

    def _table(self, candidates: Sequence[int]) -> Integers:
        """Return which candidates are meant, and in the last place, where nobody is looked up, none."""
        table = np.zeros(self._size + 1, dtype=bool)
        table[list(candidates)] = True
        return table

    def _next(self, rows: Integers, continuing: Sequence[int]) -> Integers:
        """Return the next continuing preference on each paper, and put the papers' places there."""
        stops = self._table(continuing)
        stops[NOBODY] = True
        to = np.full(len(rows), NOBODY, dtype=self._order.dtype)
        place = self._place[rows]
        looking, at, left = np.arange(len(rows)), rows * self._longest + place, self._longest - 1 - place
        for steps in range(1, self._longest):
            inside = left >= steps
            if not inside.all():
                looking, at, left = looking[inside], at[inside], left[inside]
            if not len(looking):
                break
            found = self._order.take(at + steps)
            stopped = stops[found]
            arrived, passed = np.flatnonzero(stopped), np.flatnonzero(~stopped)
            to[looking[arrived]] = found[arrived]
            place[looking[arrived]] += steps
            looking, at, left = looking[passed], at[passed], left[passed]
        self._place[rows] = place
        return to

    def _by_grade(
        self, to: Integers, grades: Integers, present: Integers, times: Integers | None
    ) -> list[tuple[int, ...]]:
        """Return for each grade present how many papers went to each candidate and last to nobody."""
        width = self._size + 1
        if len(present) <= 1:
            return [self._counted(to.astype(np.intp), times, width)] if len(present) else []
        position = np.zeros(len(self._worth), dtype=np.intp)
        position[present] = np.arange(len(present)) * width
        key = position[grades] + np.where(to == NOBODY, self._size, to)
        flat = self._counted(key, times, len(present) * width)
        return [flat[k : k + width] for k in range(0, len(flat), width)]

    def _counted(self, key: Integers, times: Integers | None, size: int) -> tuple[int, ...]:
        """Return how many papers have each key, exactly; the key of nobody counts as the last."""
        key = np.where(key == NOBODY, size - 1, key)
        return tuple(int(n) for n in np.bincount(key, weights=times, minlength=size))

    def _grade_for(self, value: int) -> int:
        """Return the grade that stands for a value."""
        if value not in self._grade_of:
            self._grade_of[value] = len(self._worth)
            self._worth.append(value)
        return self._grade_of[value]
