"""What households would pay for what a plan delivers, beside its cost, and what the next plan would be asked for."""

from dataclasses import dataclass, replace
from typing import Final

from newcourse.errors import NewCourseError
from newcourse.pictures.prices import prices_table, rounds_table
from newcourse.plan.market.rounds import Path
from newcourse.plan.market.shops import CAREFUL, check_by_demand, household_needs
from newcourse.plan.plan import Plan
from newcourse.web.page import Page
from newcourse.web.shown import Shown, of_plan
from newcourse.web.site import Site
from newcourse.web.table import Columns, Table, frame_table

ROUNDS: Final = 20
"""Most rounds the page has."""

MANY: Final = 60
"""With more needs sold than this the page has only ..."""

FEW: Final = 6
"""... so many rounds: each takes seconds then."""


@dataclass(frozen=True, slots=True)
class PricesFacts:
    """Facts of the page of prices."""

    address: str
    title: str
    sentences: tuple[str, ...]
    ratios: Shown | None
    rounds: Table | None


def prices(site: Site, address: str) -> PricesFacts:
    """Return price over cost of what households buy, and where rounds of selling and correcting lead.

    Parameters
    ----------
    site
        The federation.
    address
        Address of the plan.
    """
    title, plan = site.named(address)[1], site.plan(address)
    found, told = sold(site, address)
    if found is None:
        return PricesFacts(address, title, told, None, None)
    table = of_plan(
        "prices", address, "Bars of price over cost by need, and the way of the rounds", _needs(plan, found)
    )
    return PricesFacts(address, title, told, table, _rounds(found))


def sold(site: Site, address: str) -> tuple[Path | None, tuple[str, ...]]:
    """Return the rounds of a plan and what they say, or nothing and why there are none; made once."""
    return site.pages.get(("check by demand", address), lambda: _sold(site.plan(address)))


def _sold(plan: Plan) -> tuple[Path | None, tuple[str, ...]]:
    most = ROUNDS if len(household_needs(plan.economy)) <= MANY else FEW
    try:
        found = check_by_demand(plan, replace(CAREFUL, rounds=most))
    except NewCourseError as error:
        reasons = (f"{fault.found[:1].upper()}{fault.found[1:]}. To do: {fault.remedy}." for fault in error.faults)
        return None, ("There is no check by demand for this plan.", *reasons)
    return found, (found.words(),)


def _needs(plan: Plan, found: Path) -> Table:
    columns: Columns = {
        "name": ("need", "text"),
        "first ratio": ("price over cost, first round", "number"),
        "last ratio": ("last round", "number"),
        "price": ("last price beside the base year's", "number"),
        "change": ("deliveries, first to last round", "percent"),
        "target": ("target now", "number"),
        "next target": ("target next", "number"),
        "unit": ("unit", "text"),
    }
    return frame_table("Price over cost, and the next plan's targets", prices_table(plan, found), columns)


def _rounds(found: Path) -> Table:
    columns: Columns = {
        "round": ("round", "text"),
        "gap": ("buyers could have got more by", "percent"),
        "smallest": ("least price over cost", "number"),
        "largest": ("largest", "number"),
    }
    return frame_table("Round by round", rounds_table(found), columns)


PAGE = Page("prices", "/plan/{address}/prices", "Consumer prices, and the check by demand", prices, "Plan")
