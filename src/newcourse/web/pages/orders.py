"""The orders: what each place is to do, and that together they are the plan."""

from collections.abc import Iterable
from dataclasses import dataclass

from newcourse.errors import BadInput, Fault
from newcourse.execution.orders import KINDS, Line, Order, sum_faults
from newcourse.web.page import Page
from newcourse.web.site import Site
from newcourse.web.table import Headings, Link, Table, table
from newcourse.web.words import KINDS_OF_LINES


@dataclass(frozen=True, slots=True)
class OrdersFacts:
    """Facts of the page of orders."""

    cycle: int
    waits_for: str
    plan: str
    places: Table
    adds_up: bool
    wrong: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """Lines of one kind."""

    kind: str
    lines: Table


@dataclass(frozen=True, slots=True)
class YearFacts:
    """The order of one year."""

    year: int
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class OrderFacts:
    """Facts of the page of one place's orders."""

    cycle: int
    place: str
    name: str
    currency: str
    years: tuple[YearFacts, ...]


def orders(site: Site, cycle: int = 0) -> OrdersFacts:
    """Return who has orders in a cycle (0 for the last), and whether they add up to the adopted plan."""
    asked = site.federation.cycle(cycle)
    handed = site.federation.orders(asked.number)
    faults = sum_faults(site.plan(asked.adopted), handed) if handed else []
    counted: dict[tuple[str, str], list[Order]] = {}
    for order in handed:
        counted.setdefault((order.place, order.name), []).append(order)
    suffix = f"?cycle={asked.number}" if cycle else ""
    rows = [
        (Link(name, f"/orders/{place}{suffix}"), ", ".join(str(o.period) for o in own), sum(len(o.lines) for o in own))
        for (place, name), own in counted.items()
    ]
    caption = "Places with orders"
    return OrdersFacts(
        asked.number,
        asked.stage,
        asked.adopted,
        table(caption, [("place", "text"), ("years", "text"), ("lines", "number")], rows),
        not faults,
        tuple(map(str, faults)),
    )


def order(site: Site, place: str, cycle: int = 0) -> OrderFacts:
    """Return the orders of one place in a cycle, 0 for the last."""
    asked = site.federation.cycle(cycle)
    own = site.federation.orders(asked.number, place)
    if not own:
        known = (
            ", ".join(dict.fromkeys(o.place for o in site.federation.orders(asked.number))) or "a place, once there are"
        )
        raise BadInput(
            Fault("order-unknown", f"orders of cycle {asked.number}", place, known, "follow a link to a place")
        )
    years = tuple(YearFacts(order.period, tuple(_sections(order.lines))) for order in own)
    currency = site.plan(asked.adopted).economy.about.currency
    return OrderFacts(asked.number, place, own[0].name, currency, years)


def _sections(lines: Iterable[Line]) -> Iterable[Section]:
    own = tuple(lines)
    for kind in KINDS:
        of_kind = [line for line in own if line.kind == kind]
        if of_kind:
            yield Section(kind, _table(KINDS_OF_LINES[kind], of_kind))


def _table(caption: str, lines: list[Line]) -> Table:
    columns: Headings = [("what", "text"), ("quantity", "number"), ("unit", "text")]
    with_place = any(line.with_ for line in lines)
    valued = any(line.valuation for line in lines)
    columns += [("other place", "text")] if with_place else []
    columns += [("one more is worth", "number")] if valued else []
    rows = [
        (
            line.what,
            line.quantity,
            line.unit,
            *((line.with_,) if with_place else ()),
            *((line.valuation,) if valued else ()),
        )
        for line in lines
    ]
    return table(caption, columns, rows)


LIST = Page("orders", "/orders", "The orders of a cycle", orders, "Orders")
PAGE = Page("order", "/orders/{place}", "What one place is to do", order, "Orders")
