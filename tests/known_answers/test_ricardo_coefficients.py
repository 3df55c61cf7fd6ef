"""D. Ricardo (1817), *On the Principles of Political Economy and Taxation*, ch. 7: who should make cloth, who wine.

"England may be so circumstanced, that to produce the cloth may require the labour of 100 men for one year; and if she
attempted to make the wine, it might require the labour of 120 men": so she imports wine for the cloth of 100. Portugal
gives the wine of 80 men for cloth that would take 90 of hers. Both trade one cloth for one wine.
"""

import pytest

from newcourse.economy.economy import Economy
from newcourse.plan.autarky import autarky
from newcourse.plan.comparative import comparative_coefficients
from newcourse.plan.goal import Goal
from newcourse.plan.limits import Limits
from newcourse.plan.planner import make_plan
from newcourse.plan.trade.labour import labour_coefficients
from tests.economy.small import economy
from tests.known_answers.test_ricardo import MEN, world

FREE = Limits(activity_rate=None, import_share_rate=None, route_share_rate=None, export_rate=None)
SELLS = {"England": "cloth", "Portugal": "wine"}
BUYS = {"England": "wine", "Portugal": "cloth"}


def country(name: str, asked: float = 1.0) -> Economy:
    """One of the two, which may trade one cloth for one wine, and asks for as much of each."""
    return economy(
        {good: {"makes": {good: 1.0}, "factors": {"men": men}, "base": 1.0} for good, men in MEN[name].items()},
        {"cloth": {"target": asked}, "wine": {"target": asked}},
        supply={"men": sum(MEN[name].values())},
        trade=[
            {"product": good, "exports": 1.0 if good == SELLS[name] else 0.0, "imports": 0.0}
            for good in ("cloth", "wine")
        ],
        accounts=[{"reserves": 0.0}],
    )


@pytest.mark.parametrize("name", MEN)
def test_the_labour_of_what_is_bought_over_that_of_what_pays_for_it(name: str) -> None:
    found = {row.product: row.coefficient for row in labour_coefficients(country(name)).rows}
    bought, sold = MEN[name][BUYS[name]], MEN[name][SELLS[name]]
    assert found == pytest.approx({BUYS[name]: bought / sold, SELLS[name]: 1.0})  # 120/100, 90/80


@pytest.mark.parametrize("name", MEN)
def test_the_plan_buys_where_the_coefficient_is_above_one(name: str) -> None:
    found = comparative_coefficients(make_plan(country(name, 2.0), Goal(), FREE))
    assert [row.product for row in found.rows] == [BUYS[name], SELLS[name]]
    assert found.of(BUYS[name]).verdict == "buy"
    made, paid = (found.of(BUYS[name]).made, found.of(SELLS[name]).made)
    assert made is not None
    assert paid is not None
    assert [part.amount for part in made.parts] == pytest.approx([MEN[name][BUYS[name]]])
    assert [part.amount for part in paid.parts] == pytest.approx([MEN[name][SELLS[name]]])


@pytest.mark.parametrize(("name", "alone", "trading"), [("England", 220.0, 200.0), ("Portugal", 170.0, 160.0)])
def test_the_same_cloth_and_wine_take_fewer_men_with_trade(name: str, alone: float, trading: float) -> None:
    found = autarky(make_plan(country(name), Goal(), FREE))
    assert found.lost == pytest.approx(0.0, abs=1e-6)
    assert [(same.with_trade, same.without) for same in found.same_needs] == [pytest.approx((trading, alone), rel=1e-5)]


def test_in_a_world_of_both_each_makes_what_it_is_comparatively_best_at() -> None:
    found = comparative_coefficients(make_plan(world(trade=True), Goal(), FREE))
    for name in MEN:
        bought, made = found.of(BUYS[name], name), found.of(SELLS[name], name)
        assert (bought.verdict, made.verdict) == ("buy", "make")
        ratio = (bought.coefficient or 0.0) / (made.coefficient or 1.0)
        assert ratio == pytest.approx((120 / 100) * (90 / 80))  # what both countries' own ratios differ by


def test_each_country_for_itself_loses_what_both_gained() -> None:
    found = autarky(make_plan(world(trade=True), Goal(), FREE), between_places=True)
    with_trade, alone = (step.met for step in found.steps)
    assert with_trade == pytest.approx(220 / 100 + 170 / 80)  # all cloth in England, all wine in Portugal
    assert alone < with_trade
    assert found.lost == pytest.approx(1 - alone / with_trade)
    assert found.between_places
