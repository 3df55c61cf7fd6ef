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


@dataclass(frozen=True, slots=True)
class ComparisonsFacts:
    """Facts of the page of the plans that one can be put beside."""

    address: str
    title: str
    others: tuple[Link, ...]


def comparisons(site: Site, address: str) -> ComparisonsFacts:
    """Return the plans of the same cycle that a plan can be put beside.

    Parameters
    ----------
    site
        The federation.
    address
        Address of the plan.
    """
    return ComparisonsFacts(address, site.named(address)[1], _others(site, address))


def compare(site: Site, address: str, other: str) -> CompareFacts:
    """Return what one plan brings and takes beside another of the same federation.

    Parameters
    ----------
    site
        The federation.
    address
        Address of the plan before.
    other
        Address of the plan after.
    """
    title, other_title = site.named(address)[1], site.named(other)[1]
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
        others=_others(site, address, other),
    )


def _others(site: Site, address: str, *shown: str) -> tuple[Link, ...]:
    """Return links to the plan beside each other plan of its cycle, but those shown already."""
    cycle, _ = site.named(address)
    plans = {variant.plan: variant.title for variant in cycle.variants}
    plans.setdefault(cycle.plan, "Without any proposal")
    rest = {plan: name for plan, name in plans.items() if plan not in (address, *shown)}
    return tuple(Link(name, f"/plan/{address}/compare/{plan}") for plan, name in rest.items())


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


LIST = Page("comparisons", "/plan/{address}/compare", "The plans a plan can be put beside", comparisons, "Plan")
PAGE = Page("compare", "/plan/{address}/compare/{other}", "Two plans beside each other", compare, "Plan")
