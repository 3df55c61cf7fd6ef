"""The rest of a plan's horizon as a planning problem of its own: what is over stands as it was (design §4.8)."""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from newcourse.errors import BadInput, Fault
from newcourse.plan.changes.registry import apply_changes
from newcourse.plan.goal import TIERS
from newcourse.plan.happened import Happened
from newcourse.plan.model import Model, build_model
from newcourse.plan.nearest import reference_of
from newcourse.plan.plan import Plan
from newcourse.plan.wear import VINTAGE
from newcourse.solver.problem import Block, LinearProblem, Vector

ORDERS: Final = ("activity", "delivery", "imports", "exports", "shipments", "investment", "projects")
"""Blocks of columns that are orders; the others follow from them."""

LEAST: Final = 1e-3
"""An order counts as no smaller than this part of the largest of its kind, so that a new one is no infinite change."""


@dataclass(frozen=True, eq=False)
class Rest:
    """What is left to plan.

    Parameters
    ----------
    model
        The planning problem of the whole horizon, in which what is over is fixed; its cost is that of the needs to
        come.
    actual
        The adopted plan, with the facts in place of what was planned.
    reference
        What each column was in it, shape (n,).
    ordered
        Which columns are orders still to be given, shape (n,).
    sizes
        Size of each column for comparing changes, in its own unit, shape (n,).
    """

    model: Model
    actual: Plan
    reference: Vector
    ordered: np.ndarray
    sizes: Vector


def rest_of(plan: Plan, happened: Happened) -> Rest:
    """Return what is left to plan after what happened.

    Raises
    ------
    BadInput
        If what happened does not fit the plan or its economy.
    """
    actual = happened.actual(plan)
    _require_countable(plan, happened)
    economy, goal = apply_changes(happened.changes, plan.economy, plan.goal)
    model = build_model(economy, goal, plan.limits)
    reference = np.asarray(reference_of(model, actual))
    over = _over(model.problem.columns, happened.through)
    problem = _begun_before(_settled(model.problem, over, reference, happened.through), model, reference, happened)
    ordered = np.zeros(len(over), dtype=bool)
    for name in ORDERS:
        ordered[model.columns(name)] = True
    return Rest(replace(model, problem=problem), actual, reference, ordered & ~over, _sizes(model, reference))


def _settled(problem: LinearProblem, over: np.ndarray, reference: Vector, through: int) -> LinearProblem:
    """Fix the columns of the years that are over, free their rows, and count only needs to come."""
    done = over & np.isfinite(reference)
    past = _over(problem.rows, through)
    return (
        problem.with_column_bounds(
            np.where(done, reference, problem.column_lower), np.where(done, reference, problem.column_upper)
        )
        .with_row_bounds(
            np.where(past, -np.inf, problem.row_lower), np.where(past, np.inf, problem.row_upper)
        )
        .with_cost(np.where(over, 0.0, problem.cost))
    )  # fmt: skip


def _begun_before(problem: LinearProblem, model: Model, reference: Vector, happened: Happened) -> LinearProblem:
    """Let no more come out than was begun, where inputs were taken in the years that are over."""
    labels = model.problem.column_block("activity").labels
    lead = dict(zip(model.economy["processes"]["process"], model.economy["processes"]["lead"], strict=True))
    leads = labels.get_level_values("process").map(lead).to_numpy(dtype=int)
    begun = (leads > 0) & (labels.get_level_values("period").to_numpy(dtype=int) <= happened.through + leads)
    if happened.through == model.economy.about.year:
        return problem
    upper, part = np.array(problem.column_upper), model.columns("activity")
    upper[part] = np.where(begun, np.minimum(upper[part], reference[part]), upper[part])
    return problem.with_column_bounds(upper=np.maximum(upper, problem.column_lower))


def _over(blocks: tuple[Block, ...], through: int) -> np.ndarray:
    """Return which rows or columns belong to a year that is over; what has no year belongs to none."""
    parts = [
        block.labels.get_level_values("period").to_numpy(dtype=int) <= through
        if "period" in block.labels.names
        else np.zeros(len(block), dtype=bool)
        for block in blocks
    ]
    return np.concatenate([*parts, np.zeros(0, dtype=bool)])


def _sizes(model: Model, reference: Vector) -> Vector:
    """Return the size of each column: what it was, all tiers of a need together, but not less than :data:`LEAST`."""
    sizes = np.abs(np.where(np.isfinite(reference), reference, 0.0))
    for block in model.problem.columns:
        part = sizes[block.slice]
        if block.name == "delivery":
            part[:] = np.repeat(part.reshape(-1, len(TIERS)).sum(axis=1), len(TIERS))
        largest = float(part.max(initial=0.0))
        np.maximum(part, LEAST * largest if largest > 0 else 1.0, out=part)
    return np.asarray(sizes)


def _require_countable(plan: Plan, happened: Happened) -> None:
    """Refuse facts on stocks whose state is what was put in place, year by year."""
    stocks = plan.economy["stocks"]
    vintage = set(stocks.loc[stocks["ageing"] == VINTAGE, "stock"])
    facts = [fact for fact in happened.facts if fact.table == "capital" and fact.label.get("stock") in vintage]
    if facts:
        raise BadInput(
            Fault(
                "fact-vintage",
                f"fact: capital {fact.label['stock']}, {fact.period}",
                "a quantity of a stock that ages by vintage",
                "what was put in place in that year",
                "give a fact of the table investment instead",
            )
            for fact in facts
        )
