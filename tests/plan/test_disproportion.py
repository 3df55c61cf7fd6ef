"""Disproportion: distances, capacity, departments, on plans that can be followed by hand."""

import json
from functools import cache

import numpy as np
import pandas as pd
import pytest

from newcourse.plan.departments import DEPARTMENTS, activities_by_end, department_table
from newcourse.plan.disproportion import angle, capacity_table, hilbert, measure_disproportion
from newcourse.plan.goal import Goal
from newcourse.plan.limits import Limits
from newcourse.plan.plan import Plan
from newcourse.plan.planner import make_plan
from tests.economy.small import economy
from tests.pictures.small_plan import small_plan

FREE = Limits(periods=3, activity_rate=None, import_share_rate=None, export_rate=None, route_share_rate=None, uptake=1)


@cache
def two_departments(hours: float = 30.0) -> Plan:
    """Machines are made with machines, bread with machines; machines wear out by a tenth a year."""
    made = economy(
        {
            "M": {"makes": {"machine": 1.0}, "stocks": {"machines": 2.0}, "factors": {"hours": 1.0}, "base": 10.0},
            "C": {"makes": {"bread": 1.0}, "stocks": {"machines": 1.0}, "factors": {"hours": 1.0}, "base": 20.0},
        },
        {"bread": {"target": 100.0, "group": "Food"}, "machine": {"target": 50.0, "group": "Investment"}},
        supply={"hours": hours},
        stocks={"machines": {"product": "machine", "quantity": 40.0, "life": 10.0}},
    )
    return make_plan(made, Goal({"Food": 0.5, "Investment": 0.5}), FREE)


def test_distances() -> None:
    one = np.array([3.0, 1.0, 2.0])
    assert angle(one, 5 * one) == pytest.approx(0.0, abs=1e-6)
    assert hilbert(one, 5 * one) == pytest.approx(0.0)
    assert hilbert(one, np.ones(3)) == pytest.approx(np.log(3.0))
    assert hilbert(one, np.ones(3)) == hilbert(np.ones(3), one)


def test_balanced_growth_of_two_departments_by_hand() -> None:
    plan = two_departments()
    found = measure_disproportion(plan)
    first = plan.periods[0]
    m, c = plan.activity_in(first)
    # Per hour of work c / (m + c) of bread is eaten. With machines x, bread y: y = k (x + y), x = (g + 1/10) (2 x + y).
    k = c / (m + c)
    x, y = 1 - k, k
    assert found.balanced is not None
    assert found.balanced.rate == pytest.approx(x / (2 * x + y) - 0.1, abs=1e-5)
    assert found.distance.loc[found.distance["period"] == first, "angle"].iloc[0] == pytest.approx(0.0, abs=1e-3)
    assert found.distance.loc[found.distance["period"] == first, "hilbert"].iloc[0] == pytest.approx(0.0, abs=1e-5)


def test_departments_by_hand_and_in_sum() -> None:
    plan = two_departments()
    table = department_table(plan)
    for period in plan.periods:
        part = table[table["period"] == period].set_index("department")["output"]
        m, c = plan.activity_in(period)
        assert part["capital"] == pytest.approx(m)
        assert part["consumption"] == pytest.approx(c)
        assert part["elsewhere"] == 0
    assert list(dict.fromkeys(table["department"])) == list(DEPARTMENTS)


@pytest.mark.parametrize("plan", [small_plan, two_departments], ids=["trade and stores", "two departments"])
def test_departments_add_up_to_all_activity(plan: object) -> None:
    made = plan()  # type: ignore[operator]
    for period in made.periods:
        parts = activities_by_end(made, period)
        assert parts.sum(axis=1) == pytest.approx(made.activity_in(period), abs=1e-6)


def test_capacity_used_and_its_state() -> None:
    plan = two_departments()
    table = capacity_table(plan)
    use = plan.economy.stock_use
    for row in table.to_dict("records"):
        assert row["used"] == pytest.approx(float((use @ plan.activity_in(row["period"])).item()))
        assert row["part"] == pytest.approx(row["used"] / row["in place"])
        assert row["state"] == ("idle" if row["part"] < 1 - 1e-6 else "overloaded" if row["valuation"] > 0 else "full")
    plenty = capacity_table(two_departments(hours=300.0))
    assert plenty.loc[plenty["period"] == 2001, "state"].tolist() == ["overloaded"]


def test_growth_of_each_product() -> None:
    plan = two_departments()
    found = measure_disproportion(plan)
    assert found.balanced is not None
    wide = found.growth.pivot_table(index="product", columns="period", values="growth")
    x = {year: plan.activity_in(year) for year in plan.periods}
    assert wide.loc["machine", 2001] == pytest.approx(x[2001][0] / 10.0 - 1)
    assert wide.loc["bread", 2002] == pytest.approx(x[2002][1] / x[2001][1] - 1)
    assert (found.growth["growth"] - found.growth["apart"]).to_numpy() == pytest.approx(found.balanced.rate)


def test_where_there_is_nothing_to_measure_by() -> None:
    found = measure_disproportion(small_plan())
    assert found.balanced is None
    assert found.distance["angle"].isna().all()
    assert "no balanced growth to measure by" in found.sentences[0]
    bake = {"bake": {"makes": {"bread": 1.0}, "factors": {"hours": 1.0}}}
    free = make_plan(economy(bake, {"bread": {"target": 9.0}}, supply={"hours": 5.0}))
    assert "no limit" in measure_disproportion(free).sentences[0]


def test_as_data_is_plain() -> None:
    data = measure_disproportion(two_departments()).as_data()
    assert json.loads(json.dumps(data, allow_nan=False))["departments"][0]["department"] == "capital"
    assert isinstance(data["capacity"], list)
    assert pd.DataFrame(data["growth"])["output"].notna().all()
