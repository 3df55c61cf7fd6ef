"""How the door behaves: time, starts, progress, refinement, honesty."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
import scipy.sparse as sp
from hypothesis import given, settings

from newcourse.errors import NotCertified
from newcourse.solver import door
from newcourse.solver.answer import Answer, Request
from newcourse.solver.certificate import certify
from newcourse.solver.door import Halt, solve
from newcourse.solver.highs import run
from newcourse.solver.problem import Block
from newcourse.solver.refinement import refined
from newcourse.solver.scaling import Scaling
from newcourse.solver.settings import INTERIOR, SIMPLEX, SMALL, attempts, chosen
from newcourse.solver.solution import Stop
from tests.solver.instances import INF, bounded_problem, crowded_corner, dantzig_transport, problem, seeds

ASK = Request(0.0, INF, 1e-6, None, None, lambda: 0.0)


def big_problem(n=120):
    """A plan with two techniques per product, one limit to all work, and wants of different worth."""
    rng = np.random.default_rng(0)
    ways = [np.eye(n) - rng.uniform(0.0, 1.0 / n, (n, n)) * (rng.random((n, n)) < 0.2) for _ in range(2)]
    work = np.concatenate([rng.uniform(0.5, 1.5, 2 * n), np.zeros(n)])
    matrix = np.vstack([np.hstack([*ways, -np.eye(n)]), work])
    wants = np.concatenate([np.full(2 * n, INF), rng.uniform(0.5, 1.5, n)])
    worth = np.concatenate([np.zeros(2 * n), rng.uniform(0.5, 1.5, n)])
    limit = np.concatenate([np.full(n, INF), [0.5 * n]])
    return problem("max", worth, matrix, np.concatenate([np.zeros(n), [-INF]]), limit, 0.0, wants)


@pytest.mark.parametrize("method", ["auto", "simplex", "ipm", "pdlp"])
def test_no_time_is_never_called_optimal(method):
    solution = solve(big_problem(), method=method, time_limit=0.0)
    assert solution.stop is Stop.TIME_LIMIT
    assert not solution.certified
    with pytest.raises(NotCertified, match="not-certified-time-limit"):
        solution.require_certified()


def test_what_is_not_there_is_said_and_not_guessed():
    solution = solve(problem("min", [0.0], [[1.0]], 2.0, 1.5 + 0.5, 0.0, 1.0))
    with pytest.raises(NotCertified, match="no-point"):
        solution.values("column")
    with pytest.raises(NotCertified, match="no-dual"):
        solution.valuations("row")


def test_a_start_saves_the_way():
    given = big_problem()
    cold = solve(given, method="simplex").require_certified()
    assert cold.iterations > 10
    changed = given.with_row_bounds(upper=1.01 * given.row_upper)
    warm = solve(changed, method="simplex", start=cold).require_certified()
    assert warm.iterations <= cold.iterations // 10
    again = solve(changed, method="simplex").require_certified()
    assert warm.certificate.objective == pytest.approx(again.certificate.objective)


def test_a_start_serves_when_rows_were_added_and_is_left_out_where_it_does_not_fit():
    given = big_problem()
    cold = solve(given, method="simplex").require_certified()
    block = Block("cap", 121, 122, pd.Index(["all"]))
    capped = given.with_rows(block, sp.csr_array(np.ones((1, 360))), -INF, 0.9 * cold.primal.sum())
    warm = solve(capped, method="simplex", start=cold).require_certified()
    assert warm.iterations < cold.iterations
    assert warm.row_values("cap")["all"] == pytest.approx(0.9 * cold.primal.sum())
    assert solve(dantzig_transport(), start=cold).require_certified().certificate.objective == pytest.approx(153.675)


@pytest.mark.parametrize("method", ["simplex", "ipm"])
def test_progress_is_told_and_can_stop_the_method(method):
    heard = []
    given = big_problem(200)
    assert solve(given, method=method, on_progress=heard.append).certified
    assert heard
    assert all(one.seconds >= 0.0 and one.iterations >= 0 for one in heard)
    assert "HiGHS" in heard[0].method

    def stop(progress):
        raise Halt

    halted = solve(given, method=method, on_progress=stop)
    assert (halted.stop, halted.certified) == (Stop.INTERRUPTED, False)


def test_what_a_listener_raises_comes_out():
    def stop(progress):
        raise KeyError("mine")

    with pytest.raises(KeyError, match="mine"):
        solve(big_problem(200), on_progress=stop)


def test_the_rule_of_auto_is_by_rows():
    few, many = (problem("min", [1.0], np.ones((k, 1)), 0.0, 1.0) for k in (SMALL, SMALL + 1))
    assert (chosen(few), chosen(many)) == ("simplex", "ipm")
    assert "interior point" in solve(big_problem(SMALL)).require_certified().method


def test_the_rule_of_auto_goes_on_from_a_start_for_so_long():
    given = big_problem(SMALL)
    cold = solve(given)
    warm = solve(given.with_row_bounds(upper=1.01 * given.row_upper), start=cold).require_certified()
    assert warm.method == "HiGHS simplex from a start"
    first, *others = attempts(given, "auto", started=True)
    assert (first.iterations, others) == (500, list(attempts(given, "auto", started=False)))


def test_a_start_that_leads_nowhere_is_given_up(monkeypatch):
    def short(problem, method, *, started):
        return (replace(SIMPLEX, words="short", iterations=1), INTERIOR)

    monkeypatch.setattr(door, "attempts", short)
    assert solve(big_problem()).require_certified().method == INTERIOR.words


def test_presolve_is_left_out_of_dense_tables():
    sparse, dense = (problem("min", [1.0] * 101, table, 0.0, 1.0) for table in (np.eye(101), np.ones((101, 101))))
    assert all(setting.presolve for setting in attempts(sparse, "ipm", started=False)[:1])
    assert not any(setting.presolve for setting in attempts(dense, "ipm", started=False))


def test_refinement_makes_a_rough_answer_exact():
    given = crowded_corner(5)
    exact = run(given, SIMPLEX, ASK)
    rough = replace(exact, primal=exact.primal * (1.0 + 1e-4), dual=exact.dual * (1.0 - 1e-4))
    assert certify(given, rough.primal, rough.dual).kind != "optimal"
    better = refined(given, rough, ASK)
    proof = certify(given, better.primal, better.dual, 1e-12)
    assert proof.kind == "optimal"
    assert better.method.endswith("refined")


def test_a_method_that_lies_is_not_believed(monkeypatch):
    def lies(given, setting, request):
        m, n = given.shape
        return Answer("liar", Stop.OPTIMAL, np.zeros(n), np.zeros(m))

    monkeypatch.setattr(door, "run", lies)
    solution = solve(dantzig_transport())
    assert (solution.stop, solution.certified, solution.certificate.kind) == (Stop.NUMERICAL, False, "none")
    assert "numerical trouble" in solution.verdict
    with pytest.raises(NotCertified, match="not-certified-numerical"):
        solution.require_certified()


@pytest.mark.parametrize("lie", [Stop.INFEASIBLE, Stop.UNBOUNDED])
def test_a_false_refusal_is_not_believed(monkeypatch, lie):
    def lies(given, setting, request):
        answer = run(given, setting, request)
        return replace(answer, stop=lie) if setting is SIMPLEX else answer

    monkeypatch.setattr(door, "run", lies)
    solution = solve(dantzig_transport()).require_certified()
    assert solution.method == "HiGHS simplex without presolve"


@settings(max_examples=50)
@given(seeds)
def test_scaling_is_exact_and_comes_back(seed):
    given_ = bounded_problem(seed)
    scaling = Scaling.of(given_)
    scaled = scaling.scaled(given_)
    assert scaled.sense == "min"
    for factors in (scaling.rows, scaling.columns):
        np.testing.assert_array_equal(np.exp2(np.rint(np.log2(factors))), factors)
    data = np.abs(scaled.matrix.toarray())
    assert ((data.max(axis=1) == 0) | (data.max(axis=1) > 0.2)).all()
    assert data.max() < 4.0
    x = np.random.default_rng(seed).normal(size=given_.shape[1])
    activity = scaled.matrix @ (x / (scaling.columns * scaling.amount)) * scaling.amount / scaling.rows
    np.testing.assert_allclose(activity, given_.matrix @ x, rtol=1e-12, atol=1e-12)
    np.testing.assert_allclose(scaling.primal(x / (scaling.columns * scaling.amount)), x)
