"""Structured changes: what they do to an economy, what they cost, and what is refused."""

import dataclasses

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newcourse.economy.economy import Economy
from newcourse.errors import BadInput
from newcourse.plan.changes.cap import CapChange
from newcourse.plan.changes.change import Change
from newcourse.plan.changes.floor import FloorChange
from newcourse.plan.changes.free_time import FreeTimeChange
from newcourse.plan.changes.need import NeedChange
from newcourse.plan.changes.pace import PaceChange
from newcourse.plan.changes.project import ProjectChange
from newcourse.plan.changes.registry import CHANGES, apply_changes, change_from_data
from newcourse.plan.changes.supply import SupplyChange
from newcourse.plan.changes.technique import TechniqueChange
from newcourse.plan.changes.trade import TradeChange
from newcourse.plan.changes.weight import WeightChange
from newcourse.plan.cost import cost_changes
from newcourse.plan.cost_estimate import estimate
from newcourse.plan.goal import Goal, neutral_weights
from newcourse.plan.limits import Limits
from newcourse.plan.planner import make_plan
from tests.economy.small import economy
from tests.plan.strategies import FREE, economies

ONE_PERIOD = Limits(1, **FREE, terminal="free")  # type: ignore[arg-type]
OVEN = TechniqueChange(
    {"process": "oven", "name": "A better oven", "place": "P", "unit": "t"},
    {
        "outputs": ({"place": "P", "product": "bread", "quantity": 1.0},),
        "factor_use": ({"factor": "hours", "quantity": 1.0},),
    },
)
MILL = ProjectChange(
    {"project": "mill", "name": "A mill", "place": "P"},
    {
        "project_inputs": ({"year": 0, "place": "P", "product": "bread", "quantity": 3.0},),
        "project_factors": ({"year": 1, "place": "P", "factor": "hours", "quantity": 4.0},),
        "project_yields": ({"year": 2, "stock": "mill", "quantity": 5.0},),
    },
    ({"stock": "mill", "name": "Mill", "place": "P", "product": "bread", "quantity": 0.0},),
)
CHANGED: dict[str, tuple[Change, str]] = {
    "need": (
        NeedChange("bread", minimum=3.0, target=12.0),
        "need bread (place P): minimum from 2 to 3 t and target from 10 to 12 t",
    ),
    "floor": (FloorChange(0.5), "no need of any place below 50.0% of its target"),
    "supply": (SupplyChange("P", "hours", 18.0), "hours in place P: from 20 to 18 Mhour a year"),
    "cap": (CapChange("P", "CO2", 4.0), "CO2 in place P: from 5 to 4 kt a year"),
    "trade": (
        TradeChange("P", "bread", import_quota=1.0),
        "bread (place P): at most 1 t of imports a year (base year 3)",
    ),
    "technique": (OVEN, "new technique A better oven: makes 1 bread"),
    "pace": (PaceChange(0.2), "at least 20.0% of what is consumed and invested each year is invested"),
    "free-time": (
        FreeTimeChange("P", "hours", 0.1, 0.2),
        "free time of hours in place P: up to 2 Mhour a year (10.0%), with a weight of 20.0%",
    ),
    "project": (
        MILL,
        "project A mill: takes 3 t of bread and 4 Mhour of hours and yields from the year 2 after it is begun",
    ),
    "weight": (WeightChange("Food", 0.6), "weight of Food: 60.0% (its part of the value of all targets is 50.0%)"),
}


def bakery() -> Economy:
    return economy(
        {
            "bake": {"makes": {"bread": 1.0}, "factors": {"hours": 2.0}, "emits": {"CO2": 0.5}, "base": 4.0},
            "print": {"makes": {"book": 1.0}, "factors": {"hours": 2.0}},
        },
        {
            "bread": {"minimum": 2.0, "target": 10.0, "group": "Food"},
            "book": {"target": 10.0, "group": "Culture"},
        },
        supply={"hours": 20.0},
        caps={"CO2": 5.0},
        trade=[{"product": "bread", "imports": 3.0, "import_quota": 2.0}],
        accounts=[{}],
        stocks={"ovens": {"product": "bread", "quantity": 0.0}},
        final={"bread": 4.0},
    )


def test_every_kind_is_tried_here() -> None:
    assert set(CHANGED) == set(CHANGES)


@pytest.mark.parametrize("kind", CHANGED)
def test_words_and_plain_data(kind: str) -> None:
    change, words = CHANGED[kind]
    assert change.words(bakery()) == words
    back = change_from_data(change.to_data())
    assert back == change
    assert back.to_data() == change.to_data()


@pytest.mark.parametrize("kind", CHANGED)
def test_a_change_changes_what_it_says_and_leaves_the_rest(kind: str) -> None:
    base, goal = bakery(), Goal()
    changed, new_goal = apply_changes([CHANGED[kind][0]], base, goal)
    differing = {name for name in base.tables if not base[name].equals(changed[name])}
    expected: dict[str, set[str]] = {
        "need": {"needs"},
        "floor": {"needs"},
        "supply": {"factor_supply"},
        "cap": {"emission_caps"},
        "trade": {"trade"},
        "technique": {"processes", "outputs", "factor_use"},
        "weight": set(),
        "pace": set(),
        "free-time": {"products", "processes", "outputs", "factor_use", "needs"},
        "project": {"projects", "project_inputs", "project_factors", "project_yields", "stocks"},
    }
    assert differing == expected[kind]
    assert (new_goal != goal) is (kind in {"weight", "pace", "free-time"})


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (NeedChange("cake", target=1.0), "change-unknown"),
        (NeedChange("bread", minimum=11.0), "need-tiers"),
        (SupplyChange("P", "land", 1.0), "change-unknown"),
        (CapChange("Q", "CO2", 1.0), "change-unknown"),
        (TradeChange("P", "book", import_quota=1.0), "change-unknown"),
        (WeightChange("Drink", 0.5), "group-unknown"),
        (dataclasses.replace(OVEN, process={**OVEN.process, "process": "bake"}), "label-duplicate"),
        (dataclasses.replace(OVEN, process={**OVEN.process, "place": "Q"}), "label-unknown"),
    ],
)
def test_a_change_that_does_not_fit_is_refused(change: Change, code: str) -> None:
    with pytest.raises(BadInput) as caught:
        apply_changes([change], bakery(), Goal())
    assert code in {fault.code for fault in caught.value.faults}


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ({"kind": "wish"}, "change-kind"),
        ({"kind": "need"}, "change-fields"),
        ({"kind": "need", "need": "bread", "target": -1.0}, "change-field"),
        ({"kind": "supply", "place": "P", "factor": "hours", "quantity": "many"}, "change-field"),
        ({"kind": "supply", "place": "P", "factor": "hours", "quantity": float("nan")}, "change-field"),
        ({"kind": "weight", "group": "Food", "weight": 1.0}, "weight-value"),
        ({"kind": "floor", "part": 1.5}, "floor-value"),
        ({"kind": "technique", "process": {"process": "x"}, "uses": {"inputs": []}}, "technique-form"),
    ],
)
def test_data_that_is_no_change_is_refused(data: dict[str, object], code: str) -> None:
    with pytest.raises(BadInput, match=code):
        change_from_data(data)


def test_a_technique_cannot_pretend_to_be_in_use_nor_add_to_another_process() -> None:
    with pytest.raises(BadInput, match="technique-base"):
        dataclasses.replace(OVEN, process={**OVEN.process, "base": 1e6})
    sly = dataclasses.replace(
        OVEN, uses={"outputs": ({"process": "bake", "place": "P", "product": "book", "quantity": 1.0},)}
    )
    changed, _ = apply_changes([sly], bakery(), Goal())
    assert changed["outputs"].query("process == 'bake'").equals(bakery()["outputs"].query("process == 'bake'"))


def test_the_only_group_keeps_its_weight() -> None:
    one = economy({"bake": {"makes": {"bread": 1.0}}}, {"bread": {"target": 1.0, "group": "Food"}})
    with pytest.raises(BadInput, match="weight-alone"):
        apply_changes([WeightChange("Food", 0.5)], one, Goal())


def test_other_weights_keep_their_proportions() -> None:
    e = bakery()
    _, goal = apply_changes([WeightChange("Food", 0.8)], e, Goal())
    assert goal.weights == pytest.approx({"Food": 0.8, "Culture": 0.2})
    assert neutral_weights(e) == pytest.approx({"Food": 0.5, "Culture": 0.5})


def test_a_costing_says_who_gains_and_who_gives() -> None:
    """Two hours less are a unit less of what is worth least; beside what is made, two units of bread are bought."""
    plan = make_plan(bakery(), limits=Limits(activity_rate=None, import_share_rate=None, export_rate=None))
    costing = cost_changes(plan, [SupplyChange("P", "hours", 18.0)])
    used = next(d for d in costing.totals if d.what == "hours")
    assert (used.before, used.after) == pytest.approx((20.0, 18.0), rel=1e-6)
    assert sum(d.difference for d in costing.groups) == pytest.approx(-1.0, rel=1e-5)
    assert costing.satisfaction <= (estimate(plan, [SupplyChange("P", "hours", 18.0)]).gain or 0.0) + 1e-6
    assert "hours in place P: from 20 to 18 Mhour a year." in costing.words()


@pytest.mark.slow
@settings(max_examples=10)
@given(economies(minima=False), st.sampled_from(["A", "B"]), st.integers(0, 60))
def test_the_estimate_is_never_below_what_it_turns_out_to_be(e: Economy, place: str, hours: int) -> None:
    """The goal is concave in supplies, so valuations overstate gains and understate losses."""
    change = SupplyChange(place, "labour", float(hours))
    plan = make_plan(e, limits=ONE_PERIOD)
    gain = cost_changes(plan, [change]).satisfaction
    old = e["factor_supply"].set_index("place").loc[place, "quantity"]
    # Where the supply has no valuation it is not reached; giving up more of it than is spare may cost something.
    assert gain <= (estimate(plan, [change]).gain or 0.0) + 1e-5 * abs(plan.reached) + 1e-6, old


def test_a_proposed_project_is_there_for_the_plan_to_take_up_or_leave() -> None:
    changed, _ = MILL.apply(bakery(), Goal())
    assert changed["projects"]["project"].tolist() == ["mill"]
    assert changed["project_yields"]["quantity"].tolist() == [5.0]
    plan = make_plan(changed, limits=Limits(3, **FREE, terminal="free"))  # type: ignore[arg-type]
    assert plan["projects"]["quantity"].sum() == pytest.approx(0.0), "nothing uses the mill"


def test_a_project_without_yields_is_refused() -> None:
    with pytest.raises(BadInput, match="project"):
        ProjectChange({"project": "mill"})
