"""Quadratic problems against closed forms and an independent method."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize

from newcourse.errors import BadInput, NotCertified
from newcourse.solver.builder import ProblemBuilder
from newcourse.solver.problem import LinearProblem, Sense
from newcourse.solver.quadratic import QuadraticProblem, proximal, solve_quadratic


def box(cost: list[float], sense: Sense = "min", upper: float = 10.0) -> LinearProblem:
    """Columns from 0 to 10 that add up to at least 1 and at most 12."""
    builder = ProblemBuilder()
    x = builder.add_columns("x", pd.RangeIndex(len(cost)), upper=upper, cost=cost)
    row = builder.add_rows("sum", pd.Index(["all"]), lower=1.0, upper=12.0)
    builder.put(row.start, np.arange(x.start, x.stop), 1.0)
    return builder.build("box", sense)


@pytest.mark.parametrize("sense", ["min", "max"])
def test_a_parabola_in_closed_form(sense: Sense) -> None:
    sign = 1.0 if sense == "min" else -1.0
    problem = QuadraticProblem(box([-3.0 * sign, -8.0 * sign], sense), np.array([1.0, 2.0]))
    solved = solve_quadratic(problem)
    assert solved.certified
    assert solved.primal == pytest.approx([3.0, 4.0], abs=1e-5)
    assert solved.objective == pytest.approx(sign * (-9 + 4.5 - 32 + 16))


@given(st.integers(0, 10**6), st.sampled_from(["min", "max"]))
@settings(max_examples=12)
def test_random_ones_as_another_method_finds_them(seed: int, sense: Sense) -> None:
    rng = np.random.default_rng(seed)
    linear = box(rng.normal(0, 20, 3).tolist(), sense)
    problem = QuadraticProblem(linear, rng.uniform(0.1, 5, 3))
    solved = solve_quadratic(problem)
    assert solved.certified
    other = minimize(
        lambda x: linear.sign * problem.objective(x), np.full(3, 2.0), method="SLSQP", bounds=[(0, 10)] * 3,
        constraints=[{"type": "ineq", "fun": lambda x: x.sum() - 1}, {"type": "ineq", "fun": lambda x: 12 - x.sum()}],
        options={"ftol": 1e-12},
    )  # fmt: skip
    assert linear.sign * solved.objective == pytest.approx(other.fun, rel=1e-5, abs=1e-5)


def test_held_near_a_centre() -> None:
    linear = box([1.0, 0.0])
    held = proximal(linear, np.array([1.0, 1.0]), np.array([2.0, 5.0]), np.array([1.0, 4.0]))
    assert solve_quadratic(held).primal == pytest.approx([1.0, 5.0], abs=1e-5)


def test_refusals() -> None:
    with pytest.raises(BadInput):
        QuadraticProblem(box([1.0, 1.0]), np.array([1.0, -1.0]))
    with pytest.raises(NotCertified):
        solve_quadratic(QuadraticProblem(box([1.0, 1.0], upper=0.4), np.array([1.0, 1.0])))
