"""What is refused before anything is solved, and goals and limits that do not fit."""

import pytest

from newcourse.economy.economy import Economy
from newcourse.errors import BadInput
from newcourse.plan.goal import Goal, neutral_weights, unit_worth
from newcourse.plan.limits import Limits
from newcourse.plan.model import build_model
from newcourse.plan.planner import make_plan
from tests.economy.small import Row, economy

BAKE: dict[str, Row] = {"bake": {"makes": {"bread": 1.0}}}
BREAD: dict[str, Row] = {"bread": {"target": 6.0}}
TWO = {"P": "", "Q": "P", "R": "P"}
ROUTE = {"product": "bread", "origin": "Q", "destination": "R"}

REFUSED: dict[str, tuple[Economy, str, str]] = {
    "nothing is asked for": (economy(BAKE), "needs-none", "economy small"),
    "no source": (economy(BAKE, {"cake": {"target": 1.0}}), "need-without-source", "need cake"),
    "no source at the place": (
        economy(BAKE, {"bread": {"place": "Q", "target": 1.0}}, places=TWO), "need-without-source", "at Q"
    ),
    "a factor without supply": (
        economy({"bake": {**BAKE["bake"], "factors": {"hours": 1.0}}}, BREAD), "factor-without-supply", "hours at P"
    ),
    "a supply elsewhere": (
        economy({"bake": {**BAKE["bake"], "factors": {"hours": 1.0}}}, BREAD, places=TWO, supply={("Q", "hours"): 1.0}),
        "factor-without-supply",
        "hours at P",
    ),
    "trade nobody pays for": (economy(BAKE, BREAD, trade=[{"product": "bread"}]), "account-missing", "place P"),
    "a route paid at one end": (
        economy(BAKE, BREAD, places=TWO, routes=[ROUTE], accounts=[{"place": "R"}]), "account-missing", "place Q"
    ),
    "goods that eat each other up": (
        economy({"grind": {"makes": {"flour": 1.0}, "takes": {"bread": 1.5}},
                 "bake": {"makes": {"bread": 1.0}, "takes": {"flour": 1.0}}}, BREAD),
        "techniques-unproductive", "bread at P, flour at P",
    ),
    "training for a skill that has no supply": (
        economy({"bake": BAKE["bake"], "school": {"makes": {"lesson": 1.0}}}, BREAD,
                more={"training": [{"process": "school", "place": "P", "factor": "smiths", "quantity": 1.0}],
                      "factors": [{"factor": "smiths", "name": "smiths", "unit": "Mhour"}]}),
        "training-without-supply", "training by school",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_refused(name: str) -> None:
    e, code, where = REFUSED[name]
    with pytest.raises(BadInput) as caught:
        build_model(e, Goal(), Limits())
    assert [fault.code for fault in caught.value.faults] == [code]
    assert where in caught.value.faults[0].where


def test_several_refusals_come_at_once() -> None:
    e = economy({"bake": {**BAKE["bake"], "factors": {"hours": 1.0}}}, {**BREAD, "cake": {"target": 1.0}})
    with pytest.raises(BadInput) as caught:
        build_model(e, Goal(), Limits())
    assert {fault.code for fault in caught.value.faults} == {"need-without-source", "factor-without-supply"}


def test_a_supply_above_is_enough_and_both_ends_with_accounts_too() -> None:
    e = economy(
        {"bake": {"place": "Q", "makes": {"bread": 1.0}, "factors": {"hours": 1.0}}},
        {"bread": {"place": "R", "target": 6.0}},
        places=TWO,
        supply={"hours": 3.0},
        routes=[ROUTE],
        accounts=[{"place": "P"}],
    )
    free = Limits(activity_rate=None, route_share_rate=None)
    assert make_plan(e, limits=free)["deliveries"]["quantity"].item() == pytest.approx(3.0)


@pytest.mark.parametrize(
    ("weights", "code"),
    [
        ({"a": 0.5}, "weights-sum"),
        ({"a": -0.1, "b": 1.1}, "weight-value"),
        ({"a": float("nan"), "b": 1.0}, "weight-value"),
    ],
)
def test_weights_that_are_no_shares(weights: dict[str, float], code: str) -> None:
    with pytest.raises(BadInput, match=code):
        Goal(weights)


def test_weights_must_be_of_the_groups_that_are_asked_for() -> None:
    e = economy(BAKE, {"bread": {"target": 6.0, "group": "Food"}})
    with pytest.raises(BadInput) as caught:
        make_plan(e, Goal({"Drink": 1.0}))
    assert [fault.code for fault in caught.value.faults] == ["group-unknown", "group-unweighted"]


def test_weights_weigh_fulfilment_not_money() -> None:
    """Food is nine tenths of the money asked for; with half of the weight each of its units counts five ninths."""
    e = economy(
        {"bake": {"makes": {"bread": 1.0}}, "print": {"makes": {"book": 1.0}}},
        {"bread": {"target": 90.0, "group": "Food"}, "book": {"target": 5.0, "group": "Culture"}},
        products={"book": {"price": 2.0}},
    )
    assert neutral_weights(e) == pytest.approx({"Food": 0.9, "Culture": 0.1})
    assert unit_worth(e, Goal()).tolist() == [1.0, 2.0]
    assert unit_worth(e, Goal({"Food": 0.5, "Culture": 0.5})) == pytest.approx([0.5 / 0.9, 2 * 0.5 / 0.1])


def test_a_group_without_weight_is_served_only_what_is_free() -> None:
    e = economy(
        {
            "bake": {"makes": {"bread": 1.0}, "factors": {"hours": 1.0}},
            "print": {"makes": {"book": 1.0}, "factors": {"hours": 1.0}},
        },
        {"bread": {"target": 9.0, "group": "Food"}, "book": {"target": 9.0, "group": "Culture"}},
        supply={"hours": 10.0},
    )
    free = Limits(activity_rate=None)
    delivered = make_plan(e, Goal({"Food": 1.0, "Culture": 0.0}), free)["deliveries"]["quantity"].tolist()
    assert delivered == pytest.approx([9.0, 0.0], abs=1e-4)


@pytest.mark.parametrize(
    "wrong",
    [{"periods": 0}, {"periods": 1.5}, {"activity_rate": -0.1}, {"uptake": float("nan")}, {"export_rate": -1.0}],
)
def test_limits_that_are_none(wrong: dict[str, float]) -> None:
    with pytest.raises(BadInput):
        Limits(**wrong)  # type: ignore[arg-type]


def test_goal_and_limits_come_back_from_plain_data() -> None:
    goal, limits = Goal({"a": 0.25, "b": 0.75}, frozenset({"n"})), Limits(3, None, 0.1)
    assert Goal.from_data(goal.to_data()) == goal
    assert Limits.from_data(limits.to_data()) == limits


def two_ways(hours: float, **more: Row) -> Economy:
    """Bread of flour, by hand or by machine; a machine takes less work, but more flour."""
    return economy(
        {
            "by hand": {"makes": {"bread": 1.0}, "takes": {"flour": 1.0}, "factors": {"hours": 3.0}},
            "by machine": {"makes": {"bread": 1.0}, "takes": {"flour": 1.5}, "factors": {"hours": 1.0}},
            "grind": {"makes": {"flour": 1.0}, "factors": {"hours": 1.0}},
            **more,
        },
        {"bread": {"minimum": 4.0, "target": 6.0}},
        supply={"hours": hours},
    )


def test_a_guaranteed_minimum_beyond_every_technique_is_refused_with_what_it_takes() -> None:
    """By machine 1 + 1.5 hours, by hand 3 + 1: four loaves take 10 hours at least."""
    guaranteed = Goal(guaranteed=frozenset({"bread"}))
    with pytest.raises(BadInput) as caught:
        build_model(two_ways(9.9), guaranteed, Limits())
    (fault,) = caught.value.faults
    assert fault.code == "minimum-beyond-technique"
    assert "10 Mhour" in fault.found
    assert "9.9 Mhour" in fault.expected
    build_model(two_ways(10.0), guaranteed, Limits())
    build_model(two_ways(9.9), Goal(), Limits())  # not guaranteed: the plan says how far it gets


def test_joint_products_and_imports_are_no_reason_to_refuse() -> None:
    """Bread that comes along with something else may cost no work of its own."""
    joint: Row = {"makes": {"bread": 1.0, "bran": 1.0}, "factors": {"hours": 9.0}}
    build_model(two_ways(1.0, joint=joint), Goal(guaranteed=frozenset({"bread"})), Limits())
