"""Why a plan misses what it misses: reasons in words, and the cheapest relief."""

from dataclasses import dataclass

from newcourse.web.page import Page
from newcourse.web.site import RELIEFS, Site


@dataclass(frozen=True, slots=True)
class Missed:
    """A need that is not met in full, and why, in words."""

    need: str
    name: str
    place: str
    period: int
    met: float
    words: str
    relieved: bool


@dataclass(frozen=True, slots=True)
class WhyFacts:
    """Facts of the page that explains a plan."""

    address: str
    title: str
    reliefs: int
    missed: tuple[Missed, ...]
    limits: tuple[str, ...]


def why(site: Site, address: str) -> WhyFacts:
    """Return the reason of every shortfall and the worth of every limit of a plan.

    Parameters
    ----------
    site
        The federation.
    address
        Address of the plan.
    """
    explanation = site.explanation(address)
    missed = tuple(
        Missed(
            missed.need,
            missed.name,
            missed.place,
            missed.period,
            missed.delivered / missed.target,
            missed.words(),
            bool(missed.relief),
        )
        for missed in explanation.shortfalls
    )
    limits = tuple(limit.words() for limit in explanation.bottlenecks)
    return WhyFacts(address, site.named(address)[1], RELIEFS, missed, limits)


PAGE = Page("why", "/plan/{address}/why", "Why a plan misses what it misses", why, "Plan")
