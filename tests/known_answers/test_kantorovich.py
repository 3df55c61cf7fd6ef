"""L. V. Kantorovich (1939), *Mathematical Methods of Organizing and Planning Production*, section I, example 1.

English translation in *Management Science* 6 (1960) 366–422. Milling machines (3), turret lathes (3) and an automatic
lathe (1) make two parts of which a complete set has one each; parts a day: 10 or 20, 20 or 30, 30 or 80.
"""

import pytest

from newcourse.plan.explain import explain
from newcourse.plan.limits import Limits
from newcourse.plan.plan import Plan
from newcourse.plan.planner import make_plan
from tests.economy.small import economy

MACHINES = {"milling": 3.0, "turret": 3.0, "automatic": 1.0}
PARTS_A_DAY = {"milling": (10.0, 20.0), "turret": (20.0, 30.0), "automatic": (30.0, 80.0)}


@pytest.fixture(scope="module")
def plan() -> Plan:
    processes = {
        f"{machine} makes {part}": {"makes": {part: daily}, "factors": {machine: 1.0}}
        for machine, rates in PARTS_A_DAY.items()
        for part, daily in zip(("first part", "second part"), rates, strict=True)
    }
    processes["assembly"] = {"makes": {"set": 1.0}, "takes": {"first part": 1.0, "second part": 1.0}}
    sets = {"sets": {"product": "set", "target": 300.0}}
    return make_plan(economy(processes, sets, supply=MACHINES), limits=Limits(activity_rate=None))


def test_86_and_two_thirds_complete_sets(plan: Plan) -> None:
    assert plan["deliveries"]["quantity"].item() == pytest.approx(86 + 2 / 3)


def test_each_machine_does_what_it_does_comparatively_best(plan: Plan) -> None:
    days = plan["activity"].set_index("process")["quantity"]
    assert days["turret makes first part"] == pytest.approx(3.0)
    assert days["automatic makes second part"] == pytest.approx(1.0)
    assert days["milling makes first part"] == pytest.approx(2 + 2 / 3)
    assert days["milling makes second part"] == pytest.approx(1 / 3, rel=1e-5)


def test_the_resolving_multipliers_price_the_parts_as_two_to_one(plan: Plan) -> None:
    """Milling machines make both parts, so their 10 of the first are worth their 20 of the second."""
    worth = plan["valuations"].set_index("product")["valuation"]
    assert worth["first part"] == pytest.approx(2 * worth["second part"])
    assert worth["first part"] + worth["second part"] == pytest.approx(worth["set"])


def test_the_shortfall_is_explained_by_the_machines_alone(plan: Plan) -> None:
    (shortfall,) = explain(plan, reliefs=0).shortfalls
    assert {taken.what for taken in shortfall.takes} == {
        f"{machine} available in place P in 2001" for machine in MACHINES
    }
    assert sum(taken.worth for taken in shortfall.takes) == pytest.approx(shortfall.cost)
