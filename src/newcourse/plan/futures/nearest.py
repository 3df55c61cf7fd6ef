"""Of open plans that are equally good, the one with the least expected change from the base year.

As :mod:`newcourse.plan.nearest` does for one plan; a column that several scenarios have in common counts with the
weight of its node. Without this, what makes no difference to the goal would be decided by accident, and differ from
future to future for no reason.
"""

import numpy as np

from newcourse.plan.distance import Distance
from newcourse.plan.futures.extensive import Extensive
from newcourse.plan.futures.model import OpenModel
from newcourse.plan.nearest import ASIDE, OWN, change_values, own_parts, reference_of
from newcourse.solver.problem import LinearProblem, Vector

WANTED: frozenset[str] = frozenset({"delivery", "secured", "worst off"})
"""Blocks of columns without a reference of which there should be as much as may be, and not as little."""


def open_distance(model: OpenModel, written: Extensive, problem: LinearProblem) -> Distance:
    """Return the expected distance of open plans from the base year.

    Parameters
    ----------
    model
        The scenarios.
    written
        They as one problem.
    problem
        The same columns, restricted to the plans to choose from.
    """
    reference, weights = _written(model, written, problem)
    free = problem.column_lower < problem.column_upper
    known = np.isfinite(reference)
    ends = np.where(known, reference, _ends(problem))
    weights = np.where(known, weights, np.where(np.isfinite(ends), ASIDE * weights, 0.0))
    ends = np.where(np.isfinite(ends), ends, 0.0)
    above = free & (ends <= problem.column_lower)
    below = free & ~above & (ends >= problem.column_upper)
    beside = np.flatnonzero(free & ~above & ~below & (weights > 0))
    cost = np.where(above, 1.0, np.where(below, -1.0, 0.0)) * weights
    settled = np.where(free, 0.0, problem.column_lower)
    forced = float((weights * np.abs(settled - ends))[~free].sum() - cost @ ends)
    return Distance(problem, cost, forced, beside, ends[beside], weights[beside])


def _written(model: OpenModel, written: Extensive, problem: LinearProblem) -> tuple[Vector, Vector]:
    """Return what each column was and what a unit of change counts, for all scenarios written out as one."""
    size = problem.shape[1]
    reference, weights = np.full(size, np.nan), np.zeros(size)
    first = model.models[0]
    values = change_values(first) * (1 + OWN * own_parts(first.problem))
    for s, (each, weight) in enumerate(zip(model.models, model.problem.weights, strict=True)):
        reference[written.columns[s]] = reference_of(each)
        weights[written.columns[s]] += weight * values
    return reference, weights


def _ends(problem: LinearProblem) -> Vector:
    """Return where columns without a reference should go: deliveries up to their bound, all else down."""
    ends = np.array(problem.column_lower)
    for block in problem.columns:
        if block.name in WANTED:
            ends[block.slice] = problem.column_upper[block.slice]
    return ends
