"""Pictures as SVG files, in two widths, for day and for night."""

import re
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from threading import Event
from typing import Final

from newcourse.errors import BadInput, Fault
from newcourse.pictures.bottlenecks import bottlenecks
from newcourse.pictures.capacity import capacity
from newcourse.pictures.compare import compare
from newcourse.pictures.disproportion import disproportion
from newcourse.pictures.flows import flows
from newcourse.pictures.fulfilment import fulfilment
from newcourse.pictures.futures import futures, tree_picture
from newcourse.pictures.look import NARROW, WIDE, Picture
from newcourse.pictures.pace import pace
from newcourse.pictures.pareto import pareto
from newcourse.pictures.places import places
from newcourse.pictures.prices import prices
from newcourse.pictures.projects import projects
from newcourse.pictures.render import for_night, svg
from newcourse.pictures.stages import stages
from newcourse.pictures.trade import trade
from newcourse.pictures.variants import variants
from newcourse.pictures.vote_matrix import vote_matrix
from newcourse.pictures.weights import weights
from newcourse.pictures.years import years
from newcourse.plan.plan import Plan
from newcourse.record.canonical import canonical_json, digest
from newcourse.web.lab_shown import lab_drawing
from newcourse.web.pages.compare import titles
from newcourse.web.pages.futures import open_plan_of
from newcourse.web.pages.lab_verdict import verdict_drawing
from newcourse.web.pages.pace import frontier_of, has_later
from newcourse.web.pages.prices import sold
from newcourse.web.pages.scissors import case_drawing
from newcourse.web.pages.together import choices_of
from newcourse.web.pages.trade import coefficients_of, trades
from newcourse.web.pages.votes import names_of, shares_before
from newcourse.web.site import Site
from newcourse.web.stages_shown import goes_on

WIDTHS: Final = {"wide": WIDE, "narrow": NARROW}

_NAME: Final = re.compile(r"(?P<what>[a-z]+)(?:-(?P<year>[0-9]{4}))?-(?P<width>wide|narrow)-(?P<time>day|night)[.]svg")

_OF_A_PLAN: Final[dict[str, Callable[..., Picture]]] = {
    "fulfilment": fulfilment,
    "places": places,
    "bottlenecks": bottlenecks,
    "years": years,
    "capacity": capacity,
    "disproportion": disproportion,
    "projects": projects,
}

_OF_A_VOTE: Final = ("matrix", "weights", "stages")

_OF_FUTURES: Final[dict[str, Callable[..., Picture]]] = {"futures": futures, "tree": tree_picture}


Called = Callable[[Iterable[str]], Mapping[str, str]]
"""Says what people are called, by the codes under which the record knows them."""


def by_code(codes: Iterable[str]) -> dict[str, str]:
    """Call people as the record does."""
    return {code: code for code in codes}


def drawn(site: Site, kind: str, key: str, name: str, called: Called = by_code) -> str:
    """Return a picture as SVG text.

    Parameters
    ----------
    site
        The federation.
    kind
        ``plan``, ``variants``, ``compare``, ``vote``, ``case``, ``lab`` or ``verdict``.
    key
        Address of the plan, hash of the variants, addresses of two plans, or code of the vote.
    name
        What is drawn, for which width and time of day, such as ``flows-2010-wide-day.svg``.
    called
        What the candidates of an election are called now.

    Raises
    ------
    BadInput
        If there is no such picture.
    """
    match = _NAME.fullmatch(name)
    if match is None:
        raise _unknown(kind, name)
    width = WIDTHS[match["width"]]
    year = int(match["year"]) if match["year"] else None
    draws: dict[str, Callable[..., Drawing]] = {
        "plan": _plan,
        "variants": _variants,
        "compare": _compare,
        "vote": partial(_vote, called),
        "case": case_drawing,
        "lab": _lab,
        "verdict": _lab,
    }
    draw = draws.get(kind)
    if draw is None:
        raise _unknown(kind, name)
    content, make = draw(site, key, match["what"], year, width)
    by_day = site.pictures.get((kind, content, match["what"], year, width), lambda: svg(make()))
    return for_night(by_day) if match["time"] == "night" else by_day


Drawing = tuple[str, Callable[[], Picture]]
"""The hash of what is drawn, and what draws it."""


def _plan(site: Site, address: str, what: str, year: int | None, width: int) -> Drawing:
    plan = site.plan(address)
    if what == "flows" and (year is None or year in plan.periods):
        return address, lambda: flows(plan, period=year, width=width)
    if what == "pace" and year is None and has_later(plan):
        return address, lambda: pace(frontier_of(site, address), width=width)
    if what == "together" and year is None:
        return address, lambda: pareto(choices_of(site, address), width=width)
    if what == "trade" and year is None and trades(plan):
        return address, lambda: trade(plan, found=coefficients_of(site, address), width=width)
    if what in _OF_FUTURES and year is None:
        return address, lambda: _OF_FUTURES[what](open_plan_of(site, address)[0], width=width)
    found = sold(site, address)[0] if what == "prices" and year is None else None
    if found is not None:
        return address, lambda: prices(plan, width=width, found=found)
    if what not in _OF_A_PLAN or year is not None or (what == "places" and _lonely(plan)):
        raise _unknown("plan", what)
    return address, lambda: _OF_A_PLAN[what](plan, width=width)


def _variants(site: Site, key: str, what: str, year: int | None, width: int) -> Drawing:
    for cycle in site.cycles():
        if cycle.variants and site.variants_key(cycle) == key and what == "variants" and year is None:
            plans = {variant.title: variant.plan for variant in cycle.variants}
            return key, partial(_side_by_side, site, plans, width)
    raise _unknown("variants", key)


def _side_by_side(site: Site, plans: Mapping[str, str], width: int) -> Picture:
    return variants({title: site.plan(plan) for title, plan in plans.items()}, width=width)


def _compare(site: Site, key: str, what: str, year: int | None, width: int) -> Drawing:
    address, _, other = key.partition("-")
    first, second = titles(site, address, other)
    if what != "compare" or year is not None:
        raise _unknown("compare", what)
    return key, lambda: compare({first: site.plan(address), second: site.plan(other)}, width=width)


def _vote(called: Called, site: Site, code: str, what: str, year: int | None, width: int) -> Drawing:
    vote = site.federation.vote(code)
    if vote.result is None or not vote.result.decided or year is not None or what not in _OF_A_VOTE:
        raise _unknown("vote", what)
    outcome = site.outcome(code)
    if what == "matrix":
        return vote.result.outcome, lambda: vote_matrix(outcome, names=names_of(site, vote), width=width)
    if what == "stages":
        if not goes_on(outcome):
            raise _unknown("vote", what)
        names = called(outcome.candidates) if vote.frozen.subject == "election" else {}
        content = digest(canonical_json([vote.result.outcome, dict(names)]))
        return content, lambda: stages(outcome, names=names, width=width)
    return vote.result.outcome, lambda: weights(outcome, before=shares_before(site, vote), width=width)


def _lab(site: Site, key: str, what: str, year: int | None, width: int) -> Drawing:
    if year is not None:
        raise _unknown("the laboratory", what)
    return verdict_drawing(site, key, width) if what == "ladder" else lab_drawing(site, key, what, width)


def _lonely(plan: Plan) -> bool:
    return bool(plan.needs["place"].nunique() < 2)


def _unknown(kind: str, name: str) -> BadInput:
    return BadInput(Fault("picture-unknown", f"pictures of {kind}", name, "a picture of a page", "follow a link"))


def prepare(site: Site, ended: Event) -> None:
    """Draw the pictures of the current plan and find the reasons of its shortfalls, before anybody asks.

    A federation that has no plan yet has nothing to prepare.

    Parameters
    ----------
    site
        The federation.
    ended
        Set when the server ends: then what is under way is left, and what fails because of it is no fault.
    """
    try:
        if not site.cycles():
            return
        address = site.current_plan()
        for width in WIDTHS:
            for what in ("fulfilment", "flows", "years", "bottlenecks"):
                if not ended.is_set():
                    drawn(site, "plan", address, f"{what}-{width}-day.svg")
        if not ended.is_set():
            site.explanation(address)
    except Exception:
        if not ended.is_set():
            raise
