"""How far a valuation holds: the plan is made again at the ends and beyond."""

from functools import cache

import pytest

from newcourse.errors import NotCertified
from newcourse.plan.changes.cap import CapChange
from newcourse.plan.changes.need import NeedChange
from newcourse.plan.changes.supply import SupplyChange
from newcourse.plan.changes.technique import TechniqueChange
from newcourse.plan.changes.weight import WeightChange
from newcourse.plan.cost import cost_changes, satisfaction
from newcourse.plan.cost_estimate import estimate
from newcourse.plan.explain import explain
from newcourse.plan.goal import Goal
from newcourse.plan.limits import Limits
from newcourse.plan.plan import Plan
from newcourse.plan.planner import make_plan
from newcourse.plan.ranges import Valued, limit_ranges, ranges_if_certified, valued
from tests.economy.small import economy

FREE = Limits(activity_rate=None)


@cache
def two_needs() -> Plan:
    """Bread and coats of 65 hours: the next hour is worth 10.

    Worth of an hour: coats 31.5, 21, 10.5 for ten hours each, bread 15, 10, 5 for twenty each; the second step of bread
    is served from 50 to 70 hours.
    """
    made = economy(
        {
            "bake": {"makes": {"bread": 1.0}, "factors": {"hours": 2.0}, "emits": {"smoke": 1.0}},
            "sew": {"makes": {"coat": 1.0}, "factors": {"hours": 1.0}},
        },
        {
            "bread": {"target": 30.0, "group": "Food"},
            "coat": {"target": 30.0, "group": "Wear"},
        },
        products={"bread": {"price": 20.0}, "coat": {"price": 21.0}},
        supply={"hours": 65.0},
        caps={"smoke": 90.0},
    )
    return make_plan(made, Goal(), FREE)


def hours(plan: Plan, quantity: float) -> float:
    """Return what the goal reaches with another supply of hours."""
    return cost_changes(plan, [SupplyChange("P", "hours", quantity)]).satisfaction


@pytest.mark.slow
def test_the_valuation_holds_to_its_ends_and_not_beyond() -> None:
    plan = two_needs()
    (limit,) = limit_ranges(plan)
    assert (limit.kind, limit.unit) == ("factors", "Mhour")
    assert (limit.less, limit.more) == pytest.approx((15.0, 5.0))
    for change in (-limit.less, limit.more):
        assert hours(plan, 65.0 + change) == pytest.approx(limit.valuation * change, rel=1e-5)
    assert hours(plan, 65.0 + limit.more + 5.0) < limit.valuation * (limit.more + 5.0) * 0.99
    assert hours(plan, 65.0 - limit.less - 5.0) < -limit.valuation * (limit.less + 5.0) * 1.01
    assert "this holds for up to 5 Mhour more and up to 15 Mhour less" in limit.words()


def test_where_two_limits_meet_the_true_end_is_found() -> None:
    """Hours and smoke end together: fewer hours are worth what they are for long, more bring nothing."""
    made = economy(
        {"bake": {"makes": {"bread": 1.0}, "factors": {"hours": 2.0}, "emits": {"smoke": 1.0}}},
        {"bread": {"target": 60.0}},
        supply={"hours": 30.0},
        caps={"smoke": 15.0},
    )
    known = valued(make_plan(made, limits=FREE))
    (limit,) = limit_ranges(known, exact=5)
    assert limit.more == pytest.approx(0.0, abs=1e-6)
    assert limit.less > 0
    size = {"factors": 30.0, "emissions": 15.0}[limit.kind]
    assert limit.less == pytest.approx(size, rel=1e-4)


def test_explanations_carry_the_ranges() -> None:
    found = explain(two_needs(), reliefs=0).bottlenecks
    assert [(b.less, b.more) for b in found] == [pytest.approx((15.0, 5.0))]
    assert all("this holds" in b.words() for b in found)


def test_without_a_corner_nothing_is_said() -> None:
    known = valued(two_needs())
    bare = Valued(known.model, tuple(known.stages))
    object.__setattr__(bare.needs, "basis", None)
    with pytest.raises(NotCertified):
        limit_ranges(bare)
    assert ranges_if_certified(bare) == (None,)


def test_the_estimate_says_up_to_which_part_it_is_exact() -> None:
    plan = two_needs()
    found = estimate(plan, [SupplyChange("P", "hours", 85.0)])
    assert found.holds == pytest.approx(0.25)
    exact = hours(plan, 85.0)
    assert found.gain is not None
    assert found.gain > exact
    assert "exact up to 25.0% of the change" in found.words()
    small = estimate(plan, [SupplyChange("P", "hours", 67.0)])
    assert small.gain == pytest.approx(hours(plan, 67.0), rel=1e-5)
    assert small.holds == 1.0
    loose = estimate(plan, [CapChange("P", "smoke", 80.0)])
    assert (loose.gain, loose.holds) == (0.0, 1.0)
    assert "brings nothing" in loose.words()


@pytest.mark.slow
def test_a_new_technique_is_priced_at_the_valuations() -> None:
    plan = two_needs()
    limits = Limits(activity_rate=0.5, uptake=0.5)
    based = plan.economy.replace(processes=plan.economy["processes"].assign(base=20.0))
    known = valued(make_plan(based, plan.goal, limits))
    found = {}
    for use in (1.0, 3.0):
        uses = {
            "outputs": ({"place": "P", "product": "bread", "quantity": 1.0},),
            "factor_use": ({"factor": "hours", "quantity": use},),
        }
        change = TechniqueChange({"process": "new", "name": "new", "place": "P", "unit": "t"}, uses)
        found[use] = estimate(known, [change])
        again = cost_changes(make_plan(based, plan.goal, limits), [change])
        assert found[use].gain is not None
        assert (found[use].gain or 0.0) >= again.satisfaction - 1e-4
        assert found[use].holds is None
    assert found[3.0].gain == 0.0
    assert (found[1.0].gain or 0.0) > 0


def test_asking_for_something_else_brings_nothing_by_the_goal_as_it_is() -> None:
    plan = two_needs()
    changes = [NeedChange("bread", target=40.0), WeightChange("Food", 0.8)]
    found = estimate(plan, changes)
    assert (found.gain, found.only_asks) == (0.0, True)
    costing = cost_changes(plan, changes)
    assert not costing.same_goal
    assert costing.satisfaction <= 1e-6
    assert "Judged by the weights and targets without the change" in costing.words()
    assert cost_changes(plan, [SupplyChange("P", "hours", 66.0)]).same_goal


def test_satisfaction_is_what_the_plan_was_made_for() -> None:
    plan = two_needs()
    reached = plan.reached
    assert satisfaction(plan, plan.economy, plan.goal) == pytest.approx(reached, rel=1e-6)
