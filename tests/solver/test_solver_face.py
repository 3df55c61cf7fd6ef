"""The optimal face holds exactly the optimal points."""

import numpy as np
import pandas as pd
import pytest
import scipy.sparse as sp
from hypothesis import given, settings
from hypothesis import strategies as st

from newcourse.errors import Contradiction
from newcourse.solver.builder import ProblemBuilder
from newcourse.solver.door import solve
from newcourse.solver.face import optimal_face
from newcourse.solver.problem import Block, LinearProblem


def problem(matrix: np.ndarray, limit: np.ndarray, worth: np.ndarray) -> LinearProblem:
    """Most of ``worth'x`` with ``matrix x <= limit`` and ``0 <= x <= 4``."""
    builder = ProblemBuilder()
    builder.add_columns("x", pd.RangeIndex(len(worth)), upper=4.0, cost=worth)
    builder.add_rows("limit", pd.RangeIndex(len(limit)), upper=limit)
    rows, columns = np.indices(matrix.shape)
    builder.put(rows.ravel(), columns.ravel(), matrix.ravel())
    return builder.build("face", "max")


def test_the_face_of_a_square_is_an_edge() -> None:
    """Of x + y <= 3 with both worth 1 and a third worth nothing, every point of the edge and every third is best."""
    found = solve(problem(np.array([[1.0, 1.0, 0.0]]), np.array([3.0]), np.array([1.0, 1.0, 0.0])))
    face = optimal_face(found)
    assert face.row_lower.tolist() == face.row_upper.tolist() == [3.0]
    assert face.column_lower.tolist() == [0.0, 0.0, 0.0]
    assert face.column_upper.tolist() == [4.0, 4.0, 4.0]
    assert solve(face.with_cost([0.0, 1.0, 0.0], "max")).certificate.objective == pytest.approx(3.0)
    assert solve(face.with_cost([0.0, 1.0, 0.0], "min")).certificate.objective == pytest.approx(0.0)


@settings(max_examples=30)
@given(st.data())
def test_no_point_of_the_face_is_worse_and_every_best_point_is_on_it(data: st.DataObject) -> None:
    m, n = data.draw(st.integers(1, 3)), data.draw(st.integers(1, 4))
    matrix, limit, worth, other = (
        np.array(data.draw(st.lists(st.integers(0, 3), min_size=k, max_size=k)), float) for k in (m * n, m, n, n)
    )
    matrix, limit = matrix.reshape(m, n), limit + 1
    best = solve(problem(matrix, limit, worth)).require_certified()
    face = optimal_face(best)
    lowest = solve(face.with_cost(worth, "min")).require_certified()
    assert lowest.certificate.objective == pytest.approx(best.certificate.objective, abs=1e-6)
    # A best point for another objective among the best, found without the face, is found on the face too.
    reached = best.certificate.objective - 1e-9
    row = Block("best", m, m + 1, pd.RangeIndex(1))
    kept = best.problem.with_rows(row, sp.csr_array(worth[None]), reached, np.inf)
    plain = solve(kept.with_cost(other, "max")).require_certified()
    assert solve(face.with_cost(other, "max")).certificate.objective == pytest.approx(
        plain.certificate.objective, abs=1e-5
    )


def test_what_is_impossible_has_no_face() -> None:
    with pytest.raises(Contradiction):
        optimal_face(solve(problem(np.array([[1.0]]), np.array([-1.0]), np.array([1.0]))))
