"""Chains of ties along which one seat can be handed on without breaking any rounding (biproportional).

A seat leaves a row where its cell may fall, and comes to another row of the same column where that cell may rise.
"""

from collections import deque
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from newcourse.vote.lists.scaling import Scaled

Cell = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Reached:
    """Rows and columns reached through ties, how, and the row where the chain ends if one wanted was reached.

    Parameters
    ----------
    rows
        Each row with the column it was reached through, none where the chain begins.
    columns
        Each column with the row it was reached from.
    end
        The row wanted, or nothing.
    """

    rows: dict[int, int | None]
    columns: dict[int, int]
    end: int | None = None


def reach(
    work: Scaled, start: Sequence[int], wanted: AbstractSet[int], fixed: AbstractSet[Cell] = frozenset()
) -> Reached:
    """Return what chains of ties reach from the rows to begin with, up to the first row wanted.

    Parameters
    ----------
    work
        Votes, multipliers and seats.
    start
        Rows that give a seat away.
    wanted
        Rows that may get it.
    fixed
        Cells that must stay as they are.
    """
    rows: dict[int, int | None] = dict.fromkeys(start)
    columns: dict[int, int] = {}
    waiting = deque(start)
    while waiting:
        i = waiting.popleft()
        for j in range(len(work.columns)):
            if j in columns or (i, j) in fixed or not work.may_fall(i, j):
                continue
            columns[j] = i
            for k in range(len(work.rows)):
                if k not in rows and (k, j) not in fixed and work.may_rise(k, j):
                    rows[k] = j
                    if k in wanted:
                        return Reached(rows, columns, k)
                    waiting.append(k)
    return Reached(rows, columns)


def hand_along(work: Scaled, chain: Reached) -> None:
    """Hand one seat along the chain to its end."""
    row = chain.end
    while row is not None and (column := chain.rows[row]) is not None:
        work.seats[row][column] += 1
        row = chain.columns[column]
        work.seats[row][column] -= 1


def loop_that_raises(work: Scaled, cell: Cell, fixed: AbstractSet[Cell] = frozenset()) -> Reached | None:
    """Return a chain that, with the cell raised and the column's last row lowered, changes no total."""
    i, j = cell
    if not work.may_rise(i, j):
        return None
    reached = reach(work, [i], frozenset(), fixed | {cell})
    if j not in reached.columns:
        return None
    return Reached(reached.rows, reached.columns, reached.columns[j])


def raise_along(work: Scaled, cell: Cell, loop: Reached) -> None:
    """Give the cell one seat more, along a loop found by :func:`loop_that_raises`."""
    i, j = cell
    work.seats[i][j] += 1
    work.seats[loop.columns[j]][j] -= 1
    hand_along(work, loop)


def could_fall(work: Scaled, cell: Cell) -> bool:
    """Return whether the cell could have one seat less and all totals stay."""
    i, j = cell
    if not work.may_fall(i, j):
        return False
    start = [k for k in range(len(work.rows)) if k != i and work.may_rise(k, j)]
    return reach(work, start, {i}, {cell}).end is not None
