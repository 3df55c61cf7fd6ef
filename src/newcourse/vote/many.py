"""A whole pyramid of small councils counted in one call, by Scottish law, on arrays (design §8.2, §10).

The count of each council is that of :mod:`newcourse.vote.rules.scottish_stv`, whose law it follows and beside which it
is tested; here only who is elected is kept, and no trace. Whoever wants the trace of one council counts it alone.

Values are whole numbers of 0.00001 votes. A council's cost is its stages times its papers, so a pyramid's is linear in
all its papers; councils are independent, and several threads share them.
"""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np

from newcourse.errors import BadInput, Fault
from newcourse.vote.ranked import NOBODY, RankedVotes
from newcourse.vote.ties import TieRule

MOST_CANDIDATES: Final = 127
"""Most candidates of one council: positions are single bytes."""

MOST_PAPERS: Final = 2**29
"""Most papers of one council: below it a surplus times a value of a paper fits 63 bits."""


@dataclass(frozen=True, eq=False)
class Councils:
    """Papers of many councils, one council after the other.

    Parameters
    ----------
    order
        Positions of candidates by preference, best first, padded with -1; shape (papers, longest).
    starts
        Where each council's papers begin in ``order``, and where the last one's end; shape (councils + 1,).
    candidates, seats
        How many stand and how many are elected in each council; shape (councils,).
    times
        How often each paper was cast; once where nothing is given; shape (papers,).
    lots
        Place of each candidate in the lot of its council, 0 first; shape (councils, most candidates). Candidate order
        where nothing is given.

    Raises
    ------
    BadInput
        With every fault, and the first council it concerns.

    Examples
    --------
    >>> votes = RankedVotes.of_lists(["ann", "bob", "cem"], [["ann", "bob"], ["cem"], ["bob"]], [5, 3, 1])
    >>> count_many(Councils.of([votes, votes], [1, 2])).elected.tolist()
    [[0, -1], [0, 2]]
    """

    order: np.ndarray
    starts: np.ndarray
    candidates: np.ndarray
    seats: np.ndarray
    times: np.ndarray | None = None
    lots: np.ndarray | None = None

    def __post_init__(self) -> None:
        order, starts = np.ascontiguousarray(self.order, np.int8), np.ascontiguousarray(self.starts, np.int64)
        candidates, seats = np.ascontiguousarray(self.candidates, np.int64), np.ascontiguousarray(self.seats, np.int64)
        faults = _shape_faults(self, order, starts, candidates, seats)
        faults = faults or [*_council_faults(self, order, starts, candidates, seats)]
        if faults:
            raise BadInput(faults)
        most = int(candidates.max(initial=1))
        times = np.ones(len(order), np.int64) if self.times is None else self.times
        lots = np.broadcast_to(np.arange(most), (len(seats), most)) if self.lots is None else self.lots
        object.__setattr__(self, "order", order)
        object.__setattr__(self, "starts", starts)
        object.__setattr__(self, "candidates", candidates)
        object.__setattr__(self, "seats", seats)
        object.__setattr__(self, "times", np.ascontiguousarray(times, np.int64))
        object.__setattr__(self, "lots", np.ascontiguousarray(lots, np.int8))

    @classmethod
    def of(cls, votes: "list[RankedVotes]", seats: "list[int]", ties: TieRule | None = None) -> "Councils":
        """Return councils given one by one, with the lot of one tie rule for all."""
        rule = ties or TieRule()
        read = [each.strict() for each in votes]
        longest = max((each.order.shape[1] for each in read), default=0)
        most = max((len(each.candidates) for each in read), default=1)
        lots = np.zeros((len(read), most), np.int8)
        for row, each in enumerate(read):
            place = {name: at for at, name in enumerate(rule.order(each.candidates))}
            lots[row, : len(each.candidates)] = [place[name] for name in each.candidates]
        padded = [np.pad(v.order, ((0, 0), (0, longest - v.order.shape[1])), constant_values=NOBODY) for v in read]
        return cls(
            np.concatenate([*padded, np.empty((0, longest), np.int8)]),
            np.cumsum([0, *(len(each.order) for each in read)]),
            np.array([len(each.candidates) for each in read], np.int64),
            np.array(seats, np.int64),
            np.concatenate([*(each.times for each in read), np.empty(0, np.int64)]),
            lots,
        )


@dataclass(frozen=True, eq=False)
class ManyCounts:
    """Who is elected in each council.

    Parameters
    ----------
    elected
        Positions of the elected in order of election, padded with -1; shape (councils, most seats).
    quotas
        Quota of each council, in votes; shape (councils,).
    stages
        How many stages each count took; 0 where no paper is valid and nobody is elected; shape (councils,).
    """

    elected: np.ndarray
    quotas: np.ndarray
    stages: np.ndarray


def count_many(councils: Councils, *, threads: int = 1) -> ManyCounts:
    """Count every council.

    Parameters
    ----------
    councils
        Their papers.
    threads
        How many threads share the councils.

    Notes
    -----
    The loops are compiled when they are first run on a machine, which takes some seconds, and are kept for later.
    """
    from newcourse.vote.many_loops import count_range

    size = len(councils.seats)
    elected = np.full((size, int(councils.seats.max(initial=1))), NOBODY, np.int8)
    quotas, stages = np.zeros(size, np.int64), np.zeros(size, np.int64)

    def count(part: tuple[int, int]) -> None:
        count_range(
            *part, councils.order, councils.starts, councils.candidates, councils.seats, councils.times, councils.lots,
            elected, quotas, stages,
        )  # fmt: skip

    parts = list(_parts(size, threads))
    if len(parts) == 1:
        count(parts[0])
    else:
        with ThreadPoolExecutor(threads) as pool:
            list(pool.map(count, parts))
    return ManyCounts(elected, quotas, stages)


def _parts(size: int, threads: int) -> Iterator[tuple[int, int]]:
    edges = np.linspace(0, size, min(max(1, threads), max(1, size)) + 1).astype(int).tolist()
    yield from pairwise(edges)


def _shape_faults(
    given: Councils, order: np.ndarray, starts: np.ndarray, candidates: np.ndarray, seats: np.ndarray
) -> list[Fault]:
    councils = len(seats)
    wanted = {
        "order": order.ndim == 2,
        "starts": starts.shape == (councils + 1,),
        "candidates": candidates.shape == (councils,),
        "seats": seats.ndim == 1,
        "times": given.times is None or given.times.shape == (len(order),),
        "lots": given.lots is None or given.lots.shape == (councils, int(candidates.max(initial=1))),
    }
    return [
        Fault("councils-shape", f"councils, {name}", "another shape", "see Councils", "correct the array")
        for name, right in wanted.items()
        if not right
    ]


def _council_faults(
    given: Councils, order: np.ndarray, starts: np.ndarray, candidates: np.ndarray, seats: np.ndarray
) -> Iterator[Fault]:
    papers = np.diff(starts)
    if starts[0] != 0 or starts[-1] != len(order) or papers.min(initial=0) < 0:
        yield Fault("councils-starts", "councils, starts", "gaps", "from 0 up to all papers", "correct the array")
        return
    council = np.repeat(np.arange(len(seats)), papers)
    times = np.ones(len(order), np.int64) if given.times is None else given.times
    votes = np.bincount(council, weights=times, minlength=len(seats))
    ordered = np.sort(order, axis=1)
    gaps = (order[:, 1:] != NOBODY) & (order[:, :-1] == NOBODY)
    twice = (ordered[:, 1:] == ordered[:, :-1]) & (ordered[:, 1:] != NOBODY)
    last = order.max(axis=1, initial=NOBODY)
    checks = (
        ("candidate-many", candidates > MOST_CANDIDATES, f"at most {MOST_CANDIDATES} candidates"),
        ("seats-wrong", (seats < 1) | (seats > candidates), "at least one seat, at most one for each candidate"),
        ("times-wrong", _any(council, times < 1, len(seats)) | (votes > MOST_PAPERS), "papers cast once or more"),
        ("candidate-unknown", _any(council, last >= candidates[council], len(seats)), "candidates that stand"),
        ("preference-gap", _any(council, gaps.any(axis=1), len(seats)), "preferences without gaps"),
        ("ranked-twice", _any(council, twice.any(axis=1), len(seats)), "each candidate once on a paper"),
    )
    for code, wrong, expected in checks:
        if wrong.any():
            where = f"councils, number {int(np.flatnonzero(wrong)[0])}, counted from 0"
            yield Fault(code, where, f"{int(wrong.sum())} such councils", expected, "correct the papers")


def _any(council: np.ndarray, wrong: np.ndarray, size: int) -> np.ndarray:
    """Return which councils have a paper that is wrong."""
    return np.bincount(council[wrong], minlength=size) > 0
