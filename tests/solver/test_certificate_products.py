"""The shortage of each product against what there is of it; certificates reject whatever has been tampered with."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from newcourse.solver.arithmetic import product_shortage
from newcourse.solver.certificate import certify, certify_unbounded
from newcourse.solver.door import solve
from tests.solver.instances import INF, problem, seeds
from tests.solver.test_structured_recognise import KINDS, made_up, shuffled

TOLERANCE = 1e-6


def by_loops(given, x):
    """The worst shortage again, entry by entry."""
    dense, worst = given.matrix.toarray(), 0.0
    largest = {}
    rows = []
    for i in range(given.shape[0]):
        for sign, demand in ((1.0, given.row_lower[i]), (-1.0, -given.row_upper[i])):
            if np.isinf(demand):
                continue
            terms = [sign * a * v for a, v in zip(dense[i], x, strict=True)]
            there = sum(t for t in terms if t > 0) + max(-demand, 0.0)
            rows.append((sign, there or max(demand, 0.0), demand - sum(terms)))
            largest[sign] = max(largest.get(sign, 0.0), rows[-1][1])
    for sign, there, short in rows:
        if short > 0:
            scale = max(there, 1e-9 * largest[sign])
            worst = max(worst, short / scale if scale else INF)
    return worst


def test_output_counts_alone_and_the_product_is_named():
    # 10 made, 4 used by itself, 5.5 used elsewhere, 1 asked for: 0.5 of 10 is missing
    given = problem("min", [1.0, 1.0, 1.0], [[1.0, -0.4, -5.5], [0.0, 0.0, 1.0]], [1.0, 0.0], [INF, 1.0])
    proof = certify(given, np.array([10.0, 10.0, 1.0]), None)
    assert proof.product_shortage == pytest.approx(0.05)
    assert proof.row_shortage == pytest.approx(0.5 / 19.5)
    assert (proof.product, proof.kind) == ("row[0]", "none")
    assert "row[0] is short by 5.0e-02 of what there is of it" in proof.sentence()
    assert proof.as_dict()["product_shortage"] == pytest.approx(0.05)


def test_what_is_at_hand_is_there_and_without_any_the_demand_counts():
    hours = problem("max", [1.0, 1.0], [[2.0, 1.0]], -INF, 100.0)
    assert product_shortage(hours, np.array([50.0, 1.0])) == (pytest.approx(0.01), "row[0]")
    stores = problem("max", [1.0, 1.0], [[1.0, -1.0]], -30.0, INF)
    assert product_shortage(stores, np.array([10.0, 44.0]))[0] == pytest.approx(0.1)
    nobody = problem("min", [1.0, 1.0], [[1.0, 0.0]], 8.0, INF)
    assert product_shortage(nobody, np.array([0.0, 0.0]))[0] == 1.0
    nothing = problem("min", [1.0, 1.0], [[1.0, -1.0]], 0.0, INF)
    assert product_shortage(nothing, np.array([0.0, 1e-30]))[0] == INF


def test_a_ray_that_leaves_a_product_short_proves_nothing():
    given = problem("max", [1.0, 1.0], [[1.0, -1.0]], 0.0, INF)
    start = np.array([1.0, 1.0])
    assert certify_unbounded(given, start, np.array([1.0, 1.0])).product_shortage == 0.0
    assert certify_unbounded(given, start, np.array([1.0, 1.0 + 2e-6])).kind == "feasible"


def test_limits_of_both_sides_and_no_rows_at_all():
    given = problem("min", [1.0], [[1.0]], 2.0, 4.0)
    assert [round(product_shortage(given, np.array([x]))[0], 12) for x in (1.0, 3.0, 5.0)] == [1.0, 0.0, 0.25]
    assert product_shortage(problem("min", [1.0], np.zeros((0, 1)), 0.0, INF), np.array([1.0])) == (0.0, "")


@given(seeds)
@settings(max_examples=100)
def test_it_is_the_sum_over_entries(seed):
    rng = np.random.default_rng(seed)
    m, n = rng.integers(1, 6, 2)
    matrix = rng.normal(size=(m, n)) * (rng.random((m, n)) < 0.7)
    lower = np.where(rng.random(m) < 0.3, -INF, rng.normal(size=m))
    upper = np.where(rng.random(m) < 0.5, INF, np.maximum(lower, -3) + rng.uniform(0, 2, m))
    given = problem("min", np.ones(n), matrix, lower, upper, -INF, INF)
    x = rng.normal(size=n) * 10.0 ** rng.integers(-3, 4, n)
    assert product_shortage(given, x)[0] == pytest.approx(by_loops(given, x), rel=1e-5)  # digits cancel in tiny outputs


@given(seeds, st.sampled_from(KINDS), st.floats(1e-5, 0.5), st.integers(0, 2**31))
@settings(max_examples=40, deadline=None)
def test_a_plan_that_makes_less_of_a_product_is_rejected_with_its_name(seed, kind, part, which):
    given, went = shuffled(made_up(seed, kind)[0], seed)
    found = solve(given, tolerance=1e-9).require_certified()
    assert found.certificate.product_shortage <= 1e-9
    x, dense = found.primal, given.matrix.toarray()
    product = int(went[which % 12])
    sign = 1.0 if np.isfinite(given.row_lower[product]) else -1.0
    terms = sign * dense[product] * x
    demand = given.row_lower[product] if sign > 0 else -given.row_upper[product]
    assume(abs(terms.sum() - demand) <= 1e-7 * np.abs(terms).sum())  # nothing is left over of it
    maker = int(terms.argmax())
    less = x.copy()
    less[maker] *= 1.0 - part
    there = np.maximum(terms, 0.0).sum() - part * terms[maker] + max(-demand, 0.0)
    assume(part * terms[maker] > 2 * TOLERANCE * there)
    proof = certify(given, less, found.dual, TOLERANCE)
    assert proof.kind == "none"
    assert proof.product_shortage >= 0.99 * part * terms[maker] / there
    assert f"{proof.product} is short by" in proof.sentence()


@given(seeds, st.floats(-0.5, 0.5), st.integers(0, 2**31))
@settings(max_examples=40, deadline=None)
def test_other_prices_give_a_bound_that_is_true_and_prove_less(seed, part, which):
    given, _ = shuffled(made_up(seed)[0], seed)  # every column has two bounds: any prices are feasible
    found = solve(given, tolerance=1e-9).require_certified()
    dual = found.dual.copy()
    dual[which % dual.size] *= 1.0 + part
    proof = certify(given, found.primal, dual, TOLERANCE)
    assert proof.dual_violation == 0.0
    assert given.sign * (proof.objective - proof.bound) >= -1e-9 * abs(proof.bound)
    assert (proof.kind == "optimal") == (proof.gap <= TOLERANCE)
