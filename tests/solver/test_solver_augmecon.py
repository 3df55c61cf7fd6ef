"""Efficient points on random small problems: none is dominated, by brute force over a fine grid."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from newcourse.errors import BadInput
from newcourse.solver.augmecon import efficient_points
from newcourse.solver.builder import ProblemBuilder
from newcourse.solver.lexicographic import Objective
from newcourse.solver.problem import LinearProblem


def mix(hours: list[int], limit: int) -> LinearProblem:
    """Three goods, at most 4 of each, with hours for all together."""
    builder = ProblemBuilder()
    builder.add_columns("good", pd.RangeIndex(3), upper=4.0)
    builder.add_rows("hours", pd.RangeIndex(1), upper=float(limit))
    builder.put(0, np.arange(3), np.array(hours, float))
    return builder.build("mix", "max")


@settings(max_examples=10, deadline=None)
@given(
    st.lists(st.integers(1, 4), min_size=3, max_size=3),
    st.integers(3, 20),
    st.lists(st.lists(st.integers(0, 3), min_size=3, max_size=3).filter(any), min_size=2, max_size=3),
)
@example(hours=[1, 2, 2], limit=3, worths=[[0, 0, 3], [0, 1, 0], [0, 1, 0]])  # all of the first aim lies in the slack
def test_no_point_of_a_fine_grid_dominates(hours: list[int], limit: int, worths: list[list[int]]) -> None:
    problem = mix(hours, limit)
    aims = [Objective(f"aim {i}", np.array(worth, float), "max") for i, worth in enumerate(worths)]
    found = efficient_points(problem, aims, 3)
    grid = np.stack(np.meshgrid(*[np.linspace(0, 4, 17)] * 3), axis=-1).reshape(-1, 3)
    values = grid[grid @ np.array(hours) <= limit + 1e-9] @ np.array(worths, float).T
    for value in found.values:
        better = (values >= value - 1e-6).all(axis=1) & (values > value + 1e-4).any(axis=1)
        assert not better.any()
    assert (found.payoff.max(axis=0) <= values.max(axis=0) + 0.25 * 3 * 3).all()


def test_one_aim_is_no_choice() -> None:
    with pytest.raises(BadInput, match="objectives-few") as caught:
        efficient_points(mix([1, 1, 1], 5), [Objective("all", np.ones(3), "max")], 0)
    assert len(caught.value.faults) == 2


def test_aims_that_agree_have_one_efficient_point() -> None:
    aims = [Objective("one", np.ones(3), "max"), Objective("other", 2 * np.ones(3), "max")]
    found = efficient_points(mix([1, 1, 1], 5), aims, 3)
    assert found.values == pytest.approx(np.array([[5.0, 10.0]]))
    assert found.solved == 0
