"""Scenario problems against an independent solver, closed forms, and each other."""

from dataclasses import replace
from typing import Any, Final

import numpy as np
import pandas as pd
import pytest
import scipy.sparse as sp
from hypothesis import example, given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from newcourse.errors import BadInput, Contradiction
from newcourse.plan.futures.extensive import extensive
from newcourse.plan.futures.options import closed_options, weigh_waiting
from newcourse.plan.futures.problem import Scenario, ScenarioProblem, mean_problem
from newcourse.plan.futures.solving import solve_together
from newcourse.plan.futures.values import sooner, value_scenarios
from newcourse.solver.builder import ProblemBuilder
from newcourse.solver.problem import LinearProblem
from tests.known_answers.farmer import farm, farmer

PATHS: Final = (("r", "a", "aa"), ("r", "a", "ab"), ("r", "b", "ba"), ("r", "b", "bb"))


def news(demand: float) -> LinearProblem:
    """A vendor buys papers at 3 in the morning, sells them at 5 during the day, and gives 1 worth of the rest back."""
    builder = ProblemBuilder()
    buy = builder.add_columns("buy", pd.Index(["papers"]), cost=-3.0)
    sell = builder.add_columns("sell", pd.Index(["papers"]), upper=demand, cost=5.0)
    back = builder.add_columns("back", pd.Index(["papers"]), cost=1.0)
    row = builder.add_rows("papers", pd.Index(["all"]), lower=0.0)
    builder.put(row.start, [buy.start, sell.start, back.start], [1.0, -1.0, -1.0])
    return builder.build("news-vendor", "max")


@given(st.lists(st.floats(1, 100), min_size=2, max_size=6, unique=True))
@settings(max_examples=12)
def test_the_news_vendor_buys_the_critical_quantile(demands: list[float]) -> None:
    demands = sorted(demands)
    names = {f"s{i}": news(d) for i, d in enumerate(demands)}
    solved = solve_together(ScenarioProblem.two_stage(names, dict.fromkeys(names, 1 / len(names)), ["buy"]))
    best = max(np.mean([5 * min(q, d) + max(q - d, 0) - 3 * q for d in demands]) for q in demands)
    assert solved.value == pytest.approx(best)
    bought = solved.here_and_now()[0]
    assert np.mean(np.array(demands) < bought - 1e-6) <= 0.5 <= np.mean(np.array(demands) <= bought + 1e-6) + 1e-9


def stock(rng: np.random.Generator) -> list[LinearProblem]:
    """Three periods of making, storing and selling with random prices, demands and hours, one problem per path."""
    node = {name: rng.uniform(0.5, 2.0, 3) for path in PATHS for name in path}
    problems = []
    for path in PATHS:
        builder = ProblemBuilder()
        times = pd.Index([0, 1, 2], name="period")
        make = builder.add_columns("make", times, cost=[-1.0 * node[n][0] for n in path])
        keep = builder.add_columns("keep", times, upper=3.0, cost=-0.1)
        sell = builder.add_columns(
            "sell", times, upper=[2.0 * node[n][1] for n in path], cost=[2 * node[n][2] for n in path]
        )
        rows = builder.add_rows("goods", times, lower=0.0)
        hours = builder.add_rows("hours", times, upper=2.0)
        for t in range(3):
            builder.put(rows.start + t, [make.start + t, keep.start + t, sell.start + t], [1.0, -1.0, -1.0])
            if t:
                builder.put(rows.start + t, keep.start + t - 1, 0.9)
            builder.put(hours.start + t, make.start + t, node[path[t]][1])
        problems.append(builder.build("stock", "max"))
    return problems


def three_stages(seed: int) -> ScenarioProblem:
    rng = np.random.default_rng(seed)
    weights = rng.dirichlet(np.ones(4))
    scenarios = [Scenario("".join(p), float(w), q, p) for p, w, q in zip(PATHS, weights, stock(rng), strict=True)]
    return ScenarioProblem(tuple(scenarios), np.tile([0, 1, 2], 3))


def independent(problem: ScenarioProblem) -> float:
    """Solve with a copy of every column for every scenario, equations between copies, and scipy."""
    parts = [s.problem for s in problem.scenarios]
    n = parts[0].shape[1]
    cost = np.concatenate([s.weight * s.problem.sign * s.problem.cost for s in problem.scenarios])
    matrix = sp.block_diag([p.matrix for p in parts]).tocsr()
    low, high = (np.concatenate([getattr(p, side) for p in parts]) for side in ("row_lower", "row_upper"))
    above, below = np.isfinite(high), np.isfinite(low)
    less = sp.vstack([matrix[above], -matrix[below]])
    equal: list[Any] = []
    for s, scenario in enumerate(problem.scenarios):
        for r in range(s):
            for j in range(n):
                if scenario.path[problem.stage[j]] == problem.scenarios[r].path[problem.stage[j]]:
                    row = np.zeros(cost.size)
                    row[s * n + j], row[r * n + j] = 1.0, -1.0
                    equal.append(row)
    bounds = [b for p in parts for b in zip(p.column_lower, p.column_upper, strict=True)]
    kept = {"A_eq": np.array(equal), "b_eq": np.zeros(len(equal))} if equal else {}
    found = linprog(cost, less, np.concatenate([high[above], -low[below]]), bounds=bounds, **kept)
    assert found.status == 0
    return float(parts[0].sign * found.fun)


@pytest.mark.parametrize("seed", range(4))
def test_three_stages_as_an_independent_solver_finds_them(seed: int) -> None:
    problem = three_stages(seed)
    assert solve_together(problem).value == pytest.approx(independent(problem))
    assert solve_together(sooner(problem)).value == pytest.approx(independent(sooner(problem)))


@given(st.integers(0, 10**6))
@example(181887)  # nothing is worth doing: the bound is nil to rounding
@settings(max_examples=5)
def test_knowing_more_is_never_worse_and_the_mean_never_better(seed: int) -> None:
    problem = three_stages(seed)
    values = value_scenarios(problem)
    small = 1e-6 * (1 + abs(values.together))
    assert -small <= values.hearing_sooner <= values.perfect_information + small
    first, second = values.stochastic_solutions
    inf = float("inf")  # what is decided for the mean may be impossible in a scenario
    first, second, rolling = (inf if v is None else v for v in (first, second, values.rolling_solution))
    assert -small <= first <= second + small
    assert rolling >= -small
    mean = solve_together(ScenarioProblem((Scenario("mean", 1.0, mean_problem(problem), ("m",) * 3),), problem.stage))
    assert values.alone.keys() == {"".join(path) for path in PATHS}
    assert mean.value > 0


def test_what_is_common_is_common_and_written_once() -> None:
    written = extensive(farmer())
    assert written.problem.shape == (1 + 3 * 3, 3 + 3 * 6)
    assert (written.columns[:, :3] == written.columns[0, :3]).all()
    assert len(np.unique(written.columns[:, 3:])) == 18
    assert written.problem.column_name(0) == "sow[wheat, now]"
    assert written.problem.column_block("sell").label(written.columns[2, 3]) == "sell[wheat, bad]"


def test_valuations_are_given_that_the_node_is_reached() -> None:
    solved = solve_together(farmer())
    for s, scenario in enumerate(farmer().scenarios):
        dual = solved.extensive.dual(solved.solution, s)
        wheat = scenario.problem.row_block("crops").start
        assert -238.0 - 1e-6 <= dual[wheat] <= -170.0 + 1e-6, "between the price of selling and of buying"


def test_a_decision_that_scenarios_bound_apart_is_refused() -> None:
    two = farmer()
    lower, upper = np.array(two.scenarios[0].problem.column_lower), np.array(two.scenarios[1].problem.column_upper)
    lower[0], upper[0] = 100.0, 50.0
    parts = [s.problem for s in two.scenarios]
    apart = two.with_problems(
        [parts[0].with_column_bounds(lower=lower), parts[1].with_column_bounds(upper=upper), parts[2]]
    )
    with pytest.raises(Contradiction) as raised:
        extensive(apart)
    assert raised.value.faults[0].where == "sow[wheat, now]"


def test_scenarios_that_do_not_fit_are_refused_all_at_once() -> None:
    scenarios = farmer().scenarios
    wrong = (
        replace(scenarios[0], weight=0.5),
        replace(scenarios[1], problem=news(3.0)),
        replace(scenarios[2], path=("now",)),
    )
    with pytest.raises(BadInput) as raised:
        ScenarioProblem(wrong, farmer().stage)
    assert {f.code for f in raised.value.faults} == {"scenario-weights", "scenario-columns", "scenario-path"}
    with pytest.raises(BadInput) as raised:
        ScenarioProblem((scenarios[0], replace(scenarios[1], path=("else", "good")), *scenarios[2:]), farmer().stage)
    assert {f.code for f in raised.value.faults} == {"scenario-tree"}
    with pytest.raises(BadInput):
        ScenarioProblem((), farmer().stage)


def widget(price: float) -> LinearProblem:
    """Dixit and Pindyck's factory: 1600 to build now or in a year, one widget a year for ever, interest 10 %."""
    builder = ProblemBuilder()
    later = 11 * price - 1600 / 1.1 - price  # from next year on: the price for ever, less this year's
    built = builder.add_columns("build", pd.Index([0, 1]), cost=[200 + 10 * price - 1600, 10 * price - 1600 / 1.1])
    assert later == pytest.approx(10 * price - 1600 / 1.1)
    once = builder.add_rows("one factory", pd.Index(["all"]), upper=1.0)
    builder.put(once.start, [built.start, built.start + 1], 1.0)
    return builder.build("widgets", "max")


def test_the_value_of_waiting_in_dixit_and_pindycks_factory() -> None:
    problems = {"up": widget(300.0), "down": widget(100.0)}
    paths = {name: ("now", name) for name in problems}
    scenarios = ScenarioProblem(
        tuple(Scenario(name, 0.5, problems[name], paths[name]) for name in problems), np.array([0, 1])
    )
    best = solve_together(scenarios)
    waiting = weigh_waiting(scenarios, best.value, "factory", [0], 1.0)
    assert waiting.now == pytest.approx(600.0)
    assert waiting.wait == pytest.approx(773, abs=0.5)
    assert waiting.value_of_waiting == pytest.approx(173, abs=0.5)
    assert waiting.cost_of_committing == pytest.approx(173, abs=0.5)
    with pytest.raises(BadInput):
        weigh_waiting(scenarios, best.value, "factory", [1], 1.0)
    assert weigh_waiting(scenarios, best.value, "two factories", [0], 2.0).now is None


def test_sowing_closes_what_more_land_under_beets_would_have_sold() -> None:
    problem = farmer()
    best = solve_together(problem)
    sell = problem.scenarios[0].problem.column_block("sell")
    options = {"sell beets": np.array([sell.start + 2]), "sell corn": np.array([sell.start + 1])}
    closed = closed_options(problem, best, value_scenarios(problem, best), options)
    found = {(each.option, each.scenario): each for each in closed}
    # Known bad weather, 375 acres of beets would be sown for the whole quota; 250 acres give 4000 t.
    bad = found["sell beets", "bad"]
    assert (bad.wanted, bad.after, bad.before) == pytest.approx((6000.0, 4000.0, 6000.0))
    assert bad.missing == pytest.approx(1 / 3)
    assert ("sell beets", "good") not in found


def test_the_farmers_year_is_sound() -> None:
    assert farm(1.0).shape == (4, 9)


def test_a_mean_is_endless_where_one_scenario_is_and_exact_where_all_agree() -> None:
    problem = farmer()
    parts = [s.problem for s in problem.scenarios]
    upper = np.array(parts[1].column_upper)
    upper[0], upper[3] = 77.0, 30.0
    mean = mean_problem(problem.with_problems([parts[0], parts[1].with_column_bounds(upper=upper), parts[2]]))
    assert np.isinf(mean.column_upper[[0, 3]]).all()
    assert (mean.cost == parts[0].cost).all()
    assert mean.column_upper[5] == parts[0].column_upper[5]
    assert mean.matrix[1, 0] == pytest.approx(2.5)
