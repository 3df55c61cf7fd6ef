"""Voluntary co-operatives: own advantage decides, learning spreads, leaving is free, and nothing forces (§6.2)."""

import inspect
from dataclasses import fields

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newcourse.errors import BadInput
from newcourse.plan.market import cooperatives, levers
from newcourse.plan.market.adoption import fitted_logistic
from newcourse.plan.market.cooperatives import Farms, Package, Surroundings, adopt, advantage

PRICES = Surroundings(price=1.0, wage=0.1, interest=0.3)
GOOD = Package(
    hours_saved=0.5, machine_fee=4.0, fertiliser_gain=3.0, fertiliser_cost=1.0, advice_gain=1.0, interest=0.08, dues=4.0
)


def farms(count: int = 200) -> Farms:
    """Small and large holdings; hesitation spread like the normal curve, 0 at least."""
    from scipy.stats import norm

    part = (np.arange(count) + 0.5) / count
    land = 2.0 + 8.0 * ((np.arange(count) * 0.618) % 1.0)
    ones = np.ones(count)
    return Farms(land, 80 * ones, 5.0 * ones, 10 * ones, np.clip(38.0 + 15.0 * norm.ppf(part), 0.0, None))


def test_the_advantage_is_the_sum_of_what_a_person_can_reckon() -> None:
    one = Farms(*(np.array([value]) for value in (4.0, 80.0, 5.0, 10.0, 0.0)))
    parts = {name: float(value[0]) for name, value in advantage(one, GOOD, PRICES).items()}
    assert parts == pytest.approx(
        {
            "machinery": 4 * (0.1 * 80 * 0.5 - 4) + 5,
            "fertiliser": 4 * (3 - 1),
            "advice": 4.0,
            "credit": 10 * (0.3 - 0.08),
            "dues": -4.0,
            "all": 0 + 5 + 8 + 4 + 2.2 - 4,
        }
    )


def test_membership_rises_along_a_curve_near_a_logistic() -> None:
    years = list(range(1924, 1940))
    found = adopt(farms(), years, [GOOD] * 16, [PRICES] * 16)
    share = found.share
    assert (np.diff(share) >= 0).all()
    assert share[0] < 0.2
    assert share[-1] > 0.8
    inside = (share > 0.03) & (share < 0.97)
    curve = fitted_logistic(np.array(years)[inside], share[inside])
    assert np.abs(curve.at(np.array(years)) - share).max() < 0.2
    assert "Nobody leaves" in found.words()


def test_they_leave_when_it_no_longer_pays_and_can_come_back() -> None:
    bad = Package(machine_fee=20.0, dues=40.0)
    found = adopt(farms(), range(6), [GOOD, GOOD, GOOD, bad, GOOD, GOOD], [PRICES] * 6)
    assert found.share[2] > 0
    assert found.share[3] == 0
    assert found.left[3] == found.members[2].sum()
    assert found.share[4] > 0
    assert "leave again" in found.words()


@settings(max_examples=30, deadline=None)
@given(st.floats(0, 1), st.floats(0, 10), st.floats(0, 5), st.floats(0, 60), st.floats(0, 1))
def test_nobody_is_a_member_at_a_loss(saved: float, fee: float, gain: float, dues: float, learning: float) -> None:
    package = Package(hours_saved=saved, machine_fee=fee, fertiliser_gain=gain, dues=dues)
    found = adopt(farms(40), range(8), [package] * 8, [PRICES] * 8, learning)
    assert (found.advantages[found.members] >= 0).all()


@settings(max_examples=20, deadline=None)
@given(st.floats(0, 3))
def test_a_better_offer_never_has_fewer_members(more: float) -> None:
    better = Package(**{f.name: getattr(GOOD, f.name) for f in fields(GOOD)} | {"advice_gain": 1.0 + more})
    few, many = (adopt(farms(60), range(10), [offer] * 10, [PRICES] * 10) for offer in (GOOD, better))
    assert (many.members >= few.members).all()


def test_no_lever_forces() -> None:
    """All that anybody can set are the terms of the offer and the levers of the plan; none names membership."""
    assert {field.name for field in fields(Package)} == {
        "hours_saved", "machine_fee", "fertiliser_gain", "fertiliser_cost", "advice_gain", "interest", "dues",
    }  # fmt: skip
    assert set(inspect.signature(adopt).parameters) == {"farms", "years", "offers", "around", "learning"}
    words = {field.name for field in fields(levers.Levers)} | {field.name for field in fields(Package)}
    assert not words & {"force", "quota", "requisition", "membership", "obligation", "penalty", "members"}
    public = {name for name, value in vars(cooperatives).items() if inspect.isfunction(value) and name[0] != "_"}
    assert public <= {"adopt", "advantage", "dataclass", "fields", "fixed"}


def test_wrong_offers_are_refused_all_at_once() -> None:
    with pytest.raises(BadInput) as caught:
        Package(hours_saved=2.0, dues=-1.0)
    assert len(caught.value.faults) == 2
    with pytest.raises(BadInput, match="adoption"):
        adopt(farms(), [1924], [], [])
    with pytest.raises(BadInput, match="length"):
        Farms(np.ones(2), np.ones(3), np.ones(2), np.ones(2), np.ones(2))
    with pytest.raises(BadInput, match="surroundings"):
        Surroundings(0.0, 1.0, 1.0)
