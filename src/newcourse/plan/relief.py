"""The cheapest way to relieve a shortfall: the least loosening of limits that lets the target be met (design §6.5)."""

from dataclasses import dataclass

import numpy as np

from newcourse.errors import Contradiction
from newcourse.plan.goal import TIERS
from newcourse.plan.layout import tier_sizes
from newcourse.plan.limits_met import EXPLAINED
from newcourse.plan.model import Model
from newcourse.plan.names import Names
from newcourse.plan.sentences import quantity
from newcourse.plan.sizes import row_sizes
from newcourse.plan.wording import row_words
from newcourse.solver.conflict import cheapest_relief
from newcourse.solver.problem import LinearProblem
from newcourse.solver.solution import Solution

KEPT = 1e-7
"""Part by which other deliveries may fall below the plan's: rounding."""


@dataclass(frozen=True)
class Loosening:
    """One limit that is loosened to relieve a shortfall.

    Parameters
    ----------
    what
        The limit in words.
    kind
        Its block of rows.
    amount, unit
        By how much its bound moves; negative where a lower bound falls.
    part
        The amount as a part of the limit's own size.
    """

    what: str
    kind: str
    amount: float
    unit: str
    part: float

    def words(self) -> str:
        """Say it in a phrase."""
        return f"{quantity(abs(self.amount), self.unit)} ({self.part:.2%}) more room for the {self.what}"


def relief_for(model: Model, chosen: Solution, need: str, period: int) -> tuple[Loosening, ...]:
    """Return the least loosening of limits, as a sum of parts, that meets a need in full and serves no other less.

    Parameters
    ----------
    model
        The planning problem.
    chosen
        The plan: what the other needs are to keep.
    need, period
        Which need is to be met in full, and when.

    Returns
    -------
    tuple of Loosening
        Largest part first; empty where no loosening of these limits helps.
    """
    problem = _with_target(model, chosen, need, period)
    scale = row_sizes(model.problem, chosen)
    groups = {b.name: np.arange(b.start, b.stop) for b in problem.rows if b.name in EXPLAINED and len(b)}
    try:
        relief = cheapest_relief(problem, groups, scale)
    except Contradiction:
        return ()
    rows = np.flatnonzero(np.abs(relief.amounts) > 1e-7 * scale)
    names = Names(model.economy)
    steps = [
        Loosening(called.words, called.kind, amount, called.unit, abs(amount) / float(scale[row]))
        for row, amount, called in ((r, float(relief.amounts[r]), row_words(problem, names, int(r))) for r in rows)
    ]
    return tuple(sorted(steps, key=lambda step: -step.part))


def _with_target(model: Model, chosen: Solution, need: str, period: int) -> LinearProblem:
    problem = model.problem
    lower = np.array(problem.column_lower)
    block = problem.column_block("delivery")
    kept = chosen.values("delivery").to_numpy().clip(min=0.0) * (1 - KEPT)
    lower[block.slice] = np.maximum(lower[block.slice], kept)
    needs = model.economy["needs"]["need"]
    row = int(np.flatnonzero(needs == need)[0])
    position = period - model.economy.about.year - 1
    first = block.start + (position * len(needs) + row) * len(TIERS)
    lower[first : first + len(TIERS)] = tier_sizes(model.economy, position)[row]
    return problem.with_column_bounds(lower=lower)
