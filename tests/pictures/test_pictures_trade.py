"""The picture of making over buying: its numbers are those of the coefficients, and it can be drawn."""

import pytest

from newcourse.pictures.look import NARROW
from newcourse.pictures.render import svg
from newcourse.pictures.trade import LAST, trade, trade_table
from newcourse.plan.comparative import ComparativeCoefficients, comparative_coefficients
from newcourse.plan.goal import Goal
from newcourse.plan.plan import Plan
from newcourse.plan.planner import make_plan
from tests.acts.commune import FREE, two_products
from tests.economy.small import economy


@pytest.fixture(scope="module")
def plan() -> Plan:
    many = {f"skill {number}": 0.5 for number in range(9)}
    made = economy(
        {
            "bake": {"makes": {"bread": 1.0}, "factors": {"hours": 1.0}, "base": 1.0},
            "build": {"makes": {"bus": 1.0}, "factors": {"hours": 3.0, **many}, "base": 1.0},
        },
        {"bread": {"target": 60.0}, "bus": {"target": 40.0}},
        supply={"hours": 100.0, **dict.fromkeys(many, 100.0)},
        trade=[{"product": "bread", "import_quota": 0.0}, {"product": "bus", "import_price": 2.0, "export_quota": 0.0}],
        accounts=[{"reserves": 5.0}],
    )
    return make_plan(made, Goal(), FREE)


@pytest.fixture(scope="module")
def found(plan: Plan) -> ComparativeCoefficients:
    return comparative_coefficients(plan)


def test_parts_add_up_to_the_coefficient(plan: Plan, found: ComparativeCoefficients) -> None:
    table = trade_table(found, plan.periods[0])
    assert table.groupby("name")["share"].sum().to_dict() == pytest.approx({"bus": found.of("bus").coefficient})


@pytest.mark.parametrize("width", [NARROW, 880])
def test_it_is_drawn_with_its_numbers_in_words(plan: Plan, found: ComparativeCoefficients, width: int) -> None:
    picture = trade(plan, found=found, width=width)
    assert "bus 1.5 (buy)" in picture.to_dict()["description"]
    assert svg(picture).startswith("<svg")
    assert LAST not in svg(picture)  # parts without worth are not drawn


def test_where_nothing_can_be_bought_it_says_so() -> None:
    drawn = svg(trade(make_plan(two_products(), Goal(), FREE)))
    assert "can be bought elsewhere" in drawn
