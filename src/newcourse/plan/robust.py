"""A plan that holds even where harvests and supplies fall short, and what that costs: budgeted uncertainty (§6.1).

Output per unit of an activity, or the supply of a factor, may be less than stated, by up to a stated part. In each
balance and each limit of a factor up to Γ of these numbers may be at their worst at the same time, and one more in part
if Γ is no whole number. The plan holds in every such case. Per row, with deviations a of columns x:

    sum(a_j x_j over the worst Γ columns) is the least of  Γ z + sum(p_j)  with  z + p_j >= a_j x_j,  z, p >= 0,

so the plan is a linear problem again, and certified. What robustness takes from the goal grows with Γ: its price.

Source: D. Bertsimas and M. Sim, "The price of robustness", *Operations Research* 52 (2004) 35-53; the bound on the
chance that a row fails is their theorem 3.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any, Final

import numpy as np
import pandas as pd
import scipy.sparse as sp

from newcourse.economy.economy import Economy
from newcourse.errors import BadInput, Fault
from newcourse.plan.goal import Goal
from newcourse.plan.limits import Limits
from newcourse.plan.model import Model, build_model
from newcourse.plan.plan import Plan
from newcourse.plan.planner import OnProgress, best_plan, silent
from newcourse.solver.problem import Block, LinearProblem

BUDGETS: Final = (0.0, 0.5, 1.0, 2.0, 4.0)
"""Budgets for which the price of robustness is told if none are named."""


@dataclass(frozen=True, slots=True)
class Interval:
    """A number of the economy that may be less than stated.

    Parameters
    ----------
    table
        ``outputs`` (what an activity yields, such as a harvest) or ``factor_supply``.
    key
        Process and product, or place and factor; an empty code stands for all.
    part
        By which part it may be less, from 0 to 1.
    """

    table: str
    key: tuple[str, str]
    part: float

    def __post_init__(self) -> None:
        where, faults = f"interval of {self.table} {', '.join(self.key)}", []
        if self.table not in ("outputs", "factor_supply"):
            faults.append(Fault("interval-table", where, self.table, "outputs or factor_supply", "correct the table"))
        if not 0 <= self.part <= 1:
            faults.append(Fault("interval-part", where, f"{self.part}", "a part from 0 to 1", "correct the part"))
        if faults:
            raise BadInput(faults)


@dataclass(frozen=True, eq=False)
class RobustPlan:
    """A plan that holds in every case of a budget.

    Parameters
    ----------
    budget
        Γ: how many numbers of a row may be at their worst at the same time.
    worth
        Worth of the needs met, in currency, in every case.
    largest_row
        Most uncertain numbers in one row.
    plan
        The plan.
    """

    budget: float
    worth: float
    largest_row: int
    plan: Plan


def robust_plan(
    economy: Economy,
    intervals: Sequence[Interval],
    budget: float,
    goal: Goal | None = None,
    limits: Limits | None = None,
    *,
    on_progress: OnProgress | None = None,
) -> RobustPlan:
    """Make the plan that serves the goal best in every case of a budget of uncertainty.

    Parameters
    ----------
    economy, goal, limits
        As for :func:`newcourse.plan.planner.make_plan`; the numbers of the economy are the best case.
    intervals
        What may be less, and by how much.
    budget
        Γ, at least 0: 0 is the plan without caution; the number of uncertain numbers of a row and more, the worst case
        of all at once.

    Raises
    ------
    BadInput
        If an interval does not fit the economy, or the budget is negative.
    Contradiction
        If commitments cannot hold together in every case.
    NotCertified
        As :func:`newcourse.plan.planner.make_plan`.
    """
    if not 0 <= budget < math.inf:
        raise BadInput(Fault("budget", "robust plan", f"{budget}", "a number of at least 0", "correct the budget"))
    model = build_model(economy, goal or Goal(), limits or Limits())
    deviations = _deviations(model, intervals)
    plan = best_plan(_robust(model, deviations, budget), on_progress=on_progress)
    largest = int(np.bincount(deviations["row"].to_numpy(dtype=int)).max(initial=0)) if len(deviations) else 0
    return RobustPlan(budget, plan.reached, largest, plan)


def price_of_robustness(
    economy: Economy,
    intervals: Sequence[Interval],
    budgets: Sequence[float] = BUDGETS,
    goal: Goal | None = None,
    limits: Limits | None = None,
    *,
    on_progress: OnProgress | None = None,
) -> pd.DataFrame:
    """Return what caution takes from the goal, budget by budget.

    Returns
    -------
    DataFrame
        Columns budget, worth (of the needs met, in currency), price (part of the worth without caution), chance (bound
        on the chance that the fullest row fails, if deviations are independent and symmetric).
    """
    tell = on_progress or silent
    rows: list[dict[str, Any]] = []
    wanted = sorted({0.0, *budgets})
    for number, budget in enumerate(wanted):
        tell(f"budget {budget:g}", number / len(wanted))
        found = robust_plan(economy, intervals, budget, goal, limits)
        first = rows[0]["worth"] if rows else found.worth
        price = (first - found.worth) / abs(first) if first else 0.0
        chance = chance_of_failing(found.largest_row, budget)
        rows.append({"budget": budget, "worth": found.worth, "price": price, "chance": chance})
    return pd.DataFrame(rows)


def chance_of_failing(numbers: int, budget: float) -> float:
    """Return a bound on the chance that a row with so many uncertain numbers fails although Γ of them are allowed for.

    Examples
    --------
    >>> chance_of_failing(10, 10.0) <= 0.001 < chance_of_failing(10, 5.0)
    True
    """
    if budget >= numbers:
        return 0.0 if budget > numbers or numbers == 0 else 0.5**numbers
    middle = (Fraction(budget) + numbers) / 2
    whole = math.floor(middle)
    tail = sum(math.comb(numbers, k) for k in range(whole + 1, numbers + 1))
    return float(min(Fraction(1), ((1 - (middle - whole)) * math.comb(numbers, whole) + tail) / 2**numbers))


def _deviations(model: Model, intervals: Sequence[Interval]) -> pd.DataFrame:
    """Return every uncertain number: its row, its column (-1 for a row's bound) and by how much it may be worse."""
    parts, faults = [], []
    for interval in intervals:
        found = _harvest(model, interval) if interval.table == "outputs" else _supply(model, interval)
        if found.empty:
            label = ", ".join(interval.key)
            remedy = "correct the codes"
            faults.append(Fault("interval-unknown", f"interval of {interval.table}", label, "a row of it", remedy))
        parts.append(found)
    if faults:
        raise BadInput(faults)
    columns = ["row", "column", "by"]
    whole = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=columns)
    if whole.empty:
        return whole
    return whole.groupby(["row", "column"])["by"].max().reset_index()


def _harvest(model: Model, interval: Interval) -> pd.DataFrame:
    economy, problem = model.economy, model.problem
    outputs = economy["outputs"]
    wanted = np.ones(len(outputs), dtype=bool)
    for column, code in zip(("process", "product"), interval.key, strict=True):
        wanted &= (outputs[column] == code).to_numpy() if code else True
    chosen = outputs[wanted]
    good = economy.goods.get_indexer(pd.MultiIndex.from_frame(chosen[["place", "product"]]))
    process = economy.process_index.get_indexer(pd.Index(chosen["process"]))
    balance, activity = problem.row_block("balance"), problem.column_block("activity")
    periods = np.repeat(np.arange(model.limits.periods), len(chosen))
    by = np.tile(interval.part * chosen["quantity"].to_numpy(dtype=float), model.limits.periods)
    row = balance.start + periods * len(economy.goods) + np.tile(good, model.limits.periods)
    column_ = activity.start + periods * len(economy.process_index) + np.tile(process, model.limits.periods)
    return pd.DataFrame({"row": row, "column": column_, "by": by})


def _supply(model: Model, interval: Interval) -> pd.DataFrame:
    block = model.problem.row_block("factors")
    wanted = np.ones(len(block), dtype=bool)
    for level, code in zip(("place", "factor"), interval.key, strict=True):
        wanted &= (block.labels.get_level_values(level) == code) if code else True
    rows = block.start + np.flatnonzero(wanted)
    upper = model.problem.row_upper[rows]
    finite = np.isfinite(upper)
    return pd.DataFrame({"row": rows[finite], "column": -1, "by": interval.part * upper[finite]})


def _robust(model: Model, deviations: pd.DataFrame, budget: float) -> Model:
    """Return the model whose plans hold in every case of a budget; its further columns and rows stand behind."""
    if budget == 0 or deviations.empty:
        return model
    problem, (m, n), k = model.problem, model.problem.shape, len(deviations)
    row, place = np.unique(deviations["row"].to_numpy(dtype=int), return_inverse=True)
    column, by = deviations["column"].to_numpy(dtype=int), deviations["by"].to_numpy(dtype=float)
    # A row that must reach something loses what may go wrong; one that may not exceed something gains it.
    sign = np.where(np.isfinite(problem.row_upper[row]), 1.0, -1.0)
    number, r = np.arange(k), len(row)
    budgets = np.minimum(budget, np.bincount(place))
    loss = sp.hstack(
        [
            sp.csr_array((sign * budgets, (row, np.arange(r))), shape=(m, r)),
            sp.csr_array((sign[place], (row[place], number)), shape=(m, k)),
        ]
    )
    of_column = column >= 0
    worst = sp.csr_array((-by[of_column], (number[of_column], column[of_column])), shape=(k, n))
    cover = sp.hstack([worst, sp.csr_array((np.ones(k), (number, place)), shape=(k, r)), sp.eye_array(k)])
    wide = sp.vstack([sp.hstack([problem.matrix, loss]), cover])
    rows = pd.Index([problem.row_name(int(i)) for i in row], name="row")
    each = pd.Index(number, name="number")
    robust = LinearProblem(
        f"{problem.name}, robust", problem.sense, np.concatenate([problem.cost, np.zeros(r + k)]), sp.csr_array(wide),
        np.concatenate([problem.row_lower, np.where(of_column, 0.0, by)]),
        np.concatenate([problem.row_upper, np.full(k, np.inf)]),
        np.concatenate([problem.column_lower, np.zeros(r + k)]),
        np.concatenate([problem.column_upper, np.full(r + k, np.inf)]),
        (*problem.rows, Block("worst case", m, m + k, each)),
        (*problem.columns, Block("for the worst", n, n + r, rows), Block("beyond it", n + r, n + r + k, each)),
    )  # fmt: skip
    return replace(model, problem=robust, effort=np.concatenate([model.effort, np.zeros(r + k)]))
