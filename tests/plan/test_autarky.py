"""Autarky against trade: what can be done without trade can be done with it, and what cannot is told."""

from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from newcourse.economy.economy import Economy
from newcourse.errors import BadInput
from newcourse.plan.autarky import autarky
from newcourse.plan.goal import Goal
from newcourse.plan.limits import Limits
from newcourse.plan.plan import Plan
from newcourse.plan.planner import make_plan
from tests.economy.small import economy

FREE = Limits(activity_rate=None, import_share_rate=None, route_share_rate=None, export_rate=None)
FEW = settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck))


def mill(
    *, steel: float = 8.0, price: float = 2.0, hours: float = 100.0, minimum: float = 0.0, credit: float = 0.0
) -> Economy:
    """Bread is made at home; steel dear at home or cheap abroad, tea only abroad; bread pays for both."""
    return economy(
        {
            "bake": {"makes": {"bread": 1.0}, "factors": {"hours": 1.0}, "base": 50.0},
            "melt": {"makes": {"steel": 1.0}, "factors": {"hours": steel}, "base": 1.0},
        },
        {
            "bread": {"target": 40.0, "group": "food"},
            "steel": {"target": 10.0, "group": "works"},
            "tea": {"target": 10.0, "minimum": minimum, "group": "food"},
        },
        products={"steel": {"price": 4.0}},
        supply={"hours": hours},
        trade=[
            {"product": "bread", "import_quota": 0.0, "exports": 5.0},
            {"product": "steel", "import_price": price, "export_quota": 0.0, "imports": 2.0},
            {"product": "tea", "export_quota": 0.0, "imports": 1.0},
        ],
        accounts=[{"reserves": 0.0, "credit": credit}],
    )


@cache
def plan() -> Plan:
    return make_plan(mill(), Goal(), FREE)


def test_what_is_lost_in_numbers() -> None:
    found = autarky(plan(), steps=(0.5, 0.0))
    path = found.path()
    assert path["openness"].tolist() == [1.0, 0.5, 0.0]
    assert path["met"].is_monotonic_decreasing
    assert found.open.certified
    assert found.closed.certified
    assert found.closed["imports"]["quantity"].max() == pytest.approx(0.0, abs=1e-9)
    assert found.steps[0].met == pytest.approx(40 + 4 * 10 + 10, rel=1e-5)  # 40 hours, 20 for the steel, 10 for the tea
    assert found.steps[-1].met == pytest.approx(40 + 4 * 60 / 8, rel=1e-5)  # 60 hours are left for steel at home
    assert found.lost == pytest.approx(1 - 70 / 90, rel=1e-4)
    assert {d.what: d.difference for d in found.costing.groups} == pytest.approx(
        {"food": -10.0, "works": -10.0}, abs=1e-3
    )


def test_the_same_needs_take_more_hours_without_trade() -> None:
    (same,) = autarky(plan()).same_needs
    assert same.without == pytest.approx(40 + 60, rel=1e-5)
    assert same.with_trade == pytest.approx(40 + 7.5 * 2, rel=1e-5)  # 7.5 of steel for 15 of bread
    assert same.more == pytest.approx(100 / 55 - 1, rel=1e-4)


def test_minima_that_cannot_be_met_are_told() -> None:
    found = autarky(make_plan(mill(minimum=5.0), Goal(), FREE))
    (missed,) = found.steps[-1].missed
    assert (missed.need, missed.delivered, missed.minimum) == ("tea", pytest.approx(0.0, abs=1e-6), 5.0)
    assert found.steps[-1].worst == pytest.approx(0.0, abs=1e-6)
    assert "One minimum cannot be met: need tea (place P) in 2001: 0% of the minimum." in found.words()
    assert found.as_data()["missed_minima"][0]["need"] == "tea"


def test_guarantees_that_cannot_hold_are_told_and_set_aside() -> None:
    found = autarky(make_plan(mill(minimum=5.0), Goal(guaranteed=frozenset({"tea"})), FREE))
    last = found.steps[-1]
    assert last.broken
    assert "guaranteed" in last.missed[0].words()
    assert not last.plan.goal.guaranteed


def test_paces_and_an_owed_surplus_are_set_aside_and_told() -> None:
    slow = make_plan(mill(credit=-0.5), Goal(), Limits())
    found = autarky(slow)
    assert len(found.set_aside) == 5
    assert "the surplus of trade to be earned by place P" in found.words()
    assert found.open.limits.activity_rate is None
    assert found.open.economy["accounts"]["credit"].tolist() == [0.0]


@FEW
@given(
    st.integers(1, 12).map(float),
    st.integers(1, 6).map(float),
    st.integers(20, 150).map(float),
    st.sampled_from([0.25, 0.5, 0.75]),
)
def test_closing_further_never_serves_the_goal_better(steel: float, price: float, hours: float, half: float) -> None:
    made = make_plan(mill(steel=steel, price=price, hours=hours), Goal(), FREE)
    found = autarky(made, steps=(half, 0.0))
    goals = [step.plan.reached for step in found.steps]
    assert goals[0] >= goals[1] * (1 - 1e-6) >= goals[2] * (1 - 2e-6)
    for same in found.same_needs:
        assert same.with_trade <= same.without * (1 + 1e-6)


def test_an_economy_that_does_not_trade_and_wrong_steps_are_refused() -> None:
    alone = economy(
        {"bake": {"makes": {"bread": 1.0}, "factors": {"hours": 1.0}}},
        {"bread": {"target": 5.0}},
        supply={"hours": 3.0},
    )
    with pytest.raises(BadInput) as caught:
        autarky(make_plan(alone, Goal(), FREE), steps=(0.2, 0.5))
    assert [fault.code for fault in caught.value.faults] == ["trade-none", "steps"]
    with pytest.raises(BadInput):
        autarky(plan(), steps=())
