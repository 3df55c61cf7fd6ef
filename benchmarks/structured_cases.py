"""Plans the structured method is measured by: made-up economies and the real tables, as linear problems.

The problem: maximise what is delivered, weighted, so that no product is used more than it is supplied, no more is taken
of any resource than there is, and imports are paid for. Nothing asks for a minimum, so doing nothing is feasible.
A case is a name: ``needs:8000:none:1`` or ``least:8000:all:2`` (made-up products, capacities, seed), ``world:2008``,
``sweden``.
"""

from typing import cast, get_args

import numpy as np
import pandas as pd
import scipy.sparse as sp

from benchmarks.structured_tables import Tables, made_up_tables, sweden, world
from newcourse.economy.made_up import Capacities
from newcourse.solver.problem import Block, LinearProblem

GOALS = ("needs", "least")


def problem_of(case: str) -> LinearProblem:
    """Return the problem that a case names."""
    kind, *rest = case.split(":")
    if kind == "world":
        return weighted_needs(world(int(rest[0])))
    if kind == "sweden":
        return weighted_needs(sweden())
    products, capacities, seed = rest
    if kind not in GOALS or capacities not in get_args(Capacities):
        raise ValueError(f"no such case: {case}")
    tables = made_up_tables(int(products), cast("Capacities", capacities), int(seed))
    return weighted_needs(tables) if kind == "needs" else least_share(tables)


def weighted_needs(tables: Tables) -> LinearProblem:
    """Return the plan that delivers most, weighted by the needs' tiers."""
    product, tier = np.nonzero(tables.need > 0)
    users = sp.eye_array(tables.need.shape[0], format="csr")[:, product]
    return _plan(tables, "delivery", users, tables.weight[product, tier], tables.need[product, tier], "")


def least_share(tables: Tables) -> LinearProblem:
    """Return the plan that delivers the largest common share of all needs: max-min."""
    wanted = sp.csr_array(tables.need.sum(axis=1)[:, None])
    return _plan(tables, "share", wanted, np.ones(1), np.full(1, np.inf), ", max-min")


def _plan(
    tables: Tables, name: str, users: sp.csr_array, worth: np.ndarray, most: np.ndarray, suffix: str
) -> LinearProblem:
    """Return the plan whose aim is a block of columns that use products, are worth something and have upper bounds."""
    n, m = tables.inputs.shape
    sold = np.flatnonzero(tables.export_limit > 0)
    resources, extra = tables.available.size, tables.overtime.size
    one = sp.eye_array(n, format="csr")
    matrix = sp.block_array(
        [
            [sp.csr_array(tables.outputs - tables.inputs), -users, one, -one[:, sold], None],
            [tables.use, None, None, None, -sp.csr_array(sp.eye_array(resources, extra))],
            [_row(tables.payments), None, _row(tables.import_price), -_row(tables.export_price[sold]), None],
        ],
        format="csr",
    )
    cost = np.concatenate([np.zeros(m), worth, np.zeros(n + sold.size), -tables.overtime_weight])
    upper = [tables.capacity, most, tables.import_quota, tables.export_limit[sold], tables.overtime]
    return LinearProblem(
        tables.name + suffix, "max", cost, matrix,
        np.concatenate([np.zeros(n), np.full(resources + 1, -np.inf)]),
        np.concatenate([np.full(n, np.inf), tables.available, [tables.reserve]]),
        np.zeros(cost.size), np.concatenate(upper),
        _blocks(("balance", "limits", "payments"), (n, resources, 1)),
        _blocks(("activity", name, "imports", "exports", "overtime"), (m, worth.size, n, sold.size, extra)),
    )  # fmt: skip


def _row(values: np.ndarray) -> sp.csr_array:
    return sp.csr_array(values[None, :])


def _blocks(names: tuple[str, ...], sizes: tuple[int, ...]) -> tuple[Block, ...]:
    """Return blocks of these sizes one after the other, their members numbered."""
    ends = np.cumsum([0, *sizes])
    return tuple(
        Block(name, int(a), int(b), pd.RangeIndex(b - a)) for name, a, b in zip(names, ends[:-1], ends[1:], strict=True)
    )
