"""The door on random problems of every kind, against SciPy and against its own certificate."""

import numpy as np
import pytest
from hypothesis import assume, given, settings

from newcourse.solver.certificate import certify, certify_infeasible
from newcourse.solver.door import solve
from newcourse.solver.solution import Stop
from tests.solver.instances import bounded_problem, oracle, random_problem, seeds


@settings(max_examples=200)
@given(seeds)
def test_every_answer_is_certified_and_agrees_with_scipy(seed):
    problem = random_problem(seed)
    solution = solve(problem)
    assert solution.certified, solution.verdict
    if problem.shape[1]:
        word, objective = oracle(problem)
        assert solution.stop.value == word
        if objective is not None:
            assert solution.certificate.objective == pytest.approx(objective, rel=1e-7, abs=1e-7)


@settings(max_examples=60)
@given(seeds)
def test_units_of_every_size_are_certified(seed):
    assert solve(random_problem(seed, spread=4)).certified


@pytest.mark.parametrize("method", ["simplex", "ipm", "pdlp"])
@settings(max_examples=25)
@given(seed=seeds)
def test_every_method_comes_to_the_same_optimum(method, seed):
    problem = bounded_problem(seed)
    solution = solve(problem, method=method).require_certified()
    _, objective = oracle(problem)
    assert solution.certificate.objective == pytest.approx(objective, rel=1e-5, abs=1e-6)


@settings(max_examples=100)
@given(seeds)
def test_a_perturbed_point_or_dual_is_rejected(seed):
    problem = bounded_problem(seed)
    solution = solve(problem).require_certified()
    rng = np.random.default_rng(seed)
    j = rng.integers(problem.shape[1])
    assume(abs(problem.cost[j]) > 1e-3)
    assume(abs(solution.certificate.objective) > 1e-2)
    away = solution.primal.copy()
    away[j] += 1e-2 * rng.choice([-1.0, 1.0]) * (1.0 + abs(away[j]))
    assert certify(problem, away, solution.dual).kind != "optimal"
    dual = solution.dual + rng.choice([-1.0, 1.0], problem.shape[0]) * rng.uniform(0.05, 0.1, problem.shape[0])
    worse = certify(problem, solution.primal, dual)
    assert worse.kind == "feasible" or _still_tight(problem, worse)


def _still_tight(problem, proof):
    """Another dual may be just as good where the optimum is degenerate; then its bound is tight by plain arithmetic."""
    return abs(proof.bound - proof.objective) <= 1e-6 * abs(proof.objective)


@settings(max_examples=100)
@given(seeds)
def test_no_dual_at_all_gives_a_bound_beyond_the_optimum(seed):
    problem = bounded_problem(seed)
    optimum = solve(problem).require_certified().certificate.objective
    dual = np.random.default_rng(seed).normal(size=problem.shape[0])
    dual = np.where((dual > 0) & ~np.isfinite(problem.row_lower), 0.0, dual)
    dual = np.where((dual < 0) & ~np.isfinite(problem.row_upper), 0.0, dual)
    proof = certify(problem, np.zeros(problem.shape[1]), problem.sign * dual)
    assert proof.dual_violation == 0.0
    assert problem.sign * (optimum - proof.bound) >= -1e-6 * (1.0 + abs(optimum))


@settings(max_examples=60)
@given(seeds)
def test_rays_prove_and_weakened_rays_do_not(seed):
    problem = random_problem(seed)
    solution = solve(problem)
    assume(solution.stop is Stop.INFEASIBLE)
    assert certify_infeasible(problem, 7.5 * solution.ray).kind == "infeasible"
    assert not certify_infeasible(problem, -solution.ray).holds
    assert not certify_infeasible(problem, 0.0 * solution.ray).holds


@settings(max_examples=40)
@given(seeds)
def test_the_same_question_has_the_same_answer_bit_by_bit(seed):
    first, second = solve(bounded_problem(seed)), solve(bounded_problem(seed))
    np.testing.assert_array_equal(first.primal, second.primal)
    np.testing.assert_array_equal(first.dual, second.dual)
