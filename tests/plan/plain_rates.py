"""The pace limits of a plan, checked with dictionaries and sums: activities, shares of imports and origins, exports."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from newcourse.plan.plan import Plan
from tests.plan.plain_arithmetic import activities, coefficients, listed, rows

Excess = tuple[str, Any, float]


def excesses(plan: Plan) -> dict[tuple[str, Any], float]:
    """Return by how much each pace limit is exceeded, as a part of what it limits."""
    return {(kind, thing): part for kind, thing, part in (*paces(plan), *shares(plan), *exports(plan), *begun(plan))}


def _beyond(value: float, low: float, high: float, scale: float) -> float:
    return max(low - value, value - high) / max(abs(value), scale, 1e-9)


def paces(plan: Plan) -> Iterator[Excess]:
    rate = plan.limits.activity_rate
    if rate is None:
        return
    base = {row["process"]: row["base"] for row in listed(plan, "processes")}
    room = uptakes(plan, base)
    before = dict(base)
    for process, period, x in activities(plan):
        low, high = (1 - rate) * before[process], (1 + rate) * before[process] + room[process]
        yield "pace", (process, period), _beyond(x, low, high, before[process])
        before[process] = x


def uptakes(plan: Plan, base: dict[str, float]) -> dict[str, float]:
    """Return how much of a process may be added: a part of what is made now of the product it makes most of."""
    outputs = coefficients(plan, "outputs")
    made: defaultdict[tuple[str, str], float] = defaultdict(float)
    for process, x in base.items():
        for row in outputs[process]:
            made[row["place"], row["product"]] += row["quantity"] * x
    room = {}
    for process in base:
        running = [row for row in outputs[process] if made[row["place"], row["product"]] > 0]
        main = max(running, key=lambda row: row["quantity"], default=None)
        now = made[main["place"], main["product"]] / main["quantity"] if main else float("inf")
        room[process] = plan.limits.uptake * now
    return room


def shares(plan: Plan) -> Iterator[Excess]:
    base, now = base_supply(plan), supply(plan)
    first = plan.periods[0]
    trade = {(row["place"], row["product"]): row["imports"] for row in listed(plan, "trade")}
    route = {(row["product"], row["origin"], row["destination"]): row["base"] for row in listed(plan, "routes")}
    for row in rows(plan, "imports"):
        good = (row["place"], row["product"])
        rate = plan.limits.import_share_rate
        if rate is not None and base[good] > 0:
            share, moved = trade[good] / base[good], rate * (row["period"] - first + 1)
            yield "import share", (*good, row["period"]), _share(row, share, moved, now[*good, row["period"]])
    for row in rows(plan, "shipments"):
        good = (row["destination"], row["product"])
        rate = plan.limits.route_share_rate
        if rate is not None and base[good] > 0:
            share = route[row["product"], row["origin"], row["destination"]] / base[good]
            moved = rate * (row["period"] - first + 1)
            yield (
                "route share",
                (*good, row["origin"], row["period"]),
                _share(row, share, moved, now[*good, row["period"]]),
            )


def _share(row: dict[str, Any], share: float, moved: float, total: float) -> float:
    return _beyond(row["quantity"], max(0.0, share - moved) * total, min(1.0, share + moved) * total, total)


def base_supply(plan: Plan) -> defaultdict[Any, float]:
    had: defaultdict[Any, float] = defaultdict(float)
    outputs = coefficients(plan, "outputs")
    for process in listed(plan, "processes"):
        for row in outputs[process["process"]]:
            had[row["place"], row["product"]] += row["quantity"] * process["base"]
    for row in listed(plan, "trade"):
        had[row["place"], row["product"]] += row["imports"]
    for row in listed(plan, "stores"):
        had[row["place"], row["product"]] += row["quantity"]
    for row in listed(plan, "routes"):
        had[row["destination"], row["product"]] += row["base"]
    return had


def supply(plan: Plan) -> defaultdict[Any, float]:
    """Return what is made, imported and arrives of every good in every period."""
    had: defaultdict[Any, float] = defaultdict(float)
    outputs = coefficients(plan, "outputs")
    for process, period, x in activities(plan):
        for row in outputs[process]:
            had[row["place"], row["product"], period] += row["quantity"] * x
    for row in rows(plan, "imports"):
        had[row["place"], row["product"], row["period"]] += row["quantity"]
    for row in rows(plan, "shipments"):
        had[row["destination"], row["product"], row["period"]] += row["quantity"]
    return had


def exports(plan: Plan) -> Iterator[Excess]:
    rate = plan.limits.export_rate
    base = {(row["place"], row["product"]): row["exports"] for row in listed(plan, "trade")}
    for row in rows(plan, "exports") if rate is not None else ():
        now, moved = base[row["place"], row["product"]], rate * (row["period"] - plan.periods[0] + 1)
        part = _beyond(row["quantity"], max(0.0, 1 - moved) * now, (1 + moved) * now, now)
        yield "exports", (row["place"], row["product"], row["period"]), part


def begun(plan: Plan) -> Iterator[Excess]:
    """What comes out before the lead has passed was begun in the base year."""
    process = {row["process"]: row for row in listed(plan, "processes")}
    for code, period, x in activities(plan):
        if period - process[code]["lead"] < plan.periods[0]:
            yield "begun", (code, period), _beyond(x, 0.0, process[code]["base"], process[code]["base"])
