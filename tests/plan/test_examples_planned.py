"""The two examples planned: every limit of every kind holds in plain arithmetic, and the plans are real choices."""

import pytest

from newcourse.plan.goal import Goal, neutral_weights
from newcourse.plan.limits import Limits
from newcourse.plan.plan import Plan
from newcourse.plan.planner import make_plan
from newcourse.sources.examples import read_example
from tests.plan.plain_arithmetic import shortages
from tests.plan.plain_rates import excesses

pytestmark = pytest.mark.slow
TOLERANCE = 1e-5


@pytest.fixture(scope="module", params=["sweden", "world"])
def plan(request: pytest.FixtureRequest) -> Plan:
    return make_plan(read_example(request.param), limits=Limits(2))


def test_every_limit_holds_in_plain_arithmetic(plan: Plan) -> None:
    assert {thing: part for thing, part in shortages(plan).items() if part > TOLERANCE} == {}
    assert {thing: part for thing, part in excesses(plan).items() if part > TOLERANCE} == {}


def test_minima_are_met_and_no_more_delivered_than_asked(plan: Plan) -> None:
    needs = plan.needs
    assert (needs["delivered"] >= needs["minimum"] * (1 - 1e-6)).all()
    assert (needs["delivered"] <= needs["target"] * (1 + 1e-9)).all()


def test_the_plan_is_not_the_base_year(plan: Plan) -> None:
    base = plan.economy["processes"].set_index("process")["base"]
    made = plan["activity"].query(f"period == {plan.periods[-1]}").set_index("process")["quantity"]
    changed = (made - base).abs() > 0.01 * base.clip(lower=1.0)
    assert changed.mean() > 0.3
    assert (made[base == 0] > 0).any()  # a technique that was not in use is taken up


def test_voted_weights_move_the_plan(plan: Plan) -> None:
    neutral = neutral_weights(plan.economy)
    group = min(neutral, key=lambda g: plan.fulfilment("group").set_index("group")["fulfilment"].loc[g].min())
    halved = {g: share / 2 for g, share in neutral.items()}
    voted = make_plan(plan.economy, Goal({**halved, group: halved[group] + 0.5}), plan.limits)
    before, after = (p.fulfilment("group").set_index("group")["fulfilment"].loc[group].mean() for p in (plan, voted))
    assert after > before + 1e-3
