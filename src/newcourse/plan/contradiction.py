"""Names the commitments that cannot hold together, instead of saying "infeasible" (design §6.5)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from newcourse.errors import Contradiction, Fault
from newcourse.plan.goal import TIERS, need_groups
from newcourse.plan.layout import grown
from newcourse.plan.limits_met import EXPLAINED
from newcourse.plan.model import Model
from newcourse.plan.names import Names
from newcourse.plan.sentences import number
from newcourse.plan.wording import row_words
from newcourse.solver.conflict import Commitment, minimal_conflict
from newcourse.solver.problem import LinearProblem

FEW: Final = 12
"""Up to this many commitments are named one by one; more are named as families."""

FAMILIES: Final = {
    "capacity": "capacities of stocks",
    "terminal": "capital kept intact",
    "steady": "stocks for activity to go on after the horizon",
    "growth": "the pace at which activities may grow",
    "decline": "the pace at which activities may shrink",
    "import share up": "the pace at which import shares may rise",
    "import share down": "the pace at which import shares may fall",
    "route share up": "the pace at which shares of origins may rise",
    "route share down": "the pace at which shares of origins may fall",
    "exports": "the pace at which exports may change",
}
"""Limits of the same kind, named together where there are many; the others are always named one by one."""


@dataclass(frozen=True)
class _Single:
    """One commitment: a row, or the first tier of a guaranteed need in every period."""

    words: str
    family: str
    rows: tuple[int, ...] = ()
    columns: tuple[int, ...] = ()
    upper: tuple[float, ...] = ()


def contradiction(model: Model, *, time_limit: float | None = None) -> Contradiction:
    """Return the error that names a minimal set of commitments that cannot hold together.

    Commitments are the guaranteed minima and every limit set from outside; balances and the motion of stocks are
    facts, not commitments. Without any one of the named commitments the others could hold. The set is sought among
    families of commitments first (all minima of one group of needs, all capacities), then within the families found;
    if that names more than :data:`FEW`, the families are named. Every family found has at least one commitment in any
    conflict within them, so that more than :data:`FEW` families are named at once.
    """
    singles = (*_limits(model), *_guarantees(model))
    families = {s.family: tuple(o for o in singles if o.family == s.family) for s in singles}
    found = _minimal(model.problem, families, time_limit)
    fine: tuple[str, ...] = ()
    if len(found) <= FEW:
        inside = _freed(model.problem, [s for s in singles if s.family not in found])
        fine = _minimal(inside, {s.words: (s,) for s in singles if s.family in found}, time_limit, most=FEW)
    words = fine if 0 < len(fine) <= FEW else tuple(_family_words(name, families[name]) for name in found)
    return Contradiction(
        [
            Fault(
                "commitment",
                text,
                f"commitment {i + 1} of {len(words)} that cannot hold together",
                "commitments that can hold together",
                "loosen this or any other one of them: any one is enough",
            )
            for i, text in enumerate(words)
        ]
    )


def _minimal(
    problem: LinearProblem,
    groups: Mapping[str, tuple[_Single, ...]],
    time_limit: float | None,
    most: int | None = None,
) -> tuple[str, ...]:
    commitments = {name: _together(parts) for name, parts in groups.items()}
    return minimal_conflict(problem, commitments, most=most, time_limit=time_limit)


def _freed(problem: LinearProblem, singles: list[_Single]) -> LinearProblem:
    """Return the problem in which the given commitments ask nothing."""
    rows = np.array([row for single in singles for row in single.rows], dtype=int)
    columns = np.array([column for single in singles for column in single.columns], dtype=int)
    row_lower, row_upper, lower = (np.array(a) for a in (problem.row_lower, problem.row_upper, problem.column_lower))
    row_lower[rows], row_upper[rows], lower[columns] = -np.inf, np.inf, 0.0
    return problem.with_row_bounds(row_lower, row_upper).with_column_bounds(lower=lower)


def _together(parts: tuple[_Single, ...]) -> Commitment:
    return Commitment(
        rows=np.array([row for part in parts for row in part.rows], dtype=int),
        columns=np.array([column for part in parts for column in part.columns], dtype=int),
        lower=0.0,
        upper=np.array([upper for part in parts for upper in part.upper]),
    )


def _limits(model: Model) -> Iterator[_Single]:
    names = Names(model.economy)
    for block in model.problem.rows:
        if block.name in EXPLAINED:
            for row in range(block.start, block.stop):
                words = row_words(model.problem, names, row).words
                yield _Single(words, FAMILIES.get(block.name, words), rows=(row,))


def _guarantees(model: Model) -> Iterator[_Single]:
    needs, names = model.economy["needs"], Names(model.economy)
    first, width = model.columns("delivery").start, len(needs) * len(TIERS)
    listed = needs[["need", "place", "minimum"]].itertuples(index=False, name=None)
    by_period = np.array([grown(needs, "minimum", period) for period in range(model.limits.periods)])
    for row, ((need, place, minimum), group) in enumerate(zip(listed, need_groups(model.economy), strict=True)):
        if need in model.goal.guaranteed:
            columns = tuple(first + t * width + row * len(TIERS) for t in range(model.limits.periods))
            words = (
                f"guaranteed minimum of {number(minimum)} {names.unit('need', need)} of {names.need(need)} "
                f"for {names.place(place)}"
            )
            yield _Single(words, f"guaranteed minima of {group}", columns=columns, upper=tuple(by_period[:, row]))


def _family_words(name: str, parts: tuple[_Single, ...]) -> str:
    return name if len(parts) == 1 else f"{name} ({len(parts)} in all)"
