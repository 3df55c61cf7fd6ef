"""Open plans: common as long as nobody can tell, minima of the worst future first, consistent after an observation."""

import numpy as np
import pytest

from newcourse.economy.economy import Economy
from newcourse.errors import BadInput, Contradiction
from newcourse.plan.changes.need import NeedChange
from newcourse.plan.changes.supply import SupplyChange
from newcourse.plan.changes.technique import TechniqueChange
from newcourse.plan.futures.differing import Scaling
from newcourse.plan.futures.model import build_open_model
from newcourse.plan.futures.observing import observe
from newcourse.plan.futures.open_plan import OpenPlan, make_open_plan
from newcourse.plan.futures.telling import common_decisions, different_decisions
from newcourse.plan.futures.tree import Node, Tree
from newcourse.plan.futures.worth import weigh_open_plan
from newcourse.plan.goal import Goal
from newcourse.plan.limits import Limits
from newcourse.plan.planner import make_plan
from tests.economy.small import economy

FREE = Limits(2, activity_rate=None, terminal="free")


def granary() -> Economy:
    """Grain is grown with land and can be stored; tools are made of the same hours and cannot."""
    return economy(
        {
            "grow": {"makes": {"grain": 1.0}, "factors": {"hours": 1.0}, "base": 50.0},
            "forge": {"makes": {"tools": 1.0}, "factors": {"hours": 1.0}, "base": 50.0},
        },
        {
            "grain": {"minimum": 40.0, "target": 60.0, "group": "food"},
            "tools": {"minimum": 0.0, "target": 60.0, "group": "tools"},
        },
        products={"grain": {"storable": True}},
        supply={"hours": 100.0},
    )


def weather(bad: float = 0.5, weight: float = 0.5, **extra: object) -> Tree:
    less = Scaling("outputs", "quantity", bad, {"process": "grow"})
    return Tree(
        "Weather",
        (
            Node("now"),
            Node("good", parent="now", period=2, weight=1 - weight),
            Node("bad", parent="now", period=2, weight=weight, changes=(less,), **extra),  # type: ignore[arg-type]
        ),
    )


@pytest.fixture(scope="module")
def plan() -> OpenPlan:
    return make_open_plan(granary(), limits=FREE, tree=weather())


def test_the_first_period_is_common_to_the_last_digit(plan: OpenPlan) -> None:
    good, bad = plan.plans.values()
    for table in ("activity", "carried", "deliveries"):
        one, other = (each[table].query("period == 2001")["quantity"].to_numpy() for each in (good, bad))
        assert (one == other).all()
    assert plan.common_periods == 1
    decided = plan.decisions()
    assert (decided.loc[decided["common"], "good"] == decided.loc[decided["common"], "bad"]).all()
    assert plan.certified


def test_each_future_is_met_within_its_own_limits(plan: OpenPlan) -> None:
    """In the bad year half the grain comes out: balance checked by hand."""
    bad = plan.plans["bad"]
    act = bad["activity"].set_index(["process", "period"])["quantity"]
    got = bad["deliveries"].set_index(["need", "period"])["quantity"]
    kept = bad["carried"].set_index(["product", "period"])["quantity"]
    assert got["grain", 2002] <= 0.5 * act["grow", 2002] + kept["grain", 2001] + 1e-6
    assert act["grow", 2002] + act["forge", 2002] <= 100 + 1e-6
    assert plan.fulfilment()["fulfilment"].between(0, 1 + 1e-9).all()
    bands = plan.bands()
    assert (bands["least"] <= bands["expected"] + 1e-12).all()
    assert (bands["expected"] <= bands["largest"] + 1e-12).all()


def test_the_worst_future_comes_first_however_unlikely() -> None:
    """Where the bad year brings next to nothing, the minimum in it is laid by in the good year before."""
    unlikely = make_open_plan(granary(), limits=FREE, tree=weather(bad=1e-6, weight=0.01))
    for each in unlikely.plans.values():
        got = each["deliveries"].set_index(["need", "period"])["quantity"]
        assert got["grain", 2001] >= 40 - 1e-4
        assert got["grain", 2002] >= 40 - 1e-4
    kept = unlikely.plans["good"]["carried"].query("product == 'grain' and period == 2001")["quantity"].iloc[0]
    assert kept >= 40 - 1e-4


def test_one_future_is_the_plan_itself() -> None:
    alone = make_open_plan(granary(), limits=FREE, tree=Tree("no doubt", (Node("now"),)))
    usual = make_plan(granary(), limits=FREE)
    assert alone.plans["now"].fulfilment().equals(usual.fulfilment()) or np.allclose(
        alone.plans["now"].fulfilment()["delivered"].sum(), usual.fulfilment()["delivered"].sum()
    )
    objectives = [{p.stage: p.certificate["objective"] for p in each.proofs} for each in (alone, usual)]
    for stage in ("needs", "effort", "least change"):
        assert objectives[0][stage] == pytest.approx(objectives[1][stage], rel=1e-6)


def test_after_an_observation_the_plan_is_consistent(plan: OpenPlan) -> None:
    """Bellman: what was best before is best after, from the state it led to."""
    problem, _ = plan.needs_problem()
    for s, name in enumerate(plan.plans):
        after = observe(plan, name)
        promised = float(problem.scenarios[s].problem.cost @ plan.primal(s))
        _, again = after.needs_problem()
        assert again.value == pytest.approx(promised, rel=1e-6)
        before = plan.plans[name]["activity"].query("period == 2001")["quantity"]
        kept = after.plans[name]["activity"].query("period == 2001")["quantity"]
        assert np.allclose(before, kept, rtol=1e-6, atol=1e-6)
        assert set(after.plans) == {name}
    with pytest.raises(BadInput):
        observe(plan, "now")


def test_valuations_are_given_that_the_future_comes(plan: OpenPlan) -> None:
    worth = {
        name: each["valuations"].query("product == 'grain' and period == 2002")["valuation"].iloc[0]
        for name, each in plan.plans.items()
    }
    assert worth["bad"] >= worth["good"] - 1e-9


def test_what_is_told(plan: OpenPlan) -> None:
    worth = weigh_open_plan(plan)
    assert worth.values.perfect_information >= -1e-6
    assert worth.values.hearing_sooner == pytest.approx(worth.values.perfect_information, abs=1e-6)
    assert any("to know now what comes" in words for words in worth.sentences())
    assert set(common_decisions(plan, None)["what"]) <= {"grow", "forge"}
    assert set(different_decisions(plan, None)["what"]) <= {"grow", "forge"}
    assert worth.to_data()["values"]["together"] == pytest.approx(worth.values.together)


def test_a_technique_that_only_one_future_has() -> None:
    """Mills come in one future: they are never run in the other, nor before they are known."""
    mill = TechniqueChange(
        {"process": "mill", "name": "mill", "place": "P", "unit": "t"},
        {
            "outputs": ({"place": "P", "product": "grain", "quantity": 2.0},),
            "factor_use": ({"factor": "hours", "quantity": 1.0},),
        },
    )
    tree = Tree("Mills", (Node("now"), Node("none", parent="now", period=2, weight=0.5),
                          Node("mills", parent="now", period=2, weight=0.5, changes=(mill,))))  # fmt: skip
    quick = Limits(2, activity_rate=None, uptake=1.0, terminal="free")
    made = make_open_plan(granary(), limits=quick, tree=tree)
    runs = {n: each["activity"].query("process == 'mill'")["quantity"].tolist() for n, each in made.plans.items()}
    assert runs["none"] == [0.0, 0.0]
    assert runs["mills"][0] == 0.0
    assert runs["mills"][1] > 1
    known = observe(made, "none")
    assert "mill" not in set(known.plans["none"]["activity"]["process"])


def test_needs_may_differ_by_future() -> None:
    more = (NeedChange("tools", target=80.0),)
    many = Node("many", parent="now", period=2, weight=0.5, changes=more)
    tree = Tree("Guests", (Node("now"), Node("few", parent="now", period=2, weight=0.5), many))
    made = make_open_plan(granary(), limits=FREE, tree=tree)
    asked = made.plans["many"]["deliveries"].query("need == 'tools'")["target"].tolist()
    assert asked == pytest.approx([60.0, 80.0])
    assert made.plans["few"]["deliveries"].query("need == 'tools'")["target"].tolist() == pytest.approx([60.0, 60.0])


def test_what_comes_suddenly_may_shrink_at_once() -> None:
    fewer = Node("bad", parent="now", period=2, weight=0.5, changes=(SupplyChange("P", "hours", 40.0),))
    nodes = (Node("now"), Node("good", parent="now", period=2, weight=0.5))
    slow = Limits(2, activity_rate=0.1, terminal="free")
    with pytest.raises(Contradiction) as raised:
        make_open_plan(granary(), limits=slow, tree=Tree("Flu", (*nodes, fewer)))
    assert raised.value.faults[0].where.startswith("bad: ")
    sudden = Node("bad", parent="now", period=2, weight=0.5, changes=fewer.changes, sudden=True)
    made = make_open_plan(granary(), limits=slow, tree=Tree("Flu", (*nodes, sudden)))
    used = made.plans["bad"]["activity"].query("period == 2002")["quantity"].sum()
    assert used <= 40 + 1e-6


def test_a_contradiction_that_only_common_decisions_make() -> None:
    """What would be kept up for one future is too much to wind down for the other in time."""
    up = Node("up", parent="now", period=2, weight=0.5, changes=(NeedChange("grain", minimum=66.0, target=70.0),))
    down = Node("down", parent="now", period=2, weight=0.5, changes=(SupplyChange("P", "hours", 92.0),))
    goal = Goal(guaranteed=frozenset({"grain"}))
    grow = granary().replace(products=granary()["products"].assign(storable=False))
    with pytest.raises(Contradiction) as raised:
        make_open_plan(
            grow,
            goal,
            Limits(2, activity_rate=0.1, uptake=0.0, terminal="free"),
            tree=Tree("x", (Node("now"), up, down)),
        )
    assert raised.value.faults


def test_a_tree_beyond_the_horizon_and_rows_that_differ() -> None:
    with pytest.raises(BadInput) as raised:
        build_open_model(granary(), Goal(), Limits(1), weather())
    assert {fault.code for fault in raised.value.faults} == {"tree-late"}
    more = Node("more", parent="now", period=2, changes=(NeedChange("tools", minimum=10.0),))
    with pytest.raises(BadInput) as raised:
        build_open_model(granary(), Goal(), FREE, Tree("x", (Node("now"), more)))
    assert {fault.code for fault in raised.value.faults} == {"tree-rows"}
