"""Breaks a plan down into orders for places; the orders add up to the plan exactly (design §4.6).

Every quantity of the plan belongs to one place: an activity to the place it is run at, a delivery to the place that
asked, trade to the place that trades, a shipment to its origin (send) and its destination (receive), investment to the
place that holds the stock, a project and what it uses up to the place that carries it out. Nothing is rounded, so sums
over places give the plan's own numbers back.
"""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final

import numpy as np
import pandas as pd

from newcourse.errors import BadInput, Fault
from newcourse.plan.names import Names
from newcourse.plan.plan import Plan

KINDS: Final = ("begin", "run", "make", "use", "deliver", "import", "export", "send", "receive", "invest", "store")
"""What an order can ask for, in the order in which it is listed."""

LEAST: Final = 1e-9
"""Quantities below this part of the largest of their kind are rounding and are not ordered."""


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that a place is to do.

    Parameters
    ----------
    kind
        One of :data:`KINDS`.
    code, what
        Code and name of the project, process, product, need or stock.
    quantity, unit
        How much.
    with_
        The other place of a shipment, else empty.
    valuation
        What one more unit is worth to the plan, in currency; 0 where it has none.
    """

    kind: str
    code: str
    what: str
    quantity: float
    unit: str
    with_: str = ""
    valuation: float = 0.0


@dataclass(frozen=True)
class Order:
    """What one place is to do in one period.

    Parameters
    ----------
    place, name
        The place.
    period
        The year.
    lines
        By kind, largest first.
    """

    place: str
    name: str
    period: int
    lines: tuple[Line, ...]

    def to_data(self) -> dict[str, Any]:
        """Return the order as plain data."""
        return {**asdict(self), "lines": [asdict(line) for line in self.lines]}

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "Order":
        """Make an order of what :meth:`to_data` gave."""
        return cls(data["place"], data["name"], int(data["period"]), tuple(Line(**line) for line in data["lines"]))


def make_orders(plan: Plan) -> tuple[Order, ...]:
    """Return the orders of a plan, one per place and period that has anything to do.

    Raises
    ------
    BadInput
        If they do not add up to the plan: then the plan's tables contradict each other.
    """
    names = Names(plan.economy)
    rows = pd.concat([_kept(frame) for frame in _all_lines(plan, names)], ignore_index=True)
    rows["period"] = rows["period"].astype(int)  # empty tables have made it a column of floats
    rank = {kind: i for i, kind in enumerate(KINDS)}
    rows = rows.assign(rank=rows["kind"].map(rank)).sort_values(
        ["period", "place", "rank", "quantity"], ascending=[True, True, True, False], kind="stable"
    )
    order = {place: i for i, place in enumerate(plan.economy["places"]["place"])}
    orders = [
        Order(str(place), names.place(str(place)), int(str(period)), _lines(group))
        for (place, period), group in rows.groupby(["place", "period"], sort=False)
    ]
    orders.sort(key=lambda o: (o.period, order[o.place]))
    faults = sum_faults(plan, orders)
    if faults:
        raise BadInput(faults)
    return tuple(orders)


def sum_faults(plan: Plan, orders: list[Order] | tuple[Order, ...]) -> list[Fault]:
    """Return a fault for every sum over orders that is not the plan's own number."""
    total: dict[tuple[str, str, int], float] = {}
    for order in orders:
        for line in order.lines:
            key = (line.kind, line.code, order.period)
            total[key] = total.get(key, 0.0) + line.quantity
    faults = []
    for kind, table, code in _CHECKED:
        wanted = plan[table].groupby([code, "period"])["quantity"].sum().reset_index()
        least = LEAST * max(1.0, float(wanted["quantity"].max())) * len(plan[table]) if len(wanted) else 0.0
        for label, period, quantity in wanted.itertuples(index=False, name=None):
            got = total.get((kind, str(label), int(period)), 0.0)
            if abs(got - quantity) > least:
                faults.append(
                    Fault(
                        "orders-sum",
                        f"{kind} {label} in {period}",
                        f"{got:.12g} in orders",
                        f"{quantity:.12g} planned",
                        "make the orders again from the plan",
                    )
                )
    return faults


_CHECKED: Final = (
    ("begin", "projects", "project"),
    ("run", "activity", "process"),
    ("deliver", "deliveries", "need"),
    ("import", "imports", "product"),
    ("export", "exports", "product"),
    ("send", "shipments", "product"),
    ("receive", "shipments", "product"),
    ("invest", "investment", "stock"),
    ("store", "carried", "product"),
)


def _all_lines(plan: Plan, names: Names) -> Iterator[pd.DataFrame]:
    economy = plan.economy
    process_place = economy["processes"].set_index("process")["place"]
    project_place = economy["projects"].set_index("project")["place"]
    yield _frame("begin", plan["projects"].assign(place=lambda f: f["project"].map(project_place)), "project", names)
    activity = plan["activity"].assign(place=lambda f: f["process"].map(process_place))
    yield _frame("run", activity, "process", names)
    for kind, table in (("make", "outputs"), ("use", "inputs")):
        run = plan["activity"] if kind == "make" else plan.begun()
        flows = run.merge(economy[table], on="process", suffixes=("", "_each"))
        flows["quantity"] = flows["quantity"] * flows["quantity_each"]
        flows["place"] = flows["process"].map(process_place)
        if kind == "use":
            flows = pd.concat([flows, _works(plan, project_place)], ignore_index=True)
        summed = flows.groupby(["place", "product", "period"], sort=False)["quantity"].sum().reset_index()
        yield _frame(kind, summed, "product", names, plan["valuations"])
    asked = economy["needs"].set_index("need")["place"]
    yield _frame("deliver", plan["deliveries"].assign(place=lambda f: f["need"].map(asked)), "need", names)
    for kind, table in (("import", "imports"), ("export", "exports"), ("store", "carried")):
        yield _frame(kind, plan[table], "product", names, plan["valuations"])
    ships = plan["shipments"]
    yield _frame("send", ships.rename(columns={"origin": "place", "destination": "with_"}), "product", names)
    yield _frame("receive", ships.rename(columns={"destination": "place", "origin": "with_"}), "product", names)
    held = economy["stocks"].set_index("stock")["place"]
    yield _frame("invest", plan["investment"].assign(place=lambda f: f["stock"].map(held)), "stock", names)


def _works(plan: Plan, place: pd.Series) -> pd.DataFrame:
    """Return what projects use up, in the periods of their schedules, at the place that carries each out."""
    begun = plan["projects"].astype({"project": str})  # an empty table read back says nothing of its kinds
    works = begun.merge(plan.economy["project_inputs"], on="project", suffixes=("", "_each"))
    works["quantity"] = works["quantity"] * works["quantity_each"]
    works["period"] = (works["period"] + works["year"]).astype(int)
    works["place"] = works["project"].map(place)
    return works[["place", "product", "period", "quantity"]]


def _frame(
    kind: str, table: pd.DataFrame, code: str, names: Names, valuations: pd.DataFrame | None = None
) -> pd.DataFrame:
    if valuations is not None and len(table):
        table = table.merge(valuations, on=["place", "product", "period"], how="left")
    look_up = {
        "process": names.process,
        "product": names.product,
        "need": names.need,
        "stock": names.stock,
        "project": names.project,
    }[code]
    return pd.DataFrame(
        {
            "kind": kind,
            "place": table["place"].astype(object),
            "period": table["period"],
            "code": table[code].astype(object),
            "what": [look_up(str(label)) for label in table[code]],
            "quantity": table["quantity"].astype(float),
            "unit": [names.unit(code, str(label)) for label in table[code]],
            "with_": table["with_"].astype(object) if "with_" in table else "",
            "valuation": table["valuation"].fillna(0.0).astype(float) if "valuation" in table else 0.0,
        }
    )


def _kept(frame: pd.DataFrame) -> pd.DataFrame:
    quantity = frame["quantity"].to_numpy()
    return frame[quantity > LEAST * max(1.0, float(np.max(quantity, initial=0.0)))]


def _lines(group: pd.DataFrame) -> tuple[Line, ...]:
    columns = ["kind", "code", "what", "quantity", "unit", "with_", "valuation"]
    return tuple(Line(*row) for row in group[columns].itertuples(index=False, name=None))
