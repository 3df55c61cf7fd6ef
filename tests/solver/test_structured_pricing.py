"""Content pricing finds what HiGHS finds, exactly, on small plans of every kind; and says so where it does not."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from newcourse.errors import Contradiction
from newcourse.solver.answer import Halt, Progress
from newcourse.solver.certificate import certify
from newcourse.solver.door import solve
from newcourse.solver.solution import Stop
from tests.solver.structured_small import small_plan

KINDS = ("plain", "whole", "tight", "by-products", "equation", "hard", "idle")
CAPACITIES = ("none", "one", "all")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.integers(0, 10**6), st.integers(1, 14), st.integers(0, 4), st.sampled_from(CAPACITIES), st.sampled_from(KINDS)
)
def test_it_finds_what_the_simplex_method_finds(
    seed: int, products: int, limits: int, capacity: str, kind: str
) -> None:
    problem = small_plan(seed, products, limits, capacity=capacity, kind=kind)
    expected = solve(problem, method="simplex", tolerance=1e-8)
    found = solve(problem, method="structured", tolerance=1e-8)
    assert found.stop == expected.stop
    assert found.certified
    if expected.stop is Stop.OPTIMAL:
        scale = max(abs(expected.certificate.objective), 1e-6)
        assert abs(found.certificate.objective - expected.certificate.objective) <= 3e-8 * scale


@pytest.mark.parametrize("capacity", CAPACITIES)
def test_it_needs_no_help_for_nearly_all(capacity: str) -> None:
    alone = certified = 0
    for seed, kind in itertools.product(range(6), ("plain", "whole", "tight", "idle")):
        found = solve(small_plan(seed, 12, 3, capacity=capacity, kind=kind), method="structured", tolerance=1e-8)
        certified += found.certified
        alone += found.method == "content pricing"
    assert certified == 24
    assert alone >= 23


def test_it_is_exact_product_by_product_and_the_same_each_time() -> None:
    problem = small_plan(3, 40, 4, capacity="one")
    first, second = (solve(problem, method="structured", tolerance=1e-8) for _ in range(2))
    assert first.method == "content pricing"
    assert first.certificate.gap <= 1e-12
    assert first.certificate.product_shortage <= 1e-12
    assert first.primal is not None
    assert first.dual is not None
    assert second.primal is not None
    assert second.dual is not None
    np.testing.assert_array_equal(first.primal, second.primal)
    np.testing.assert_array_equal(first.dual, second.dual)


def test_a_perturbed_answer_is_rejected() -> None:
    problem = small_plan(3, 40, 4)
    found = solve(problem, method="structured", tolerance=1e-8)
    assert found.primal is not None
    assert found.dual is not None
    largest = int(np.argmax(found.primal[:80]))
    primal, dual = found.primal.copy(), found.dual.copy()
    primal[largest] *= 0.999
    dual[40] *= 1.01
    assert certify(problem, primal, found.dual, 1e-6).kind == "none"
    assert certify(problem, found.primal, dual, 1e-8).kind != "optimal"


def test_what_is_asked_and_cannot_be_is_handed_over_and_refused() -> None:
    problem = small_plan(5, 8, 2, capacity="all", kind="hard")
    least = problem.row_lower.copy()
    least[:8] = 1e3
    impossible = problem.with_row_bounds(least, None)
    found = solve(impossible, method="structured")
    assert found.stop is Stop.INFEASIBLE
    assert "after content pricing" in found.method
    with pytest.raises(Contradiction):
        found.require_certified()


def test_a_problem_that_is_no_plan_is_handed_over_with_the_reason() -> None:
    problem = small_plan(1, 6, 2)
    free = problem.with_column_bounds(np.full(problem.shape[1], -1e3) - np.inf, None)
    found = solve(free, method="structured", time_limit=10)
    assert "after content pricing (not used: " in found.method


def test_a_deadline_and_a_listener_get_the_best_pair_of_bounds_and_nothing_is_called_optimal() -> None:
    problem = small_plan(3, 40, 4, capacity="all")
    best = solve(problem, method="structured").certificate.objective
    heard: list[Progress] = []

    def stop_soon(progress: Progress) -> None:
        heard.append(progress)
        if len(heard) == 2:
            raise Halt

    stopped = solve(problem, method="structured", on_progress=stop_soon)
    assert [progress.iterations for progress in heard] == [1, 2]
    assert stopped.stop is Stop.INTERRUPTED
    assert not stopped.certified
    certificate = stopped.certificate
    assert certificate.bound <= best + 1e-9 * abs(best)
    assert math.isnan(certificate.gap) or certificate.kind != "none"
    ticks = itertools.count()
    late = solve(problem, method="structured", time_limit=4.5, clock=lambda: float(next(ticks)))
    assert late.stop is Stop.TIME_LIMIT
    assert not late.certified


def test_a_start_from_valuations_leads_to_the_same_in_no_more_rounds() -> None:
    problem = small_plan(11, 60, 5, capacity="one")
    cold = solve(problem, method="structured")
    changed = problem.with_cost(problem.cost * (1 + 0.02 * np.sin(np.arange(problem.shape[1]))))
    warm, again = solve(changed, method="structured", start=cold), solve(changed, method="structured")
    assert warm.certified
    assert again.certified
    assert warm.certificate.objective == pytest.approx(again.certificate.objective, rel=1e-9)
    assert warm.iterations <= again.iterations


def test_where_everything_can_be_had_no_limit_has_a_price() -> None:
    problem = small_plan(2, 20, 3)
    plenty = problem.row_upper.copy()
    plenty[20:] *= 1e3
    cost = np.where(np.arange(problem.shape[1]) < 40, 0.0, problem.cost)
    found = solve(problem.with_row_bounds(None, plenty).with_cost(cost), method="structured", tolerance=1e-8)
    assert found.certified
