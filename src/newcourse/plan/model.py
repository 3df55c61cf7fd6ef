"""The planning problem as a linear problem: columns, constraints and objectives of one plan (design §6.1)."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from newcourse.economy.economy import Economy
from newcourse.plan.constraints.registry import CONSTRAINTS
from newcourse.plan.goal import SATISFACTION, Goal, unit_worth
from newcourse.plan.layout import Layout, add_columns, grown
from newcourse.plan.limits import Limits
from newcourse.plan.preflight import require_plannable
from newcourse.solver.problem import LinearProblem

TO_AND_FRO: Final = 1e-3
"""What all trade of the base year counts in the effort of a plan, beside 1 for the whole supply of a factor."""

_TRADED: Final = (("imports", "trade", "imports"), ("exports", "trade", "exports"), ("shipments", "routes", "base"))
"""Block of columns, table and column with the base year's quantity."""


@dataclass(frozen=True, eq=False)
class Model:
    """A planning problem, ready to be solved for one objective after the other.

    Parameters
    ----------
    economy, goal, limits
        What it was made from.
    problem
        Rows and columns; its cost is that of the needs.
    effort
        Cost vector of the use of factors, each as a part of its supply, and a little of trade, over all periods.
    """

    economy: Economy
    goal: Goal
    limits: Limits
    problem: LinearProblem
    effort: np.ndarray

    def columns(self, name: str) -> slice:
        """Return the positions of a block of columns."""
        return self.problem.column_block(name).slice

    def rows(self, name: str) -> slice:
        """Return the positions of a block of rows."""
        return self.problem.row_block(name).slice


def build_model(economy: Economy, goal: Goal, limits: Limits) -> Model:
    """Return the planning problem of an economy, a goal and limits.

    Raises
    ------
    BadInput
        If goal, economy and limits do not fit together; every fault at once.
    """
    require_plannable(economy, goal, limits)
    worth = needs_worth(economy, goal, limits)
    layout = Layout(economy, goal, limits)
    add_columns(layout)
    for constraint in CONSTRAINTS:
        constraint.add(layout)
    empty = layout.builder.build(f"plan of {economy.about.title}", "max")
    cost = np.zeros(empty.shape[1])
    cost[empty.column_block("delivery").slice] = worth
    problem = _with_guarantees(empty.with_cost(cost), economy, goal, limits)
    return Model(economy, goal, limits, problem, _effort(economy, problem))


def needs_worth(economy: Economy, goal: Goal, limits: Limits) -> np.ndarray:
    """Return what a unit delivered in each tier of each need and period is worth: needs × tiers, for every period."""
    per_tier = unit_worth(economy, goal)[:, None] * np.asarray(SATISFACTION)
    return np.concatenate([limits.weight(period) * per_tier.ravel() for period in range(limits.periods)])


def _with_guarantees(problem: LinearProblem, economy: Economy, goal: Goal, limits: Limits) -> LinearProblem:
    """Return the problem in which the first tier of every guaranteed need must be delivered in full."""
    lower = np.array(problem.column_lower)
    needs = economy["needs"]
    tiers = np.zeros((limits.periods, len(needs), len(SATISFACTION)))
    for period in range(limits.periods):
        tiers[period, :, 0] = np.where(needs["need"].isin(goal.guaranteed), grown(needs, "minimum", period), 0.0)
    lower[problem.column_block("delivery").slice] = tiers.ravel()
    return problem.with_column_bounds(lower=lower)


def _effort(economy: Economy, problem: LinearProblem) -> np.ndarray:
    """Return the use of factors, each as a part of its supply (of all activity where there are none), and of trade.

    Trade counts a thousandth part of its base-year value, so that of two plans with equal use of factors the one that
    sends less to and fro is taken.
    """
    effort = np.zeros(problem.shape[1])
    rows = problem.row_block("factors").slice
    supply = problem.row_upper[rows]
    weights = np.divide(1.0, supply, out=np.zeros_like(supply), where=(supply > 0) & np.isfinite(supply))
    if weights.any():
        effort += weights @ problem.matrix[rows]
    else:
        effort[problem.column_block("activity").slice] = 1.0
    return np.asarray(effort + _trade_effort(economy, problem))


def _trade_effort(economy: Economy, problem: LinearProblem) -> np.ndarray:
    price = economy.prices
    effort = np.zeros(problem.shape[1])
    for name, table, base in _TRADED:
        prices = economy[table]["product"].map(price).to_numpy(dtype=float)
        total = float(prices @ economy[table][base].to_numpy(dtype=float))
        if total > 0:
            columns = problem.column_block(name).slice
            effort[columns] = np.tile(TO_AND_FRO / total * prices, (columns.stop - columns.start) // len(prices))
    return effort
