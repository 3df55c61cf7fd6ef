"""Whether seats can be filled within the quotas of groups, by an exact search (design §8.1).

Candidates in the same groups are alike for the quotas: only how many of each *kind* there are matters. The search goes
through the kinds in depth, leaves what one group alone rules out, and remembers what has failed: how many seats are
free after a kind, and how many each group has. That is at most kinds × (seats + 1) × the product of (seats + 1) over
the groups: nothing for a handful of groups, while for many that overlap the question is as hard as packing sets.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

Limits = tuple[tuple[int, int], ...]
"""Least and most seats of each group."""


def fillable(left: int, kinds: Mapping[tuple[int, ...], int], need: Limits) -> bool:
    """Return whether so many seats can be filled from kinds of candidates within what groups need.

    Parameters
    ----------
    left
        Seats to fill, all of them.
    kinds
        How many candidates there are in each set of groups.
    need
        Least (below one: none) and most further seats of each group.

    Examples
    --------
    >>> fillable(2, {(0,): 1, (0, 1): 1, (): 1}, ((1, 2), (0, 0)))
    True
    >>> fillable(2, {(0,): 1, (0, 1): 1}, ((1, 2), (0, 0)))
    False
    """
    rows = sorted(kinds.items(), key=lambda row: (-len(row[0]), row[0]))
    total, totals = sum(kinds.values()), [sum(n for kind, n in rows if g in kind) for g in range(len(need))]
    if not _open((0,) * len(need), totals, min(left, total), need) or total < left:
        return False
    return _Search(rows, need, left).filled(0, left, (0,) * len(need), total, tuple(totals))


@dataclass(slots=True)
class _Search:
    """A search in depth that never looks twice at what has failed."""

    rows: Sequence[tuple[tuple[int, ...], int]]
    need: Limits
    left: int
    failed: set[tuple[int, int, tuple[int, ...]]] = field(default_factory=set)

    def filled(self, row: int, free: int, have: tuple[int, ...], rest: int, rest_of: tuple[int, ...]) -> bool:
        """Return whether the kinds from this row on can fill the free seats, where groups have so many already."""
        if row == len(self.rows):
            return free == 0
        have = tuple(map(self._as_far_as_it_matters, have, self.need))
        state = (row, free, have)
        if state in self.failed:
            return False
        kind, number = self.rows[row]
        rest -= number
        rest_of = tuple(n - number * (g in kind) for g, n in enumerate(rest_of))
        for more in range(min(number, free), max(free - rest, 0) - 1, -1):
            now = tuple(n + more * (g in kind) for g, n in enumerate(have))
            if _open(now, rest_of, free - more, self.need) and self.filled(row + 1, free - more, now, rest, rest_of):
                return True
        self.failed.add(state)
        return False

    def _as_far_as_it_matters(self, number: int, need: tuple[int, int]) -> int:
        """Return the seats of a group, no more than its least where its most can never be passed."""
        return min(number, max(need[0], 0)) if need[1] >= self.left else number


def _open(have: Sequence[int], rest_of: Sequence[int], free: int, need: Limits) -> bool:
    """Return whether each group by itself can still come within its limits."""
    return all(
        n <= most and n + min(rest, free) >= least for n, rest, (least, most) in zip(have, rest_of, need, strict=True)
    )
