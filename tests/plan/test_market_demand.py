"""Two demand systems: the conditions that theory sets, and the base year that they reproduce (design §6.2)."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newcourse.errors import BadInput
from newcourse.plan.market.demand import AlmostIdeal, Demand, LinearExpenditure

PRODUCTS = ("bread", "meat", "cloth", "tools")
positive = st.floats(0.5, 5.0)
vectors = st.lists(positive, min_size=4, max_size=4).map(np.array)


@st.composite
def systems(draw: st.DrawFn) -> tuple[Demand, np.ndarray, np.ndarray]:
    quantities, prices = draw(vectors), draw(vectors)
    answers, frisch = draw(vectors), draw(st.floats(-6.0, -1.2))
    kind = draw(st.sampled_from([LinearExpenditure, AlmostIdeal]))
    return kind.fitted(PRODUCTS, quantities, prices, answers, frisch), quantities, prices


@settings(max_examples=40, deadline=None)
@given(systems())
def test_the_base_year_is_reproduced_exactly(case: tuple[Demand, np.ndarray, np.ndarray]) -> None:
    demand, quantities, prices = case
    np.testing.assert_allclose(demand.quantities(prices, float(prices @ quantities)), quantities, rtol=1e-12)


@settings(max_examples=40, deadline=None)
@given(systems(), st.lists(st.floats(0.9, 1.1), min_size=4, max_size=4).map(np.array), st.floats(0.5, 2.0))
def test_income_is_used_up_and_money_is_a_veil(
    case: tuple[Demand, np.ndarray, np.ndarray], change: np.ndarray, scale: float
) -> None:
    demand, quantities, prices = case
    p, income = prices * change, 1.05 * float(prices * change @ quantities)
    try:
        bought = demand.quantities(p, income)
    except BadInput:  # an almost ideal share below 0: too far from the base year, and said so
        return
    assert p @ bought == pytest.approx(income)
    np.testing.assert_allclose(demand.quantities(p * scale, income * scale), bought, rtol=1e-9)


@settings(max_examples=40, deadline=None)
@given(systems())
def test_elasticities_add_up_are_homogeneous_and_symmetric(case: tuple[Demand, np.ndarray, np.ndarray]) -> None:
    demand, quantities, prices = case
    found = demand.elasticities(prices, float(prices @ quantities))
    assert found.shares @ found.income == pytest.approx(1)  # Engel
    np.testing.assert_allclose(found.shares @ found.price, -found.shares, atol=1e-10)  # Cournot
    np.testing.assert_allclose(found.price.sum(axis=1), -found.income, atol=1e-9)  # homogeneity
    np.testing.assert_allclose(found.slutsky, found.slutsky.T, atol=1e-10)
    assert np.linalg.eigvalsh(found.slutsky).max() < 1e-10  # concavity of cost


@settings(max_examples=25, deadline=None)
@given(systems())
def test_elasticities_are_the_slopes_of_quantities(case: tuple[Demand, np.ndarray, np.ndarray]) -> None:
    demand, quantities, prices = case
    income = float(prices @ quantities)
    found = demand.elasticities(prices, income)
    step = 1e-5
    for column in range(4):
        up, down = prices.copy(), prices.copy()
        up[column] *= 1 + step
        down[column] *= 1 - step
        slope = (demand.quantities(up, income) - demand.quantities(down, income)) / (2 * step) / quantities
        np.testing.assert_allclose(found.price[:, column], slope, atol=1e-5)
    slope = (demand.quantities(prices, income * (1 + step)) - quantities) / step / quantities
    np.testing.assert_allclose(found.income, slope, atol=1e-3)


def test_the_linear_system_has_the_answers_it_was_fitted_to() -> None:
    """Frisch (1959): with want-independence all price elasticities follow from income elasticities and one number."""
    shares, answers, frisch = np.array([0.4, 0.2, 0.25, 0.15]), np.array([0.5, 1.5, 1.2, 1.0]), -2.0
    answers = answers / (answers @ shares)
    found = LinearExpenditure.fitted(PRODUCTS, shares, np.ones(4), answers, frisch).elasticities(np.ones(4), 1.0)
    np.testing.assert_allclose(found.income, answers)
    # own: -E_i (a_i - (1 - a_i E_i)/frisch), cross: -E_i a_j (1 + E_j/frisch)
    np.testing.assert_allclose(found.own_price, -answers * (shares - (1 - shares * answers) / frisch))
    cross = -np.outer(answers, shares * (1 + answers / frisch))
    off = ~np.eye(4, dtype=bool)
    np.testing.assert_allclose(found.price[off], cross[off])


def test_cobb_douglas_is_the_linear_system_with_nothing_committed() -> None:
    system = LinearExpenditure.fitted(PRODUCTS, [1, 2, 3, 4], [1, 1, 1, 1], [1, 1, 1, 1], frisch=-1.0)
    np.testing.assert_allclose(system.committed, 0, atol=1e-12)
    np.testing.assert_allclose(system.quantities([2, 1, 1, 1], 10.0), [0.5, 2, 3, 4])


def test_own_price_elasticities_are_met_and_goods_replace_each_other() -> None:
    own, answers = np.array([-0.3, -1.1, -0.8, -0.9]), np.array([0.4, 1.4, 1.3, 1.3])
    system = AlmostIdeal.fitted(PRODUCTS, [40, 20, 25, 15], [1, 1, 1, 1], answers, own_price_elasticities=own)
    found = system.elasticities([1, 1, 1, 1], 100.0)
    np.testing.assert_allclose(found.own_price, own, atol=1e-8)
    assert (found.slutsky[~np.eye(4, dtype=bool)] > 0).all()
    assert np.linalg.eigvalsh(found.slutsky).max() < 1e-12


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"frisch": -0.5}, "frisch"),
    ({"quantities": [1, 2, 3]}, "length"),
    ({"quantities": [1, 2, 3, 0]}, "not-positive"),
    ({"income_elasticities": [1, 1, -1, 1]}, "not-positive"),
]


@pytest.mark.parametrize(("change", "code"), WRONG)
def test_the_linear_system_refuses_what_cannot_be(change: dict[str, Any], code: str) -> None:
    given_ = {"quantities": [1, 2, 3, 4], "prices": [1] * 4, "income_elasticities": [1] * 4, **change}
    with pytest.raises(BadInput) as caught:
        LinearExpenditure.fitted(PRODUCTS, **given_)
    assert caught.value.faults[0].code == code


def test_an_income_below_what_is_committed_is_refused() -> None:
    system = LinearExpenditure.fitted(PRODUCTS, [1, 1, 1, 1], [1, 1, 1, 1], [1, 1, 1, 1], frisch=-2.0)
    with pytest.raises(BadInput, match="income-too-low"):
        system.quantities([1, 1, 1, 1], 1.9)


def test_the_almost_ideal_system_refuses_what_cannot_be() -> None:
    base = (PRODUCTS, [1, 1, 1, 1], [1, 1, 1, 1], [1, 1, 1, 1])
    with pytest.raises(BadInput, match="fit-by"):
        AlmostIdeal.fitted(*base)
    with pytest.raises(BadInput, match="own-price at"):
        AlmostIdeal.fitted(*base, own_price_elasticities=[0.1, -1, -1, -1])
    with pytest.raises(BadInput, match="own-price-alone"):
        AlmostIdeal.fitted(*base, own_price_elasticities=[-9, -0.3, -0.3, -0.3])
    with pytest.raises(BadInput, match="demand-negative"):
        AlmostIdeal.fitted(PRODUCTS, [1, 1, 1, 1], [1, 1, 1, 1], [2, 0.5, 0.5, 1], frisch=-2).quantities([1] * 4, 0.05)


def test_a_system_cannot_be_changed() -> None:
    system = LinearExpenditure.fitted(PRODUCTS, [1, 1, 1, 1], [1, 1, 1, 1], [1, 1, 1, 1])
    with pytest.raises(ValueError, match="read-only"):
        system.margins[0] = 1
