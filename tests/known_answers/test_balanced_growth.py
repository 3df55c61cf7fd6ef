"""Balanced growth: published examples, and eigenvalues computed apart.

* P. Sraffa, *Production of Commodities by Means of Commodities* (1960), § 25: iron, coal and wheat; the standard ratio
  is 20 %, the standard system takes all of the iron industry, 3/5 of the coal and 3/4 of the wheat industry.
* D. Gale, *The Theory of Linear Economic Models* (1960), ch. 9.6: an irreducible and a reducible model of von Neumann;
  the technological expansion factor of both is the cube root of 2.
"""

import numpy as np
import pandas as pd
import pytest
import scipy.sparse as sp
from hypothesis import given, settings
from hypothesis import strategies as st

from newcourse.errors import BadInput
from newcourse.plan.balanced_growth import CLOSE, BalancedGrowth, balanced_growth
from newcourse.plan.growth_system import GrowthSystem, Holding, growth_system
from tests.economy.small import economy

SRAFFA = {
    "iron": ({"iron": 180}, {"iron": 90, "coal": 120, "wheat": 60}),
    "coal": ({"coal": 450}, {"iron": 50, "coal": 125, "wheat": 150}),
    "wheat": ({"wheat": 480}, {"iron": 40, "coal": 40, "wheat": 200}),
}


def system(made: np.ndarray, used: np.ndarray, held: tuple[Holding, ...] = (), lead: int = 1) -> GrowthSystem:
    n, m = made.shape
    goods, processes = pd.RangeIndex(n), pd.RangeIndex(m)
    return GrowthSystem(goods, processes, sp.csr_array(made), {lead: sp.csr_array(used)}, held, np.ones(m))


def radius(matrix: np.ndarray) -> float:
    return float(np.abs(np.linalg.eigvals(matrix)).max())


def test_sraffas_standard_system() -> None:
    made = economy({code: {"makes": out, "takes": into, "lead": 1} for code, (out, into) in SRAFFA.items()})
    found = balanced_growth(growth_system(made))
    assert found.lower <= 0.20 + 1e-9
    assert found.upper >= 0.20 - 1e-9
    assert found.upper - found.lower <= CLOSE
    activity = found.activity / found.activity["iron"]
    assert activity.tolist() == pytest.approx([1.0, 3 / 5, 3 / 4], abs=1e-4)
    assert "20.000%" in found.words()


@pytest.mark.parametrize(
    ("used", "made"),
    [
        ([[0, 1, 0, 0], [1, 0, 0, 1], [0, 0, 1, 0]], [[1, 0, 0, 0], [0, 0, 2, 0], [0, 1, 0, 1]]),
        (
            [[0, 1, 0, 0, 0, 0], [1, 0, 1, 0, 0, 0], [0, 0, 0, 1, 0, 0], [0, 0, 1, 0, 0, 1], [0, 0, 0, 0, 1, 0]],
            [[1, 0, 0, 1, 0, 0], [0, 1, 0, 0, 0, 0], [0, 0, 1, 0, 0, 0], [0, 0, 0, 0, 2, 0], [0, 0, 0, 1, 0, 1]],
        ),
    ],
    ids=["irreducible", "reducible"],
)
def test_gales_models(used: list[list[int]], made: list[list[int]]) -> None:
    found = balanced_growth(system(np.array(made, float).T, np.array(used, float).T))
    assert found.rate == pytest.approx(2 ** (1 / 3) - 1, abs=2 * CLOSE)


squares = st.integers(2, 4).flatmap(
    lambda n: st.lists(st.lists(st.floats(0.01, 1.0), min_size=n, max_size=n), min_size=n, max_size=n)
)


@settings(max_examples=6, deadline=None)
@given(squares)
def test_one_technique_per_product_is_an_eigenvalue(rows: list[list[float]]) -> None:
    used = np.array(rows)
    found = balanced_growth(system(np.eye(len(used)), used))
    assert found.rate == pytest.approx(1 / radius(used) - 1, abs=3e-6)


@settings(max_examples=6, deadline=None)
@given(squares, st.floats(2.0, 20.0))
def test_leontiefs_dynamic_model(rows: list[list[float]], life: float) -> None:
    held = np.array(rows)
    used = held / (2 * held.sum(axis=0))
    needed = np.linalg.solve(np.eye(len(used)) - used, held)
    found = balanced_growth(system(np.eye(len(used)), used, (Holding(sp.csr_array(held), life, 1, False),), lead=0))
    assert found.rate == pytest.approx(1 / radius(needed) - 1 / life, abs=3e-6)


def test_the_best_of_several_techniques() -> None:
    rng = np.random.default_rng(5)
    used = rng.uniform(0.05, 1.0, (3, 6))
    made = np.hstack([np.eye(3), np.eye(3)])
    choices = [[i + 3 * pick for i, pick in enumerate(picks)] for picks in np.ndindex(2, 2, 2)]
    best = max(1 / radius(used[:, columns]) - 1 for columns in choices)
    assert balanced_growth(system(made, used)).rate == pytest.approx(best, abs=3e-6)


@pytest.mark.parametrize("vintage", [False, True])
@pytest.mark.parametrize("gestation", [0, 1, 3])
def test_renewal_keeps_a_stock_growing(vintage: bool, gestation: int) -> None:
    rate, life = 0.04, 6
    holding = Holding(sp.csr_array((1, 1)), float(life), gestation, vintage)
    invested = {t: holding.renewal(rate) * (1 + rate) ** t for t in range(-200, 20)}
    left = [(max(0.0, 1 - 1 / life)) ** age if not vintage else float(age < life) for age in range(180)]
    for t in (5, 12):
        stock = sum(left[age] * invested[t - gestation - age] for age in range(180))
        assert stock == pytest.approx((1 + rate) ** t, rel=1e-9)
    assert Holding(sp.csr_array((1, 1)), float(life), 1, vintage).renewal(0.0) == pytest.approx(1 / life)


def test_bounds_are_checked_apart() -> None:
    found = balanced_growth(
        growth_system(economy({c: {"makes": o, "takes": i, "lead": 1} for c, (o, i) in SRAFFA.items()}))
    )
    assert isinstance(found, BalancedGrowth)
    made = np.diag([180.0, 450.0, 480.0])
    used = np.array([[90, 50, 40], [120, 125, 40], [60, 150, 200]], float)
    x, p = found.activity.to_numpy(), found.prices.to_numpy()
    assert (made @ x >= (1 + found.lower) * used @ x * (1 - 1e-12)).all()
    assert (p @ made <= (1 + found.upper) * p @ used * (1 + 1e-12)).all()


def test_what_cannot_grow_or_grows_without_limit() -> None:
    with pytest.raises(BadInput, match="no process makes"):
        balanced_growth(growth_system(economy({"bread": {"makes": {"bread": 1}, "takes": {"salt": 1}}})))
    free = {"salt": {"makes": {"salt": 1}}, "bread": {"makes": {"bread": 1}, "takes": {"salt": 1}}}
    with pytest.raises(BadInput) as caught:
        balanced_growth(growth_system(economy(free)))
    assert caught.value.faults[0].code == "growth-unlimited"
