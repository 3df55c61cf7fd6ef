"""The pairwise matrix: how many voters prefer each candidate to each other one, in whole numbers.

Ballots are taken in parts that fit the processor's cache. In each part the ranks of two candidates are compared on all
ballots at once and the differences counted, in whole numbers throughout: ballots cast equally often are counted
together; of the rest, one that was cast 13 times counts with those cast 8, 4 and 1 times. So no rounding occurs
anywhere. Work grows with the ballots times the pairs of candidates; beside the ballots, memory holds one part.
"""

from collections.abc import Iterator

import numpy as np

from newcourse.vote.ballot import RankedBallot
from newcourse.vote.profile import Profile
from newcourse.vote.ranked import NOBODY, RankedVotes

Matrix = tuple[tuple[int, ...], ...]

_PART = 2**15
_TOGETHER = 2**11
"""Fewest ballots cast equally often that are worth a part of their own."""


def pairwise(votes: Profile[RankedBallot] | RankedVotes) -> Matrix:
    """Return N, where N[i][j] voters rank candidate i strictly above candidate j.

    Candidates that a ballot does not rank come below all it ranks and are not preferred to each other. The diagonal
    is zero; N[i][j] + N[j][i] is the number of ballots that tell the two apart.

    Examples
    --------
    >>> votes = [RankedBallot.of("a", "b", "c"), RankedBallot.of("b")]
    >>> pairwise(Profile.of("ranked", ["a", "b", "c"], votes))
    ((0, 1, 1), (1, 0, 2), (0, 0, 0))
    """
    votes = RankedVotes.of(votes)
    size = len(votes.candidates)
    counts = [[0] * size for _ in range(size)]
    for part, weight in _parts(votes.times):
        levels, complete = _levels(votes, part), _tells_all_apart(votes, part)
        if weight:
            _count(levels, weight, complete, counts)
            continue
        for power, chosen in _powers(votes.times[part]):
            _count(levels[:, chosen], power, complete, counts)
    return tuple(tuple(row) for row in counts)


def _levels(votes: RankedVotes, part: slice | np.ndarray) -> np.ndarray:
    """Return each candidate's rank on each ballot of the part, those not ranked last; shape (c, ballots)."""
    order = votes.order[part]
    tied = None if votes.tied is None else votes.tied[part]
    ballots, longest = order.shape
    size = len(votes.candidates)
    levels = np.full((size + 1, ballots), longest, dtype=np.min_scalar_type(longest))
    cells, column = levels.reshape(-1), np.arange(ballots)
    rank = np.zeros(ballots, dtype=levels.dtype)
    for place in range(longest):
        if place:
            rank += 1 if tied is None else ~tied[:, place]
        # Position -1, nobody, counts from the end: what is written there lands in the row that is left out below.
        cells[order[:, place].astype(np.intp) * ballots + column] = rank
    return levels[:-1]


def _tells_all_apart(votes: RankedVotes, part: slice | np.ndarray) -> bool:
    """Return whether every ballot prefers one of any two candidates: it shares no rank and leaves at most one out."""
    needed = len(votes.candidates) - 1
    order = votes.order[part]
    if votes.tied is not None or order.shape[1] < needed:
        return False
    return needed == 0 or bool((order[:, needed - 1] != NOBODY).all())


def _parts(times: np.ndarray) -> Iterator[tuple[slice | np.ndarray, int]]:
    """Yield parts of the ballots, and how often each ballot of the part was cast; zero where that differs."""
    if (times == 1).all():
        yield from ((slice(start, start + _PART), 1) for start in range(0, len(times), _PART))
        return
    ballots = np.argsort(times, kind="stable")
    values, first, many = np.unique(times[ballots], return_index=True, return_counts=True)
    together = many >= _TOGETHER
    for value, start, number in zip(values[together], first[together], many[together], strict=True):
        for at in range(start, start + number, _PART):
            yield ballots[at : min(at + _PART, start + number)], int(value)
    mixed = ballots[np.repeat(~together, many)]
    yield from ((mixed[start : start + _PART], 0) for start in range(0, len(mixed), _PART))


def _powers(times: np.ndarray) -> Iterator[tuple[int, np.ndarray]]:
    """Yield the powers of two that the counts are made of, and the ballots whose count contains that power."""
    for bit in range(int(times.max()).bit_length()):
        chosen = np.flatnonzero((times >> bit) & 1)
        if len(chosen):
            yield 1 << bit, chosen


def _count(levels: np.ndarray, weight: int, complete: bool, counts: list[list[int]]) -> None:
    """Add to the counts how many ballots prefer each candidate to each other, times the weight."""
    ballots = levels.shape[1]
    apart = np.empty(ballots, dtype=bool)
    for i, one in enumerate(levels):
        for j in range(i):
            above = np.count_nonzero(np.less(one, levels[j], out=apart))
            below = ballots - above if complete else np.count_nonzero(np.greater(one, levels[j], out=apart))
            counts[i][j] += weight * int(above)
            counts[j][i] += weight * int(below)
