"""A plan checked with nothing but dictionaries and sums: every limit of design §6.1, from the tables alone."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from newcourse.plan.plan import Plan

Amounts = dict[Any, float]


class Sides:
    """What is had and what is used of each thing; a thing is short if it is used more than had."""

    def __init__(self) -> None:
        self.had: defaultdict[Any, float] = defaultdict(float)
        self.used: defaultdict[Any, float] = defaultdict(float)

    def shortages(self) -> Amounts:
        """Return by how much each thing is short, as a part of what is used of it."""
        return {
            thing: (used - self.had[thing]) / max(used, abs(self.had[thing]), 1e-9) for thing, used in self.used.items()
        }


def rows(plan: Plan, table: str) -> Iterator[dict[str, Any]]:
    return iter(plan[table].to_dict("records"))


def years_after_first(plan: Plan, period: int) -> int:
    return period - plan.periods[0]


def repeated(plan: Plan, period: int) -> bool:
    """Tell whether a period stands for those after it, so that nothing that is there once may help it."""
    return plan.limits.terminal == "steady" and period == plan.periods[-1]


def works(plan: Plan, table: str) -> Iterator[tuple[dict[str, Any], int, float]]:
    """Yield the rows of a project's schedule with the period they fall into and the quantity there."""
    begun = [row for row in rows(plan, "projects") if row["quantity"] > 0]
    for row in listed(plan, table):
        for start in begun:
            if start["project"] == row["project"]:
                yield row, start["period"] + int(row["year"]), start["quantity"] * row["quantity"]


def listed(plan: Plan, table: str) -> list[dict[str, Any]]:
    return plan.economy[table].to_dict("records")


def activities(plan: Plan) -> Iterator[tuple[str, int, float]]:
    for row in rows(plan, "activity"):
        yield row["process"], row["period"], row["quantity"]


def taken_in(plan: Plan) -> Iterator[tuple[str, int, float]]:
    """Yield process, period and activity whose inputs are taken then: ``lead`` periods before the output."""
    lead = {row["process"]: int(row["lead"]) for row in listed(plan, "processes")}
    last = plan.periods[-1]
    for process, period, x in activities(plan):
        if period - lead[process] in plan.periods:
            yield process, period - lead[process], x
        if period == last and plan.limits.goes_on:
            growth = 1 + plan.limits.growth if plan.limits.terminal == "steady" else 1.0
            for early in range(max(plan.periods[0], last - lead[process] + 1), last + 1):
                yield process, early, x * growth ** (early + lead[process] - last)


def coefficients(plan: Plan, table: str) -> defaultdict[str, list[dict[str, Any]]]:
    found: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in listed(plan, table):
        found[row["process"]].append(row)
    return found


def balances(plan: Plan) -> Sides:
    sides = Sides()
    outputs, inputs = coefficients(plan, "outputs"), coefficients(plan, "inputs")
    for process, period, x in activities(plan):
        for row in outputs[process]:
            sides.had[row["place"], row["product"], period] += row["quantity"] * x
    for process, period, x in taken_in(plan):
        for row in inputs[process]:
            sides.used[row["place"], row["product"], period] += row["quantity"] * x
    need = {row["need"]: row for row in listed(plan, "needs")}
    for row in rows(plan, "deliveries"):
        asked = need[row["need"]]
        sides.used[asked["place"], asked["product"], row["period"]] += row["quantity"]
    _move(plan, sides)
    _invest(plan, sides)
    return sides


def _move(plan: Plan, sides: Sides) -> None:
    """Add what comes from stores and elsewhere, and what is stored and goes elsewhere."""
    for row in listed(plan, "stores"):
        if not repeated(plan, plan.periods[0]):
            sides.had[row["place"], row["product"], plan.periods[0]] += row["quantity"]
    for row in rows(plan, "carried"):
        sides.used[row["place"], row["product"], row["period"]] += row["quantity"]
        if not repeated(plan, row["period"] + 1):
            sides.had[row["place"], row["product"], row["period"] + 1] += row["quantity"]
    for row, period, quantity in works(plan, "project_inputs"):
        sides.used[row["place"], row["product"], period] += quantity
    for table, side in (("imports", sides.had), ("exports", sides.used)):
        for row in rows(plan, table):
            side[row["place"], row["product"], row["period"]] += row["quantity"]
    for row in rows(plan, "shipments"):
        sides.had[row["destination"], row["product"], row["period"]] += row["quantity"]
        sides.used[row["origin"], row["product"], row["period"]] += row["quantity"]


def _invest(plan: Plan, sides: Sides) -> None:
    """Take investment from the good's balance, or from what its investment needs were delivered."""
    group = {row["product"]: row["group"] for row in listed(plan, "products")}
    asked = {
        row["need"]: (row["place"], row["product"])
        for row in listed(plan, "needs")
        if (row["group"] or group[row["product"]]) == "Investment"
    }
    stock = {row["stock"]: (row["place"], row["product"]) for row in listed(plan, "stocks")}
    for row in rows(plan, "investment"):
        good = stock[row["stock"]]
        thing = ("delivered", *good, row["period"]) if good in asked.values() else (*good, row["period"])
        sides.used[thing] += row["quantity"]
    for row in rows(plan, "deliveries"):
        if row["need"] in asked:
            sides.had["delivered", *asked[row["need"]], row["period"]] += row["quantity"]


def places_above(plan: Plan) -> dict[str, list[str]]:
    parent = {row["place"]: row["parent"] for row in listed(plan, "places")}
    above = {}
    for place in parent:
        line, node = [], place
        while node:
            line.append(node)
            node = parent[node]
        above[place] = line
    return above


def supplies(plan: Plan, use_table: str, supply_table: str, kind: str) -> Sides:
    """Factors or emissions against their supplies or caps, each with all places beneath it."""
    sides = Sides()
    supplied = {(row["place"], row[kind]): row for row in listed(plan, supply_table)}
    for period in plan.periods:
        for key, row in supplied.items():
            sides.had[*key, period] += row["quantity"] * (1 + row["growth"]) ** years_after_first(plan, period)
    above = places_above(plan)
    if kind == "factor":
        _train(plan, sides, supplied, above)
        _build(plan, sides, supplied, above)
    at = {row["process"]: row["place"] for row in listed(plan, "processes")}
    use = coefficients(plan, use_table)
    for process, period, x in taken_in(plan):
        for row in use[process]:
            for place in above[at[process]]:
                if (place, row[kind]) in supplied:
                    sides.used[place, row[kind], period] += row["quantity"] * x
    return sides


def _train(plan: Plan, sides: Sides, supplied: Mapping[Any, Any], above: dict[str, list[str]]) -> None:
    """Add to supplies what training of earlier periods brings, or takes away."""
    run = {(process, period): x for process, period, x in activities(plan)}
    for row in listed(plan, "training"):
        for (process, when), x in run.items():
            for period in plan.periods:
                years = period - when - int(row["delay"])
                if process != row["process"] or years < 0:
                    continue
                left = x * row["quantity"] * (1 - 1 / row["life"]) ** years
                for place in above[row["place"]]:
                    if (place, row["factor"]) in supplied:
                        side = sides.had if left > 0 else sides.used
                        side[place, row["factor"], period] += abs(left)


def _build(plan: Plan, sides: Sides, supplied: Mapping[Any, Any], above: dict[str, list[str]]) -> None:
    for row, period, quantity in works(plan, "project_factors"):
        for place in above[row["place"]]:
            if (place, row["factor"]) in supplied:
                sides.used[place, row["factor"], period] += quantity


def capacities(plan: Plan) -> Sides:
    sides = Sides()
    use = coefficients(plan, "stock_use")
    for process, period, x in activities(plan):
        for row in use[process]:
            sides.used[row["stock"], period] += row["quantity"] * x
    for row in rows(plan, "capital"):
        sides.had[row["stock"], row["period"]] += row["quantity"]
    return sides


def capital_motion(plan: Plan) -> Sides:
    """Capital in a period against everything that ever came into place and is still there."""
    sides = Sides()
    capital = {(row["stock"], row["period"]): row["quantity"] for row in rows(plan, "capital")}
    invested = {(row["stock"], row["period"]): row["quantity"] for row in rows(plan, "investment")}
    first, after = plan.periods[0], plan.periods[-1] + 1
    kept: defaultdict[tuple[str, str], float] = defaultdict(float)
    for row in listed(plan, "stocks"):
        for period in (*plan.periods, after):
            stock = row["quantity"] * _first_left(row, period - first)
            for arrival in range(first, period + 1):
                came = invested.get((row["stock"], arrival - int(row["gestation"])), 0.0)
                if first < arrival < first + row["gestation"]:
                    came += row["quantity"] / row["life"]  # on its way before the plan
                came += sum(
                    q for w, when, q in works(plan, "project_yields") if (w["stock"], when) == (row["stock"], arrival)
                )
                stock += came * _left(row, period - arrival)
            if period in plan.periods:
                sides.had[row["stock"], period] += stock
                sides.used[row["stock"], period] += capital[row["stock"], period]
            elif plan.limits.terminal == "kept":
                kept[row["place"], row["product"]] += stock
                sides.used["kept", row["place"], row["product"]] += row["quantity"]
    for good, quantity in kept.items():
        sides.had["kept", *good] += quantity
    return sides


def _left(stock: Mapping[str, Any], age: int) -> float:
    """Return the part left of what came into place so many periods ago."""
    if stock["ageing"] == "vintage":
        return 1.0 if age < stock["life"] else 0.0
    return float((1 - 1 / stock["life"]) ** age)


def _first_left(stock: Mapping[str, Any], age: int) -> float:
    """Return the part left of what was in place at the start."""
    return max(0.0, 1 - age / stock["life"]) if stock["ageing"] == "vintage" else _left(stock, age)


def steady_end(plan: Plan) -> Sides:
    """What is invested to arrive after the horizon against what repeating the last period takes of each stock."""
    sides = Sides()
    if plan.limits.terminal != "steady":
        return sides
    growth, last = plan.limits.growth, plan.periods[-1]
    invested = {(row["stock"], row["period"]): row["quantity"] for row in rows(plan, "investment")}
    needed: defaultdict[str, float] = defaultdict(float)
    use = coefficients(plan, "stock_use")
    for process, period, x in activities(plan):
        for row in use[process]:
            needed[row["stock"]] += row["quantity"] * x if period == last else 0.0
    for row in listed(plan, "stocks"):
        lag = int(row["gestation"])
        for later in range(min(lag, 1), lag + 1):
            if last + later - lag < plan.periods[0]:
                continue
            wear = (growth + 1 / row["life"]) / (1 + growth)
            if row["ageing"] == "vintage":
                wear = 1 / sum((1 + growth) ** -age for age in range(int(row["life"])))
            sides.used[row["stock"], last + later] += needed[row["stock"]] * wear * (1 + growth) ** later
            sides.had[row["stock"], last + later] += invested[row["stock"], last + later - lag]
    return sides


def payments(plan: Plan) -> Sides:
    sides = Sides()
    accounts = {row["place"]: row for row in listed(plan, "accounts")}
    payer = {place: next((p for p in line if p in accounts), None) for place, line in places_above(plan).items()}
    price = {row["product"]: row["price"] for row in listed(plan, "products")}
    trade = {(row["place"], row["product"]): row for row in listed(plan, "trade")}
    for way, side, field in (("imports", sides.used, "import_price"), ("exports", sides.had, "export_price")):
        for row in rows(plan, way):
            listing = trade[row["place"], row["product"]]
            price_then = listing[field] * (1 + listing[f"{field}_growth"]) ** years_after_first(plan, row["period"])
            side[payer[row["place"]], row["period"]] += row["quantity"] * price_then
    for row in rows(plan, "shipments"):
        buyer, seller = payer[row["destination"]], payer[row["origin"]]
        if buyer != seller:
            sides.used[buyer, row["period"]] += row["quantity"] * price[row["product"]]
            sides.had[seller, row["period"]] += row["quantity"] * price[row["product"]]
    _put_by_and_borrow(plan, sides, accounts)
    for row in rows(plan, "reserves"):
        drawn = 0.0 if repeated(plan, row["period"]) else row["quantity"]
        sides.had[row["place"], row["period"]] += drawn + accounts[row["place"]]["credit"]
        sides.used["reserves", row["place"]] += row["quantity"]
    for place, account in accounts.items():
        sides.had["reserves", place] += account["reserves"]
    return sides


def _put_by_and_borrow(plan: Plan, sides: Sides, accounts: Mapping[str, Mapping[str, Any]]) -> None:
    for row in rows(plan, "saved"):
        sides.used[row["place"], row["period"]] += row["quantity"]
        if not repeated(plan, row["period"] + 1):
            sides.had[row["place"], row["period"] + 1] += row["quantity"]
    for row in rows(plan, "debt"):
        account = accounts[row["place"]]
        if not repeated(plan, row["period"]):
            sides.had[row["place"], row["period"]] += row["quantity"]
        if row["period"] != plan.periods[-1]:
            sides.used[row["place"], row["period"] + 1] += row["quantity"] * (1 + account["interest"])
        sides.used["borrowed", row["place"], row["period"]] += row["quantity"]
        sides.had["borrowed", row["place"], row["period"]] += account["borrowing"]


def shortages(plan: Plan) -> Amounts:
    """Return every relative shortage of a plan, by kind and thing."""
    kinds = {
        "balance": balances(plan),
        "factors": supplies(plan, "factor_use", "factor_supply", "factor"),
        "emissions": supplies(plan, "emission_use", "emission_caps", "emission"),
        "capacity": capacities(plan),
        "capital": capital_motion(plan),
        "steady": steady_end(plan),
        "payments": payments(plan),
    }
    return {(kind, thing): short for kind, sides in kinds.items() for thing, short in sides.shortages().items()}
