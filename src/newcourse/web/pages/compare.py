"""Two plans of a federation beside each other: who gains, who gives, in words, in a picture and in numbers."""

from dataclasses import dataclass

from newcourse.pictures.compare import compare_table
from newcourse.plan.cost import Difference
from newcourse.plan.cost import compare as compared
from newcourse.web.page import Page
from newcourse.web.shown import Shown
from newcourse.web.site import Site
from newcourse.web.table import Columns, Headings, Link, Table, frame_table, table
from newcourse.web.text import sentence


@dataclass(frozen=True, slots=True)
class CompareFacts:
    """Facts of the page of two plans."""

    address: str
    title: str
    other: str
    other_title: str
    words: str
    satisfaction: float
    currency: str
    same_goal: bool
    picture: Shown
    groups: Table
    totals: Table
    places: Table
    others: tuple[Link, ...]


def compare(site: Site, address: str, other: str = "") -> CompareFacts:
    """Return what one plan brings and takes beside another of the same federation.

    Parameters
    ----------
    site
        The federation.
    address
        Address of the plan before.
    other
        Address of the plan after; if left out, another plan of the same cycle.
    """
    cycle, title = site.named(address)
    plans = {variant.plan: variant.title for variant in cycle.variants}
    plans.setdefault(cycle.plan, "Without any proposal")
    rest = [plan for plan in plans if plan != address] or [address]
    other = other or (cycle.plan if cycle.plan in rest else rest[0])
    other_title = site.named(other)[1]
    costing = compared(site.plan(address), site.plan(other))
    return CompareFacts(
        address=address,
        title=title,
        other=other,
        other_title=other_title,
        words=costing.words(),
        satisfaction=costing.satisfaction,
        currency=costing.currency,
        same_goal=costing.same_goal,
        picture=Shown(
            f"/pictures/compare/{address}-{other}/compare",
            "Lines from a ring to a dot for each group and total",
            _means(site, address, other),
        ),
        groups=_table("By group of needs", costing.groups),
        totals=_table("In all", costing.totals),
        places=_table("By place", costing.places),
        others=tuple(
            Link(name, f"/plan/{address}/compare/{plan}")
            for plan, name in plans.items()
            if plan not in (address, other)
        ),
    )


def titles(site: Site, address: str, other: str) -> tuple[str, str]:
    """Return what two plans are called in a picture of both; different names even where their titles are the same."""
    first, second = site.named(address)[1], site.named(other)[1]
    return first, second if second != first else f"{second} (the other)"


def _means(site: Site, address: str, other: str) -> Table:
    first, second = titles(site, address, other)
    numbers = compare_table({first: site.plan(address), second: site.plan(other)})
    numbers["what"] = [sentence(str(what)) for what in numbers["what"]]
    columns: Columns = {
        "what": ("", "text"), "unit": ("unit", "text"), "before": (first, "number"), "after": (second, "number"),
        "difference": ("difference", "change"),
    }  # fmt: skip
    return frame_table("Means of the years planned", numbers, columns)


def _table(caption: str, differences: tuple[Difference, ...]) -> Table:
    headings: Headings = [
        ("", "text"),
        ("unit", "text"),
        ("before", "number"),
        ("after", "number"),
        ("difference", "change"),
    ]
    rows = [(sentence(d.what), d.unit, d.before, d.after, d.difference) for d in differences]
    return table(f"{caption}, over all years planned", headings, rows)


CURRENT = Page("compare", "/plan/{address}/compare", "A plan beside another one", compare, "Plan")
PAGE = Page("compare", "/plan/{address}/compare/{other}", "Two plans beside each other", compare, "Plan")
