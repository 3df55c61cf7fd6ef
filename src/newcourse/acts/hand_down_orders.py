"""Hand the adopted plan down as orders to places, which add up to it exactly; with them the cycle is closed."""

from typing import Final

from newcourse.acts.act import Act, Deed, Tools, refused
from newcourse.acts.artefacts import json_artefact
from newcourse.acts.ask import Ask
from newcourse.acts.calling import cycle_asked
from newcourse.council.state import State
from newcourse.errors import BadInput
from newcourse.execution.orders import Order, make_orders, sum_faults


def check(state: State, ask: Ask) -> None:
    """Refuse orders without an adopted plan."""
    cycle = cycle_asked(state, ask)
    if not cycle.adopted:
        article = state.law.article_on_act("hand_down_orders")
        expected = "orders from a plan that was adopted"
        raise refused(ask, article, "not-adopted", "no adopted plan", expected, "adopt the plan that won the vote")


def prepare(state: State, ask: Ask, tools: Tools) -> tuple[Order, ...]:
    """Return the orders, once it is known that they add up to the plan."""
    plan = tools.archive.plan(cycle_asked(state, ask).adopted)
    orders = make_orders(plan)
    if faults := sum_faults(plan, orders):
        raise BadInput(faults)
    return orders


def basis(state: State, _ask: Ask) -> object:
    """Return what the orders follow from."""
    return state.cycle and state.cycle.adopted


def do(state: State, ask: Ask, orders: tuple[Order, ...]) -> Deed:
    """Write the orders."""
    cycle = cycle_asked(state, ask)
    kept = json_artefact("orders", {"plan": cycle.adopted, "orders": [order.to_data() for order in orders]})
    places = sorted({order.place for order in orders})
    return Deed({"cycle": cycle.number, "plan": cycle.adopted, "orders": kept.address, "places": places}, (kept,))


ACT: Final = Act("hand_down_orders", check, do, prepare=prepare, basis=basis)
