"""Rows of a planning problem in words: one place where positions become sentences."""

from typing import NamedTuple

from newcourse.plan.constraints.registry import WORDED
from newcourse.plan.names import Names
from newcourse.solver.problem import LinearProblem


class RowWords(NamedTuple):
    """What a row is called.

    Attributes
    ----------
    kind
        Its block.
    label
        Its codes.
    words
        The limit in words.
    unit
        The unit it is counted in.
    """

    kind: str
    label: tuple[str, ...]
    words: str
    unit: str


def row_words(problem: LinearProblem, names: Names, row: int) -> RowWords:
    """Return what row ``row`` of the problem is called."""
    block = next(b for b in problem.rows if b.start <= row < b.stop)
    found = block.labels[row - block.start]
    label = found if isinstance(found, tuple) else (found,)
    constraint = WORDED[block.name]
    return RowWords(block.name, label, constraint.words(names, block.name, label), constraint.unit(names, label))
