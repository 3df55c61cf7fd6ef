"""Tendencies: organised currents of opinion, who belongs to them, and what they say, each in the same space."""

from dataclasses import dataclass

from newcourse.council.tendencies import Tendency
from newcourse.web.body_names import body_name
from newcourse.web.comments import CommentFacts, comments_about
from newcourse.web.page import Page
from newcourse.web.site import Site
from newcourse.web.text import moment


@dataclass(frozen=True, slots=True)
class EarlierFacts:
    """What a tendency said before: the words, by whom, when."""

    words: str
    by: str
    at: str


@dataclass(frozen=True, slots=True)
class StatementFacts:
    """What a tendency says on a subject (a code, or empty), by whom, when, and all it said on it before."""

    about: str
    words: str
    by: str
    at: str
    earlier: tuple[EarlierFacts, ...]


@dataclass(frozen=True, slots=True)
class TendencyFacts:
    """A tendency with its speakers, all it published, the latest first, its seats by body, and what is said of it."""

    code: str
    name: str
    platform: str
    formed: str
    people: tuple[str, ...]
    speakers: tuple[str, ...]
    seats: tuple[tuple[str, str, int], ...]
    statements: tuple[StatementFacts, ...]
    comments: tuple[CommentFacts, ...]


@dataclass(frozen=True, slots=True)
class TendenciesFacts:
    """Every tendency, in the order in which they were formed."""

    tendencies: tuple[TendencyFacts, ...]


def tendencies(site: Site) -> TendenciesFacts:
    """Return every tendency."""
    return TendenciesFacts(tuple(_facts(site, found) for found in site.federation.state.tendencies.values()))


def tendency(site: Site, code: str) -> TendencyFacts:
    """Return one tendency."""
    return _facts(site, site.federation.tendency(code))


def _facts(site: Site, found: Tendency) -> TendencyFacts:
    state = site.federation.state
    seats = {body: sum(seat.person in found.people for seat in own) for body, own in state.seats.items()}
    return TendencyFacts(
        found.tendency,
        found.name,
        found.platform,
        moment(found.formed_at),
        found.people,
        found.speakers,
        tuple((body, body_name(state, body), number) for body, number in seats.items() if number),
        tuple(_on(found, about) for about in dict.fromkeys(one.about for one in reversed(found.statements))),
        comments_about(state, found.tendency),
    )


def _on(found: Tendency, about: str) -> StatementFacts:
    latest, *earlier = found.statements_on(about)
    before = tuple(EarlierFacts(one.words, one.by, moment(one.at)) for one in earlier)
    return StatementFacts(about, latest.words, latest.by, moment(latest.at), before)


LIST = Page("tendencies", "/tendencies", "Tendencies and what they say", tendencies, "Tendencies")
PAGE = Page("tendency", "/tendencies/{code}", "One tendency", tendency, "Tendencies")
