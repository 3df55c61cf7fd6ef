"""The view of a problem as products with sources: it checks itself, turns signs and gives duals back."""

import numpy as np
import pandas as pd
import pytest

from newcourse.errors import BadInput
from newcourse.solver.builder import ProblemBuilder
from newcourse.solver.certificate import certify
from newcourse.solver.door import solve
from newcourse.solver.structured.structure import Structure
from tests.solver.instances import INF, problem

# Two ways to make bread (columns 0, 1), one to make steel (2), delivered bread (3); hours couple.
MATRIX = [
    [1.0, 1.0, -0.1, -1.0],  # bread >= 0
    [0.2, 0.4, -1.0, 0.0],  # steel, turned: <= 5, so 5 are at hand
    [2.0, 1.0, 1.0, 0.0],  # hours <= 40
    [0.0, -2.0, 0.0, 0.0],  # the second way: -2 x >= -12, so x <= 6
    [0.0, 0.0, 0.0, 3.0],  # delivered at least 1
]
LOWER, UPPER = [0.0, -INF, -INF, -12.0, 3.0], [INF, 5.0, 40.0, INF, INF]


def bread(sense="max"):
    cost = np.array([0.0, 0.0, 0.0, 1.0])
    return problem(sense, cost if sense == "max" else -cost, MATRIX, LOWER, UPPER, 0.0, [INF, INF, INF, 50.0])


def structure(sense="max"):
    return Structure(bread(sense), np.array([0, 1]), np.array([2]), np.array([0, 0, 1, -1]))


def test_rows_are_turned_and_single_entries_become_bounds():
    seen = structure()
    assert seen.shape == (2, 1, 4)
    assert seen.row_sign.tolist() == [1.0, -1.0]
    assert seen.demand.tolist() == [0.0, -5.0]
    assert seen.balance.toarray().tolist() == [[1.0, 1.0, -0.1, -1.0], [-0.2, -0.4, 1.0, 0.0]]
    assert seen.limits.toarray().tolist() == [[2.0, 1.0, 1.0, 0.0]]
    assert seen.bounds.lower.tolist() == [0.0, 0.0, 0.0, 1.0]
    assert seen.bounds.upper.tolist() == [INF, 6.0, INF, 50.0]
    assert seen.bounds.upper_row.tolist() == [-1, 3, -1, -1]
    assert seen.cost.tolist() == [0.0, 0.0, 0.0, -1.0]
    assert seen.supply.tolist() == [1.0, 1.0, 1.0, 0.0]
    assert (seen.source_start.tolist(), seen.sources.tolist()) == ([0, 2, 3], [0, 1, 2])
    assert seen.product_name(1) == "row[1]"


@pytest.mark.parametrize("sense", ["max", "min"])
def test_prices_of_the_view_give_duals_that_certify(sense):
    seen = structure(sense)
    found = solve(seen.problem).require_certified()
    dual = seen.problem.sign * found.dual
    back = seen.row_duals(seen.row_sign * dual[seen.products], dual[seen.coupling])
    assert certify(seen.problem, found.primal, back, 1e-9).kind == "optimal"
    assert back[3] != 0.0


def test_arrays_are_plain_and_cannot_be_changed():
    seen = structure()
    for array in (seen.balance.data, seen.balance.indices, seen.limits.indptr, seen.sources, seen.demand, seen.owner):
        assert not array.flags.writeable
        assert array.dtype in (np.float64, np.int32)
        assert array.flags.c_contiguous
    assert seen.balance.has_sorted_indices


@pytest.mark.parametrize(
    ("products", "coupling", "owner", "codes"),
    [
        ([0], [2], [0, 0, -1, -1], ["row-class"]),  # steel in no class
        ([0, 1, 2], [2], [0, 0, 1, -1], ["row-class"]),  # hours in two
        ([0, 1], [2, 3], [0, 0, 1, -1], []),  # a single entry may couple if so wished
        ([1, 0], [2], [0, 0, 1, -1], ["positions"]),
        ([0, 1], [2], [0, 0, 2, -1], ["positions"]),
        ([0, 1], [2], [0, 0, 1], ["shape"]),
        ([0, 1], [2], [1, 0, 1, 0], ["owner", "owner"]),
        ([0, 9], [9], [1, 0, 1], ["positions", "positions", "shape"]),
    ],
)
def test_every_fault_at_once(products, coupling, owner, codes):
    def make():
        return Structure(bread(), np.array(products), np.array(coupling), np.array(owner))

    if not codes:
        make()
        return
    with pytest.raises(BadInput) as told:
        make()
    assert [fault.code for fault in told.value.faults] == codes


def test_equations_are_no_products_and_crossed_single_rows_are_named():
    given = problem("min", [1.0], [[1.0], [1.0], [-1.0], [2.0]], [1.0, 2.0, -1.0, 0.0], [1.0, INF, INF, 0.0])
    with pytest.raises(BadInput) as told:
        Structure(given, np.array([0]), np.array([], int), np.array([0]))
    assert [fault.code for fault in told.value.faults] == ["product-sides", "crossed"]
    assert "column[0]" in str(told.value)


def test_rows_that_ask_nothing_and_explicit_zeros():
    given = problem("min", [1.0, 1.0], [[1.0, 0.0], [1.0, 1.0], [0.0, 0.0], [1.0, 1.0]], [2.0, -INF, -1.0, 1.0], INF)
    given.matrix.data.flags.writeable = False
    seen = Structure(given, np.array([3]), np.array([], int), np.array([0, 0]))
    assert seen.bounds.asks_nothing.tolist() == [False, True, True, False]
    assert seen.bounds.lower.tolist() == [2.0, 0.0]


def test_many_faults_are_counted():
    builder = ProblemBuilder()
    builder.add_columns("make", pd.RangeIndex(2))
    builder.add_rows("balance", pd.RangeIndex(30), lower=1.0)
    builder.put(np.arange(30)[:, None], np.arange(2), 1.0)
    with pytest.raises(BadInput) as told:
        Structure(builder.build("many", "min"), np.array([], int), np.array([], int), np.array([-1, -1]))
    assert len(told.value.faults) == 21
    assert "10 more" in told.value.faults[-1].found


def test_rows_that_fixed_columns_leave_one_choice_are_bounds_too():
    # capital is given by an equation, so 0.5 x <= capital is x <= 20, and y <= x / 2 once a row fixes x at 20
    matrix = [
        [1.0, 0.0, 0.0, 0.0],  # capital == 10
        [-1.0, 0.5, 0.0, 0.0],  # 0.5 x <= capital
        [0.0, -1.0, 0.0, 0.0],  # -x <= -20
        [0.0, 0.5, -1.0, 0.0],  # 0.5 x - y >= 0
        [0.0, 1.0, 1.0, -1.0],  # x + y - z >= 0
        [1.0, 1.0, 0.0, 0.0],  # 0 <= capital + x, which asks less of x
    ]
    given = problem("max", [0.0, 0.0, 0.0, 1.0], matrix, [10, -INF, -INF, 0, 0, 0], [10, 0, -20, INF, INF, INF])
    seen = Structure(given, np.array([4]), np.array([], int), np.array([-1, 0, 0, -1]))
    assert seen.bounds.upper.tolist() == [10.0, 20.0, 10.0, INF]
    assert seen.bounds.found.tolist() == [1, 2, 1, 3, 0, 2]
    assert not seen.bounds.asks_nothing.any()
    assert seen.bounds.fixed.tolist() == [True, True, False, False]
    dual = seen.row_duals(np.array([1.0]), np.array([]))
    proof = certify(given, np.array([10.0, 20.0, 10.0, 30.0]), dual, 1e-12)
    assert (proof.kind, proof.bound) == ("optimal", 30.0)
    # z costs 1; y's bound is charged to the row 0.5 x - y >= 0, x's to capacity, capital's to its equation
    assert dual.tolist() == [3.0, 3.0, 0.0, -1.0, -1.0, 0.0]


def test_a_row_that_nothing_can_meet_is_in_no_class():
    rows = [[1.0, 1.0, 0.0], [1.0, 2.0, 0.0], [1.0, 1.0, 1.0]]
    given = problem("min", [1.0, 1.0, 1.0], rows, [3.0, -INF, 1.0], [INF, 5.0, INF], [1, 2, 0], [1, 2, INF])
    parts = (np.array([2]), np.array([], int), np.array([-1, -1, 0]))
    assert Structure(given, *parts).bounds.asks_nothing.tolist() == [True, True, False]
    with pytest.raises(BadInput, match="a row in no class"):
        Structure(given.with_row_bounds(upper=[INF, 4.0, INF]), *parts)
