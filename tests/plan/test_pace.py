"""The pace of accumulation: points between today and later, a change of the pace, and a median that decides it."""

from dataclasses import replace
from functools import cache

import pytest

from newcourse.errors import BadInput
from newcourse.plan.changes.pace import PaceChange
from newcourse.plan.changes.registry import apply_changes, change_from_data
from newcourse.plan.goal import Goal
from newcourse.plan.pace import PaceFrontier, pace_frontier
from newcourse.plan.pace_point import pace_point, pace_table
from newcourse.plan.planner import make_plan
from newcourse.vote.ballot import AllocationBallot
from newcourse.vote.profile import Profile
from newcourse.vote.rules.median_allocation import median_allocation
from tests.pictures.small_plan import small_plan
from tests.plan.test_disproportion import two_departments


@cache
def frontier() -> PaceFrontier:
    return pace_frontier(two_departments(300.0), 3)


def test_ends_and_plan() -> None:
    found = frontier()
    plan = two_departments(300.0)
    first, last = found.points[0], found.points[-1]
    assert found.span == 1
    assert found.planned.today <= first.today * (1 + 1e-6)
    assert found.planned.later <= last.later * (1 + 1e-6)
    assert pace_table(plan)["consumption"].iloc[0] == pytest.approx(plan.needs.iloc[0]["delivered"])
    assert first.price is not None
    assert "takes" in found.words()
    assert found.as_data()["points"][0]["certified"]


def test_no_point_has_more_of_both() -> None:
    found = frontier()
    for point in found.points:
        assert not any(
            other.today > point.today * (1 + 1e-6) and other.later > point.later * (1 + 1e-6)
            for other in (*found.points, found.planned)
        )


def test_a_voted_pace_is_kept() -> None:
    plan = two_departments(300.0)
    economy, goal = apply_changes([PaceChange(0.4)], plan.economy, plan.goal)
    table = pace_table(make_plan(economy, goal, plan.limits))
    assert (0.6 * table["investment"] >= 0.4 * table["consumption"] - 1e-5).all()
    assert goal.weights == plan.goal.weights


def test_the_voted_pace_does_not_bind_the_frontier() -> None:
    plan = two_departments(300.0)
    paced = make_plan(plan.economy, replace(plan.goal, pace=0.4), plan.limits)
    found = pace_frontier(paced, 2)
    assert found.points[0].today == pytest.approx(frontier().points[0].today)


def test_the_change_as_data() -> None:
    change = change_from_data({"kind": "pace", "pace": 0.25})
    assert change == PaceChange(0.25)
    assert change.to_data() == {"kind": "pace", "pace": 0.25}
    assert "25.0%" in change.words(two_departments(300.0).economy)
    with pytest.raises(BadInput, match="from 0 to below 1"):
        PaceChange(1.0)
    with pytest.raises(BadInput):
        change_from_data({"kind": "pace", "pace": "much"})


def test_nothing_to_invest_in() -> None:
    economy = small_plan().economy
    bare = economy.replace(stocks=economy["stocks"].head(0), stock_use=economy["stock_use"].head(0))
    with pytest.raises(BadInput, match="without stocks"):
        PaceChange(0.2).apply(bare, Goal())


def test_median_of_two_shares_is_the_median_pace() -> None:
    ballots = [AllocationBallot({"invest": pace, "consume": 100 - pace}) for pace in (10, 15, 20, 30, 60)]
    tally = median_allocation(Profile.of("allocation", ["invest", "consume"], ballots))
    assert "invest 20.0 %" in tally.sentence


def test_asked_wrongly() -> None:
    plan = two_departments(300.0)
    with pytest.raises(BadInput) as caught:
        pace_frontier(plan, 1, span=2)
    assert [fault.code for fault in caught.value.faults] == ["pace-span", "pace-points"]


def test_growth_is_told_only_where_something_is_consumed() -> None:
    for plan in (two_departments(), two_departments(300.0)):
        point = pace_point(plan, 1)
        assert point.least == pytest.approx(point.periods["pace"].min())
        assert (point.growth is None) == (min(point.today, point.later) < 1e-3 * max(point.today, point.later))
