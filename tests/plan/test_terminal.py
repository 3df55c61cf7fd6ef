"""The end of the horizon does not eat the capital, and a steady end makes a plan's beginning hold for longer ones."""

import pytest

from newcourse.economy.economy import Economy
from newcourse.plan.goal import Goal
from newcourse.plan.limits import Limits, Terminal
from newcourse.plan.plan import Plan
from newcourse.plan.planner import make_plan
from tests.economy.small import economy

FIRST = 3
"""The first years, which are compared."""

STEADY = 100 / (1 + 2 * 1.5 / 20)
"""Bread a year for ever: a loaf takes an hour, and wears out a twentieth of two mills of one and a half hours."""


def mills(**stock: object) -> Economy:
    """Make an economy of 100 hours: bread by hand takes two, in a mill one; a mill takes one and a half."""
    return economy(
        {
            "by hand": {"makes": {"bread": 1.0}, "factors": {"hours": 2.0}},
            "in mills": {"makes": {"bread": 1.0}, "factors": {"hours": 1.0}, "stocks": {"mills": 2.0}},
            "build": {"makes": {"mill": 1.0}, "factors": {"hours": 1.5}},
        },
        {"bread": {"target": 150.0}},
        supply={"hours": 100.0},
        stocks={"mills": {"product": "mill", "quantity": 100.0, "life": 20.0, **stock}},
    )


def planned(periods: int, terminal: Terminal, growth: float = 0.0, **stock: object) -> Plan:
    return make_plan(mills(**stock), Goal(), Limits(periods, None, 0.0, None, None, None, terminal, growth))


def bread(plan: Plan) -> list[float]:
    return plan["deliveries"]["quantity"].tolist()


def change_by_lengthening(terminal: Terminal, **stock: object) -> float:
    """Return the largest change of the first years' bread if five years become twelve, as a part."""
    short, long = bread(planned(5, terminal, **stock)), bread(planned(12, terminal, **stock))
    return max(abs(a - b) / b for a, b in zip(short[:FIRST], long[:FIRST], strict=True))


@pytest.mark.parametrize("ageing", ["geometric", "vintage"])
def test_lengthening_the_horizon_changes_the_first_years_little_if_it_ends_steady(ageing: str) -> None:
    assert change_by_lengthening("steady", ageing=ageing) < 0.01
    assert change_by_lengthening("free", ageing=ageing) > 0.2


def test_a_free_end_eats_the_capital() -> None:
    """Nobody builds a mill in the years in which it would not pay for itself."""
    assert planned(5, "free")["investment"]["quantity"].tolist()[1:] == pytest.approx([0.0] * 4, abs=1e-6)


@pytest.mark.parametrize("gestation", [0, 1, 2])
def test_a_steady_end_comes_to_the_stationary_optimum(gestation: int) -> None:
    assert bread(planned(12, "steady", gestation=gestation))[-1] == pytest.approx(STEADY, rel=1e-5)


@pytest.mark.parametrize("growth", [0.0, 0.03])
@pytest.mark.parametrize("ageing", ["geometric", "vintage"])
def test_activity_can_go_on_after_a_steady_end(growth: float, ageing: str) -> None:
    """What is invested in the last year covers wear and growth of the mills that are run in it."""
    plan = planned(4, "steady", growth, ageing=ageing)
    invested = plan["investment"]["quantity"].iloc[-1]
    used = 2.0 * plan["activity"].set_index(["process", "period"])["quantity"]["in mills", plan.periods[-1]]
    wear = growth + 1 / 20 if ageing == "geometric" else (1 + growth) / sum((1 + growth) ** -a for a in range(20))
    assert invested >= wear * used * (1 - 1e-6)


def test_a_kept_end_leaves_as_many_mills_as_there_were() -> None:
    plan = planned(4, "kept")
    left = 0.95 * plan["capital"]["quantity"].iloc[-1] + plan["investment"]["quantity"].iloc[-1]
    assert left >= 100.0 * (1 - 1e-6)


def test_vintages_serve_their_life_and_then_are_gone() -> None:
    """A hundred mills of four years: a quarter of the first leaves each year, what is built serves four."""
    plan = planned(6, "free", life=4.0, ageing="vintage")
    built = plan["investment"]["quantity"].tolist()
    for year, capital in enumerate(plan["capital"]["quantity"]):
        serving = sum(built[then] for then in range(6) if 0 <= year - then - 1 < 4)
        assert capital == pytest.approx(100.0 * max(0.0, 1 - year / 4) + serving, abs=1e-5)


def test_a_period_that_stands_for_others_uses_up_nothing_that_is_there_once() -> None:
    """Stores, savings, reserves and debt may help the years before the last, not the one that is repeated."""
    made = economy(
        {"bake": {"makes": {"bread": 1.0}, "factors": {"hours": 1.0}}},
        {"bread": {"target": 50.0}},
        products={"bread": {"storable": True}},
        supply={"hours": 10.0},
        stores={"bread": 3.0},
        trade=[{"product": "bread"}],
        accounts=[{"reserves": 4.0, "borrowing": 5.0, "credit": 1.0}],
    )
    plan = make_plan(made, Goal(), Limits(3, None, 0.0, None, None, None, "steady"))
    assert bread(plan)[-1] == pytest.approx(11.0, rel=1e-5), "what is baked, and what the credit buys"
    assert sum(bread(plan)[:2]) == pytest.approx(2 * 11.0 + 3.0 + 4.0, rel=1e-5)
