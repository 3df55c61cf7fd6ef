"""The door on problems with published answers."""

import numpy as np
import pandas as pd
import pytest

from newcourse.errors import Contradiction, NotCertified
from newcourse.solver.door import solve
from newcourse.solver.solution import Stop
from tests.solver.instances import INF, beale, crowded_corner, dantzig_transport, klee_minty, problem

METHODS = ("auto", "simplex", "ipm", "pdlp")


@pytest.mark.parametrize("method", METHODS)
def test_dantzigs_transport(method):
    solution = solve(dantzig_transport(), method=method).require_certified()
    assert solution.certificate.objective == pytest.approx(153.675)
    assert solution.values("ship")["Seattle", "Chicago"] == pytest.approx(300.0)
    assert solution.values("ship")["San Diego", "Topeka"] == pytest.approx(275.0)
    # one more case wanted in New York comes from San Diego; Seattle has cases to spare
    assert solution.valuations("demand")["New York"] == pytest.approx(0.225)
    assert solution.valuations("demand")["Topeka"] == pytest.approx(0.126)
    assert solution.valuations("supply").to_dict() == pytest.approx({"Seattle": 0.0, "San Diego": 0.0}, abs=1e-9)
    assert solution.row_values("demand").to_dict() == pytest.approx(
        {"New York": 325.0, "Chicago": 300.0, "Topeka": 275.0}
    )
    assert solution.reduced_costs("ship")["Seattle", "Topeka"] == pytest.approx(0.036)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("n", [3, 6])
def test_klee_and_mintys_cube(n, method):
    solution = solve(klee_minty(n), method=method).require_certified()
    assert solution.certificate.objective == pytest.approx(100.0 ** (n - 1))


@pytest.mark.parametrize("method", METHODS)
def test_beales_cycle(method):
    assert solve(beale(), method=method).require_certified().certificate.objective == pytest.approx(-0.05)


@pytest.mark.parametrize("method", METHODS)
def test_a_degenerate_corner(method):
    solution = solve(crowded_corner(40), method=method).require_certified()
    assert solution.certificate.objective == pytest.approx(2.0)


@pytest.mark.parametrize("method", METHODS)
def test_an_impossible_problem_is_refused_with_its_rows_in_words(method):
    given = problem("max", [1.0, 1.0], [[1.0, 1.0], [1.0, -1.0], [1.0, 1.0]], [3.0, -INF, -INF], [INF, 9.0, 1.0])
    solution = solve(given, method=method)
    assert (solution.stop, solution.certified, solution.certificate.kind) == (Stop.INFEASIBLE, True, "infeasible")
    assert (solution.primal, solution.dual) == (None, None)
    with pytest.raises(Contradiction) as caught:
        solution.require_certified()
    assert "row[0]" in str(caught.value)
    assert "row[2]" in str(caught.value)
    assert "row[1]" not in str(caught.value)


@pytest.mark.parametrize("method", METHODS)
def test_an_objective_without_limit_is_refused(method):
    solution = solve(problem("max", [1.0, 0.0], [[1.0, -1.0]], -INF, 1.0), method=method)
    assert (solution.stop, solution.certified, solution.certificate.kind) == (Stop.UNBOUNDED, True, "unbounded")
    with pytest.raises(NotCertified, match="not-certified-unbounded"):
        solution.require_certified()


def test_problems_without_coefficients_have_closed_answers():
    best = solve(problem("max", [1.0, -1.0, 0.0], np.zeros((0, 3)), [], [], [-1.0, -2.0, 3.0], [5.0, 6.0, 7.0]))
    assert best.values("column").tolist() == [5.0, -2.0, 3.0]
    assert best.certified
    assert solve(problem("min", [], np.zeros((1, 0)), [0.0], [1.0])).require_certified().certificate.objective == 0.0
    assert solve(problem("min", [], np.zeros((2, 0)), [0.0, 1.0], [1.0, 2.0])).stop is Stop.INFEASIBLE
    endless = solve(problem("min", [1.0, 0.0], np.zeros((1, 2)), -1.0, 1.0, -INF, INF))
    assert (endless.stop, endless.certified) == (Stop.UNBOUNDED, True)
    assert solve(problem("min", [1.0], np.zeros((1, 1)), -2.0, -1.0, -INF)).certificate.kind == "infeasible"


def test_coefficients_too_small_for_the_solver_are_not_lost():
    # a gram in a table of megatonnes: HiGHS by itself drops coefficients below 1e-12
    given = problem("min", [1.0, 1.0], [[1e-13, 0.0], [1.0, 1.0]], [1e-10, 1.0], INF)
    solution = solve(given).require_certified()
    assert solution.values("column")[0] == pytest.approx(1000.0)


def test_the_signs_of_both_senses_are_turned_and_no_more():
    least = solve(dantzig_transport()).require_certified()
    most = solve(dantzig_transport().with_cost(-least.problem.cost, "max")).require_certified()
    assert most.certificate.objective == pytest.approx(-153.675)
    pd.testing.assert_series_equal(most.valuations("demand"), -least.valuations("demand"))


def test_valuations_are_what_one_more_unit_brings():
    given = problem("max", [3.0, 5.0], [[1.0, 0.0], [0.0, 2.0], [3.0, 2.0]], -INF, [4.0, 12.0, 18.0])
    solution = solve(given).require_certified()
    for i in range(3):
        upper = given.row_upper.copy()
        upper[i] += 0.01
        more = solve(given.with_row_bounds(upper=upper)).require_certified()
        gain = (more.certificate.objective - solution.certificate.objective) / 0.01
        assert gain == pytest.approx(solution.valuations("row")[i], abs=1e-6)
