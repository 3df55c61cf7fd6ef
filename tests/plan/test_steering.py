"""The check by demand: it ends at the optimum for the buyers, follows their tastes, and does not swing."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize

from newcourse.economy.economy import Economy
from newcourse.errors import BadInput
from newcourse.plan.limits import Limits
from newcourse.plan.market.contraction import contraction, largest_gain
from newcourse.plan.market.demand import AlmostIdeal, LinearExpenditure
from newcourse.plan.market.shops import PlanSupplier, base_demand, check_by_demand, household_needs, next_targets
from newcourse.plan.market.steering import Manner, steer
from newcourse.plan.market.supply import LabourSupplier
from newcourse.plan.plan import Plan
from newcourse.plan.planner import make_plan
from newcourse.sources.examples import read_example
from tests.economy.small import economy

GOODS = ("bread", "cloth", "books")
BASE = np.array([10.0, 4.0, 2.0])
PRICES = np.array([1.0, 2.0, 3.0])
INCOME = float(PRICES @ BASE)
CONTENT = np.array([1.3, 1.6, 2.9])
LABOUR = float(CONTENT @ BASE)


def buyers(*elasticities: float) -> LinearExpenditure:
    return LinearExpenditure.fitted(GOODS, BASE, PRICES, elasticities or (0.8, 1.1, 1.3))


def makers() -> LabourSupplier:
    return LabourSupplier(GOODS, CONTENT, LABOUR)


def best(demand: LinearExpenditure) -> np.ndarray:
    """What Stone and Geary's buyers would choose of all that the labour can make: γ + β/c (L − c·γ)."""
    return demand.committed + demand.margins / CONTENT * (LABOUR - float(CONTENT @ demand.committed))


def test_it_ends_at_the_planned_optimum() -> None:
    path = steer(makers(), buyers(), INCOME, BASE, Manner(gain=0.4, tolerance=1e-9, rounds=60))
    last = path.rounds[-1]
    assert path.reached
    assert last.delivery.quantities == pytest.approx(best(buyers()), rel=1e-6)
    assert last.ratios == pytest.approx(np.ones(3), rel=1e-6)
    assert "nothing that could be delivered" in path.words()


@settings(max_examples=10, deadline=None)
@given(
    st.lists(st.floats(0.8, 1.25), min_size=3, max_size=3),
    st.lists(st.floats(0.8, 1.25), min_size=3, max_size=3),
)
def test_it_ends_there_from_any_first_plan_and_whatever_things_cost(first: list[float], dear: list[float]) -> None:
    content, demand = PRICES * dear, buyers()
    labour = float(content @ BASE)
    path = steer(LabourSupplier(GOODS, content, labour), demand, INCOME, BASE * first, Manner(gain=0.4, tolerance=1e-8))
    exact = demand.committed + demand.margins / content * (labour - float(content @ demand.committed))
    assert path.rounds[-1].delivery.quantities == pytest.approx(exact, rel=1e-5)


def test_it_follows_a_change_of_tastes() -> None:
    after = LinearExpenditure.fitted(GOODS, BASE * [1.0, 1.0, 1.5], PRICES, (0.8, 1.1, 1.3))
    path = steer(makers(), buyers(), INCOME, BASE, Manner(gain=0.4, tolerance=1e-9, rounds=80), later={30: after})
    assert path.rounds[28].delivery.quantities == pytest.approx(best(buyers()), rel=1e-5)
    assert path.rounds[29].ratios[2] > 1.05  # the new taste shows in the price first
    assert path.rounds[-1].delivery.quantities == pytest.approx(best(after), rel=1e-5)
    assert path.reached


def test_buyers_with_inferior_goods_and_substitutes_are_served_too() -> None:
    demand = AlmostIdeal.fitted(GOODS, BASE, PRICES, [0.6, 1.2, 1.6], own_price_elasticities=[-0.7, -0.9, -1.2])
    path = steer(makers(), demand, INCOME, BASE, Manner(gain=0.4, tolerance=1e-7, rounds=60))
    last = path.rounds[-1]
    in_proportion = CONTENT * INCOME / LABOUR  # what everything costs if prices are labour
    assert last.clearing.prices == pytest.approx(in_proportion, rel=1e-5)
    assert last.delivery.quantities == pytest.approx(demand.quantities(in_proportion, INCOME), rel=1e-5)


def test_each_round_comes_nearer_by_what_theory_says() -> None:
    demand, gain = buyers(), 0.2
    path = steer(makers(), demand, INCOME, BASE, Manner(gain=gain, tolerance=1e-10, rounds=60))
    off = [float(np.linalg.norm(np.log(one.delivery.quantities / best(demand)))) for one in path.rounds]
    last = path.rounds[-1]
    assert off[30] / off[29] == pytest.approx(contraction(demand, last.delivery, last.clearing, gain), rel=1e-3)


def test_below_the_largest_gain_it_converges_and_above_it_swings() -> None:
    demand = buyers()
    there = steer(makers(), demand, INCOME, BASE, Manner(gain=0.4, tolerance=1e-9, rounds=60)).rounds[-1]
    most = largest_gain(demand, there.delivery, there.clearing)
    assert contraction(demand, there.delivery, there.clearing, most) == pytest.approx(1.0, abs=1e-6)
    near = there.delivery.quantities * [1.001, 0.999, 1.0]
    calm = steer(makers(), demand, INCOME, near, Manner(gain=0.9 * most, tolerance=1e-7, rounds=120))
    wild = steer(makers(), demand, INCOME, near, Manner(gain=1.1 * most, tolerance=1e-7, rounds=25, checked=False))
    assert calm.reached
    assert not wild.reached
    assert wild.rounds[-1].gap > wild.rounds[0].gap
    assert "Not there" in wild.words()


def test_a_gain_too_large_for_the_elasticities_is_refused() -> None:
    with pytest.raises(BadInput) as raised:
        steer(makers(), buyers(), INCOME, BASE, Manner(gain=3.0))
    assert raised.value.faults[0].code == "gain-too-large"


def test_all_wrong_numbers_are_named_at_once() -> None:
    with pytest.raises(BadInput) as raised:
        Manner(gain=-1.0, rounds=0, most=0.0)
    assert {fault.code for fault in raised.value.faults} == {"gain", "rounds", "most"}
    with pytest.raises(BadInput, match="products-differ"):
        steer(makers(), base(("a", "b", "c")), INCOME, BASE)


def base(codes: tuple[str, ...]) -> LinearExpenditure:
    return LinearExpenditure.fitted(codes, BASE, PRICES, np.ones(3))


def village() -> Economy:
    """Return bread from land and labour, cloth mostly from labour; the clinic is no good that is sold."""
    return economy(
        {
            "farm": {"makes": {"bread": 1}, "factors": {"work": 1.0, "land": 1.0}, "base": 10},
            "loom": {"makes": {"cloth": 1}, "factors": {"work": 1.5, "land": 0.2}, "base": 6},
            "ward": {"makes": {"care": 1}, "factors": {"work": 1.0}, "base": 2},
        },
        {
            "households:bread": {"product": "bread", "target": 10},
            "households:cloth": {"product": "cloth", "target": 6},
            "public:care": {"product": "care", "target": 2},
        },
        supply={"work": 21.0, "land": 11.2},
        final={"bread": 10, "cloth": 6, "care": 2},
    )


def free() -> Limits:
    return Limits(activity_rate=None, import_share_rate=None, route_share_rate=None, export_rate=None)


def plan() -> Plan:
    return make_plan(village(), limits=free())


def utility_optimum(demand: LinearExpenditure) -> np.ndarray:
    """The best for Stone and Geary's buyers of all bread and cloth that 19 hours and 11.2 ha make."""
    limits = [
        {"type": "ineq", "fun": lambda q: 19.0 - q[0] - 1.5 * q[1]},
        {"type": "ineq", "fun": lambda q: 11.2 - q[0] - 0.2 * q[1]},
    ]
    start = np.array([9.0, 5.5])
    found = minimize(
        lambda q: -float(demand.margins @ np.log(q - demand.committed)),
        start,
        constraints=limits,
        bounds=[(c + 1e-6, None) for c in demand.committed],
        options={"ftol": 1e-14},
    )
    return np.asarray(found.x)


@pytest.mark.parametrize("tastes", [(10.0, 6.0), (16.0, 4.0), (6.0, 12.0)], ids=["corner", "bread", "cloth"])
def test_with_several_scarcities_it_ends_at_the_optimum_of_the_plan(tastes: tuple[float, float]) -> None:
    supplier = PlanSupplier.of(plan())
    demand = LinearExpenditure.fitted(supplier.products, tastes, [1.0, 1.5], [1.0, 1.0], frisch=-1.5)
    path = steer(
        supplier, demand, 19.0, [10.0, 6.0], Manner(gain=0.4, averaged=True, most=0.2, rounds=60, tolerance=1e-3)
    )
    assert path.reached
    assert path.rounds[-1].delivery.quantities == pytest.approx(utility_optimum(demand), rel=2e-2)


def test_the_plan_keeps_what_is_not_sold_and_its_costs_are_what_is_given_up() -> None:
    supplier = PlanSupplier.of(plan())
    assert supplier.products == ("households:bread", "households:cloth") == household_needs(village())
    brought = supplier.deliver(np.array([1.0, 1.0]))  # labour binds: 1 + 1.5 hours of 19 for each pair
    assert brought.quantities == pytest.approx([7.6, 7.6], rel=1e-5)
    assert brought.costs[1] / brought.costs[0] == pytest.approx(1.5)
    assert supplier.worth(np.array([1.0, 0.0])) == pytest.approx(11.2, rel=1e-5)  # all land under corn


def test_the_next_targets_are_worth_as_much_as_the_present_ones() -> None:
    made = plan()
    supplier = PlanSupplier.of(made)
    demand = base_demand(made.economy, supplier.products)
    path = steer(supplier, demand, 16.0, [10.0, 6.0], Manner(gain=0.3, averaged=True, rounds=3))
    changes = next_targets(made.economy, path)
    assert [change.need for change in changes] == list(supplier.products)
    assert sum(change.target or 0.0 for change in changes) == pytest.approx(16.0)
    brought = path.rounds[-1].delivery.quantities
    assert (changes[0].target or 0.0) / (changes[1].target or 1.0) == pytest.approx(brought[0] / brought[1])


def test_needs_that_are_not_there_cannot_be_sold() -> None:
    with pytest.raises(BadInput, match="need-unknown"):
        PlanSupplier.of(plan(), ("households:tea",))
    with pytest.raises(BadInput, match="needs-none"):
        PlanSupplier.of(plan(), ())


def test_the_whole_path_is_plain_data() -> None:
    data = steer(makers(), buyers(), INCOME, BASE, Manner(gain=0.4, rounds=3, tolerance=1e-12)).to_data()
    assert [one["round"] for one in data["rounds"]] == [1, 2, 3]
    assert data["reached"] is False


@pytest.mark.slow
def test_in_sweden_a_taste_for_food_steers_towards_food() -> None:
    made = make_plan(read_example("sweden"))
    food = "households:C10"
    present, keen = (check_by_demand(made, tastes=tastes) for tastes in (None, {food: 1.2}))
    assert present.reached
    assert keen.reached
    before, after = (
        {change.need: change.target or 0.0 for change in next_targets(made.economy, path)} for path in (present, keen)
    )
    assert after[food] > 1.03 * before[food]
    assert sum(after.values()) == pytest.approx(sum(before.values()))
