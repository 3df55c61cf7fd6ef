"""How a plan's branches grow apart over the years, and which capacity is idle or overloaded."""

from dataclasses import dataclass

from newcourse.pictures.capacity import capacity_by_product
from newcourse.pictures.disproportion import growth_table
from newcourse.plan.disproportion import Disproportion, measure_disproportion
from newcourse.plan.plan import Plan
from newcourse.web.page import Page
from newcourse.web.shown import Shown, of_plan
from newcourse.web.site import Site
from newcourse.web.table import Columns, Table, frame_table


@dataclass(frozen=True, slots=True)
class YearsFacts:
    """Facts of the page of disproportion."""

    address: str
    title: str
    sentences: tuple[str, ...]
    growth: Shown
    capacity: Shown | None
    overloaded: Table | None
    distance: Table
    departments: Table


def years(site: Site, address: str) -> YearsFacts:
    """Return how branches grow apart in a plan, and what stands idle.

    Parameters
    ----------
    site
        The federation.
    address
        Address of the plan.
    """
    title, plan = site.named(address)[1], site.plan(address)
    found = site.pages.get(("disproportion", address), lambda: measure_disproportion(plan))
    stocked = len(found.capacity) > 0
    return YearsFacts(
        address=address,
        title=title,
        sentences=found.sentences,
        growth=of_plan("disproportion", address, "Bars of each branch's growth beside balanced growth", _growth(found)),
        capacity=of_plan("capacity", address, "Bars of used and idle capital by kind", _capacity(plan, found))
        if stocked
        else None,
        overloaded=_overloaded(plan, found) if stocked else None,
        distance=_distance(found),
        departments=_departments(plan, found),
    )


def _growth(found: Disproportion) -> Table:
    columns: Columns = {
        "name": ("branch", "text"),
        "growth": ("growth a year, on average", "percent"),
        "apart": ("less balanced growth", "percent"),
    }
    return frame_table("Growth of each branch, fastest first", growth_table(found), columns)


def _capacity(plan: Plan, found: Disproportion) -> Table:
    products = plan.economy["products"]
    names = dict(zip(products["product"], products["name"], strict=True))
    currency = plan.economy.about.currency
    columns: Columns = {
        "name": ("kind of capital", "text"),
        "period": ("year", "text"),
        "value": (f"in place, {currency}", "number"),
        "idle": (f"idle, {currency}", "number"),
        "part": ("used", "percent"),
        "stocks": ("stocks", "number"),
        "overloaded": ("of them overloaded", "number"),
    }
    return frame_table("Used and idle capital by kind and year", capacity_by_product(found.capacity, names), columns)


def _overloaded(plan: Plan, found: Disproportion) -> Table:
    rows = found.capacity[found.capacity["state"] == "overloaded"]
    columns: Columns = {
        "name": ("stock", "text"),
        "period": ("year", "text"),
        "in place": ("in place", "number"),
        "unit": ("unit", "text"),
        "valuation": (f"one more unit is worth, {plan.economy.about.currency}", "number"),
    }
    order = rows.sort_values("valuation", ascending=False, kind="stable")
    return frame_table("Overloaded stocks, dearest first", order, columns)


def _distance(found: Disproportion) -> Table:
    columns: Columns = {
        "period": ("year", "text"),
        "angle": ("angle, degrees", "number"),
        "hilbert": ("Hilbert distance", "number"),
        "widest": ("widest difference of growth", "percent"),
    }
    frame = found.distance.astype({"period": int})
    return frame_table("Distance from the balanced proportions", frame, columns)


def _departments(plan: Plan, found: Disproportion) -> Table:
    columns: Columns = {
        "period": ("year", "text"),
        "department": ("works for", "text"),
        "output": (f"production, {plan.economy.about.currency}", "number"),
        "share": ("share", "percent"),
        "growth": ("growth", "percent"),
    }
    return frame_table("What production is for, with all that goes into it", found.departments, columns)


PAGE = Page("years", "/plan/{address}/years", "How branches grow apart, and what stands idle", years, "Plan")
