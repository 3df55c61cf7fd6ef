"""J. R. Birge and F. Louveaux, *Introduction to Stochastic Programming*, §1.2: saving for college, four stages.

55 are to grow to 80 in three periods. In each, stocks return 1.25 and bonds 1.14, or 1.06 and 1.12, equally likely. A
surplus counts 1, a shortage 4. The book's optimum: expected utility −1.514, with 41.479 in stocks and 13.521 in bonds
at first. Planning for the mean puts everything in stocks and is expected to give −3.788; so VSS is 2.274.
"""

from itertools import product
from typing import Final

import numpy as np
import pandas as pd
import pytest

from newcourse.plan.futures.hedging import hedge
from newcourse.plan.futures.problem import Scenario, ScenarioProblem
from newcourse.plan.futures.solving import solve_together
from newcourse.plan.futures.values import value_scenarios
from newcourse.solver.builder import ProblemBuilder
from newcourse.solver.problem import LinearProblem

RETURNS: Final = {"up": (1.25, 1.14), "down": (1.06, 1.12)}
START, TARGET, SURPLUS, SHORTAGE = 55.0, 80.0, 1.0, 4.0
UTILITY, OF_THE_MEAN, STOCKS, BONDS = -1.514, -3.788, 41.479, 13.521


def saving(way: tuple[str, ...]) -> LinearProblem:
    builder = ProblemBuilder()
    held = builder.add_columns("held", pd.MultiIndex.from_product([[1, 2, 3], ["stocks", "bonds"]]))
    end = builder.add_columns("end", pd.Index(["surplus", "shortage"]), cost=[SURPLUS, -SHORTAGE])
    wealth = [START, 0.0, 0.0, TARGET]
    rows = builder.add_rows("wealth", pd.Index([1, 2, 3, 4]), wealth, wealth).start
    for t, moved in enumerate(way):
        builder.put(rows + t, held.start + 2 * t + np.arange(2), 1.0 if t == 0 else -1.0)
        builder.put(rows + t + 1, held.start + 2 * t + np.arange(2), list(RETURNS[moved]))
    builder.put(rows + 3, [end.start, end.start + 1], [-1.0, 1.0])
    return builder.build("saving for college", "max")


@pytest.fixture(scope="module")
def scenarios() -> ScenarioProblem:
    ways = list(product(RETURNS, repeat=3))
    paths = [("now", *("/".join(way[: t + 1]) for t in range(3))) for way in ways]
    found = [Scenario("-".join(w), 1 / 8, saving(w), p) for w, p in zip(ways, paths, strict=True)]
    return ScenarioProblem(tuple(found), np.array([0, 0, 1, 1, 2, 2, 3, 3]))


def test_the_books_optimum(scenarios: ScenarioProblem) -> None:
    solved = solve_together(scenarios)
    assert solved.value == pytest.approx(UTILITY, abs=5e-4)
    assert solved.here_and_now()[:2] == pytest.approx([STOCKS, BONDS], abs=5e-4)


def test_planning_for_the_mean_puts_all_in_stocks(scenarios: ScenarioProblem) -> None:
    values = value_scenarios(scenarios)
    assert values.rolling == pytest.approx(OF_THE_MEAN, abs=5e-4)
    assert values.rolling_solution == pytest.approx(UTILITY - OF_THE_MEAN, abs=1e-3)
    first, *later = values.stochastic_solutions
    assert first is not None
    assert 0 <= first <= UTILITY - OF_THE_MEAN, "all in stocks at first only, and then with open eyes"
    assert later == [None, None], "amounts fixed beforehand cannot be bought where returns were low"


def test_knowing_it_all_stocks_or_bonds_by_turns(scenarios: ScenarioProblem) -> None:
    values = value_scenarios(scenarios)
    ends = [START * float(np.prod([max(RETURNS[moved]) for moved in way])) for way in product(RETURNS, repeat=3)]
    by_hand = [(e - TARGET) * (SURPLUS if e >= TARGET else SHORTAGE) for e in ends]
    assert values.wait_and_see == pytest.approx(np.mean(by_hand))
    assert list(values.alone.values()) == pytest.approx(by_hand)


def test_scenario_by_scenario(scenarios: ScenarioProblem) -> None:
    hedged = hedge(scenarios, gap=0.5, rounds=4)
    assert hedged.value <= UTILITY + 5e-4 <= hedged.bound + 1e-3
