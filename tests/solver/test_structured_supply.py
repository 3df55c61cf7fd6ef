"""A plan made of sparse tables: what it is, its faults, and that making it is fast and takes little memory."""

import time
import tracemalloc

import numpy as np
import pandas as pd
import pytest
import scipy.sparse as sp

from newcourse.economy.made_up import MadeUpSettings, made_up
from newcourse.errors import BadInput
from newcourse.solver.door import solve
from newcourse.solver.structured.recognise import recognised
from newcourse.solver.structured.supply import SupplyNeeds, SupplyTables, SupplyTechniques, SupplyTrade

INF = np.inf


def small(**changes):
    """Two products, three techniques (the third makes some bread beside steel), hours and coal."""
    techniques = {
        "owner": [0, 0, 1],
        "inputs": sp.csc_array([[0.1, 0.0, 0.2], [0.3, 0.6, 0.0]]),
        "outputs": sp.csc_array([[1.0, 1.0, 0.1], [0.0, 0.0, 2.0]]),
        "use": sp.csr_array([[1.0, 0.5, 2.0], [0.0, 0.1, 0.3]]),
        "capacity": [5.0, INF, 4.0],
        "cost": [0.0, 0.1, 0.0],
    }
    needs = {"demand": [0.0, 0.5], "most": [[2.0, 3.0], [0.0, 1.0]], "worth": [[2.0, 1.0], [0.0, 1.5]]}
    tables = {
        "name": "small", "products": pd.Index(["bread", "steel"]), "resources": pd.Index(["hours", "coal"]),
        "available": [10.0, INF], "overtime": [2.0, 0.0], "overtime_cost": 0.2,
        "trade": SupplyTrade([3.0, 4.0], [1.0, 0.0], [0.0, 3.5], [0.0, 1.0], 0.5),
    }  # fmt: skip
    for name, value in changes.items():
        next(part for part in (techniques, needs, tables) if name in part)[name] = value
    return SupplyTables(techniques=SupplyTechniques(**techniques), needs=SupplyNeeds(**needs), **tables)


def test_the_problem_of_small_tables():
    seen = small().structure()
    given = seen.problem
    assert [block.name for block in given.columns] == ["activity", "delivery", "imports", "exports", "overtime"]
    assert given.column_name(4) == "delivery[bread, 1]"
    assert given.row_name(4) == "payments[all trade]"
    assert given.matrix.toarray().round(12).tolist() == [
        [0.9, 1.0, -0.1, -1.0, -1.0, 0.0, 1.0, 0.0, 0.0],
        [-0.3, -0.6, 2.0, 0.0, 0.0, -1.0, 0.0, -1.0, 0.0],
        [1.0, 0.5, 2.0, 0.0, 0.0, 0.0, 0.0, 0.0, -1.0],
        [0.0, 0.1, 0.3, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0],
        [0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 3.0, -3.5, 0.0],
    ]
    assert given.cost.tolist() == [0.0, -0.1, 0.0, 2.0, 1.0, 1.5, 0.0, 0.0, -0.2]
    assert given.column_upper.tolist() == [5.0, INF, 4.0, 2.0, 3.0, 1.0, 1.0, 1.0, 2.0]
    assert given.row_lower.tolist() == [0.0, 0.5, -INF, -INF, -INF]
    assert given.row_upper.tolist() == [INF, INF, 10.0, INF, 0.5]
    assert seen.owner.tolist() == [0, 0, 1, -1, -1, -1, 0, -1, -1]
    assert solve(given).require_certified().certificate.product_shortage <= 1e-9


def test_a_bundle_is_max_min_and_techniques_make_one_if_nothing_is_said():
    techniques = SupplyTechniques([0, 1], sp.csc_array([[0.0, 0.5], [0.25, 0.0]]), sp.csr_array([[1.0, 3.0]]))
    tables = SupplyTables("t", pd.RangeIndex(2), pd.RangeIndex(1), techniques, [7.0], SupplyNeeds(bundle=[4.0, 1.0]))
    seen = tables.structure()
    assert seen.balance.toarray().tolist() == [[1.0, -0.5, -4.0], [-0.25, 1.0, -1.0]]
    # x = (I - A)^-1 (4, 1) s = (36, 16)/7 s, which takes 12 hours a unit of s
    assert solve(seen.problem).require_certified().certificate.objective == pytest.approx(7.0 / 12.0)


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({"owner": [0, 0, 2]}, ["owner"]),
        ({"owner": [0.0, 0.0, 1.0]}, ["owner"]),
        ({"capacity": [1.0, 2.0], "available": 3.0, "worth": [1.0, 2.0]}, ["shape"] * 3),
        ({"capacity": [1.0, np.nan, 2.0], "cost": INF}, ["number"] * 2),
        ({"inputs": sp.csc_array([[0.1, 0.0, 0.2], [-0.3, 0.6, 0.0]])}, ["number"]),
        ({"inputs": sp.csc_array([[0.1, 1.0, 0.2], [0.3, 0.6, 2.5]])}, ["technique", "technique"]),
        ({"worth": [[1.0, 2.0], [0.0, 1.0]]}, ["tiers"]),
        ({"trade": SupplyTrade([3.0, -1.0], [1.0, 1.0, 1.0])}, ["shape"]),
        ({"trade": SupplyTrade([3.0, -1.0]), "available": [-INF, 0.0]}, ["number"] * 2),
    ],
)
def test_every_fault_at_once(changes, codes):
    with pytest.raises(BadInput) as told:
        small(**changes)
    assert [fault.code for fault in told.value.faults] == codes


def test_needs_may_be_worth_less_where_there_is_no_earlier_tier():
    assert small(most=[[0.0, 3.0], [0.0, 1.0]], worth=[[0.0, 2.0], [0.0, 1.0]]).structure().shape == (2, 3, 8)


def tables_of(economy):
    techniques = SupplyTechniques(
        economy.owner, economy.inputs, economy.use, outputs=economy.outputs, capacity=economy.capacity
    )
    over = np.zeros((2, economy.available.size))
    over[:, : economy.overtime.size] = economy.overtime, economy.overtime_weight
    trade = SupplyTrade(
        economy.import_price, economy.import_quota, economy.export_price, economy.export_limit, economy.reserve
    )
    return SupplyTables(
        economy.name, pd.RangeIndex(economy.need.shape[0]), pd.Index(economy.resources), techniques, economy.available,
        SupplyNeeds(most=economy.need, worth=economy.weight), trade, *over,
    )  # fmt: skip


def test_a_made_up_economy_is_recognised_as_what_it_was_made_of():
    seen = tables_of(made_up(MadeUpSettings(products=120, seed=3))).structure()
    found = recognised(seen.problem)
    assert found.products.tolist() == seen.products.tolist()
    assert found.coupling.tolist() == seen.coupling.tolist()
    assert (found.owner == seen.owner).mean() > 0.99


@pytest.mark.slow
def test_making_takes_at_most_three_times_the_coefficients_and_little_time():
    tables = tables_of(made_up(MadeUpSettings(products=3000, seed=1)))
    began = time.process_time()
    seen = tables.structure()
    seconds = time.process_time() - began
    matrix = seen.problem.matrix
    own = matrix.nnz * (matrix.data.itemsize + matrix.indices.itemsize)
    del seen, matrix
    tracemalloc.start()
    seen = tables.structure()
    kept, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    entries = seen.problem.matrix.nnz
    assert peak <= 3.0 * own, f"{peak / own:.2f} times the coefficients at most, {kept / own:.2f} kept"
    assert seconds <= 0.5e-6 * entries, f"{seconds:.3f} s for {entries} coefficients"
