"""Products, sources and coupling rows found in a matrix: in made-up plans, in any problem, in the project's own."""

import numpy as np
import pandas as pd
import pytest
import scipy.sparse as sp
from hypothesis import given, settings
from hypothesis import strategies as st

from newcourse.plan.goal import Goal, neutral_weights
from newcourse.plan.limits import Limits
from newcourse.plan.model import build_model
from newcourse.solver.builder import ProblemBuilder
from newcourse.solver.certificate import certify
from newcourse.solver.door import solve
from newcourse.solver.problem import LinearProblem
from newcourse.solver.structured.recognise import recognised
from newcourse.solver.structured.structure import Structure
from newcourse.sources.examples import read_example
from tests.plan.strategies import economies, limits
from tests.solver.instances import INF, bounded_problem, dantzig_transport, klee_minty, problem, random_problem, seeds

KINDS = ("linear", "max-min")


def made_up(seed, kind="linear", products=12):
    """A plan of two techniques a product, trade, labour, a cap, stores and needs, and who supplies what in it."""
    rng = np.random.default_rng(seed)
    p = products
    uses = sp.random_array((p, 2 * p), density=0.25, rng=rng).toarray() * 0.8
    uses[np.tile(np.arange(p), 2), np.arange(2 * p)] = 0.0
    uses *= 0.7 / np.maximum(uses.sum(axis=0), 0.7)
    uses[rng.integers(0, p, p), rng.integers(0, 2 * p, p)] += 0.01  # everything but perhaps a few is used by somebody
    uses[np.tile(np.arange(p), 2), np.arange(2 * p)] = 0.0
    builder = ProblemBuilder()
    make = builder.add_columns("make", pd.RangeIndex(2 * p), lower=rng.uniform(0, 0.1, 2 * p), upper=50.0)
    imports = builder.add_columns("import", pd.RangeIndex(p), upper=rng.uniform(1, 5, p))
    exports = builder.add_columns("export", pd.RangeIndex(p), upper=rng.uniform(1, 5, p))
    deliver = builder.add_columns("deliver", pd.RangeIndex(2 * p), upper=2.0, cost=rng.uniform(1, 2, 2 * p))
    balance = builder.add_rows("balance", pd.RangeIndex(p), lower=-rng.choice([0.0, 0.3], p))
    limits = builder.add_rows("limits", pd.RangeIndex(2), upper=[3.0 * p, 5.0 * p])
    pay = builder.add_rows("payments", pd.RangeIndex(1), upper=1.0)
    own, each = np.arange(balance.start, balance.stop), np.arange(p)
    builder.put_matrix(balance, make, sp.csr_array(-uses))
    builder.put(np.tile(own, 2), np.arange(make.start, make.stop), 1.0)
    builder.put(own, imports.start + each, 1.0)
    builder.put(own, exports.start + each, -1.0)
    builder.put(np.tile(own, 2), np.arange(deliver.start, deliver.stop), -1.0)
    builder.put(limits.start + np.arange(2)[:, None], np.arange(make.start, make.stop), rng.uniform(0.1, 1, (2, 2 * p)))
    builder.put(pay.start, imports.start + each, rng.uniform(1.1, 2, p))
    builder.put(pay.start, exports.start + each, -1.0)
    builder.add_rows("quota", pd.RangeIndex(p), upper=1.0)
    builder.put(pay.stop + each, exports.start + each, rng.uniform(0.5, 2, p) * rng.choice([-1, 1], p))
    if kind == "max-min":
        scale = builder.add_columns("scale", pd.RangeIndex(1), cost=10.0)
        builder.put(own, scale.start, -rng.uniform(0.1, 1, p))
    owner = {**{make.start + j: j % p for j in range(2 * p)}, **{imports.start + j: j for j in range(p)}}
    return builder.build("made up", "max"), owner


def shuffled(plan, seed):
    """The same plan with rows in another order, some turned, and perhaps the objective too; and where rows went."""
    rng = np.random.default_rng(seed)
    m = plan.shape[0]
    order, sign = rng.permutation(m), rng.choice([-1.0, 1.0], m) * 10.0 ** rng.integers(-3, 4, m)
    lower, upper = sign * plan.row_lower[order], sign * plan.row_upper[order]
    turn = rng.random() < 0.5
    matrix = (sp.diags_array(sign) @ plan.matrix[order]).toarray()
    cost, sense = (-plan.cost, "min") if turn else (plan.cost, "max")
    given = problem(sense, cost, matrix, np.minimum(lower, upper), np.maximum(lower, upper),
                    plan.column_lower, plan.column_upper)  # fmt: skip
    return given, np.argsort(order)


@given(seeds, st.sampled_from(KINDS))
@settings(max_examples=40, deadline=None)
def test_a_made_up_plan_is_found_as_it_was_made(seed, kind):
    plan, owner = made_up(seed, kind)
    given, went = shuffled(plan, seed)
    found = recognised(given)
    assert isinstance(found, Structure), found
    assert sorted(found.products) == sorted(went[:12])
    assert sorted(found.coupling) == sorted(went[12:15])
    rows = {j: int(found.products[i]) for j, i in enumerate(found.owner) if i >= 0}
    assert rows == {j: int(went[i]) for j, i in owner.items()}
    assert (found.bounds.upper <= given.column_upper).all()


def as_problem(seen):
    """The view written out as a problem of its own."""
    p = seen.shape[0]
    matrix = np.vstack([seen.balance.toarray(), seen.limits.toarray()])
    lower = np.concatenate([seen.demand, seen.limit_lower])
    upper = np.concatenate([np.full(p, INF), seen.limit_upper])
    return problem("min", seen.cost, matrix, lower, upper, seen.bounds.lower, seen.bounds.upper)


def agrees(given, seen):
    """Whether the view has the same optimum, and its prices prove it for the problem itself."""
    whole, part = solve(given), solve(as_problem(seen))
    assert whole.stop is part.stop
    if part.certificate.kind == "optimal":
        p = seen.shape[0]
        proof = certify(given, part.primal, seen.row_duals(part.dual[:p], part.dual[p:]))
        assert proof.kind == "optimal", proof.sentence()
        assert proof.objective == pytest.approx(whole.certificate.objective, rel=1e-6, abs=1e-6)


@given(seeds, st.sampled_from(KINDS))
@settings(max_examples=10, deadline=None)
def test_the_view_of_a_plan_has_its_optimum_and_prices(seed, kind):
    given, _ = shuffled(made_up(seed, kind)[0], seed)
    agrees(given, recognised(given))


@given(seeds, st.sampled_from([random_problem, bounded_problem]))
@settings(max_examples=100, deadline=None)
def test_any_problem_is_seen_rightly_or_refused_in_words(seed, make):
    given = make(seed)
    found = recognised(given)
    if isinstance(found, str):
        assert found
    else:
        agrees(given, found)


def test_why_not():
    assert recognised(klee_minty(4)) == "no row counts a product that some column makes"
    plan, _ = made_up(1)
    assert recognised(plan, 2) == "3 rows couple, more than 2: limits 2, payments 1"
    free = plan.with_column_bounds(lower=np.where(np.arange(plan.shape[1]) == 5, -INF, plan.column_lower))
    assert recognised(free) == "make[5] takes part in products and may be negative without limit"
    crossed = problem("min", [1.0, 1.0], [[1.0, 0.0], [1.0, 1.0]], [3.0, 1.0], INF, 0.0, [2.0, INF])
    assert recognised(crossed) == "column[0] has no value that its bounds and rows allow"
    empty = problem("min", [1.0, 1.0], [[0.0, 0.0], [1.0, 1.0]], [1.0, 1.0], INF)
    assert recognised(empty) == "row[0] cannot be met: nothing in it is left to choose"


def test_a_transport_problem_is_made_of_demands_that_shipments_supply():
    found = recognised(dantzig_transport())
    assert found.shape == (3, 2, 6)
    assert found.owner.tolist() == [0, 1, 2, 0, 1, 2]


def test_joint_products_belong_to_what_they_are_most_of():
    # columns: mill (steel and gas), gas works (gas), delivered steel, delivered gas
    matrix = [[1.0, -0.1, -1.0, 0.0], [0.3, 1.0, 0.0, -1.0], [1.0, 2.0, 0.0, 0.0]]
    given = problem("max", [0, 0, 1, 1], matrix, [0, 0, -INF], [INF, INF, 10.0], 0.0, [INF, INF, INF, 1.0])
    found = recognised(given)
    assert found.owner.tolist() == [0, 1, -1, -1]
    assert found.coupling.tolist() == [2]
    agrees(given, found)


def test_labour_that_overtime_adds_to_and_foreign_exchange_are_no_products():
    # columns: make grain, make coal, import grain, import coal, export grain, export coal, overtime, deliver
    matrix = [
        [1.0, -0.1, 1.0, 0.0, -1.0, 0.0, 0.0, -1.0],
        [-0.2, 1.0, 0.0, 1.0, 0.0, -1.0, 0.0, -0.5],
        [0.0, 0.0, -2.0, -3.0, 1.9, 2.9, 0.0, 0.0],
        [-1.0, -2.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0],
    ]
    upper = [INF, INF, 5.0, 5.0, 5.0, 5.0, 1.0, INF]
    given = problem("max", [0, 0, 0, 0, 0, 0, -3, 1], matrix, [0, 0, 0, -9], INF, 0.0, upper)
    found = recognised(given)
    assert (found.products.tolist(), found.coupling.tolist()) == ([0, 1], [2, 3])
    assert found.owner.tolist() == [0, 1, 0, 1, -1, -1, -1, -1]
    agrees(given, found)


def test_a_share_of_imports_couples():
    # columns: make, import, deliver; imports are at most a tenth and at least a twentieth of supply
    matrix = [[0.8, 1.0, -1.0], [0.1, -0.9, 0.0], [-0.05, 0.95, 0.0]]
    found = recognised(problem("max", [-1, -3, 9], matrix, 0.0, INF, 0.0, [INF, INF, 1.0]))
    assert (found.products.tolist(), found.owner.tolist()) == ([0], [0, 0, -1])


@pytest.fixture(scope="module", params=["sweden", "world"])
def own_plan(request) -> LinearProblem:
    economy = read_example(request.param)
    return build_model(economy, Goal(neutral_weights(economy)), Limits(1)).problem


def test_the_projects_own_plans(own_plan):
    found = recognised(own_plan, 2000)
    assert isinstance(found, Structure), found
    balance = own_plan.row_block("balance")
    assert set(range(balance.start, balance.stop)) <= set(found.products.tolist())
    names = [next(b.name for b in own_plan.rows if b.start <= row < b.stop) for row in found.coupling]
    assert set(names) <= {
        "factors", "emissions", "payments", "capacity", "minima", "import share up", "import share down",
        "route share up", "route share down",
    }  # fmt: skip
    activity = own_plan.column_block("activity").slice
    assert set(found.products[found.owner[activity]].tolist()) <= set(range(balance.start, balance.stop))


@pytest.mark.slow
@given(economies(), limits())
@settings(max_examples=6, deadline=None)
def test_the_view_of_the_projects_plans_for_random_economies_has_their_optimum(economy, limit):
    plan = build_model(economy, Goal(), limit).problem
    found = recognised(plan)
    if isinstance(found, str):
        assert "cannot be met" in found or "has no value" in found, found
        assert solve(plan).certificate.kind == "infeasible"
    else:
        agrees(plan, found)
