"""Projects with a schedule of their own: taken up as a whole or not, when it serves the goal, and explained."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newcourse.economy.economy import Economy
from newcourse.errors import BadInput
from newcourse.plan.goal import Goal
from newcourse.plan.limits import Limits
from newcourse.plan.plan import Plan
from newcourse.plan.planner import make_plan
from newcourse.plan.projects import explain_projects
from tests.economy.small import YEAR, Row, economy

LIMITS = Limits(4, None, 0.0, None, None, None, terminal="free")


def works(projects: dict[str, Row], hours: float = 10.0, target: float = 20.0) -> Economy:
    """Make an economy: flour is ground by hand, an hour each, or in mills that projects build of hours."""
    processes: dict[str, Row] = {"by hand": {"makes": {"flour": 1.0}, "factors": {"hours": 1.0}}}
    stocks: dict[str, Row] = {}
    more: dict[str, list[Row]] = {name: [] for name in ("projects", "project_factors", "project_yields")}
    for code, row in projects.items():
        processes[f"mill {code}"] = {"makes": {"flour": 1.0}, "factors": {"hours": 0.25}, "stocks": {code: 1.0}}
        stocks[code] = {"product": "stone", "quantity": 0.0}
        more["projects"].append(
            {"project": code, "name": f"mill {code}", "place": "P", "whole": row.get("whole", True)}
        )
        for year, quantity in enumerate(row["work"]):
            more["project_factors"].append(
                {"project": code, "year": year, "place": "P", "factor": "hours", "quantity": quantity}
            )
        more["project_yields"].append(
            {"project": code, "year": len(row["work"]), "stock": code, "quantity": row["mills"]}
        )
    return economy(
        processes, {"flour": {"target": target}}, supply={"hours": hours}, stocks=stocks, more=more,
        products={"stone": {}},
    )  # fmt: skip


def flour(plan: Plan) -> float:
    return float(plan["deliveries"]["quantity"].sum())


def begun(plan: Plan) -> dict[str, int]:
    chosen = plan["projects"][plan["projects"]["quantity"] > 0.5]
    return dict(zip(chosen["project"], chosen["period"], strict=True))


def test_a_dam_that_pays_is_begun_at_once() -> None:
    plan = make_plan(works({"dam": {"work": [4.0], "mills": 12.0}}), limits=LIMITS)
    assert begun(plan) == {"dam": YEAR + 1}
    # Year 1: 6 by hand. Later: 12 in the mills (3 hours), 7 by hand.
    assert flour(plan) == pytest.approx(6 + 3 * 19)
    assert plan.certified


def test_a_dam_that_does_not_pay_is_left() -> None:
    plan = make_plan(works({"dam": {"work": [9.0], "mills": 2.0}}), limits=LIMITS)
    assert begun(plan) == {}
    assert flour(plan) == pytest.approx(40.0)
    (reason,) = explain_projects(plan)
    assert not reason.begun
    drawn = [([9], 2)]
    best_with = max(by_hand(drawn, (start,)) for start in range(3))
    assert (reason.with_, reason.without) == pytest.approx((best_with, by_hand(drawn, (None,))))
    assert "not begun" in reason.words()


def test_half_a_dam_is_no_dam_but_half_a_road_is_half_a_road() -> None:
    small = works({"dam": {"work": [12.0], "mills": 40.0}})
    assert begun(make_plan(small, limits=LIMITS)) == {}, "there are 10 hours only"
    road = works({"dam": {"work": [12.0], "mills": 40.0, "whole": False}})
    part = make_plan(road, limits=LIMITS)["projects"]["quantity"].sum()
    assert 0.0 < part < 1.0


def test_a_project_that_needs_no_more_than_a_part_of_it_is_still_whole() -> None:
    """The needs are met by less than a dam, and least effort would take less than a dam."""
    plan = make_plan(works({"dam": {"work": [1.0], "mills": 12.0}}, target=5.0), limits=LIMITS)
    assert set(plan["projects"]["quantity"]) <= {0.0, 1.0}
    assert plan.certified


@settings(max_examples=8, deadline=None)
@given(
    st.lists(st.tuples(st.lists(st.integers(1, 8), min_size=1, max_size=2), st.integers(2, 14)), min_size=1, max_size=2)
)
def test_no_other_choice_serves_better(drawn: list[tuple[list[int], int]]) -> None:
    """Every way to begin each project at each time or not, planned by itself, is no better."""
    economy_ = works({f"m{i}": {"work": work, "mills": mills} for i, (work, mills) in enumerate(drawn)})
    found = make_plan(economy_, limits=LIMITS).reached
    codes = list(economy_["projects"]["project"])
    best = 0.0
    for starts in product((None, 0, 1, 2, 3), repeat=len(codes)):
        best = max(best, by_hand(drawn, starts))
    assert found == pytest.approx(best, rel=1e-6)


def by_hand(drawn: list[tuple[list[int], int]], starts: tuple[int | None, ...]) -> float:
    """Return what the flour is worth if the projects begin then, in plain arithmetic; nothing if it cannot be done."""
    total = 0.0
    for year in range(4):
        hours, mills = 10.0, 0.0
        for (work, gives), start in zip(drawn, starts, strict=True):
            if start is None:
                continue
            if start + len(work) > 3:
                return 0.0
            if 0 <= year - start < len(work):
                hours -= work[year - start]
            if year - start >= len(work):
                mills += gives
        if hours < 0:
            return 0.0
        milled = min(mills, hours / 0.25, 20.0)
        made = min(20.0, milled + max(0.0, hours - 0.25 * milled))
        step = 20.0 / 3
        total += sum(w * min(step, max(0.0, made - i * step)) for i, w in enumerate((1.5, 1.0, 0.5)))
    return total


def test_a_project_longer_than_the_horizon_is_refused() -> None:
    with pytest.raises(BadInput) as error:
        make_plan(works({"dam": {"work": [1.0] * 4, "mills": 5.0}}), Goal(), LIMITS)
    (fault,) = error.value.faults
    assert fault.code == "project-too-long"
    assert "5 periods" in fault.found
