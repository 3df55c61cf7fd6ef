"""The certificate alone: hand-made points, duals and rays; no solver takes part."""

import json

import numpy as np
import pytest

from newcourse.solver.certificate import certify, certify_infeasible, certify_unbounded
from tests.solver.instances import INF, problem

# max 2a + 3b, a + b <= 7, a <= 4, b <= 5: optimum a = 2, b = 5, valuation 2, reduced costs 0 and 1
BREAD = problem("max", [2.0, 3.0], [[1.0, 1.0]], -INF, 7.0, 0.0, [4.0, 5.0])


def test_optimum_by_hand():
    proof = certify(BREAD, np.array([2.0, 5.0]), np.array([2.0]))
    assert proof.kind == "optimal"
    assert proof.holds
    assert (proof.objective, proof.bound, proof.gap) == (19.0, 19.0, 0.0)
    assert proof.sentence().startswith("Optimal: objective 19, no plan can be better than 19")


def test_a_worse_point_is_only_feasible_and_its_gap_is_told():
    proof = certify(BREAD, np.array([2.0, 4.0]), np.array([2.0]))
    assert proof.kind == "feasible"
    assert proof.bound == 19.0
    assert proof.gap == pytest.approx(3.0 / 19.0)
    assert "not proved optimal; the bound is 19" in proof.sentence()
    assert "no bound is known" in certify(BREAD, np.array([2.0, 4.0]), None).sentence()


def test_a_shortage_is_measured_on_the_rows_own_scale_and_named():
    # the second row is a millionth of the first: a shortage of 1e-4 in it is a tenth of its own size
    given = problem("min", [1.0, 1.0], np.eye(2), [1000.0, 1e-3], INF)
    proof = certify(given, np.array([1000.0, 9e-4]), np.array([1.0, 1.0]))
    assert proof.kind == "none"
    assert proof.row == "row[1]"
    assert proof.row_shortage == pytest.approx(0.1)
    assert "row row[1] is violated by 1.0e-01 of its own size" in proof.sentence()


def test_scaling_units_changes_nothing():
    rng = np.random.default_rng(5)
    matrix, x, y = rng.normal(size=(4, 3)), rng.uniform(1, 2, 3), rng.normal(size=4)
    lower = matrix @ x + 0.01
    given = problem("min", [1.0, 2.0, 3.0], matrix, lower, INF, -INF, INF)
    r, s = 2.0 ** rng.integers(-4, 5, 4), 2.0 ** rng.integers(-4, 5, 3)
    other = problem("min", s * given.cost, r[:, None] * matrix * s, r * lower, INF, -INF, INF)
    first, second = certify(given, x, y), certify(other, x / s, y / r)
    assert (first.row_shortage, first.dual_violation) == pytest.approx((second.row_shortage, second.dual_violation))
    assert (first.row, first.dual, first.gap) == (second.row, second.dual, pytest.approx(second.gap))


def test_a_column_outside_its_bounds_is_no_proof():
    proof = certify(BREAD, np.array([4.5, 2.5]), np.array([2.0]))
    assert proof.kind == "none"
    assert proof.column_violation == pytest.approx(0.5 / 4.5)
    assert "a column's bound" in proof.sentence()


def test_a_reduced_cost_towards_an_infinite_bound_is_never_dropped():
    # min x, x >= 0 free above, row x >= 1; the dual 2 leaves z = -1 against the missing upper bound
    given = problem("min", [1.0], [[1.0]], 1.0, INF)
    proof = certify(given, np.array([1.0]), np.array([2.0]))
    assert proof.dual_violation == pytest.approx(0.5)
    assert proof.dual == "column[0]"
    assert proof.kind == "feasible"


def test_a_row_dual_towards_a_missing_side_is_never_dropped():
    given = problem("min", [3.0], [[1.0]], -INF, 1.0)
    proof = certify(given, np.array([0.5]), np.array([3.0]))
    assert (proof.dual_violation, proof.dual, proof.kind) == (1.0, "row[0]", "feasible")


def test_a_bound_better_than_the_objective_is_a_gap_too():
    given = problem("min", [1.0], [[1.0]], 1.0, INF)
    assert certify(given, np.array([1.0 - 5e-7]), np.array([1.0]), 1e-8).kind == "none"
    assert certify(given, np.array([1.0 - 5e-7]), np.array([1.0]), 1e-6).kind == "optimal"


def test_nothing_and_nonsense_prove_nothing():
    for point in (None, np.array([np.nan, 1.0]), np.array([np.inf, 1.0])):
        proof = certify(BREAD, point, np.array([2.0]))
        assert not proof.holds
        assert "no point and no ray" in proof.sentence()
    assert certify(BREAD, np.array([2.0, 5.0]), np.array([np.nan])).kind == "feasible"
    assert not certify_infeasible(BREAD, None).holds


def test_farkas_ray_by_hand():
    # the sum of both must be at least 3 and at most 1
    given = problem("min", [0.0, 0.0], [[1.0, 1.0], [1.0, 1.0]], [3.0, -INF], [INF, 1.0])
    proof = certify_infeasible(given, np.array([1.0, -1.0]))
    assert proof.kind == "infeasible"
    assert (proof.bound, proof.objective) == (2.0, 0.0)
    assert not certify_infeasible(given, np.array([-1.0, 1.0])).holds
    assert not certify_infeasible(given, np.array([1.0, -0.9])).holds
    assert not certify_infeasible(given, np.zeros(2)).holds


def test_a_ray_may_lean_on_column_bounds():
    given = problem("max", [0.0], [[2.0]], 5.0, INF, 0.0, 2.0)
    proof = certify_infeasible(given, np.array([1.0]))
    assert (proof.kind, proof.bound, proof.objective) == ("infeasible", 5.0, 4.0)
    assert not certify_infeasible(given.with_column_bounds(upper=[2.5]), np.array([1.0])).holds


def test_a_contradiction_smaller_than_the_tolerance_is_none():
    given = problem("min", [0.0], [[1.0], [1.0]], [1.0 + 1e-8, -INF], [INF, 1.0])
    assert not certify_infeasible(given, np.array([1.0, -1.0])).holds
    assert certify_infeasible(given, np.array([1.0, -1.0]), 1e-9).holds


def test_direction_without_limit_by_hand():
    given = problem("max", [1.0, 0.0], [[1.0, -1.0]], -INF, 1.0)
    start, ahead = np.array([1.0, 0.0]), np.array([1.0, 1.0])
    assert certify_unbounded(given, start, ahead).kind == "unbounded"
    assert "improves for ever" in certify_unbounded(given, start, ahead).sentence()
    assert certify_unbounded(given, start, np.array([1.0, 0.5])).kind == "feasible"  # leaves the row
    assert certify_unbounded(given, start, np.array([0.0, 1.0])).kind == "feasible"  # brings nothing
    assert certify_unbounded(given, start, -ahead).kind == "feasible"  # leaves the bounds
    assert certify_unbounded(given, np.array([3.0, 0.0]), ahead).kind == "none"  # starts outside


def test_as_plain_data():
    plain = certify(BREAD, np.array([2.0, 5.0]), None).as_dict()
    assert plain["kind"] == "feasible"
    assert plain["gap"] is None
    assert plain["holds"] is True
    assert json.loads(json.dumps(plain)) == plain
