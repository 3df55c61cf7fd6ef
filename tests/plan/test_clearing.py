"""Clearing prices against the closed form of the linear expenditure system, and what has no clearing prices."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newcourse.errors import BadInput, NotCertified
from newcourse.plan.market.clearing import Clearing, clearing_prices
from newcourse.plan.market.demand import AlmostIdeal, LinearExpenditure

GOODS = ("bread", "cloth", "books")
BASE = np.array([10.0, 4.0, 2.0])
PRICES = np.array([1.0, 2.0, 3.0])
INCOME = float(PRICES @ BASE)


def buyers(frisch: float = -2.0) -> LinearExpenditure:
    return LinearExpenditure.fitted(GOODS, BASE, PRICES, [0.6, 1.1, 1.6], frisch)


def exact(demand: LinearExpenditure, stock: np.ndarray, income: float) -> np.ndarray:
    """From q = γ + β/p (y − p·γ): p = β L/(q − γ) with L = y / (1 + Σ βγ/(q − γ))."""
    room = stock - demand.committed
    left = income / (1 + float((demand.margins * demand.committed / room).sum()))
    return demand.margins * left / room


def test_the_base_year_sold_at_its_own_prices() -> None:
    found = clearing_prices(buyers(), BASE, INCOME)
    assert found.prices == pytest.approx(PRICES, rel=1e-9)
    assert found.unspent == pytest.approx(0.0, abs=1e-6)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.floats(0.8, 3.0), min_size=3, max_size=3), st.floats(0.5, 4.0))
def test_prices_are_those_of_the_closed_form(parts: list[float], richer: float) -> None:
    demand, stock, income = buyers(), BASE * parts, INCOME * richer
    found = clearing_prices(demand, stock, income)
    assert found.prices == pytest.approx(exact(demand, stock, income), rel=1e-7)
    assert found.excess <= found.tolerance
    assert float(found.prices @ stock) == pytest.approx(income, rel=1e-7)


def test_less_on_sale_makes_it_dearer() -> None:
    demand = buyers()
    before, after = (clearing_prices(demand, BASE * [part, 1, 1], INCOME).prices for part in (1.0, 0.9))
    assert after[0] > before[0]


def test_the_almost_ideal_system_is_cleared_too() -> None:
    demand = AlmostIdeal.fitted(GOODS, BASE, PRICES, [0.7, 1.1, 1.4], own_price_elasticities=[-0.6, -0.8, -1.1])
    found = clearing_prices(demand, BASE * [0.95, 1.05, 1.1], INCOME)
    assert demand.quantities(found.prices, INCOME) == pytest.approx(BASE * [0.95, 1.05, 1.1], rel=1e-7)


def test_committed_needs_beyond_the_stock_have_no_prices() -> None:
    demand = buyers()
    with pytest.raises(NotCertified) as raised:
        clearing_prices(demand, demand.committed * 0.9, INCOME)
    fault = raised.value.faults[0]
    assert fault.code == "no-clearing-prices"
    assert any(good in fault.found for good in GOODS)
    assert "ration" in fault.remedy


def test_a_highest_price_rations_and_leaves_money_unspent() -> None:
    found = clearing_prices(buyers(), BASE * [0.8, 1, 1], INCOME, highest={"bread": 1.0})
    assert found.rationed == ("bread",)
    assert found.prices[0] == 1.0
    assert found.demand[0] > found.stock[0]
    assert found.unspent == pytest.approx(INCOME - float(found.prices @ found.bought))
    assert found.unspent > 0
    assert "Rationed" in found.words()


def test_a_lowest_price_leaves_goods_unsold() -> None:
    found = clearing_prices(buyers(), BASE * [1.2, 1, 1], INCOME, lowest={"bread": 1.0})
    assert found.unsold == ("bread",)
    assert found.demand[0] < found.stock[0]
    assert found.demand[1:] == pytest.approx(BASE[1:], rel=1e-7)
    assert "unsold" in found.words()


def test_a_bound_that_does_not_bind_changes_nothing() -> None:
    free = clearing_prices(buyers(), BASE * [0.8, 1, 1], INCOME)
    bound = clearing_prices(buyers(), BASE * [0.8, 1, 1], INCOME, highest={"bread": 50.0}, lowest={"books": 0.01})
    assert bound.prices == pytest.approx(free.prices, rel=1e-7)
    assert bound.rationed == bound.unsold == ()


def test_an_income_that_buys_nothing_known_is_refused() -> None:
    with pytest.raises(NotCertified, match="demand-undefined"):
        clearing_prices(buyers(), BASE, INCOME, lowest=dict.fromkeys(GOODS, 100.0))


def test_all_wrong_bounds_are_named_at_once() -> None:
    with pytest.raises(BadInput) as raised:
        clearing_prices(buyers(), BASE, INCOME, highest={"coal": 1.0, "iron": 1.0})
    assert [fault.code for fault in raised.value.faults] == ["product-unknown"] * 2
    with pytest.raises(BadInput, match="price-bounds"):
        clearing_prices(buyers(), BASE, INCOME, highest={"bread": 1.0}, lowest={"bread": 2.0})


def test_nothing_on_sale_is_refused() -> None:
    with pytest.raises(BadInput, match="not-positive"):
        clearing_prices(buyers(), [1.0, 0.0, 1.0], INCOME)


def test_prices_that_do_not_clear_cannot_be_made() -> None:
    with pytest.raises(NotCertified, match="no-clearing-prices"):
        Clearing(GOODS, BASE, PRICES, BASE * 1.1, INCOME)


def test_plain_data_has_every_product() -> None:
    data = clearing_prices(buyers(), BASE, INCOME).to_data()
    assert [row["product"] for row in data["products"]] == list(GOODS)
