"""Of open plans that are equally good, the one with the least expected change from the base year.

As :mod:`newcourse.plan.nearest` does for one plan; a column that several scenarios have in common counts with the
weight of its node. Without this, what makes no difference to the goal would be decided by accident, and differ from
future to future for no reason.
"""

import numpy as np

from newcourse.plan.distance import Distance
from newcourse.plan.futures.extensive import Extensive
from newcourse.plan.futures.model import OpenModel
from newcourse.plan.nearest import OWN, change_values, own_parts, reference_of
from newcourse.solver.problem import LinearProblem, Vector


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
    return Distance.of(problem, written.problem, reference, weights)


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
