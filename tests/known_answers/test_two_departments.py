"""The frontier between consumption today and later in a model of two departments, by hand and by another solver.

Machines are made with machines (``A`` per unit), bread with machines (``B`` per unit); machines wear out by the part
``D`` a year; labour is plentiful: the model of G. A. Fel'dman (1928) and P. C. Mahalanobis (Sankhya 12 (1953) 307-312)
with machines that serve either department. As many machines must be left as there were.

Two years, by hand: a unit of bread not eaten in the first year frees B/A of a machine's making. Each new machine makes
1/B of bread in the second year, and saves (1 - D) A / B of bread while it lets replacement be put off, until nothing is
left to replace.
"""

import numpy as np
import pytest
from scipy.optimize import linprog

from newcourse.plan.limits import Limits
from newcourse.plan.pace import PaceFrontier, pace_frontier
from newcourse.plan.planner import make_plan
from tests.economy.small import economy

A, B, D, MACHINES = 3.0, 1.5, 0.1, 90.0


def frontier(periods: int, points: int, span: int) -> PaceFrontier:
    made = economy(
        {
            "machines": {"makes": {"machine": 1.0}, "stocks": {"park": A}, "base": 10.0},
            "bread": {"makes": {"bread": 1.0}, "stocks": {"park": B}, "base": 20.0},
        },
        {"bread": {"target": 1000.0, "group": "Food"}},
        stocks={"park": {"product": "machine", "quantity": MACHINES, "life": 1 / D}},
    )
    limits = Limits(periods, activity_rate=None, import_share_rate=None, route_share_rate=None, export_rate=None)
    return pace_frontier(make_plan(made, limits=limits), points, span=span)


def by_hand(today: float) -> float:
    built = (MACHINES - B * today) / A
    there = (1 - D) * MACHINES + built
    replaced = max(0.0, MACHINES - (1 - D) * there)
    return (there - A * replaced) / B


def test_two_years_by_hand() -> None:
    found = frontier(2, 5, 1)
    today = [point.today for point in found.points]
    assert today == pytest.approx([60.0, 45.0, 30.0, 15.0, 0.0], abs=1e-4)
    for point in found.points:
        assert point.later == pytest.approx(by_hand(point.today), rel=1e-6)
        assert point.pace == pytest.approx(
            (MACHINES - B * point.today) / A / (point.today + 30 - point.today / 2), abs=1e-6
        )
        assert point.plan.certified
    prices = [point.price for point in found.points]
    assert prices[0] == pytest.approx((1 + A * (1 - D)) / A)
    assert prices[-1] == pytest.approx(1 / A)


def most_later(today: float, periods: int, span: int) -> float:
    """Return the most bread of the last years, the first years' bread given: bread c and new machines m by year."""
    n = periods

    def park(year: int) -> np.ndarray:
        """Coefficients of the machines in place beyond what is left of the first ones."""
        row = np.zeros(2 * n)
        row[n : n + year] = [(1 - D) ** (year - 1 - when) for when in range(year)]
        return row

    rows, bounds = [], []
    for year in range(n):
        use = np.zeros(2 * n)
        use[year], use[n + year] = B, A
        rows.append(use - park(year))
        bounds.append(MACHINES * (1 - D) ** year)
    rows.append(-park(n))
    bounds.append(MACHINES * ((1 - D) ** n - 1))
    early = np.zeros(2 * n)
    early[:span] = -1.0
    cost = np.zeros(2 * n)
    cost[n - span : n] = -1.0
    found = linprog(cost, A_ub=np.array([*rows, early]), b_ub=[*bounds, -today])
    assert found.status == 0
    return -float(found.fun)


@pytest.mark.parametrize(("periods", "span"), [(5, 2), (4, 1)])
def test_more_years_by_another_solver(periods: int, span: int) -> None:
    found = frontier(periods, 3, span)
    for point in found.points:
        assert point.later == pytest.approx(most_later(point.today, periods, span), rel=1e-5)
    assert found.points[0].today == pytest.approx(-linprog_most_today(periods, span), rel=1e-6)


def linprog_most_today(periods: int, span: int) -> float:
    """Return minus the most bread of the first years, found by asking for ever more until the later is impossible."""
    low, high = 0.0, MACHINES / B * span
    for _ in range(40):
        middle = (low + high) / 2
        try:
            most_later(middle, periods, span)
        except AssertionError:
            high = middle
        else:
            low = middle
    return -low


def test_points_are_efficient_and_concave() -> None:
    points = frontier(3, 6, 1).points
    today, later = (np.array([getattr(point, name) for point in points]) for name in ("today", "later"))
    assert (np.diff(today) < 0).all()
    assert (np.diff(later) > 0).all()
    slopes = np.diff(later) / np.diff(today)
    assert (np.diff(slopes) >= -1e-6).all()
