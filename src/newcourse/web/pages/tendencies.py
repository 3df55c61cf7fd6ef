"""Tendencies: organised currents of opinion, who belongs to them, and what they say, each in the same space."""

from dataclasses import dataclass

from newcourse.council.tendencies import Tendency
from newcourse.errors import BadInput, Fault
from newcourse.web.body_names import body_name
from newcourse.web.comments import CommentFacts, comments_about
from newcourse.web.page import Page
from newcourse.web.site import Site
from newcourse.web.text import moment


@dataclass(frozen=True, slots=True)
class StatementFacts:
    """A statement: what it is about (a code, or empty), the words, by whom, when."""

    about: str
    words: str
    by: str
    at: str


@dataclass(frozen=True, slots=True)
class TendencyFacts:
    """A tendency with all it published, the latest first, its seats by body, and what people say about it."""

    code: str
    name: str
    platform: str
    formed: str
    people: tuple[str, ...]
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
    known = site.federation.state.tendencies
    if code not in known:
        expected = ", ".join(known) or "a tendency that has been formed"
        raise BadInput(Fault("tendency-unknown", "tendencies", repr(code), expected, "follow a link to a tendency"))
    return _facts(site, known[code])


def _facts(site: Site, found: Tendency) -> TendencyFacts:
    state = site.federation.state
    seats = {body: sum(seat.person in found.people for seat in own) for body, own in state.seats.items()}
    statements = [StatementFacts(one.about, one.words, one.by, moment(one.at)) for one in reversed(found.statements)]
    return TendencyFacts(
        found.tendency,
        found.name,
        found.platform,
        moment(found.formed_at),
        found.people,
        tuple((body, body_name(state, body), number) for body, number in seats.items() if number),
        tuple(statements),
        comments_about(state, found.tendency),
    )


LIST = Page("tendencies", "/tendencies", "Tendencies and what they say", tendencies, "Tendencies")
PAGE = Page("tendency", "/tendencies/{code}", "One tendency", tendency, "Tendencies")
