"""Refinement: one more round makes an answer more exact, also where rows are inequalities (Gleixner et al. 2016)."""

import time
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from newcourse.plan.aims import even_part
from newcourse.plan.planner import make_plan
from newcourse.solver.answer import Answer, Request
from newcourse.solver.builder import ProblemBuilder
from newcourse.solver.certificate import certify
from newcourse.solver.door import solve
from newcourse.solver.highs import run
from newcourse.solver.problem import LinearProblem
from newcourse.solver.refinement import refined
from newcourse.solver.settings import CAREFUL
from newcourse.sources.examples import read_example


def resources(seed: int, rows: int, columns: int) -> LinearProblem:
    """Return the most that can be made of scarce resources, in units far apart."""
    random = np.random.default_rng(seed)
    builder = ProblemBuilder()
    make = builder.add_columns("make", pd.RangeIndex(columns), cost=random.uniform(1, 2, columns))
    have = builder.add_rows(
        "have", pd.RangeIndex(rows), upper=random.uniform(1, 10, rows) * 10.0 ** random.integers(0, 6, rows)
    )
    r, c = np.meshgrid(np.arange(rows), np.arange(columns), indexing="ij")
    builder.put(have.start + r.ravel(), make.start + c.ravel(), random.uniform(0.1, 1, rows * columns))
    return builder.build("resources", "max")


def request() -> Request:
    return Request(time.monotonic(), float("inf"), 1e-6, None, None, time.monotonic)


def answer(problem: LinearProblem) -> Answer:
    return run(problem, CAREFUL, request())


@given(st.integers(0, 10_000), st.integers(1, 6), st.integers(1, 6))
def test_a_refined_answer_is_still_the_optimum(seed: int, rows: int, columns: int) -> None:
    problem = resources(seed, rows, columns)
    first = answer(problem)
    assert first.primal is not None
    second = refined(problem, first, request())
    assert second is not None
    certificate = certify(problem, second.primal, second.dual, 1e-9)
    assert certificate.kind == "optimal"
    assert certificate.objective == pytest.approx(float(problem.cost @ first.primal), rel=1e-7)


def test_an_answer_with_wrong_duals_is_put_right() -> None:
    """Duals that are off by a thousandth are found wrong by the certificate, and right after one round."""
    problem = resources(3, 5, 8)
    exact = answer(problem)
    assert exact.dual is not None
    rough = replace(exact, dual=exact.dual * (1 - 1e-3))
    assert certify(problem, rough.primal, rough.dual).kind != "optimal"
    better = refined(problem, rough, request())
    assert better is not None
    assert certify(problem, better.primal, better.dual, 1e-9).kind == "optimal"


@pytest.mark.slow
def test_the_worst_off_need_of_the_world_is_certified() -> None:
    """Duals here span nine orders of magnitude: no tolerance of a method is fine enough without refinement."""
    part = even_part(make_plan(read_example("world")))
    assert 0.9 < part < 1.0


def test_a_certified_answer_needs_no_refinement() -> None:
    assert "refined" not in solve(resources(1, 3, 3)).method
