import numpy as np
import pandas as pd
import pytest
import scipy.sparse as sp

from newcourse.errors import BadInput
from newcourse.solver.builder import ProblemBuilder
from newcourse.solver.checks import SHOWN
from newcourse.solver.problem import Block, LinearProblem
from tests.solver.instances import INF, dantzig_transport, problem


def codes(caught):
    return [fault.code for fault in caught.value.faults]


def test_all_faults_are_named_at_once_by_block_and_label():
    with pytest.raises(BadInput) as caught:
        problem("min", [1.0, np.nan], [[1.0, np.inf]], [3.0], [2.0], [0.0, INF], [np.nan, INF])
    assert codes(caught) == ["bounds-crossed", "bound-nan", "bound-infinite", "cost", "coefficient"]
    where = [fault.where for fault in caught.value.faults]
    assert where[0] == "test, row[0]"
    assert where[-1] == "test, row[0], column[1]"
    assert "3 and 2" in caught.value.faults[0].found


def test_wrong_shapes_are_told_before_anything_else():
    with pytest.raises(BadInput) as caught:
        LinearProblem(
            "bad", "least", np.ones(3), sp.csr_array((1, 2)), np.zeros(1), np.zeros(2), np.zeros(2), np.ones(2), (), ()
        )
    assert codes(caught) == ["shape", "shape", "sense", "block-cover", "block-cover"]


def test_blocks_must_follow_each_other_and_have_names_of_their_own():
    blocks = (Block("a", 0, 1, pd.RangeIndex(1)), Block("a", 2, 3, pd.RangeIndex(1)))
    ones = np.ones(3)
    with pytest.raises(BadInput) as caught:
        LinearProblem("bad", "min", np.zeros(0), sp.csr_array((3, 0)), ones, ones, np.zeros(0), np.zeros(0), blocks, ())
    assert codes(caught) == ["block-name", "block-order"]
    with pytest.raises(BadInput, match="2 labels"):
        Block("a", 0, 1, pd.RangeIndex(2))


def test_a_bound_that_solvers_take_for_infinite_is_refused():
    with pytest.raises(BadInput) as caught:
        problem("min", [1.0], [[1.0]], [-1e20], [1e19])
    assert codes(caught) == ["bound-too-large"]


def test_many_faults_are_counted_instead_of_listed():
    with pytest.raises(BadInput) as caught:
        problem("min", np.zeros(1), np.ones((SHOWN + 7, 1)), 1.0, 0.0)
    assert len(caught.value.faults) == SHOWN + 1
    assert caught.value.faults[-1].found == "the same in 7 more places"


def test_a_problem_cannot_be_changed_from_outside():
    cost = np.array([1.0, 2.0])
    given = problem("min", cost, [[1.0, 1.0]], 0.0, 1.0)
    cost[0] = 99.0
    assert given.cost[0] == 1.0
    with pytest.raises(ValueError, match="read-only"):
        given.cost[0] = 2.0
    with pytest.raises(ValueError, match="read-only"):
        given.matrix.data[0] = 2.0


def test_derived_problems_share_the_coefficients():
    given = dantzig_transport()
    others = [
        given.with_cost(-given.cost, "max"),
        given.with_row_bounds(upper=2.0 * given.row_upper),
        given.with_column_bounds(upper=np.full(6, 9.0)),
    ]
    assert all(np.shares_memory(given.matrix.data, other.matrix.data) for other in others)
    assert others[0].sense == "max"
    assert others[1].row_upper[0] == 700.0
    assert others[2].column_upper[5] == 9.0
    assert given.row_upper[0] == 350.0


def test_rows_are_added_below_the_others():
    given = dantzig_transport()
    block = Block("cap", 5, 6, pd.Index(["Seattle to New York"]))
    more = given.with_rows(block, sp.csr_array(([1.0], ([0], [0])), shape=(1, 6)), -INF, 40.0)
    assert more.shape == (6, 6)
    assert more.row_name(5) == "cap[Seattle to New York]"
    assert more.row_block("cap").start == 5
    assert more.row_upper[5] == 40.0


def test_names_of_rows_columns_and_unknown_blocks():
    given = dantzig_transport()
    assert given.column_name(4) == "ship[San Diego, Chicago]"
    assert given.row_name(2) == "demand[New York]"
    assert len(given.column_block("ship")) == 6
    with pytest.raises(BadInput, match="one of supply, demand"):
        given.row_block("ship")
    with pytest.raises(IndexError):
        given.row_name(5)


def test_builder_adds_up_what_is_put_twice_and_drops_what_cancels():
    builder = ProblemBuilder()
    x = builder.add_columns("x", pd.Index(["a", "b"]), lower=-1.0, upper=[1.0, 2.0], cost=[3.0, 4.0])
    r = builder.add_rows("r", pd.Index(["p"]), lower=0.0)
    builder.put(r.start, [0, 0, 1, 1], [1.0, 2.0, 5.0, -5.0])
    builder.put_matrix(r, x, sp.csr_array([[10.0, 0.0]]))
    made = builder.build("made", "min")
    np.testing.assert_array_equal(made.matrix.toarray(), [[13.0, 0.0]])
    assert made.matrix.nnz == 1
    np.testing.assert_array_equal(made.column_upper, [1.0, 2.0])
    np.testing.assert_array_equal(made.row_upper, [INF])


def test_builder_refuses_what_does_not_fit():
    builder = ProblemBuilder()
    x = builder.add_columns("x", pd.Index(["a", "b"]))
    r = builder.add_rows("r", pd.Index(["p"]))
    with pytest.raises(BadInput, match="position"):
        builder.put([0, 1], [0, 2], 1.0)
    with pytest.raises(BadInput, match="shapes"):
        builder.put([0, 0], [0, 1, 1], 1.0)
    with pytest.raises(BadInput, match="put_matrix"):
        builder.put_matrix(r, x, sp.csr_array((2, 2)))
    with pytest.raises(BadInput, match="columns y, cost"):
        builder.add_columns("y", pd.Index(["a", "b"]), cost=[1.0, 2.0, 3.0])


def test_an_empty_problem_can_be_built():
    assert ProblemBuilder().build("nothing", "min").shape == (0, 0)
