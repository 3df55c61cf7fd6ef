"""Of plans that are equally good, the one nearest to what there was: least change, the same for everybody (§6.1).

The distance of a plan from a reference (the base year, or an earlier plan) is the value at base-year prices of all
activities, trade and shipments by which it differs, either way. Several plans may be equally near; so each change
counts a little more than its value, by a part that is drawn from its name alone. Then there is one nearest plan, in
whatever order the tables stand and by whatever method the problem is solved: with such costs a linear problem has one
solution (O. L. Mangasarian, "Uniqueness of solution in linear programming", *Linear Algebra and its Applications* 25
(1979) 151-162, says when).
"""

from hashlib import sha256
from typing import Final

import numpy as np
import pandas as pd

from newcourse.plan.distance import Distance
from newcourse.plan.goal import TIERS
from newcourse.plan.layout import tier_sizes
from newcourse.plan.model import Model
from newcourse.plan.plan import QUANTITIES, Plan
from newcourse.solver.problem import Block, LinearProblem, Vector

OWN: Final = 0.01
"""Largest part by which a change counts more than its value, drawn from its name."""

_BASE: Final = {"imports": ("trade", "imports"), "exports": ("trade", "exports"), "shipments": ("routes", "base")}
"""Table and column that hold the base year's quantities of a block of columns, in the order of its labels."""


def reference_of(model: Model, earlier: Plan | None = None) -> Vector:
    """Return what each column was: in the earlier plan where it has the period, else in the base year, else NaN.

    Parameters
    ----------
    model
        The planning problem.
    earlier
        An earlier plan for the same places, processes and products; left out, the base year counts in every period.
    """
    found = np.full(model.problem.shape[1], np.nan)
    economy, horizon = model.economy, model.limits.periods
    found[model.columns("activity")] = np.tile(economy.base_activity, horizon)
    for name, (table, column) in _BASE.items():
        found[model.columns(name)] = np.tile(economy[table][column].to_numpy(dtype=float), horizon)
    if earlier is None:
        return found
    for name in QUANTITIES:
        _put(found, model.problem.column_block(name), earlier[name])
    _put_deliveries(found, model, earlier)
    return found


def _put(found: Vector, block: Block, table: pd.DataFrame) -> None:
    names = list(block.labels.names)
    if not set(names) <= set(table.columns):
        return
    values = table.set_index(names)["quantity"].reindex(block.labels).to_numpy(dtype=float)
    found[block.slice] = np.where(np.isnan(values), found[block.slice], values)


def _put_deliveries(found: Vector, model: Model, earlier: Plan) -> None:
    """Spread what was delivered to each need over its tiers, first tiers first."""
    block = model.problem.column_block("delivery")
    table = earlier["deliveries"].set_index(["need", "period"])["quantity"]
    first = block.labels[:: len(TIERS)]
    wanted = pd.MultiIndex.from_arrays([first.get_level_values("need"), first.get_level_values("period")])
    total = table.reindex(wanted).to_numpy(dtype=float)
    sizes = np.vstack([tier_sizes(model.economy, period) for period in range(model.limits.periods)])
    before = np.cumsum(sizes, axis=1) - sizes
    found[block.slice] = np.clip(total[:, None] - before, 0.0, sizes).ravel()


def change_values(model: Model) -> Vector:
    """Return the value of a unit of each column at base-year prices, in currency; 1 where nothing has a price."""
    economy = model.economy
    price = economy.prices
    goods = price.reindex(economy.goods.get_level_values("product")).to_numpy(dtype=float)
    values = np.ones(model.problem.shape[1])
    for block in model.problem.columns:
        per_unit = np.ones(len(block))
        if block.name == "activity":
            per_unit = np.tile(economy.outputs.T @ goods, model.limits.periods)
        elif block.name in ("investment", "capital"):
            product = economy["stocks"].set_index("stock")["product"]
            per_unit = product.reindex(block.labels.get_level_values("stock")).map(price).to_numpy(dtype=float)
        elif block.name == "delivery":
            product = economy["needs"].set_index("need")["product"]
            per_unit = product.reindex(block.labels.get_level_values("need")).map(price).to_numpy(dtype=float)
        elif "product" in block.labels.names:
            per_unit = price.reindex(block.labels.get_level_values("product")).to_numpy(dtype=float)
        values[block.slice] = np.where(per_unit > 0, per_unit, 1.0)
    return values


def distance(model: Model, problem: LinearProblem, reference: Vector) -> Distance:
    """Return the distance of the points of a problem from a reference.

    Of columns without a reference deliveries should be as many and all else as little as possible, but they count much
    less.

    Parameters
    ----------
    model
        The planning problem.
    problem
        The same columns, restricted to the plans to choose from.
    reference
        As of :func:`reference_of`, shape (n,).
    """
    weights = change_values(model) * (1 + OWN * own_parts(problem))
    return Distance.of(problem, model.problem, reference, weights)


def own_parts(problem: LinearProblem) -> Vector:
    """Return a number from 0 to 1 for each column, drawn from its name alone, shape (n,)."""
    names = [name for block in problem.columns for name in block.names()]
    return np.array([int.from_bytes(sha256(name.encode()).digest()[:6]) / 2**48 for name in names])
