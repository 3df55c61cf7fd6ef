"""Why a plan misses a target: what one more unit takes adds up to its cost, and the relief named does relieve."""

import numpy as np
import pytest
from hypothesis import given, settings

from newcourse.economy.economy import Economy
from newcourse.plan.explain import Shortfall, explain
from newcourse.plan.goal import Goal
from newcourse.plan.layout import tier_sizes
from newcourse.plan.limits import Limits
from newcourse.plan.model import Model, build_model
from newcourse.plan.names import Names
from newcourse.plan.planner import make_plan, solve_stages
from newcourse.plan.wording import row_words
from newcourse.solver.door import solve
from newcourse.solver.problem import LinearProblem
from tests.economy.small import economy
from tests.plan.strategies import FREE, economies

ONE_PERIOD = Limits(1, **FREE, terminal="free")  # type: ignore[arg-type]


@pytest.mark.slow
@settings(max_examples=15)
@given(economies())
def test_what_one_more_unit_takes_adds_up_to_its_cost(e: Economy) -> None:
    for shortfall in explain(make_plan(e, limits=ONE_PERIOD), reliefs=0).shortfalls:
        assert shortfall.cost >= shortfall.worth * (1 - 1e-6)
        if shortfall.cost > 0:
            assert shortfall.takes, shortfall
            assert sum(taken.worth for taken in shortfall.takes) == pytest.approx(shortfall.cost, rel=1e-4)


@pytest.mark.slow
@settings(max_examples=10)
@given(economies())
def test_the_relief_lets_the_target_be_met_with_no_other_need_served_less(e: Economy) -> None:
    plan = make_plan(e, limits=ONE_PERIOD)
    model = build_model(e, Goal(), ONE_PERIOD)
    chosen = solve_stages(model)[-1].solution.values("delivery").to_numpy()
    for shortfall in explain(plan, reliefs=2).shortfalls[:2]:
        if shortfall.relief:
            assert solve(loosened(model, shortfall, chosen, part=1.0)).certificate.kind == "optimal"
            assert solve(loosened(model, shortfall, chosen, part=0.9)).certificate.kind == "infeasible"


def loosened(model: Model, shortfall: Shortfall, delivered: np.ndarray, part: float) -> LinearProblem:
    """Return the problem with a part of the relief, the target asked for in full, and all other deliveries kept."""
    problem, names = model.problem, Names(model.economy)
    step = {loose.what: loose.amount * part + 1e-5 * abs(loose.amount) for loose in shortfall.relief}
    upper, lower = np.array(problem.row_upper), np.array(problem.row_lower)
    for row in range(problem.shape[0]):
        called = row_words(problem, names, row) if problem.row_name(row)[:5] != "worst" else None
        if called is not None and called.words in step:
            upper[row] += max(step[called.words], 0.0)
            lower[row] += min(step[called.words], 0.0)
    least = np.array(problem.column_lower)
    least[model.columns("delivery")] = delivered.clip(min=0.0) * (1 - 1e-6)
    need = int(np.flatnonzero(model.economy["needs"]["need"] == shortfall.need)[0])
    asked = slice(model.columns("delivery").start + 4 * need, model.columns("delivery").start + 4 * need + 4)
    least[asked] = tier_sizes(model.economy)[need]
    return problem.with_row_bounds(lower, upper).with_column_bounds(lower=least)


def scarce_flour() -> Economy:
    """Bread and pasta are made of flour that is in store, and of nothing else that is scarce."""
    return economy(
        {
            "bake": {"makes": {"bread": 1.0}, "takes": {"flour": 1.0}},
            "roll": {"makes": {"pasta": 1.0}, "takes": {"flour": 1.0}},
        },
        {"bread": {"target": 30.0}, "pasta": {"target": 30.0}},
        stores={"flour": 40.0},
    )


def test_what_can_only_come_from_another_need_is_said_to() -> None:
    explained = explain(make_plan(scarce_flour(), limits=Limits(activity_rate=None)))
    for shortfall in explained.shortfalls:
        assert sum(taken.worth for taken in shortfall.takes) == pytest.approx(shortfall.cost)
        assert {taken.kind for taken in shortfall.takes} == {"delivery"}


def test_a_need_that_has_no_price_to_the_plan_is_not_short() -> None:
    e = economy({"bake": {"makes": {"bread": 1.0}}}, {"bread": {"target": 30.0}})
    explained = explain(make_plan(e, limits=Limits(activity_rate=None)))
    assert explained.shortfalls == ()
    assert explained.bottlenecks == ()
