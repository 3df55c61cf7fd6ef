"""Planning again from what happened, with few changed orders (design §4.8)."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from newcourse.economy.economy import Economy
from newcourse.errors import BadInput, Contradiction
from newcourse.plan.changes.need import NeedChange
from newcourse.plan.changes.supply import SupplyChange
from newcourse.plan.happened import Fact, Happened
from newcourse.plan.limits import Limits
from newcourse.plan.plan import Plan
from newcourse.plan.planner import make_plan
from newcourse.plan.replan import replan, stability
from tests.economy.small import YEAR, economy
from tests.plan.strategies import economies

LIMITS = Limits(3, activity_rate=None, terminal="free")


def town() -> Economy:
    """Ten goods of one hour each, wanted in full; 20 hours a year, and 10 needed; grain can be stored."""
    goods = [f"g{i}" for i in range(10)]
    return economy(
        {g: {"makes": {g: 1.0}, "factors": {"labour": 1.0}, "base": 1.0} for g in goods},
        {g: {"target": 1.0} for g in goods},
        products={g: {"price": 1.0 + i / 10, "storable": i == 0} for i, g in enumerate(goods)},
        supply={"labour": 10.0},
    )


@pytest.fixture(scope="module")
def plan() -> Plan:
    return make_plan(town(), limits=LIMITS)


@pytest.mark.slow
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(economies(), st.sampled_from(["free", "kept"]), st.integers(0, 1))
def test_without_news_not_one_order_changes_in_any_economy(e: Economy, terminal: str, over: int) -> None:
    """With leads, trade, stocks, stores and a cap, whatever is over."""
    within = Limits(2, None, 0.0, None, None, None, terminal=terminal)  # type: ignore[arg-type]
    try:
        plan = make_plan(e, limits=within)
    except Contradiction:
        return
    again = replan(plan, Happened(YEAR + over))
    if _minima(again.plan) == pytest.approx(_minima(plan), abs=1e-6):
        assert again.changed == ()
    else:
        assert (over, _minima(again.plan) > _minima(plan)) == (1, True), "a hard year is over"
    assert again.reached == pytest.approx(again.best, rel=2e-6, abs=1e-6)


def _minima(plan: Plan) -> list[float]:
    """What each round raised the minima of the worst-off to, before any later round."""
    return [float(proof.certificate["objective"]) for proof in plan.proofs if proof.stage.startswith("minima")]


@pytest.mark.parametrize("through", [YEAR, YEAR + 1, YEAR + 2])
def test_without_news_not_one_order_changes(plan: Plan, through: int) -> None:
    again = replan(plan, Happened(through))
    assert again.changed == ()
    assert again.kept == pytest.approx(again.best)
    assert again.orders == 20 * (YEAR + 3 - through)
    assert again.plan.certified
    for name in ("activity", "deliveries"):
        assert again.plan[name]["quantity"].to_numpy() == pytest.approx(plan[name]["quantity"].to_numpy(), abs=1e-5)


def test_small_news_changes_few_orders(plan: Plan) -> None:
    """Half an hour less a year: of the cheapest good half is given up, by one run and one delivery a year."""
    again = replan(plan, Happened(YEAR + 1, changes=(SupplyChange("P", "labour", 9.5),)))
    assert {(c.table, c.label, c.period) for c in again.changed} <= {
        (table, (good,), year)
        for table in ("activity", "deliveries")
        for good in ("g0", "g1", "g2", "g3")
        for year in (YEAR + 2, YEAR + 3)
    }
    assert again.kept is None  # hours do not allow all orders
    assert again.given_up <= 2e-6
    assert again.reached >= again.best * (1 - 2e-6)


def test_the_goal_stays_within_the_tolerance_and_fewer_orders_change(plan: Plan) -> None:
    happened = Happened(YEAR + 1, changes=(SupplyChange("P", "labour", 9.5),))
    table = stability(plan, happened, (0.0, 0.02, 0.2))
    assert (table["given_up"] <= table["tolerance"] + 2e-6).all()
    assert table["changed"].is_monotonic_decreasing
    # One good is cut by half a year in each of two years, by run and delivery.
    assert table["changed"].iloc[-1] == 4


def test_more_room_need_not_change_anything_if_a_little_may_be_given_up(plan: Plan) -> None:
    """A little more is asked for: keeping all orders gives up just that."""
    happened = Happened(YEAR + 1, changes=(NeedChange("g9", target=1.01),))
    best = replan(plan, happened)
    kept = replan(plan, happened, tolerance=0.01)
    assert best.kept is not None
    assert kept.changed == ()
    assert 0 < kept.given_up <= 0.01
    assert "Keeping every order would give up" in kept.words()


def test_what_is_over_stands_as_it_was(plan: Plan) -> None:
    """Less was made in the first year than planned, and nothing is left in store; the rest goes on as before."""
    happened = Happened(YEAR + 1, facts=(Fact("activity", {"process": "g3"}, YEAR + 1, 0.4),))
    again = replan(plan, happened)
    made = again.plan["activity"].set_index(["process", "period"])["quantity"]
    assert made["g3", YEAR + 1] == pytest.approx(0.4)
    assert again.changed == ()


def test_what_was_left_in_store_is_used_in_the_years_to_come(plan: Plan) -> None:
    """Half a unit of the storable good was left over: half a unit less need be made of it, or of something else."""
    happened = Happened(YEAR + 1, (Fact("carried", {"place": "P", "product": "g0"}, YEAR + 1, 0.5),))
    tight = Happened(YEAR + 1, happened.facts, (SupplyChange("P", "labour", 9.5),))
    without = replan(plan, Happened(YEAR + 1, changes=tight.changes))
    assert replan(plan, tight).best > without.best + 0.2


def test_rates_hold_from_what_was_really_done() -> None:
    """An activity that fell short may grow by a tenth a year from where it really was."""
    limits = Limits(3, activity_rate=0.1, terminal="free")
    plan = make_plan(town(), limits=limits)
    happened = Happened(YEAR + 1, (Fact("activity", {"process": "g9"}, YEAR + 1, 0.5),))
    again = replan(plan, happened)
    made = again.plan["activity"].set_index(["process", "period"])["quantity"]
    assert made["g9", YEAR + 2] <= 0.55 + 0.02 + 1e-6
    assert again.kept is None


def test_what_happened_survives_being_written_down() -> None:
    happened = Happened(
        YEAR + 1, (Fact("activity", {"process": "g3"}, YEAR + 1, 0.4),), (SupplyChange("P", "labour", 9.0),)
    )
    assert Happened.from_data(json.loads(json.dumps(happened.to_data()))) == happened


def test_all_that_does_not_fit_is_said_at_once(plan: Plan) -> None:
    facts = (
        Fact("activity", {"process": "none"}, YEAR + 1, 1.0),
        Fact("activity", {"product": "g1"}, YEAR + 1, 1.0),
        Fact("activity", {"process": "g1"}, YEAR + 2, 1.0),
    )
    with pytest.raises(BadInput) as caught:
        replan(plan, Happened(YEAR + 1, facts))
    assert [fault.code for fault in caught.value.faults] == ["fact-unknown", "fact-label", "fact-future"]
    with pytest.raises(BadInput, match="through"):
        replan(plan, Happened(YEAR + 3))
    with pytest.raises(BadInput, match="tolerance"):
        replan(plan, Happened(YEAR), tolerance=1.0)
    with pytest.raises(BadInput) as caught:
        Happened.from_data({"facts": [{"table": "activity"}, {"table": "x", "label": {}, "period": 1, "quantity": -1}]})
    assert [f.code for f in caught.value.faults] == ["through", "fact-fields", "fact-table", "fact-quantity"]


def test_a_stock_that_ages_by_vintage_is_corrected_by_what_was_put_in_place() -> None:
    e = economy(
        {"a": {"makes": {"a": 1.0}, "stocks": {"works": 1.0}, "base": 1.0}},
        {"a": {"target": 1.0}},
        stocks={"works": {"product": "a", "quantity": 2.0, "life": 9.0, "ageing": "vintage"}},
    )
    plan = make_plan(e, limits=LIMITS)
    with pytest.raises(BadInput, match="fact-vintage"):
        replan(plan, Happened(YEAR + 1, (Fact("capital", {"stock": "works"}, YEAR + 1, 1.0),)))
