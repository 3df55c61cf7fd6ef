"""The example of the augmented ε-constraint method: four kinds of power plants, three aims.

G. Mavrotas, *Applied Mathematics and Computation* 213 (2009) 455-465: generation of lignite, oil, gas and renewables
for base, medium and peak load; least cost, least carbon dioxide, most energy from the country's own sources.
"""

import numpy as np
import pandas as pd
import pytest
from scipy.optimize import linprog

from newcourse.solver.augmecon import efficient_points, payoff_table
from newcourse.solver.builder import ProblemBuilder
from newcourse.solver.lexicographic import Objective
from newcourse.solver.problem import LinearProblem

USES = [("lignite", "base"), ("lignite", "medium"), ("oil", "medium"), ("oil", "peak"), ("gas", "base"),
        ("gas", "medium"), ("gas", "peak"), ("renewables", "base"), ("renewables", "peak")]  # fmt: skip
MOST = {"lignite": 31000.0, "oil": 15000.0, "gas": 22000.0, "renewables": 10000.0}
LOAD = {"base": 0.6 * 64000, "medium": 0.3 * 64000, "peak": 0.1 * 64000}
COST = {"lignite": 30.0, "oil": 75.0, "gas": 60.0, "renewables": 90.0}
CARBON = {"lignite": 1.44, "oil": 0.72, "gas": 0.45, "renewables": 0.0}
OWN = {"lignite": 1.0, "oil": 0.0, "gas": 0.0, "renewables": 1.0}


def per_use(of_kind: dict[str, float]) -> np.ndarray:
    return np.array([of_kind[kind] for kind, _ in USES])


AIMS = (
    Objective("cost", per_use(COST), "min"),
    Objective("carbon", per_use(CARBON), "min"),
    Objective("own", per_use(OWN), "max"),
)


@pytest.fixture(scope="module")
def power() -> LinearProblem:
    builder = ProblemBuilder()
    builder.add_columns("GWh", pd.MultiIndex.from_tuples(USES))
    most = builder.add_rows("most", pd.Index(list(MOST)), upper=list(MOST.values()))
    load = builder.add_rows("load", pd.Index(list(LOAD)), lower=list(LOAD.values()))
    for column, (kind, part) in enumerate(USES):
        builder.put(most.start + list(MOST).index(kind), column, 1.0)
        builder.put(load.start + list(LOAD).index(part), column, 1.0)
    return builder.build("power", "min")


def test_the_table_of_lexicographic_optima(power: LinearProblem) -> None:
    table, _ = payoff_table(power, AIMS)
    assert table[0, :2] == pytest.approx([3_075_000, 62_460], rel=1e-5)
    assert table[1, :2] == pytest.approx([3_855_000, 45_180], rel=1e-5)
    assert table[2, [0, 2]] == pytest.approx([3_225_000, 41_000], rel=1e-5)


def test_no_efficient_point_is_dominated(power: LinearProblem) -> None:
    """Of each point: with two aims kept, the third cannot be bettered (solved apart, by SciPy)."""
    found = efficient_points(power, AIMS, 4)
    assert len(found.values) >= 8
    assert found.solved + found.passed == 25
    assert found.passed > 0
    costs = np.array([aim.cost for aim in AIMS]) * np.array([[1.0], [1.0], [-1.0]])
    matrix = np.vstack([power.matrix[:4].toarray(), -power.matrix[4:].toarray()])
    limit = np.concatenate([power.row_upper[:4], -power.row_lower[4:]])
    for point in found.points:
        reached = costs @ point
        for third in range(3):
            others = [k for k in range(3) if k != third]
            kept = np.concatenate([limit, reached[others] + 1e-6 * np.abs(reached[others])])
            best = linprog(costs[third], np.vstack([matrix, costs[others]]), kept, method="highs")
            assert best.fun == pytest.approx(reached[third], rel=1e-4)


def test_the_same_points_are_found_without_passing_over_any(power: LinearProblem) -> None:
    """Every point of the grid, solved apart by SciPy, is as good in cost as one that was found."""
    found = efficient_points(power, AIMS[:2], 6)
    table, _ = payoff_table(power, AIMS[:2])
    matrix = np.vstack([power.matrix[:4].toarray(), -power.matrix[4:].toarray(), AIMS[1].cost])
    for level in np.linspace(table[1, 1], table[0, 1], 7):
        limit = np.concatenate([power.row_upper[:4], -power.row_lower[4:], [level]])
        cheapest = linprog(AIMS[0].cost, matrix, limit, method="highs").fun
        assert np.abs(found.values[:, 0] - cheapest).min() <= 1e-5 * cheapest
