"""Labour by skill and place: who can do what, training that takes time, and free time as a need with a weight."""

import pytest

from newcourse.economy.economy import Economy
from newcourse.errors import BadInput
from newcourse.plan.changes.free_time import GROUP, FreeTimeChange, worth_of_an_hour
from newcourse.plan.changes.registry import apply_changes, change_from_data
from newcourse.plan.goal import Goal, neutral_weights
from newcourse.plan.limits import Limits
from newcourse.plan.plan import Plan
from newcourse.plan.planner import make_plan
from tests.economy.small import Row, economy

FREE = (None, 0.0, None, None, None)


def delivered(plan: Plan, need: str) -> list[float]:
    table = plan["deliveries"]
    return table.loc[table["need"] == need, "quantity"].tolist()


def smithy(**training: float) -> Economy:
    """Make an economy in which tools take smiths, of whom there are few, and a school makes a smith of a labourer."""
    row: Row = {"process": "school", "place": "P", "factor": "smiths", "quantity": 1.0, "delay": 1, **training}
    return economy(
        {
            "forge": {"makes": {"tool": 1.0}, "factors": {"smiths": 1.0}},
            "dig": {"makes": {"potatoes": 1.0}, "factors": {"hands": 1.0}},
            "school": {"makes": {"lesson": 1.0}, "factors": {"hands": 1.0, "smiths": 0.5}},
        },
        {"tool": {"target": 20.0}, "potatoes": {"target": 20.0}},
        products={"tool": {"price": 3.0}},
        supply={"hands": 20.0, "smiths": 4.0},
        more={"training": [row]},
    )


def test_training_takes_time_and_pays_later() -> None:
    """Teaching takes half a smith now; from the next year on there is a smith more."""
    plan = make_plan(smithy(), limits=Limits(4, *FREE, terminal="free"))
    tools = delivered(plan, "tool")
    taught = plan["activity"].set_index(["process", "period"])["quantity"]["school"].tolist()
    assert taught[0] == pytest.approx(8.0), "four smiths teach eight, two each"
    for year in range(4):
        assert tools[year] <= 4.0 + sum(taught[:year]) - 0.5 * taught[year] + 1e-6
    assert tools[0] < tools[-1]
    assert taught[-1] == pytest.approx(0.0), "nobody is taught for after the horizon"


def test_those_trained_stop_working_one_day() -> None:
    plan = make_plan(smithy(life=2.0), limits=Limits(3, *FREE, terminal="free"))
    taught = plan["activity"].set_index(["process", "period"])["quantity"]["school"].tolist()
    assert delivered(plan, "tool")[2] <= 4.0 + 0.5 * taught[0] + taught[1] + 1e-6


def test_skills_and_places_are_not_interchangeable() -> None:
    """Hands in Q are of no use to the forge in P, nor smiths in P to the field in Q."""
    e = economy(
        {
            "forge": {"makes": {"tool": 1.0}, "factors": {"smiths": 1.0}},
            "dig": {"makes": {"potatoes": 1.0}, "factors": {"hands": 1.0}, "place": "Q"},
        },
        {"tool": {"target": 9.0}, "potatoes": {"target": 9.0, "place": "Q"}},
        places={"F": "", "P": "F", "Q": "F"},
        supply={("P", "smiths"): 4.0, ("P", "hands"): 100.0, ("Q", "hands"): 5.0, ("Q", "smiths"): 100.0},
    )
    plan = make_plan(e, limits=Limits(1, *FREE))
    assert [*delivered(plan, "tool"), *delivered(plan, "potatoes")] == pytest.approx([4.0, 5.0], rel=1e-5)


def bakery() -> Economy:
    """Make an economy in which ten hours bake ten loaves of 2 each, so that an hour brings 2."""
    return economy(
        {"bake": {"makes": {"bread": 1.0}, "factors": {"hours": 1.0}, "base": 10.0}},
        {"bread": {"target": 12.0}},
        products={"bread": {"price": 2.0, "group": "Food"}},
        supply={"hours": 10.0},
        final={"bread": 10.0},
    )


def test_an_hour_is_worth_what_it_brings() -> None:
    assert worth_of_an_hour(bakery(), "hours") == pytest.approx(2.0)


@pytest.mark.parametrize(("weight", "free"), [(None, 2.0), (0.01, 0.0), (0.9, 3.0)])
def test_free_time_is_weighed_against_bread(weight: float | None, free: float) -> None:
    """Three hours are asked for, an hour a tier; bread has tiers of four. Alike: two hours and eight loaves."""
    e, goal = apply_changes([FreeTimeChange("P", "hours", 0.3, weight)], bakery(), Goal())
    plan = make_plan(e, goal, Limits(1, *FREE))
    need = "free-time:P:hours"
    assert delivered(plan, need) == pytest.approx([free], abs=1e-4)
    assert delivered(plan, "bread") == pytest.approx([10.0 - free], abs=1e-4)


def test_the_other_groups_keep_their_proportions() -> None:
    _, goal = apply_changes([FreeTimeChange("P", "hours", 0.3, 0.25)], bakery(), Goal(neutral_weights(bakery())))
    assert goal.weights == {"Food": 0.75, GROUP: 0.25}


def test_a_change_is_what_its_data_say_and_refuses_what_it_cannot_be() -> None:
    change = FreeTimeChange("P", "hours", 0.3)
    assert change_from_data(change.to_data()) == change
    assert "3 Mhour" in change.words(bakery())
    with pytest.raises(BadInput, match="part"):
        FreeTimeChange("P", "hours", 1.5)
    with pytest.raises(BadInput, match="second time"):
        apply_changes([change, change], bakery(), Goal())
