import numpy as np
import pytest
import scipy.sparse as sp
from hypothesis import assume, given, settings

from newcourse.errors import BadInput, Contradiction
from newcourse.solver.conflict import Commitment, cheapest_relief, minimal_conflict
from newcourse.solver.door import solve
from newcourse.solver.lexicographic import Objective, solve_lexicographic
from newcourse.solver.solution import Stop
from tests.solver.instances import INF, bounded_problem, oracle, problem, random_problem, seeds


def hours():
    """Bread takes 2 hours, steel 3, books 1; promised are 4, 5 and 6 of them and 20 hours at most.

    Bread and steel alone take 23 hours: they, the hours and nothing else contradict each other, and so do steel and
    books with the limit of 20.
    """
    matrix = [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0], [2.0, 3.0, 1.0]]
    return problem("min", np.zeros(3), matrix, [4.0, 5.0, 6.0, -INF], [INF, INF, INF, 20.0])


GROUPS = {"bread": [0], "steel": [1], "books": [2], "hours": [3]}


def without(given, groups, names):
    lower, upper = given.row_lower.copy(), given.row_upper.copy()
    for name in names:
        lower[groups[name]], upper[groups[name]] = -INF, INF
    return given.with_row_bounds(lower, upper)


def test_a_known_conflict_is_named():
    found = minimal_conflict(hours(), GROUPS)
    assert found in {("bread", "steel", "hours"), ("steel", "books", "hours")}


def test_background_is_not_named():
    groups = {"bread": [0], "steel": [1]}
    given = without(hours(), GROUPS, ["books"])
    assert minimal_conflict(given, groups) == ("bread", "steel")


def test_a_commitment_of_column_bounds():
    given = problem("min", [0.0, 0.0], [[1.0, 1.0]], -INF, 5.0, [3.0, 4.0], INF)
    groups = {
        "first": Commitment(columns=[0], lower=0.0),
        "second": Commitment(columns=[1], lower=0.0),
        "limit": [0],
    }
    assert minimal_conflict(given, groups) == ("first", "second", "limit")
    less = given.with_column_bounds(lower=[6.0, 4.0])
    assert minimal_conflict(less, groups) == ("first", "limit")


def test_no_conflict_a_broken_background_and_shared_rows_are_refused():
    feasible = hours().with_row_bounds(upper=[INF, INF, INF, 40.0])
    with pytest.raises(BadInput, match="no-conflict"):
        minimal_conflict(feasible, GROUPS)
    with pytest.raises(Contradiction, match=r"row\[3\]"):
        minimal_conflict(hours(), {"books": [2]})
    with pytest.raises(BadInput, match="in the groups bread and again") as caught:
        minimal_conflict(hours(), {"bread": [0], "again": [0], "far": [9]})
    assert [fault.code for fault in caught.value.faults] == ["shared", "position"]


@settings(max_examples=80)
@given(seeds)
def test_a_conflict_is_irreducible(seed):
    given_ = random_problem(seed)
    assume(solve(given_).stop is Stop.INFEASIBLE)
    rows = np.random.default_rng(seed).permutation(given_.shape[0])
    groups = {f"group {k}": part for k, part in enumerate(np.array_split(rows, max(len(rows) // 2, 1)))}
    try:
        found = minimal_conflict(given_, groups)
    except Contradiction:
        assert oracle(without(given_, groups, groups))[0] == "infeasible"
        return
    others = [name for name in groups if name not in found]
    free = given_.with_cost(np.zeros(given_.shape[1]))
    if given_.shape[1]:
        assert oracle(without(free, groups, others))[0] == "infeasible"
        for name in found:
            assert oracle(without(free, groups, [*others, name]))[0] == "optimal"


def test_cheapest_relief_by_hand():
    relief = cheapest_relief(hours(), {"hours": [3]})
    assert relief.amounts == pytest.approx([0.0, 0.0, 0.0, 9.0])
    assert relief.groups == pytest.approx({"hours": 9.0})
    assert solve(relief.relieved()).certificate.kind == "optimal"


def test_relief_weighs_by_scale():
    # one steel less saves three hours: it is given up where it counts as cheap as an hour, not where it is dear
    cheap = cheapest_relief(hours(), {"steel": [1], "hours": [3]})
    assert cheap.amounts == pytest.approx([0.0, -3.0, 0.0, 0.0])
    dear = cheapest_relief(hours(), {"steel": [1], "hours": [3]}, [1.0, 0.1, 1.0, 1.0])
    assert dear.amounts == pytest.approx([0.0, 0.0, 0.0, 9.0])
    assert dear.total == pytest.approx(9.0)


def test_relief_that_cannot_help_is_refused():
    with pytest.raises(Contradiction):
        cheapest_relief(hours().with_row_bounds(upper=[INF, 4.0 + 1.0, INF, -1.0]), {"steel": [1]})


@settings(max_examples=60)
@given(seeds)
def test_relief_is_enough_and_never_more_than_needed(seed):
    given_ = random_problem(seed)
    m, n = given_.shape
    assume(m > 0)
    assume(n > 0)
    relief = cheapest_relief(given_, {"all": np.arange(m)})
    relaxed = relief.relieved().with_cost(np.zeros(n))
    slack = 1e-9 * (1.0 + np.abs(relief.amounts).max())
    assert oracle(relaxed.with_row_bounds(relaxed.row_lower - slack, relaxed.row_upper + slack))[0] == "optimal"
    if relief.total > 1e-3:
        less = given_.with_cost(np.zeros(n)).with_row_bounds(
            given_.row_lower + 0.9 * np.minimum(relief.amounts, 0.0),
            given_.row_upper + 0.9 * np.maximum(relief.amounts, 0.0),
        )
        assert oracle(less)[0] == "infeasible"


def test_goals_in_order_of_rank():
    given_ = problem("min", [0.0, 0.0], [[1.0, 1.0]], -INF, 10.0, 0.0, [8.0, 8.0])
    goals = [
        Objective("both", np.array([1.0, 1.0]), "max"),
        Objective("first", np.array([1.0, 0.0]), "min"),
        Objective("never reached", np.array([0.0, 1.0]), "min"),
    ]
    stages = solve_lexicographic(given_, goals)
    assert [stage.certificate.objective for stage in stages] == pytest.approx([10.0, 2.0, 8.0], rel=1e-5)
    assert [block.name for block in stages[-1].problem.rows] == ["row", "kept both", "kept first"]


def test_an_optimum_of_nil_is_kept():
    given_ = problem("min", [0.0, 0.0], [[1.0, 1.0]], 4.0, INF, 0.0, [5.0, 5.0])
    goals = [Objective("none", np.array([1.0, 0.0]), "min"), Objective("less", np.array([1.0, 1.0]), "min")]
    first, second = solve_lexicographic(given_, goals)
    assert first.certificate.objective == 0.0
    assert second.values("column").tolist() == pytest.approx([0.0, 4.0], abs=1e-5)


@settings(max_examples=50)
@given(seeds)
def test_later_goals_take_no_more_than_the_slack(seed):
    given_ = bounded_problem(seed)
    rng = np.random.default_rng(seed)
    n = given_.shape[1]
    goals = [Objective(f"goal {k}", rng.normal(size=n), "min" if k % 2 else "max", 1e-6) for k in range(3)]
    stages = solve_lexicographic(given_, goals)
    last = stages[-1].primal
    for goal, stage in zip(goals, stages, strict=True):
        alone = solve(given_.with_cost(goal.cost, goal.sense)).require_certified().certificate.objective
        reach = np.abs(goal.cost) * np.maximum(np.abs(given_.column_lower), np.abs(given_.column_upper))
        room = 3e-6 * max(abs(stage.certificate.objective), reach.max())
        assert abs(goal.cost @ last - stage.certificate.objective) <= room
        sign = 1.0 if goal.sense == "min" else -1.0
        assert sign * stage.certificate.objective >= sign * alone - room


def test_coefficients_are_not_copied_for_each_try():
    given_ = hours()
    assert np.shares_memory(given_.with_cost(np.ones(3)).matrix.data, given_.matrix.data)
    assert isinstance(given_.matrix, sp.csr_array)


def test_a_search_for_few_ends_when_there_are_certainly_more() -> None:
    """Each of ten shares asks for 1 of 9: all are needed, and the limit; after three it is certain that more than 2."""
    matrix = np.vstack([np.eye(10), np.ones(10)])
    given_ = problem("min", np.zeros(10), matrix, [1.0] * 10 + [-INF], [INF] * 10 + [9.0])
    groups = {f"share {i}": [i] for i in range(10)} | {"limit": [10]}
    assert len(minimal_conflict(given_, groups)) == 11
    assert minimal_conflict(given_, groups, most=11) == minimal_conflict(given_, groups)
    assert len(minimal_conflict(given_, groups, most=2)) > 2
