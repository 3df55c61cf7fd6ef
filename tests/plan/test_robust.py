"""Plans that hold where harvests and supplies fall short (Bertsimas and Sim 2004)."""

import math
from itertools import combinations
from statistics import NormalDist

import numpy as np
import pytest

from newcourse.economy.economy import Economy
from newcourse.errors import BadInput
from newcourse.plan.limits import Limits
from newcourse.plan.planner import make_plan
from newcourse.plan.robust import Interval, chance_of_failing, price_of_robustness, robust_plan
from tests.economy.small import economy

FREE = Limits(activity_rate=None, terminal="free")
FIELDS = 4


def farm() -> Economy:
    """Four fields that bear alike; 8 hours, one for each unit of sowing; more bread is wanted than can be had."""
    fields = {f"field {i}": {"makes": {"bread": 1.0}, "factors": {"labour": 1.0}, "base": 2.0} for i in range(FIELDS)}
    return economy(fields, {"bread": {"target": 12.0}}, supply={"labour": 8.0})


HARVESTS = [Interval("outputs", ("", "bread"), 0.5)]


@pytest.mark.parametrize("budget", [0.0, 0.5, 1.0, 2.5, 4.0, 9.0])
def test_equal_fields_are_sown_equally_and_the_loss_is_in_closed_form(budget: float) -> None:
    """With n equal risks the best is an equal spread: what is sure is 8 (1 - Γ/n times one half), for Γ up to n."""
    found = robust_plan(farm(), HARVESTS, budget, limits=FREE)
    sure = 8.0 * (1 - 0.5 * min(budget, FIELDS) / FIELDS)
    assert found.plan["deliveries"]["quantity"].sum() == pytest.approx(sure, rel=1e-5)
    assert found.plan.certified
    if 0 < budget < FIELDS:
        assert found.plan["activity"]["quantity"].to_numpy() == pytest.approx(np.full(FIELDS, 2.0), rel=1e-4)


def test_the_plan_holds_whichever_two_harvests_fail() -> None:
    found = robust_plan(farm(), HARVESTS, 2.0, limits=FREE)
    sown = found.plan["activity"]["quantity"].to_numpy()
    delivered = found.plan["deliveries"]["quantity"].sum()
    for failed in combinations(range(FIELDS), 2):
        harvest = sum(sown) - 0.5 * sum(sown[i] for i in failed)
        assert harvest >= delivered - 1e-5
    without = make_plan(farm(), limits=FREE)
    assert without["deliveries"]["quantity"].sum() > sum(sown) - 0.5 * sum(sown[:2])


def test_a_supply_that_may_fall_short_counts_as_less() -> None:
    found = robust_plan(farm(), [Interval("factor_supply", ("P", "labour"), 0.25)], 1.0, limits=FREE)
    assert found.plan["deliveries"]["quantity"].sum() == pytest.approx(6.0, rel=1e-6)


def test_the_price_grows_with_the_budget() -> None:
    table = price_of_robustness(farm(), HARVESTS, (1.0, 2.0, 4.0), limits=FREE)
    assert table["budget"].tolist() == [0.0, 1.0, 2.0, 4.0]
    assert table["price"].is_monotonic_increasing
    assert table["price"].iloc[0] == 0.0
    assert table["chance"].is_monotonic_decreasing


@pytest.mark.parametrize(("numbers", "published"), [(100, 24.3), (200, 33.9), (2000, 105.0)])
def test_the_budget_for_one_percent(numbers: int, published: float) -> None:
    """Table 1 of the paper: the budget at which a row fails in at most 1 % of cases."""
    assert 1 + NormalDist().inv_cdf(0.99) * math.sqrt(numbers) == pytest.approx(published, abs=0.05)
    assert chance_of_failing(numbers, published) <= 0.0105
    assert chance_of_failing(numbers, published - 2) > 0.01


def test_what_does_not_fit_is_refused() -> None:
    with pytest.raises(BadInput, match="interval-unknown"):
        robust_plan(farm(), [Interval("outputs", ("field 9", "bread"), 0.5)], 1.0)
    with pytest.raises(BadInput) as caught:
        Interval("inputs", ("a", "b"), 1.5)
    assert [fault.code for fault in caught.value.faults] == ["interval-table", "interval-part"]
    with pytest.raises(BadInput, match="budget"):
        robust_plan(farm(), HARVESTS, -1.0)
