"""A plan and a market part brought to agree: the base year exactly, levers, refusals (design §6.2)."""

import numpy as np
import pandas as pd
import pytest

from newcourse.economy.economy import Economy
from newcourse.errors import BadInput, NewCourseError
from newcourse.plan.goal import Goal
from newcourse.plan.limits import Limits
from newcourse.plan.market.beside import Incomes, Served, market_beside
from newcourse.plan.market.equilibrium import find_equilibrium
from newcourse.plan.market.levers import Levers
from newcourse.plan.market.mixing import MixedPlan, mix_plan
from newcourse.plan.market.producers import Stated
from newcourse.plan.planner import make_plan
from tests.economy.small import economy

SERVED = Served(("food", "clothes"))
LIMITS = Limits(activity_rate=None, import_share_rate=None, export_rate=None)


def country(**sectors: str) -> Economy:
    """Private farms, a common mill and works; households buy bread and cloth, the plan delivers schools."""
    base = economy(
        {
            "farms": {"makes": {"bread": 1.0}, "takes": {"cloth": 0.1}, "factors": {"hours": 0.4}, "base": 100.0},
            "mill": {"makes": {"cloth": 1.0}, "takes": {"coal": 0.2}, "factors": {"hours": 0.5}, "base": 80.0},
            "pit": {"makes": {"coal": 1.0}, "factors": {"hours": 0.5}, "base": 20.0},
            "schools": {"makes": {"school": 1.0}, "takes": {"bread": 0.2}, "factors": {"hours": 1.0}, "base": 10.0},
        },
        {
            "b": {"product": "bread", "minimum": 0.0, "target": 90.0, "group": "food"},
            "c": {"product": "cloth", "minimum": 0.0, "target": 90.0, "group": "clothes"},
            "s": {"product": "school", "minimum": 0.0, "target": 10.0, "group": "care"},
        },
        supply={"hours": 100.0},
    )
    processes = base["processes"].copy()
    named = {"farms": "private", **sectors}
    processes["sector"] = [named.get(process, "planned") for process in processes["process"]]
    return base.replace(processes=processes)


@pytest.fixture(scope="module")
def base() -> MixedPlan:
    return mix_plan(country(), limits=LIMITS, served=SERVED)


def test_the_base_year_is_reproduced_and_agreed_at_once(base: MixedPlan) -> None:
    assert base.rounds == 1
    assert base.certified
    assert base.plan.activity_in(2001)[0] == pytest.approx(100.0)
    np.testing.assert_allclose(base.state.prices, 1.0, rtol=1e-9)
    assert "agree after 1 round" in base.words()


def test_balances_hold_product_by_product(base: MixedPlan) -> None:
    deliveries = base.plan["deliveries"].set_index("need")["quantity"]
    bought = {good["product"]: good["bought"] for good in base.goods()}
    assert bought["bread"] == pytest.approx(deliveries["b"], rel=1e-6)
    assert bought["cloth"] == pytest.approx(deliveries["c"], rel=1e-6)


def test_plan_and_market_answer_each_other() -> None:
    """Dearer credit: farms make less, so the plan has less bread and more hours for cloth; both agree on how much."""
    dear = mix_plan(country(), limits=LIMITS, served=SERVED, levers=Levers(credit={"private": 0.8}))
    assert dear.certified
    farms = float(dear.plan.activity_in(2001)[0])
    assert farms < 99.9
    assert farms == pytest.approx(dear.state.activity("farms"), rel=1e-4)
    assert dear.state.price("bread@P") > 1
    delivered = dear.plan["deliveries"].set_index("need")["quantity"]
    bought = {good["product"]: good["bought"] for good in dear.goods()}
    assert bought["bread"] == pytest.approx(delivered["b"], rel=1e-4)


def test_the_market_part_beside_a_plan_agrees_with_it() -> None:
    plan = make_plan(country(), limits=LIMITS)
    rich = Incomes("rich", 0.4, 0.2, Stated(-1.5, "assumed"))
    served = Served(
        ("food", "clothes"),
        (rich, Incomes("others", 0.6, 0.8, Stated(-4.0, "assumed"))),
        {"food": 0.6, "clothes": 1.4},
        {"farms": Stated(0.2, "assumed")},
    )
    found = find_equilibrium(market_beside(plan, served))
    delivered = plan["deliveries"].set_index("need")["quantity"]
    assert found.flows.bought[:, found.market.position["bread@P"]].sum() == pytest.approx(delivered["b"])
    assert found.market.producers[0].elasticity.value == 0.2  # type: ignore[union-attr]
    assert [household.name for household in found.market.households] == ["rich@P", "others@P"]


def test_only_the_three_words_are_sectors() -> None:
    with pytest.raises(BadInput, match="planned, co-operative, private") as caught:
        mix_plan(country(mill="kolkhoz", pit="trust"), limits=LIMITS, served=SERVED)
    assert len(caught.value.faults) == 2


def test_what_does_not_fit_is_refused() -> None:
    with pytest.raises(BadInput, match="periods-many"):
        mix_plan(country(), limits=Limits(periods=2), served=SERVED)
    with pytest.raises(BadInput, match="group-unknown"):
        mix_plan(country(), limits=LIMITS, served=Served(("gold",)))
    with pytest.raises(BadInput, match="incomes"):
        Served(("food",), (Incomes("all", 0.5, 1.0),))
    with pytest.raises(BadInput, match="own-income"):
        mix_plan(country(), limits=LIMITS, served=Served(("clothes",)))


def test_what_the_plan_cannot_go_with_is_refused_with_the_reason() -> None:
    """Schools are promised in full, yet the farms' answer takes the hours: the plan says what cannot hold."""
    tight = country()
    supply = pd.DataFrame({"place": ["P"], "factor": ["hours"], "quantity": [40.0]})
    with pytest.raises(NewCourseError) as caught:
        mix_plan(
            tight.replace(factor_supply=supply), Goal(), LIMITS, served=SERVED, levers=Levers(capacity={"farms": 2})
        )
    assert "farms at" in caught.value.faults[0].found
