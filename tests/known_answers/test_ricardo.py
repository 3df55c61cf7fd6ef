"""D. Ricardo (1817), *On the Principles of Political Economy and Taxation*, ch. 7: cloth and wine.

A year's cloth takes England the labour of 100 men, its wine that of 120; Portugal 90 and 80. Each has the labour for
one of each. Portugal is better at both; yet both gain when each makes what it is comparatively best at.
"""

import pytest

from newcourse.economy.economy import Economy
from newcourse.plan.goal import Goal
from newcourse.plan.limits import Limits
from newcourse.plan.plan import Plan
from newcourse.plan.planner import make_plan
from tests.economy.small import economy

MEN = {"England": {"cloth": 100.0, "wine": 120.0}, "Portugal": {"cloth": 90.0, "wine": 80.0}}
FREE = Limits(activity_rate=None, route_share_rate=None)


def world(trade: bool) -> Economy:
    routes = [
        {"product": good, "origin": origin, "destination": destination}
        for good in ("cloth", "wine")
        for origin, destination in (("England", "Portugal"), ("Portugal", "England"))
    ]
    return economy(
        {
            f"{good} of {country}": {"place": country, "makes": {good: 1.0}, "factors": {"men": men}, "base": 1.0}
            for country, takes in MEN.items()
            for good, men in takes.items()
        },
        {
            f"{good} for {country}": {"place": country, "product": good, "target": 2.0}
            for country in MEN
            for good in ("cloth", "wine")
        },
        places={"world": "", **dict.fromkeys(MEN, "world")},
        supply={(country, "men"): sum(takes.values()) for country, takes in MEN.items()},
        routes=routes if trade else (),
    )


@pytest.fixture(scope="module")
def plan() -> Plan:
    return make_plan(world(trade=True), Goal(), FREE)


def test_each_country_makes_what_it_is_comparatively_best_at(plan: Plan) -> None:
    made = plan["activity"].set_index("process")["quantity"]
    assert made["wine of England"] == pytest.approx(0.0, abs=1e-6)
    assert made["cloth of Portugal"] == pytest.approx(0.0, abs=1e-6)
    assert made["cloth of England"] == pytest.approx(220 / 100)
    assert made["wine of Portugal"] == pytest.approx(170 / 80)


def test_both_goods_are_had_more_of_than_without_trade(plan: Plan) -> None:
    alone = make_plan(world(trade=False), Goal(), FREE)
    for good in ("cloth", "wine"):
        total = {
            name: p.fulfilment("product").set_index("product")["delivered"]
            for name, p in (("trade", plan), ("alone", alone))
        }
        assert total["trade"].sum() > total["alone"].sum() + 0.05
        assert total["trade"][good] >= 2.0 - 1e-6  # what both had together when each made one of each


def test_cloth_in_wine_is_valued_between_the_two_countries_own_ratios(plan: Plan) -> None:
    worth = plan["valuations"].set_index(["place", "product"])["valuation"]
    for country in MEN:
        ratio = worth[country, "cloth"] / worth[country, "wine"]
        assert 100 / 120 - 1e-9 <= ratio <= 90 / 80 + 1e-9


def test_without_trade_each_country_values_by_its_own_labour() -> None:
    worth = make_plan(world(trade=False), Goal(), FREE)["valuations"].set_index(["place", "product"])["valuation"]
    assert worth["England", "cloth"] / worth["England", "wine"] == pytest.approx(100 / 120)
    assert worth["Portugal", "cloth"] / worth["Portugal", "wine"] == pytest.approx(90 / 80)
