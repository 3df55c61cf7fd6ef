"""The loops of :mod:`newcourse.vote.many`, compiled by Numba: one council after the other, all in whole numbers."""

from typing import Final

import numpy as np
from numba import njit

UNIT: Final = 100_000
"""One vote, in units of 0.00001."""

CONTINUING, ELECTED, EXCLUDED = 0, 1, 2


@njit(cache=True, nogil=True)
def count_range(begin, end, order, starts, candidates, seats, times, lots, elected, quotas, stages):  # type: ignore[no-untyped-def]
    """Count the councils from ``begin`` up to ``end`` into the arrays of results."""
    most = lots.shape[1]
    history = np.zeros((2 * most + 2, most), np.int64)
    for council in range(begin, end):
        first, last = starts[council], starts[council + 1]
        stages[council] = _count(
            order[first:last], times[first:last], candidates[council], seats[council], lots[council], history,
            elected[council], quotas, council,
        )  # fmt: skip


@njit(cache=True, nogil=True)
def _count(order, times, size, seats, lot, history, elected, quotas, council):  # type: ignore[no-untyped-def]
    """Count one council; return how many stages it took."""
    papers = order.shape[0]
    place = np.zeros(papers, np.int64)
    value = np.full(papers, UNIT, np.int64)
    status = np.zeros(size, np.int64)
    waiting = np.zeros(size, np.bool_)
    votes = history[0]
    votes[:] = 0
    total = 0
    for p in range(papers):
        if order.shape[1] > 0 and order[p, 0] >= 0:
            votes[order[p, 0]] += times[p] * UNIT
            total += times[p]
    quotas[council] = total // (seats + 1) + 1
    if total == 0:
        return 0
    quota, filled, stage = quotas[council] * UNIT, 0, 0
    while True:
        filled = _elect(history[stage], status, waiting, quota, seats, filled, size, elected)
        if filled == seats:
            return stage + 1
        stage += 1
        history[stage, :] = history[stage - 1, :]
        chosen = _extreme(history, stage - 1, waiting, size, lot, True)
        if chosen >= 0:
            waiting[chosen] = False
            _transfer(order, times, place, value, status, history[stage], chosen, history[stage, chosen] - quota, quota)
        else:
            chosen = _extreme(history, stage - 1, status == CONTINUING, size, lot, False)
            status[chosen] = EXCLUDED
            _transfer(order, times, place, value, status, history[stage], chosen, -1, 0)


@njit(cache=True, nogil=True)
def _elect(votes, status, waiting, quota, seats, filled, size, elected):  # type: ignore[no-untyped-def]
    """Elect who has reached the quota, and all who are left where there are no more of them than seats."""
    reached = np.zeros(size, np.bool_)
    continuing = 0
    for c in range(size):
        if status[c] == CONTINUING:
            continuing += 1
            reached[c] = votes[c] >= quota
    while filled < seats:
        chosen = _most(votes, reached, size)
        if chosen < 0:
            break
        reached[chosen] = False
        status[chosen] = ELECTED
        waiting[chosen] = votes[chosen] > quota
        elected[filled] = chosen
        filled += 1
        continuing -= 1
    if filled < seats and continuing == seats - filled:
        for c in range(size):
            reached[c] = status[c] == CONTINUING
        while filled < seats:
            chosen = _most(votes, reached, size)
            reached[chosen] = False
            status[chosen] = ELECTED
            elected[filled] = chosen
            filled += 1
    return filled


@njit(cache=True, nogil=True)
def _most(votes, among, size):  # type: ignore[no-untyped-def]
    """Return who has the most votes, the first of the candidates where several do; -1 if nobody is among them."""
    best = -1
    for c in range(size):
        if among[c] and (best < 0 or votes[c] > votes[best]):
            best = c
    return best


@njit(cache=True, nogil=True)
def _extreme(history, stage, among, size, lot, highest):  # type: ignore[no-untyped-def]
    """Return who has the most (or fewest) votes, where equal by the latest stage that differs, then by lot; or -1.

    The lot puts first whom it favours: the first gets what there is to get, the last is excluded.
    """
    best = -1
    for c in range(size):
        if among[c] and (best < 0 or _before(history, stage, c, best, lot, highest)):
            best = c
    return best


@njit(cache=True, nogil=True)
def _before(history, stage, one, other, lot, highest):  # type: ignore[no-untyped-def]
    for s in range(stage, -1, -1):
        difference = history[s, one] - history[s, other]
        if difference != 0:
            return (difference > 0) == highest
    return (lot[one] < lot[other]) == highest


@njit(cache=True, nogil=True)
def _transfer(order, times, place, value, status, votes, chosen, surplus, kept):  # type: ignore[no-untyped-def]
    """Hand a candidate's papers on: at a part of their value where there is a surplus, at their value otherwise."""
    total = votes[chosen]
    for p in range(order.shape[0]):
        at = place[p]
        if at >= order.shape[1] or order[p, at] != chosen:
            continue
        if surplus >= 0:
            value[p] = surplus * value[p] // total
        at += 1
        while at < order.shape[1] and order[p, at] >= 0 and status[order[p, at]] != CONTINUING:
            at += 1
        if at < order.shape[1] and order[p, at] < 0:
            at = order.shape[1]
        place[p] = at
        if at < order.shape[1]:
            votes[order[p, at]] += value[p] * times[p]
    votes[chosen] = kept
