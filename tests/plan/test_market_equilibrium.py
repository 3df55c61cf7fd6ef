"""Plan and market made consistent: closed forms, Walras' law, certificates and refusals (design §6.2)."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newcourse.errors import BadInput, Contradiction, NotCertified
from newcourse.plan.market.certificate import certified
from newcourse.plan.market.ces import ConstantSubstitution
from newcourse.plan.market.demand import LinearExpenditure
from newcourse.plan.market.equilibrium import find_equilibrium
from newcourse.plan.market.flows import flows_at
from newcourse.plan.market.levers import Levers, Tax
from newcourse.plan.market.market import Household, Market
from newcourse.plan.market.producers import STATE, Stated, Supply, Technique

GOODS = ("bread", "cloth")


def village(substitution: float = 1.5, **changes: Any) -> Market:
    """Farms that answer prices, a common mill of cloth, two groups."""
    farmers = ConstantSubstitution.fitted(GOODS, [60.0, 20.0], [1.0, 1.0], substitution)
    workers = LinearExpenditure.fitted(GOODS, [30.0, 40.0], [1.0, 1.0], [0.8, 1.15], frisch=-1.3)
    parts: dict[str, Any] = {
        "products": GOODS,
        "base_prices": np.ones(2),
        "basket": np.array([90.0, 60.0]),
        "households": (Household("farmers", farmers, members=10.0), Household("workers", workers, members=5.0)),
        "producers": (
            Supply("farms", "private", 100.0, {"bread": 1.0}, {"cloth": 0.2}, {"farmers": 1.0}, Stated(0.3, "assumed")),
            Supply("mill", "planned", 90.0, {"cloth": 1.0}, {"bread": 1 / 9}, {"workers": 7 / 8, STATE: 1 / 8}),
        ),
        "purchases": {"cloth": 10.0},
        "returned": {"farmers": 0.5, "workers": 0.5},
        "world_prices": {"bread": 0.9, "cloth": 0.8},
        "anchor_value": 150.0,
    }
    return Market(**(parts | changes))


def test_the_base_year_is_an_equilibrium() -> None:
    found = find_equilibrium(village())
    np.testing.assert_allclose(found.prices, 1.0, rtol=1e-8)
    np.testing.assert_allclose(found.flows.bought, [[60, 20], [30, 40]], rtol=1e-7)
    assert found.certificate.holds


def test_cobb_douglas_exchange_has_its_closed_form() -> None:
    """Two owners of one good each, halves of income to each good: the price is the ratio of what there is."""
    half = ConstantSubstitution(GOODS, np.zeros(2), np.array([0.5, 0.5]), 1.0)
    third = ConstantSubstitution(GOODS, np.zeros(2), np.array([1 / 3, 2 / 3]), 1.0)
    market = Market(
        GOODS, np.ones(2), np.ones(2),
        (Household("first", half, endowment={"bread": 10.0}), Household("second", third, endowment={"cloth": 6.0})),
        returned={"first": 1.0}, anchor="bread", anchor_value=2.0,
    )  # fmt: skip
    found = find_equilibrium(market)
    # bread: 0.5·10 p + (1/3)·6 q = 10 p  =>  q/p = 5/2
    np.testing.assert_allclose(found.prices, [2.0, 5.0], rtol=1e-9)


def test_cobb_douglas_production_has_its_closed_form() -> None:
    """Constant shares: each good gets its part of income, each factor its part of each good's value."""
    both = ConstantSubstitution(GOODS, np.zeros(2), np.array([0.4, 0.6]), 1.0)
    market = Market(
        (*GOODS, "hours", "land"), np.ones(4), np.array([1.0, 1.0, 0, 0]),
        (Household("all", both, endowment={"hours": 8.0, "land": 3.0}),),
        (
            Technique("farm", "bread", {"hours": 0.5, "land": 0.5}, 1.0),
            Technique("mill", "cloth", {"hours": 0.9, "land": 0.1}, 1.0, 2.0),
        ),
        returned={"all": 1.0}, anchor="hours", anchor_value=1.0,
    )  # fmt: skip
    found = find_equilibrium(market)
    wages = 0.4 * 0.5 + 0.6 * 0.9  # part of all income
    assert found.price("land") == pytest.approx(8.0 * (1 - wages) / wages / 3.0)
    assert -found.flows.made[0, 2] == pytest.approx(8.0 * 0.4 * 0.5 / wages)


prices_drawn = st.lists(st.floats(0.8, 1.3), min_size=2, max_size=2).map(np.array)


@settings(max_examples=40, deadline=None)
@given(prices_drawn, st.floats(0, 0.3), st.floats(0, 5), st.floats(0, 0.2), st.floats(-3, 3))
def test_walras_law_holds_at_any_prices(p: np.ndarray, rate: float, goods: float, interest: float, sold: float) -> None:
    market = village(use_taxes={("farms", "cloth"): 0.1})
    levers = Levers(
        prices={"bread": float(p[0])}, taxes={"farmers": Tax(((0, 0), (5, rate)))}, credit={"private": interest},
        imports={"cloth": goods}, payment="bread", transfers={"workers": 3.0}, pace=1.2, costs={"mill": 0.9},
    )  # fmt: skip
    flows = flows_at(market, levers, p, {}, {"bread": sold})
    assert p @ flows.excess == pytest.approx(0, abs=1e-9)
    assert certified(market, levers, p, flows, {"bread": sold}).walras == pytest.approx(0, abs=1e-12)
    budgets = certified(market, levers, p, flows, {"bread": sold}).budgets
    assert all(hole == pytest.approx(0, abs=1e-12) for hole in budgets.values())


@settings(max_examples=15, deadline=None)
@given(st.floats(0.5, 2.0), st.floats(0.7, 1.3), st.floats(0.0, 2.0))
def test_money_alone_changes_nothing_real(money: float, capacity: float, pace: float) -> None:
    levers = Levers(capacity={"mill": capacity}, pace=pace, taxes={"farmers": Tax(((0, 0.05), (8, 0.3)))})
    first = find_equilibrium(village(), levers)
    second = find_equilibrium(village(anchor_value=150.0 * money), levers)
    np.testing.assert_allclose(second.prices, first.prices * money, rtol=1e-6)
    np.testing.assert_allclose(second.flows.bought, first.flows.bought, rtol=1e-6)
    assert abs(first.flows.excess).max() < 1e-6


def test_levers_work_in_the_direction_they_must() -> None:
    def scissors(**levers: Any) -> float:
        found = find_equilibrium(village(), Levers(**levers))
        return found.price("cloth") / found.price("bread")

    assert scissors(capacity={"mill": 0.7}) > 1.1
    assert scissors(capacity={"mill": 1.2}) < 1
    assert scissors(imports={"cloth": 10.0}, payment="bread") < 1
    assert scissors(pace=2.0) > 1
    assert scissors(reserves={"cloth": 5.0}) < 1
    assert scissors(costs={"mill": 0.5}) > 1  # less bread taken as material


def test_dearer_credit_lessens_what_private_producers_make() -> None:
    found = find_equilibrium(village(), Levers(credit={"private": 0.5}))
    assert found.activity("farms") < 100
    assert found.flows.budget["interest"] > 0


def test_a_held_price_is_held_from_reserves_or_refused() -> None:
    dear = find_equilibrium(village(), Levers(prices={"cloth": 2.0}))
    assert dear.price("cloth") == 2.0
    assert dear.buffer["cloth"] < 0  # nobody buys it all: the plan is left with cloth
    with pytest.raises(Contradiction, match="price-unheld"):
        find_equilibrium(village(), Levers(prices={"cloth": 0.8}))
    cheap = find_equilibrium(village(stocks={"cloth": 30.0}), Levers(prices={"cloth": 0.8}))
    assert 0 < cheap.buffer["cloth"] <= 30


def test_imports_that_are_not_paid_are_refused() -> None:
    with pytest.raises(Contradiction, match="trade-unpaid"):
        find_equilibrium(village(), Levers(imports={"cloth": 5.0}))
    find_equilibrium(village(foreign=4.0), Levers(imports={"cloth": 5.0}))
    paid = find_equilibrium(village(), Levers(imports={"cloth": 9.0}, payment="bread"))
    assert paid.flows.exports[0] * 0.9 == pytest.approx(9.0 * 0.8)


def test_what_cannot_be_is_refused_with_the_product_and_the_reason() -> None:
    """Goods that hardly replace each other: more cloth only makes its makers poorer, and no price clears it."""
    with pytest.raises(NotCertified) as caught:
        find_equilibrium(village(substitution=0.1), Levers(capacity={"mill": 1.4}))
    assert caught.value.faults[0].where == "market of cloth"
    assert "left over" in caught.value.faults[0].found


def test_a_false_state_is_not_certified() -> None:
    found = find_equilibrium(village())
    wrong = found.prices * np.array([1.01, 1.0])
    flows = flows_at(found.market, found.levers, wrong, {}, {})
    with pytest.raises(NotCertified, match="market of"):
        certified(found.market, found.levers, wrong, flows, {}).require()


def test_a_market_names_all_that_is_wrong_with_it() -> None:
    with pytest.raises(BadInput) as caught:
        village(returned={"nobody": 0.5}, planned={"gold": 1.0}, anchor="gold", anchor_value=0.0)
    assert {fault.code for fault in caught.value.faults} == {
        "group-unknown", "product-unknown", "budget-parts", "anchor",
    }  # fmt: skip
    with pytest.raises(BadInput) as unknown:
        find_equilibrium(village(), Levers(prices={"gold": 1}, taxes={"x": Tax()}, capacity={"y": 1}, payment="z"))
    assert len(unknown.value.faults) == 4


def test_sectors_are_the_three_words() -> None:
    with pytest.raises(BadInput, match="planned, co-operative, private"):
        Supply("farm", "kolkhoz", 1.0, {"bread": 1.0})


def test_a_number_from_literature_names_its_source() -> None:
    with pytest.raises(BadInput, match="source-missing"):
        Stated(0.3, "literature")


def test_levers_survive_as_data() -> None:
    levers = Levers(taxes={"farmers": Tax(((0, 0), (5, 0.2)))}, imports={"cloth": 2.0}, payment="bread", pace=0.5)
    assert Levers.from_data(levers.to_data()) == levers
    with pytest.raises(BadInput, match="lever-unknown"):
        Levers.from_data({"force": 1})


@given(st.lists(st.tuples(st.floats(0, 100), st.floats(0, 0.9)), min_size=1, max_size=4), st.floats(0.1, 500))
def test_a_tax_takes_the_sum_of_its_marginal_rates(rows: list[tuple[float, float]], income: float) -> None:
    starts = {round(start, 3): rate for start, rate in rows}
    tax = Tax(tuple(sorted(starts.items())))
    grid = np.linspace(0, income, 4001)
    summed = float(np.mean([tax.marginal(x) for x in (grid[1:] + grid[:-1]) / 2])) * income
    assert tax.on(income) == pytest.approx(summed, abs=income * 2e-3)
    assert 0 <= tax.average(income) < 1
    assert not tax.progressive or tax.average(income) <= tax.marginal(income) + 1e-12
