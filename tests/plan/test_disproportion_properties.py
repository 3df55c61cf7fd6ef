"""Disproportion of random plans: it is always told, and its parts add up."""

import json

import numpy as np
import pytest
from hypothesis import given, settings

from newcourse.economy.economy import Economy
from newcourse.plan.departments import activities_by_end
from newcourse.plan.disproportion import measure_disproportion
from newcourse.plan.limits import Limits
from newcourse.plan.planner import make_plan
from tests.plan.strategies import FREE, economies


@pytest.mark.slow
@settings(max_examples=5, deadline=None)
@given(economies())
def test_every_plan_can_be_measured(made: Economy) -> None:
    plan = make_plan(made, limits=Limits(2, **FREE, terminal="free"))  # type: ignore[arg-type]
    found = measure_disproportion(plan)
    json.dumps(found.as_data(), allow_nan=False)
    for period in plan.periods:
        parts = activities_by_end(plan, period)
        activity = plan.activity_in(period)
        assert parts.sum(axis=1) == pytest.approx(activity, abs=1e-6 * max(1.0, float(activity.max())))
    if found.balanced is not None:
        assert found.balanced.lower <= found.balanced.upper
        assert (found.balanced.activity >= 0).all()
        assert np.isfinite(found.distance["angle"]).all()
    assert found.sentences
