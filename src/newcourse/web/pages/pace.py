"""The pace of accumulation: what consumption today and consumption later can be had together."""

from dataclasses import dataclass
from typing import Final

from newcourse.pictures.pace import pace_points
from newcourse.plan.pace import PaceFrontier, pace_frontier
from newcourse.plan.plan import Plan
from newcourse.web.page import Page
from newcourse.web.shown import Shown, of_plan
from newcourse.web.site import Site
from newcourse.web.table import Columns, Table, frame_table

POINTS: Final = 4
"""How many efficient points the page has."""


@dataclass(frozen=True, slots=True)
class PaceFacts:
    """Facts of the page of the pace."""

    address: str
    title: str
    voted: float | None
    sentences: tuple[str, ...]
    frontier: Shown | None
    periods: Table | None


def pace(site: Site, address: str) -> PaceFacts:
    """Return the efficient frontier between consumption today and later, and where the plan stands.

    Parameters
    ----------
    site
        The federation.
    address
        Address of the plan.
    """
    title, plan = site.named(address)[1], site.plan(address)
    if not has_later(plan):
        why = f"This plan is for one {plan.economy.about.period}: there is no later to choose."
        return PaceFacts(address, title, plan.goal.pace, (why,), None, None)
    found = frontier_of(site, address)
    return PaceFacts(
        address=address,
        title=title,
        voted=plan.goal.pace,
        sentences=(found.words(), *(point.words() for point in found.points)),
        frontier=of_plan("pace", address, "Line of consumption later against consumption today", _points(found)),
        periods=_periods(plan, found),
    )


def has_later(plan: Plan) -> bool:
    """Return whether a plan has more than one period."""
    return plan.limits.periods > 1


def frontier_of(site: Site, address: str) -> PaceFrontier:
    """Return the frontier of a plan; made once, because it takes several plans."""
    return site.pages.get(("pace", address), lambda: pace_frontier(site.plan(address), POINTS))


def _points(found: PaceFrontier) -> Table:
    numbers = pace_points(found)
    numbers["which"] = ["the plan as it is" if which == "plan" else "efficient point" for which in numbers["which"]]
    first = found.points[0]
    columns: Columns = {
        "which": ("which", "text"),
        "pace": (f"invested {first.today_words()}", "percent"),
        "today": (f"consumed {first.today_words()}, {found.currency}", "number"),
        "later": (f"consumed {first.later_words()}, {found.currency}", "number"),
        "growth": ("growth of consumption", "percent"),
        "price": ("one less today brings later", "number"),
        "least": ("least pace of any year", "percent"),
    }
    return frame_table("Consumption today and later", numbers, columns)


def _periods(plan: Plan, found: PaceFrontier) -> Table:
    currency = plan.economy.about.currency
    columns: Columns = {
        "period": ("year", "text"),
        "consumption": (f"consumed, {currency}", "number"),
        "investment": (f"invested, {currency}", "number"),
        "pace": ("part invested", "percent"),
    }
    return frame_table("The plan as it is, year by year", found.planned.periods, columns)


PAGE = Page("pace", "/plan/{address}/pace", "Today's consumption against later consumption", pace, "Plan")
