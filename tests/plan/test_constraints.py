"""Each constraint's rows in the smallest economy that shows them, beside rows worked out by hand (golden files)."""

import pkgutil
from pathlib import Path

import pytest

from newcourse.plan import constraints
from newcourse.plan.constraints.registry import CONSTRAINTS, WORDED
from newcourse.plan.goal import Goal
from newcourse.plan.limits_met import EXPLAINED
from newcourse.plan.model import build_model
from newcourse.plan.names import Names
from newcourse.plan.wording import row_words
from tests.plan.golden_cases import CASES, FURTHER, GOALS
from tests.plan.readable import rows_as_text

GOLDEN = Path(__file__).parent / "golden_rows"
ALL = CASES | FURTHER


def test_no_constraint_is_missing() -> None:
    modules = {module.name for module in pkgutil.iter_modules(constraints.__path__)} - {"registry"}
    assert set(CASES) == modules
    assert {module.__name__.rpartition(".")[2] for module in CONSTRAINTS} == modules


@pytest.mark.parametrize("name", ALL)
def test_the_rows_are_those_worked_out_by_hand(name: str) -> None:
    case, blocks = ALL[name]
    economy, limits = case()
    rows = rows_as_text(build_model(economy, GOALS.get(name, Goal()), limits).problem, *blocks)
    assert rows == (GOLDEN / f"{name}.txt").read_text().splitlines()


@pytest.mark.parametrize("name", ALL)
def test_every_row_has_words_and_a_unit(name: str) -> None:
    economy, limits = ALL[name][0]()
    problem = build_model(economy, GOALS.get(name, Goal()), limits).problem
    names = Names(economy)
    for block in problem.rows:
        if block.name == "worst off":
            continue  # of a place, in no unit
        for row in range(block.start, block.stop):
            called = row_words(problem, names, row)
            assert called.words
            assert called.unit in {"t", "MEUR", "Mhour", "kt", "piece"}


def test_every_block_of_rows_belongs_to_a_constraint() -> None:
    economy, limits = CASES["shares"][0]()
    problem = build_model(economy, Goal(), limits).problem
    assert {block.name for block in problem.rows} <= set(WORDED)
    assert set(EXPLAINED) <= set(WORDED)
