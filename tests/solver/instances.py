"""Linear problems for tests: published ones, and random ones of every kind."""

import numpy as np
import pandas as pd
import scipy.sparse as sp
from hypothesis import strategies as st
from scipy.optimize import linprog

from newcourse.solver.builder import ProblemBuilder
from newcourse.solver.problem import Block, LinearProblem

INF = np.inf


def problem(sense, cost, matrix, row_lower, row_upper, column_lower=0.0, column_upper=INF, name="test"):
    matrix = np.asarray(matrix, float)
    m, n = matrix.shape
    return LinearProblem(
        name,
        sense,
        np.asarray(cost, float),
        sp.csr_array(matrix),
        np.broadcast_to(np.asarray(row_lower, float), m),
        np.broadcast_to(np.asarray(row_upper, float), m),
        np.broadcast_to(np.asarray(column_lower, float), n),
        np.broadcast_to(np.asarray(column_upper, float), n),
        (Block("row", 0, m, pd.RangeIndex(m)),),
        (Block("column", 0, n, pd.RangeIndex(n)),),
    )


def dantzig_transport():
    """Dantzig 1963, section 3.3: two canneries, three markets; least freight 153.675 thousand dollars."""
    distance = pd.DataFrame(
        [[2.5, 1.7, 1.8], [2.5, 1.8, 1.4]], index=["Seattle", "San Diego"], columns=["New York", "Chicago", "Topeka"]
    )
    supply = pd.Series({"Seattle": 350.0, "San Diego": 600.0})
    demand = pd.Series({"New York": 325.0, "Chicago": 300.0, "Topeka": 275.0})
    builder = ProblemBuilder()
    labels = pd.MultiIndex.from_product([distance.index, distance.columns])
    ship = builder.add_columns("ship", labels, cost=90.0 * distance.to_numpy().ravel() / 1000.0)
    out = builder.add_rows("supply", supply.index, upper=supply.to_numpy())
    into = builder.add_rows("demand", demand.index, lower=demand.to_numpy())
    columns = np.arange(ship.start, ship.stop)
    builder.put(out.start + np.repeat([0, 1], 3), columns, 1.0)
    builder.put(into.start + np.tile([0, 1, 2], 2), columns, 1.0)
    return builder.build("Dantzig's transport", "min")


def klee_minty(n):
    """Klee and Minty 1972: a cube so tilted that Dantzig's rule visits every corner; the optimum is 100^(n-1)."""
    cost = [10.0 ** (n - j) for j in range(1, n + 1)]
    matrix = [[2.0 * 10.0 ** (i - j) if j < i else float(j == i) for j in range(1, n + 1)] for i in range(1, n + 1)]
    return problem("max", cost, matrix, -INF, [100.0 ** (i - 1) for i in range(1, n + 1)])


def beale():
    """Beale 1955: the textbook simplex method cycles; the least value is -1/20."""
    return problem(
        "min",
        [-0.75, 150.0, -0.02, 6.0],
        [[0.25, -60.0, -0.04, 9.0], [0.5, -90.0, -0.02, 3.0], [0.0, 0.0, 1.0, 0.0]],
        -INF,
        [0.0, 0.0, 1.0],
    )


def crowded_corner(k):
    """Many rows through one point (1, 1): a degenerate optimum of value 2 with many duals."""
    angles = np.linspace(0.1, 1.4, k)
    matrix = np.column_stack([np.cos(angles), np.sin(angles)])
    return problem("max", [1.0, 1.0], matrix, -INF, matrix.sum(axis=1))


def _bounds(rng, k):
    lower = rng.integers(-5, 6, k).astype(float)
    upper = lower + rng.integers(0, 8, k)
    lower[rng.random(k) < 0.4] = -INF
    upper[rng.random(k) < 0.5] = INF
    return lower, upper


def random_problem(seed, *, spread=0):
    """Any kind of small problem: equations, free and fixed columns, empty rows, no rows at all; in any units."""
    rng = np.random.default_rng(seed)
    m, n = rng.integers(0, 8, 2)
    matrix = rng.integers(-5, 6, (m, n)) * (rng.random((m, n)) < rng.choice([0.3, 0.6, 1.0]))
    units = 10.0 ** rng.integers(-spread, spread + 1, (m, 1)), 10.0 ** rng.integers(-spread, spread + 1, (1, n))
    sense = "min" if rng.random() < 0.5 else "max"
    cost = rng.integers(-5, 6, n)
    return problem(sense, cost, matrix * units[0] * units[1], *_bounds(rng, m), *_bounds(rng, n))


def bounded_problem(seed):
    """A feasible and bounded problem with a known feasible point, larger than the others."""
    rng = np.random.default_rng(seed)
    m, n = rng.integers(2, 15, 2)
    matrix = rng.normal(size=(m, n)) * (rng.random((m, n)) < 0.6)
    point = rng.uniform(0.0, 3.0, n)
    activity = matrix @ point
    lower = np.where(rng.random(m) < 0.4, -INF, activity - rng.uniform(0.0, 1.0, m))
    upper = np.where(rng.random(m) < 0.4, INF, activity + rng.uniform(0.0, 1.0, m))
    upper = np.where(rng.random(m) < 0.2, lower, upper)
    upper, lower = np.where(np.isfinite(upper), upper, INF), np.where(lower == upper, activity, lower)
    upper = np.where(upper < activity, activity, upper)
    sense = "min" if rng.random() < 0.5 else "max"
    return problem(sense, rng.normal(size=n), matrix, lower, upper, 0.0, point + rng.uniform(0.0, 3.0, n))


def oracle(given):
    """SciPy's answer: its word for the outcome and its objective."""
    matrix = given.matrix.toarray()
    up, low = np.isfinite(given.row_upper), np.isfinite(given.row_lower)
    rows = np.vstack([matrix[up], -matrix[low]])
    sides = np.concatenate([given.row_upper[up], -given.row_lower[low]])
    bounds = np.column_stack([given.column_lower, given.column_upper])
    found = linprog(given.sign * given.cost, rows, sides, bounds=bounds, method="highs-ds", options={"presolve": False})
    word = {0: "optimal", 2: "infeasible", 3: "unbounded"}[found.status]
    return word, given.sign * found.fun if found.status == 0 else None


seeds = st.integers(min_value=0, max_value=2**32 - 1)
