"""Pictures of what can be had together and of changed orders: their numbers, in words and as drawn."""

import pandas as pd
import pytest

from newcourse.errors import BadInput
from newcourse.pictures.changes import changes
from newcourse.pictures.pareto import pareto, pareto_table
from newcourse.pictures.render import svg
from newcourse.plan.limits import Limits
from newcourse.plan.pareto import Choices, efficient_plans
from tests.plan.test_pareto import works


@pytest.fixture(scope="module")
def choices() -> Choices:
    limits = Limits(activity_rate=None, terminal="free")
    return efficient_plans(works(), limits=limits, aims=("needs", "hours", "emissions"), count=3, steps=2)


def test_the_table_holds_every_aim_of_every_point(choices: Choices) -> None:
    table = pareto_table(choices)
    assert len(table) == 3 * len(choices.frontier)
    assert table["place"].between(0, 1).all()
    assert set(table["plan"]) - {""} == {one.title for one in choices.chosen}


@pytest.mark.parametrize("width", [300, 880])
def test_the_picture_tells_its_numbers(choices: Choices, width: int) -> None:
    drawn = svg(pareto(choices, width=width))
    assert "What can be had together" in drawn
    assert "Most needs met" in drawn


def test_more_plans_than_can_be_told_apart_are_refused(choices: Choices) -> None:
    many = Choices(choices.aims, choices.units, choices.payoff, choices.frontier, choices.chosen * 3, 0, 0)
    with pytest.raises(BadInput, match="variants-number"):
        pareto(many)


def test_the_picture_of_changed_orders() -> None:
    table = pd.DataFrame({"tolerance": [0.0, 0.01], "given_up": [0.0, 0.002], "changed": [12, 3], "orders": [40, 40]})
    drawn = svg(changes(table))
    assert "12 of 40" in drawn
    assert "3 of 40" in drawn
