"""Of equally good plans the nearest is taken: the same one for every order of the tables and every method (§6.1)."""

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
import scipy.sparse as sp
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from newcourse.economy.economy import Economy
from newcourse.errors import Contradiction
from newcourse.plan import planner
from newcourse.plan.distance import ASIDE, SIDE, Distance
from newcourse.plan.goal import Goal
from newcourse.plan.limits import Limits
from newcourse.plan.model import build_model
from newcourse.plan.nearest import own_parts, reference_of
from newcourse.plan.plan import QUANTITIES, Plan
from newcourse.plan.planner import make_plan, solve_stages
from newcourse.solver.door import Method, solve
from newcourse.solver.problem import Block, LinearProblem
from newcourse.solver.solution import Solution
from newcourse.sources.examples import read_example
from tests.economy.small import economy
from tests.plan.strategies import economies, limits

FREE = Limits(activity_rate=None)


def two_ovens(target: float) -> Economy:
    """Two ovens that bake equally well; one baked 6, the other 4."""
    oven = {"makes": {"bread": 1.0}, "factors": {"labour": 1.0}}
    return economy(
        {"old": {**oven, "base": 6.0}, "new": {**oven, "base": 4.0}},
        {"bread": {"target": target}},
        supply={"labour": 50},
    )


def baked(plan: Plan) -> dict[str, float]:
    return dict(plan["activity"].set_index("process")["quantity"])


def test_what_can_stay_as_it_was_stays() -> None:
    assert baked(make_plan(two_ovens(10.0), limits=FREE)) == pytest.approx({"old": 6.0, "new": 4.0}, abs=1e-5)


def test_the_proof_tells_the_value_that_changes() -> None:
    """Eight of ten loaves: two are no longer baked, by one oven or the other; a loaf costs 1."""
    plan = make_plan(two_ovens(8.0), limits=FREE)
    assert sum(baked(plan).values()) == pytest.approx(8.0, abs=1e-5)
    proof = plan.proofs[-1]
    assert (proof.stage, proof.certificate["kind"]) == ("least change", "optimal")
    assert 2.0 <= proof.certificate["objective"] <= 2.0 * 1.02


def test_an_earlier_plan_is_kept_where_it_is_still_among_the_best() -> None:
    e = two_ovens(10.0)
    rows = make_plan(e, limits=FREE)
    activity = rows["activity"].assign(quantity=rows["activity"]["process"].map({"old": 1.0, "new": 9.0}))
    earlier = Plan(e, rows.goal, rows.limits, {**rows.tables, "activity": activity}, rows.proofs)
    assert baked(make_plan(e, limits=FREE, earlier=earlier)) == pytest.approx({"old": 1.0, "new": 9.0}, abs=1e-5)


def test_an_earlier_plan_is_a_reference_in_every_column_it_tells() -> None:
    plan = make_plan(read_example("sweden"))
    model = build_model(plan.economy, plan.goal, plan.limits)
    reference = reference_of(model, plan)
    told = [model.columns(name) for name in (*QUANTITIES, "delivery")]
    assert all(np.isfinite(reference[columns]).all() for columns in told)
    chosen = solve_stages(model)[-1].solution
    for columns in told:
        assert reference[columns] == pytest.approx(chosen.primal[columns].clip(min=0), rel=1e-6, abs=1e-6)
    again = make_plan(plan.economy, earlier=plan)
    assert again.proofs[-1].certificate["objective"] == pytest.approx(0.0, abs=1.0)  # of 5.8 million


def by(method: Method) -> Callable[..., Solution]:
    def solved(problem: LinearProblem, *, time_limit: float | None = None, start: Solution | None = None) -> Solution:
        return solve(problem, method=method, time_limit=time_limit)

    return solved


def require_same(one: Plan, other: Plan, within: float = 1e-6) -> None:
    """Compare all quantities by their labels, each relative to the largest of its table."""
    for name in (*QUANTITIES, "deliveries"):
        keys = [column for column in one[name].columns if column not in ("quantity", "minimum", "target")]
        first, second = (plan[name].set_index(keys)["quantity"].sort_index() for plan in (one, other))
        pd.testing.assert_index_equal(first.index, second.index)
        room = within * max(1.0, float(first.abs().max()) if len(first) else 0.0)
        assert np.abs(first.to_numpy() - second.to_numpy()).max(initial=0.0) <= room, name


def turned(e: Economy, seed: int) -> Economy:
    """Return the economy with the rows of every table in another order."""
    chance = np.random.default_rng(seed)
    return e.replace(
        **{
            name: frame.iloc[chance.permutation(len(frame))].reset_index(drop=True)
            for name, frame in e.tables.items()
            if len(frame) and name != "assumptions"
        }
    )


def planned(e: Economy, limit: Limits) -> Plan | None:
    try:
        return make_plan(e, Goal(), limit)
    except Contradiction:
        return None


@pytest.mark.parametrize("periods", [1, 2])
def test_simplex_and_interior_point_give_the_same_plan(monkeypatch: pytest.MonkeyPatch, periods: int) -> None:
    sweden, plans = read_example("sweden"), []
    for method in ("simplex", "ipm"):
        monkeypatch.setattr(planner, "solve", by(method))  # type: ignore[arg-type]
        plans.append(make_plan(sweden, limits=Limits(periods)))
    require_same(*plans)


def test_the_order_of_the_tables_does_not_matter_for_sweden() -> None:
    sweden = read_example("sweden")
    require_same(make_plan(sweden, limits=Limits(2)), make_plan(turned(sweden, 3), limits=Limits(2)))


@pytest.mark.slow
@settings(max_examples=6, suppress_health_check=[HealthCheck.too_slow])
@given(economies(), limits(), st.integers(0, 99))
def test_the_order_of_the_tables_does_not_matter(e: Economy, limit: Limits, seed: int) -> None:
    one, other = planned(e, limit), planned(turned(e, seed), limit)
    assert (one is None) == (other is None)
    if one is not None and other is not None:
        require_same(one, other, within=1e-5)


def test_a_part_is_drawn_from_the_name_alone() -> None:
    model = build_model(two_ovens(10.0), Goal(), FREE)
    parts = own_parts(model.problem)[model.columns("activity")]
    other = build_model(turned(two_ovens(10.0), 1), Goal(), FREE)
    assert sorted(parts) == sorted(own_parts(other.problem)[other.columns("activity")])
    assert ((parts >= 0) & (parts < 1)).all()
    assert len(set(parts)) == 2


@given(st.lists(st.sampled_from(["free", "held", "rises", "falls"]), min_size=6, max_size=6), st.integers(0, 2**31))
def test_the_distance_of_a_point_does_not_hang_on_what_is_held(how: list[str], seed: int) -> None:
    """Whether rounding finds that all best plans have a column at a bound, or not, decides nothing about distances."""
    chance = np.random.default_rng(seed)
    x, ways = chance.choice([0.0, 1.0, 4.0], 6), np.array(how)
    reference = np.where(chance.random(6) < 0.3, np.nan, chance.choice([0.0, 1.0, 3.0, 4.0, 5.0], 6))
    weights = chance.uniform(0.5, 2, 6)
    blocks = tuple(Block(name, i, i + 3, pd.RangeIndex(3)) for name, i in (("activity", 0), ("delivery", 3)))
    rows = (Block("any", 0, 1, pd.RangeIndex(1)),)
    none = np.full(1, -np.inf)
    matrix = sp.csr_array(np.ones((1, 6)))
    whole = LinearProblem("points", "min", np.zeros(6), matrix, none, -none, np.zeros(6), np.full(6, 4.0), rows, blocks)
    lower, upper = (
        np.where(np.isin(ways, ["held", "rises"]), x, 0.0),
        np.where(np.isin(ways, ["held", "falls"]), x, 4.0),
    )
    found = Distance.of(whole.with_column_bounds(lower, upper), whole, reference, weights)
    beside = x[found.columns] - found.reference
    sides = np.maximum(beside, 0) + (1 + SIDE) * np.maximum(-beside, 0)
    ends = np.where(np.isnan(reference), [0, 0, 0, 4, 4, 4], reference)
    counts = np.where(np.isnan(reference), ASIDE, 1.0) * weights * np.where(x < ends, 1 + SIDE, 1.0)
    assert found.forced + found.cost @ x + found.weights @ sides == pytest.approx(counts @ np.abs(x - ends))
