"""Miller & Blair (2009), *Input-Output Analysis*, 2nd ed., ch. 2, sections 2.2 and 2.3: the two-sector example."""

import numpy as np
import pandas as pd
import pytest

from newcourse.economy.economy import Economy
from newcourse.economy.identities import (
    activity_for,
    balance_faults,
    base_demand,
    leontief_inverse,
    output_multipliers,
)
from newcourse.plan.goal import Goal
from newcourse.plan.limits import Limits
from newcourse.plan.planner import make_plan
from tests.economy.small import economy

A = np.array([[0.15, 0.25], [0.20, 0.05]])
NO_RATES = Limits(activity_rate=None)


def two_sectors(needs: dict[str, float] | None = None) -> Economy:
    """Flows Z = [[150, 500], [200, 100]], final demand (350, 1700), output (1000, 2000); labour is made up."""
    return economy(
        {
            "1": {"makes": {"1": 1.0}, "takes": {"1": 0.15, "2": 0.20}, "factors": {"labour": 0.3}, "base": 1000.0},
            "2": {"makes": {"2": 1.0}, "takes": {"1": 0.25, "2": 0.05}, "factors": {"labour": 0.25}, "base": 2000.0},
        },
        {code: {"minimum": q, "target": q} for code, q in (needs or {}).items()},
        supply={"labour": 900.0},
        final={"1": 350.0, "2": 1700.0},
    )


def test_the_leontief_inverse_is_the_published_one() -> None:
    assert leontief_inverse(A) == pytest.approx(np.array([[1.2541, 0.3300], [0.2640, 1.1221]]), abs=5e-5)


def test_multipliers_are_the_column_sums_of_the_inverse() -> None:
    assert output_multipliers(A) == pytest.approx([1.2541 + 0.2640, 0.3300 + 1.1221], abs=1e-4)
    assert output_multipliers(A) == pytest.approx(leontief_inverse(A).sum(axis=0))


def test_the_base_year_is_reproduced() -> None:
    e = two_sectors()
    assert balance_faults(e) == []
    assert base_demand(e).tolist() == pytest.approx([350.0, 1700.0])
    assert activity_for(e).tolist() == pytest.approx([1000.0, 2000.0])


def test_new_final_demand_gives_the_published_outputs() -> None:
    e = two_sectors()
    demand = pd.Series([600.0, 1500.0], index=e.goods)
    assert activity_for(e, demand).tolist() == pytest.approx([1247.5, 1841.6], abs=0.1)


def test_a_plan_for_the_new_final_demand_is_the_same_answer() -> None:
    plan = make_plan(two_sectors({"1": 600.0, "2": 1500.0}), Goal(guaranteed=frozenset({"1", "2"})), NO_RATES)
    assert plan["activity"]["quantity"].tolist() == pytest.approx([1247.5, 1841.6], abs=0.1)
    used = plan.totals().set_index("measure").loc["labour", "quantity"]
    assert used == pytest.approx(0.3 * 1247.52 + 0.25 * 1841.58, rel=1e-4)
