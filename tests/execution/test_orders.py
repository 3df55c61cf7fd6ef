"""Orders: every place gets what is its own, and together they are the plan, exactly (design §4.6)."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings

from newcourse.economy.economy import Economy
from newcourse.errors import BadInput
from newcourse.execution.orders import KINDS, Order, make_orders, sum_faults
from newcourse.plan.limits import Limits
from newcourse.plan.plan import Plan
from newcourse.plan.planner import make_plan
from newcourse.sources.examples import read_example
from tests.economy.small import economy
from tests.plan.strategies import FREE, economies


@pytest.fixture(scope="module")
def plan() -> Plan:
    return make_plan(read_example("sweden"))


def test_each_branch_is_told_what_to_run_and_the_federation_what_to_deliver(plan: Plan) -> None:
    orders = {order.place: order for order in make_orders(plan)}
    steel = orders["C24"]
    run = {line.code: line.quantity for line in steel.lines if line.kind == "run"}
    activity = plan["activity"].set_index("process")["quantity"]
    assert run == {"C24": activity["C24"]}
    assert {line.kind for line in steel.lines} == {"run", "make", "use"}
    assert {"deliver", "import", "export", "invest"} <= {line.kind for line in orders["SE"].lines}


def test_orders_add_up_to_the_plan(plan: Plan) -> None:
    orders = make_orders(plan)
    assert sum_faults(plan, orders) == []
    delivered = sum(line.quantity for order in orders for line in order.lines if line.kind == "deliver")
    assert delivered == pytest.approx(plan["deliveries"]["quantity"].sum(), rel=1e-12)
    made = sum(line.quantity for order in orders for line in order.lines if line.kind == "make")
    assert made == pytest.approx((plan.economy.outputs @ plan.activity_in(2009)).sum(), rel=1e-12)


def test_lines_come_by_kind_and_largest_first(plan: Plan) -> None:
    for order in make_orders(plan):
        ranks = [(KINDS.index(line.kind), -line.quantity) for line in order.lines]
        assert ranks == sorted(ranks)


def test_an_order_survives_being_written_down(plan: Plan) -> None:
    orders = make_orders(plan)
    assert tuple(Order.from_data(order.to_data()) for order in orders) == orders


def test_a_missing_line_is_found(plan: Plan) -> None:
    first, *rest = make_orders(plan)
    fewer = [replace(first, lines=first.lines[1:]), *rest]
    faults = sum_faults(plan, fewer)
    assert [fault.code for fault in faults] == ["orders-sum"]
    assert first.lines[0].code in faults[0].where


def test_a_changed_quantity_is_found(plan: Plan) -> None:
    first, *rest = make_orders(plan)
    line = replace(first.lines[0], quantity=first.lines[0].quantity * 1.001)
    assert sum_faults(plan, [replace(first, lines=(line, *first.lines[1:])), *rest])


def test_shipments_are_sent_by_one_place_and_received_by_the_other() -> None:
    plan = make_plan(read_example("world"))
    orders = make_orders(plan)
    sent = {(o.place, x.with_, x.code): x.quantity for o in orders for x in o.lines if x.kind == "send"}
    received = {(x.with_, o.place, x.code): x.quantity for o in orders for x in o.lines if x.kind == "receive"}
    assert sent == received
    assert len(sent) > 100


@settings(max_examples=20)
@given(economies())
def test_orders_of_any_plan_add_up(economy: Economy) -> None:
    plan = make_plan(economy, limits=Limits(**FREE, terminal="free"))
    orders = make_orders(plan)
    assert sum_faults(plan, orders) == []
    assert all(np.isfinite(line.quantity) and line.quantity > 0 for order in orders for line in order.lines)


def test_a_plan_with_a_table_missing_is_refused(plan: Plan) -> None:
    tables = {name: table for name, table in plan.tables.items() if name != "activity"}
    with pytest.raises(BadInput, match="activity"):
        Plan(plan.economy, plan.goal, plan.limits, tables, plan.proofs)


def test_a_project_is_begun_by_an_order_and_uses_up_what_its_schedule_says() -> None:
    made = economy(
        {"dig": {"makes": {"clay": 1.0}}, "mill": {"makes": {"flour": 1.0}, "stocks": {"weir": 1.0}}},
        {"flour": {"target": 9.0}},
        places={"P": "", "Q": "P"},
        stocks={"weir": {"product": "wall", "quantity": 0.0}},
        more={
            "projects": [{"project": "dam", "name": "the dam", "place": "Q"}],
            "project_inputs": [
                {"project": "dam", "year": year, "place": "P", "product": "clay", "quantity": 3.0 + year}
                for year in (0, 1)
            ],
            "project_yields": [{"project": "dam", "year": 2, "stock": "weir", "quantity": 9.0}],
        },
    )
    orders = make_orders(make_plan(made, limits=Limits(3, **FREE, terminal="free")))  # type: ignore[arg-type]
    told = {order.period: [(n.kind, n.code, n.quantity) for n in order.lines] for order in orders if order.place == "Q"}
    assert told == {2001: [("begin", "dam", 1.0), ("use", "clay", 3.0)], 2002: [("use", "clay", 4.0)]}
