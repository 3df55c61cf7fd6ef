"""H. P. Williams, *Model Building in Mathematical Programming*, "Economic planning": three optima.

Coal, steel and transport take inputs and manpower one year before their output; capacity is built of inputs taken two
years before it is there. The book's optima: a total capacity of 2142 at the end of year 5; a total production of 2619
in years 4 and 5 if nothing is consumed; 2450 of manpower over five years if manpower has no limit (£ million).

Stated twice: as an economy whose planning problem is given the book's objective, and row by row.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
import pytest
import scipy.sparse as sp

from newcourse.economy.economy import Economy
from newcourse.plan.goal import TIERS, Goal
from newcourse.plan.limits import Limits
from newcourse.plan.model import Model, build_model
from newcourse.solver.builder import ProblemBuilder
from newcourse.solver.door import solve
from newcourse.solver.problem import LinearProblem
from tests.economy.small import economy

SECTORS: Final = ("coal", "steel", "transport")
A: Final = np.array([[0.1, 0.5, 0.4], [0.1, 0.1, 0.2], [0.2, 0.1, 0.2]])
MANPOWER: Final = np.array([0.6, 0.3, 0.2])
BUILDING: Final = np.array([[0.0, 0.7, 0.9], [0.1, 0.1, 0.2], [0.2, 0.1, 0.2]])
BUILDERS: Final = np.array([0.4, 0.2, 0.1])
STOCKS, CAPACITY, DEMAND = (150.0, 80.0, 100.0), (300.0, 350.0, 280.0), np.array([60.0, 60.0, 30.0])
YEARS: Final = 5
PERIODS: Final = YEARS + 2
"""Years 0 to 6: in year 0 there are only stocks, and year 6 is the first after the horizon."""
MOST_MANPOWER, ENOUGH_MANPOWER = 470.0, 1e5
OPTIMA: Final = {"capacity": 2141.88, "production": 2618.58, "manpower": 2450.03}


@dataclass(frozen=True)
class Task:
    """One of the book's three tasks."""

    objective: str
    demand: np.ndarray
    manpower: float

    @property
    def later(self) -> np.ndarray:
        """Production after the horizon that sustains demand for ever: the static Leontief model."""
        return np.asarray(np.linalg.solve(np.eye(3) - A, self.demand))


TASKS: Final = {
    "capacity": Task("capacity", DEMAND, MOST_MANPOWER),
    "production": Task("production", np.zeros(3), MOST_MANPOWER),
    "manpower": Task("manpower", DEMAND, ENOUGH_MANPOWER),
}


def as_economy(task: Task) -> Economy:
    """Return the economy: three branches with a lead of a year, and a process that builds the capacity of each."""
    processes = {
        sector: {
            "makes": {sector: 1.0},
            "takes": dict(zip(SECTORS, A[:, j], strict=True)),
            "factors": {"manpower": MANPOWER[j]},
            "stocks": {f"{sector} works": 1.0},
            "lead": 1,
        }
        for j, sector in enumerate(SECTORS)
    } | {
        f"build {sector} works": {
            "makes": {f"{sector} works": 1.0},
            "takes": dict(zip(SECTORS, BUILDING[:, j], strict=True)),
            "factors": {"manpower": BUILDERS[j]},
        }
        for j, sector in enumerate(SECTORS)
    }
    return economy(
        processes,
        {sector: {"target": max(q, 1.0)} for sector, q in zip(SECTORS, task.demand, strict=True)},
        products={sector: {"storable": True} for sector in SECTORS},
        stores=dict(zip(SECTORS, STOCKS, strict=True)),
        supply={"manpower": task.manpower},
        stocks={
            f"{sector} works": {"product": f"{sector} works", "quantity": q, "gestation": 2}
            for sector, q in zip(SECTORS, CAPACITY, strict=True)
        },
    )


def bounded(model: Model, task: Task) -> LinearProblem:
    """Return the planning problem with what the book fixes by year: no demand in year 0, no building after year 3."""
    problem = model.problem
    lower, upper = np.array(problem.column_lower), np.array(problem.column_upper)
    delivery = np.zeros((PERIODS, len(SECTORS), len(TIERS)))
    delivery[1:, :, 1:] = task.demand[:, None] / (len(TIERS) - 1)
    lower[model.columns("delivery")] = upper[model.columns("delivery")] = delivery.ravel()
    activity = np.zeros((PERIODS, 2 * len(SECTORS)))
    activity[YEARS + 1, : len(SECTORS)] = task.later
    lower[model.columns("activity")] = activity.ravel()
    most = np.full_like(activity, np.inf)
    most[YEARS - 1 :, len(SECTORS) :] = 0.0
    upper[model.columns("activity")] = most.ravel()
    return problem.with_column_bounds(lower, upper)


def objective(model: Model, task: Task) -> np.ndarray:
    cost = np.zeros(model.problem.shape[1])
    if task.objective == "capacity":
        cost[model.columns("capital")].reshape(PERIODS, -1)[YEARS] = 1.0
    elif task.objective == "production":
        cost[model.columns("activity")].reshape(PERIODS, -1)[YEARS - 1 : YEARS + 1, : len(SECTORS)] = 1.0
    else:
        rows = np.arange(model.rows("factors").start, model.rows("factors").stop)[1 : YEARS + 1]
        cost = np.asarray(model.problem.matrix[rows].sum(axis=0)).ravel()
    return cost


@pytest.mark.parametrize("name", OPTIMA)
def test_as_an_economy(name: str) -> None:
    task = TASKS[name]
    model = build_model(as_economy(task), Goal(), Limits(PERIODS, activity_rate=None, terminal="free"))
    problem = bounded(model, task).with_cost(objective(model, task), "max")
    assert solve(problem).require_certified().certificate.objective == pytest.approx(OPTIMA[name], abs=0.01)


def row_by_row(task: Task) -> LinearProblem:
    """Return the problem as the book writes it: production x, stocks s and extra capacity r by sector and year."""
    builder = ProblemBuilder()
    years = pd.Index(range(YEARS + 3))
    labels = pd.MultiIndex.from_product([years, SECTORS])
    n = len(labels)
    grid = np.arange(n).reshape(len(years), 3)
    lower, upper = np.zeros((3, len(years), 3)), np.full((3, len(years), 3), np.inf)
    upper[0, 0] = 0.0
    lower[0, YEARS + 1 :] = task.later
    lower[1, 0] = upper[1, 0] = STOCKS
    upper[2, [0, 1, *range(YEARS + 1, YEARS + 3)]] = 0.0
    x, s, r = (
        builder.add_columns(name, labels, low.ravel(), high.ravel()).start + grid
        for name, low, high in zip("xsr", lower, upper, strict=True)
    )
    demand = np.outer([0.0] + [1.0] * YEARS, task.demand)
    for t in range(YEARS + 1):
        balance = builder.add_rows(f"balance {t}", pd.Index(SECTORS), demand[t], demand[t]).start + np.arange(3)
        for columns, sign in ((x[t], 1.0), (s[t], 1.0), (s[t + 1], -1.0)):
            builder.put(balance, columns, sign)
        builder.put(balance[:, None], x[t + 1][None, :], -A)
        builder.put(balance[:, None], r[t + 2][None, :], -BUILDING)
        men = builder.add_rows(f"manpower {t}", pd.Index(["all"]), upper=task.manpower).start
        builder.put(men, x[t + 1], MANPOWER)
        builder.put(men, r[t + 2], BUILDERS)
        capacity = builder.add_rows(f"capacity {t + 1}", pd.Index(SECTORS), upper=CAPACITY).start + np.arange(3)
        builder.put(capacity, x[t + 1], 1.0)
        for year in range(2, t + 2):
            builder.put(capacity, r[year], -1.0)
    return builder.build(f"Williams, most {task.objective}", "max")


@pytest.mark.parametrize("name", OPTIMA)
def test_row_by_row(name: str) -> None:
    problem = row_by_row(TASKS[name])
    cost = np.zeros(problem.shape[1])
    if name == "capacity":
        cost[problem.column_block("r").slice] = 1.0
    elif name == "production":
        cost[problem.column_block("x").slice].reshape(-1, 3)[YEARS - 1 : YEARS + 1] = 1.0
    else:
        men = [problem.row_block(f"manpower {t}").start for t in range(1, YEARS + 1)]
        cost = np.asarray(sp.csr_array(problem.matrix[men]).sum(axis=0)).ravel()
    reached = solve(problem.with_cost(cost)).require_certified().certificate.objective
    assert reached + (sum(CAPACITY) if name == "capacity" else 0.0) == pytest.approx(OPTIMA[name], abs=0.01)
