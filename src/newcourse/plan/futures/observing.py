"""Something has become known: the scenarios it contradicts end, and what remains is planned anew (design §6.6)."""

from dataclasses import replace

import numpy as np
import pandas as pd

from newcourse.errors import BadInput, Fault
from newcourse.plan.futures.model import OpenModel, build_open_model
from newcourse.plan.futures.open_plan import OpenPlan, planned
from newcourse.plan.futures.problem import held_at
from newcourse.plan.futures.solving import OnProgress
from newcourse.plan.model import Model
from newcourse.solver.problem import LinearProblem


def observe(
    plan: OpenPlan, node: str, *, time_limit: float | None = None, on_progress: OnProgress | None = None
) -> OpenPlan:
    """Return the open plan made again after a node has become known, from the state reached.

    Everything decided in periods before the node's stays as it was: stocks, stores, what is on its way and what was
    begun are those the open plan has led to.

    Parameters
    ----------
    plan
        What has been carried out so far.
    node
        What has become known.
    time_limit
        Seconds for each solve.
    on_progress
        Told what is done, and which part of the way it stands at.

    Raises
    ------
    BadInput
        If there is no such node, or it is the root, with which nothing becomes known.
    Contradiction, NotCertified
        As :func:`newcourse.plan.futures.open_plan.make_open_plan`.
    """
    known = plan.tree.node(node)
    if not known.parent:
        raise BadInput(Fault("node-root", plan.tree.title, node, "a node after the root", "name what has become known"))
    model = build_open_model(plan.economy, plan.goal, plan.limits, plan.tree.observe(node))
    held = model.problem.with_problems(
        [
            _as_it_was(each, leaf, plan, model, known.period - 1)
            for leaf, each in zip(model.tree.leaves, model.models, strict=True)
        ]
    )
    return planned(plan.economy, model.with_problem(held), time_limit=time_limit, on_progress=on_progress)


def _as_it_was(model: Model, leaf: str, plan: OpenPlan, ahead: OpenModel, period: int) -> LinearProblem:
    """Return a scenario's problem with what was decided before a period as the plan has it."""
    old = plan.model.models[plan.tree.leaves.index(leaf)].problem
    point = plan.primal(plan.tree.leaves.index(leaf))
    values = np.zeros(model.problem.shape[1])
    for block in model.problem.columns:
        before = old.column_block(block.name)
        series = pd.Series(point[before.slice], index=before.labels)
        values[block.slice] = series.reindex(block.labels).fillna(0.0).to_numpy()
    past = ahead.problem.stage < period
    for name in ("worst off",):
        past[model.columns(name)] = False
    return held_at(_without_floors(model, past), past, values)


def _without_floors(model: Model, past: np.ndarray) -> LinearProblem:
    """Return the problem without lower bounds on what is past: a promise kept to rounding must not be called broken."""
    lower = np.array(model.problem.column_lower)
    lower[past] = 0.0
    return replace(model.problem, column_lower=lower)
