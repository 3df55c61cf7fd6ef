"""Hours, emissions and imports embodied in the products of a plan: all of them in a table, and one by its paths."""

from dataclasses import dataclass
from urllib.parse import quote, urlencode

from newcourse.plan.content import content_of, contents, measure_words
from newcourse.plan.content_mix import SupplyMix, measures, mix_of
from newcourse.plan.names import Names
from newcourse.plan.sentences import readable_unit
from newcourse.web.page import Page
from newcourse.web.site import Site
from newcourse.web.table import Headings, Link, Table, table

PATHS = 20
"""How many paths a page shows."""


@dataclass(frozen=True, slots=True)
class ContentsFacts:
    """Facts of the page of all contents."""

    address: str
    title: str
    year: int
    table: Table


@dataclass(frozen=True, slots=True)
class ContentFacts:
    """Facts of the page of one product's contents."""

    address: str
    title: str
    product: str
    place: str
    year: int
    measure: str
    words: str
    certain: bool
    others: tuple[Link, ...]
    layers: Table
    paths: Table


def all_contents(site: Site, address: str, year: int = 0) -> ContentsFacts:
    """Return what is embodied in one unit of every product of a plan.

    Parameters
    ----------
    site
        The federation.
    address
        Address of the plan.
    year
        A year planned; the first one if 0.
    """
    mix = _mix(site, address, year)
    names = Names(mix.economy)
    asked = measures(mix.economy)
    columns: Headings = [("product", "text"), ("place", "text"), ("unit", "text")]
    found = contents(mix)
    in_unit = [_readable(names, mix, measure, float(found[measure].max())) for measure in asked]
    columns += [(heading, "number") for heading, _ in in_unit]
    found[asked] *= [factor for _, factor in in_unit]
    rows = []
    for place, product, *amounts in found.itertuples(index=False, name=None):
        link = Link(names.product(product), _href(address, product, place, asked[0] if asked else "", mix.period))
        rows.append((link, names.place(place), names.unit("product", product), *amounts))
    caption = f"What is embodied in one unit of each product in {mix.period}"
    return ContentsFacts(address, site.named(address)[1], mix.period, table(caption, columns, rows))


def content(site: Site, address: str, product: str, place: str = "", of: str = "", year: int = 0) -> ContentFacts:
    """Return what is embodied in one unit of a product, and by which paths most of it gets in.

    Parameters
    ----------
    site
        The federation.
    address
        Address of the plan.
    product, place
        Codes; the place may be left out where only one has the product.
    of
        Code of a factor or an emission, or ``imports``; the first factor if left out.
    year
        A year planned; the first one if 0.
    """
    mix = _mix(site, address, year)
    found = content_of(mix, product, place, of=of, paths=PATHS)
    names = Names(mix.economy)
    steps = ["directly", "in the making of its inputs", *(f"{n} steps away" for n in range(2, len(found.layers)))]
    rest = max(0.0, found.total - sum(found.layers))
    shares = [*zip(steps, found.layers, strict=True), ("further away", rest)]
    total = found.total or 1.0
    unit, factor = readable_unit(found.total, found.unit)
    return ContentFacts(
        address=address,
        title=site.named(address)[1],
        product=found.product,
        place=found.place,
        year=found.period,
        measure=found.measure,
        words=found.words(),
        certain=found.certain,
        others=tuple(
            Link(measure_words(mix.economy, names, other)[0], _href(address, product, place, other, mix.period))
            for other in measures(mix.economy)
        ),
        layers=table(
            "Where it gets in",
            [("step", "text"), (unit, "number"), ("share", "percent")],
            [(step, amount * factor, amount / total) for step, amount in shares],
        ),
        paths=table(
            f"The {len(found.paths)} largest paths, together {found.covered:.1%} of it",
            [("taken in, for", "text"), (unit, "number"), ("share", "percent")],
            [(path.route(), path.amount * factor, path.share) for path in found.paths],
        ),
    )


def _mix(site: Site, address: str, year: int) -> SupplyMix:
    plan = site.plan(address)
    return mix_of(plan, year or plan.periods[0])


def _readable(names: Names, mix: SupplyMix, measure: str, largest: float) -> tuple[str, float]:
    """Return the heading of a measure's column, and the factor that puts its numbers into the heading's unit."""
    words, unit = measure_words(mix.economy, names, measure)
    readable, factor = readable_unit(largest, unit)
    return f"{words}, {readable}", factor


def _href(address: str, product: str, place: str, of: str, year: int) -> str:
    asked = urlencode({"place": place, "of": of, "year": year} if place else {"of": of, "year": year})
    return f"/plan/{address}/content/{quote(product, safe='')}?{asked}"


LIST = Page("contents", "/plan/{address}/content", "What is embodied in the products of a plan", all_contents, "Plan")
PAGE = Page("content", "/plan/{address}/content/{product}", "What is embodied in a product, by path", content, "Plan")
