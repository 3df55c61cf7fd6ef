"""Efficient plans for voted aims, and a really different few of them (design §4.4)."""

import json

import numpy as np
import pytest

from newcourse.economy.economy import Economy
from newcourse.errors import BadInput
from newcourse.plan.limits import Limits
from newcourse.plan.pareto import Choices, aim_places, efficient_plans, farthest
from newcourse.plan.planner import make_plan
from tests.economy.small import economy

FREE = Limits(activity_rate=None, terminal="free")


def works() -> Economy:
    """Heat by coal (1 hour, 3 kt) or by wood (2 hours, 1 kt); 12 hours and 18 kt; 10 of heat are wanted."""
    return economy(
        {
            "coal": {"makes": {"heat": 1.0}, "factors": {"labour": 1.0}, "emits": {"CO2": 3.0}, "base": 5.0},
            "wood": {"makes": {"heat": 1.0}, "factors": {"labour": 2.0}, "emits": {"CO2": 1.0}, "base": 2.0},
        },
        {"heat": {"target": 10.0, "group": "warmth"}},
        supply={"labour": 12.0},
        caps={"CO2": 18.0},
    )


@pytest.fixture(scope="module")
def choices() -> Choices:
    return efficient_plans(works(), limits=FREE, aims=("needs", "hours", "emissions"), count=4, steps=4)


def test_the_ends_are_exact(choices: Choices) -> None:
    """Most heat: c + 2w <= 12 and 3c + w <= 18 give c = 4.8, w = 3.6; fewest hours and emissions: none."""
    plan = choices.chosen[0]
    assert plan.values["hours"] == pytest.approx(12.0, rel=1e-5)
    assert plan.values["emissions"] == pytest.approx(18.0, rel=1e-5)
    assert plan.plan["deliveries"]["quantity"].sum() == pytest.approx(8.4, rel=1e-5)
    assert choices.payoff.loc["hours", "hours"] == pytest.approx(0.0, abs=1e-5)
    assert choices.payoff.loc["needs", "needs"] == pytest.approx(choices.frontier["needs"].max(), rel=1e-6)


def test_no_mix_of_coal_and_wood_dominates(choices: Choices) -> None:
    """Brute force over a fine grid of both fires; a third of the target each is worth 1.5, 1 and 0.5."""
    coal, wood = (a.ravel() for a in np.meshgrid(np.linspace(0, 6, 61), np.linspace(0, 6, 61)))
    held = (coal + 2 * wood <= 12) & (3 * coal + wood <= 18)
    coal, wood = coal[held], wood[held]
    heat, third = coal + wood, 10 / 3
    worth = sum(part * np.clip(heat - k * third, 0, third) for k, part in enumerate((1.5, 1.0, 0.5)))
    grid = np.column_stack([worth, -(coal + 2 * wood), -(3 * coal + wood)])
    for point in choices.frontier.to_numpy() * np.array([1, -1, -1]):
        better = (grid >= point - 1e-4).all(axis=1) & (grid > point + 2e-3).any(axis=1)
        assert not better.any()


def test_each_plan_has_what_its_point_has(choices: Choices) -> None:
    for one in choices.chosen:
        activity = one.plan["activity"].set_index("process")["quantity"]
        assert activity @ [1.0, 2.0] == pytest.approx(one.values["hours"], abs=1e-3)
        assert activity @ [3.0, 1.0] == pytest.approx(one.values["emissions"], abs=1e-3)
        assert one.plan.certified
        assert dict(choices.frontier.iloc[one.point]) == pytest.approx(dict(one.values))


def test_the_plans_differ_and_are_told_in_two_sentences(choices: Choices) -> None:
    places = aim_places(choices)[[one.point for one in choices.chosen]]
    for i, place in enumerate(places):
        assert all(np.abs(place - other).max() > 0.1 for other in places[:i])
    assert len({one.title for one in choices.chosen}) == len(choices.chosen)
    assert choices.chosen[0].title == "Most needs met"
    assert any("Fewest hours" in one.title for one in choices.chosen)
    assert all(one.description.count(". ") == 1 for one in choices.chosen)
    assert json.loads(json.dumps(choices.to_data()))["aims"][1]["better"] == "less"


def test_the_plan_with_most_needs_is_the_ordinary_plan(choices: Choices) -> None:
    plan = make_plan(works(), limits=FREE)
    assert choices.chosen[0].plan["activity"]["quantity"].to_numpy() == pytest.approx(
        plan["activity"]["quantity"].to_numpy(), rel=1e-4
    )


def test_the_farthest_of_a_square_are_its_corners() -> None:
    places = np.array([[0.0, 0.0], [0.5, 0.5], [1.0, 0.1], [0.0, 1.0], [0.9, 1.0]])
    assert farthest(places, 4) == [0, 2, 3, 4]
    assert farthest(np.zeros((3, 2)), 3) == [0]


def test_what_cannot_be_counted_is_refused() -> None:
    with pytest.raises(BadInput) as caught:
        efficient_plans(works(), aims=("needs", "beauty", "needs"))
    assert [fault.code for fault in caught.value.faults] == ["aim-unknown", "aims-few"]
    with pytest.raises(BadInput, match="aim-empty"):
        efficient_plans(works(), limits=FREE, aims=("needs", "pace"))
