"""Bodies: the tree of places with the councils that decide for them, and each body with those who sit in it."""

from collections import Counter
from dataclasses import dataclass
from typing import Final

from newcourse.council.bodies import Body, bodies, body_named, constituencies, election_rules, electors_in_words
from newcourse.council.composition import Sitting, composition
from newcourse.council.keeping import kept_and_broken
from newcourse.council.state import State
from newcourse.web import clock
from newcourse.web.body_measures import measures, notes
from newcourse.web.comments import CommentFacts, comments_about
from newcourse.web.groups import group_names
from newcourse.web.page import Page
from newcourse.web.pages.elections import OVER, ElectionBrief, brief_of
from newcourse.web.site import Site
from newcourse.web.table import Link, Table, table
from newcourse.web.text import day, moment

NAMED: Final = 200
"""How many members a page names."""


@dataclass(frozen=True, slots=True)
class BodiesFacts:
    """Facts of the page of all bodies: the bodies, and the places with their members."""

    members: int
    bodies: Table
    places: Table


@dataclass(frozen=True, slots=True)
class SeatFacts:
    """A seat: who holds it, for whom, until when, in which groups; whether its term is over; what was asked of them."""

    mandate: str
    person: str
    constituency: str
    groups: tuple[str, ...]
    since: str
    until: str
    overdue: bool
    account: str


@dataclass(frozen=True, slots=True)
class BodyFacts:
    """Facts of the page of one body."""

    code: str
    name: str
    place: str
    level: str
    seats: tuple[SeatFacts, ...]
    vacant: int
    members: int
    names: tuple[str, ...]
    elected: str
    rules: str
    composition: tuple[Table, ...]
    notes: tuple[str, ...]
    constituencies: Table
    elections: tuple[ElectionBrief, ...]
    votes: Table
    comments: tuple[CommentFacts, ...]


def all_bodies(site: Site) -> BodiesFacts:
    """Return every body and every place."""
    state = site.founded
    counted = Counter(state.members.values())
    rows = [
        (
            Link(body.name(state), f"/bodies/{body.body}"), state.tree.name(body.place),
            len(state.seats.get(body.body, ())), _seats(state, body),
        )
        for body in bodies(state)
    ]  # fmt: skip
    places = [
        (place.name, place.level, state.tree.name(place.parent) if place.parent else "", counted[place.place])
        for place in state.tree.places
    ]
    return BodiesFacts(
        members=len(state.members),
        bodies=table("Bodies", [("body", "text"), ("of", "text"), ("delegates", "number"), ("seats", "number")], rows),
        places=table(
            "Places", [("place", "text"), ("level", "text"), ("belongs to", "text"), ("members", "number")], places
        ),
    )


def body(site: Site, code: str) -> BodyFacts:
    """Return one body."""
    state, now = site.founded, clock.now()
    found = body_named(state, code)
    made = composition(state, found, now)
    within = state.tree.within(found.place)
    members = sorted(person for person, place in state.members.items() if place in within)
    sending = constituencies(state, found)
    elections = [brief_of(state, one) for one in state.elections.values() if one.body == code]
    rules = election_rules(state, found)
    held = Counter(seat.place for seat in made.sitting)
    return BodyFacts(
        code=code,
        name=found.name(state),
        place=state.tree.name(found.place),
        level=found.council.level,
        seats=tuple(_seat(state, one) for one in made.sitting),
        vacant=made.vacant,
        members=len(members),
        names=tuple(members[:NAMED]),
        elected=electors_in_words(state, found, sending[0]) if len(sending) == 1 else "",
        rules=rules.name if rules else "",
        composition=measures(state, found, made),
        notes=notes(state, made),
        constituencies=table(
            "Who sends delegates",
            [("constituency", "text"), ("delegates", "number"), ("seats", "number")],
            [(state.tree.name(place), held[place], found.council.seats) for place in sending],
        ),
        elections=tuple(one for one in reversed(elections) if one.stage not in OVER),
        votes=_votes(state, found),
        comments=comments_about(state, code),
    )


def _seats(state: State, found: Body) -> int:
    return found.council.seats * len(constituencies(state, found))


def _seat(state: State, one: Sitting) -> SeatFacts:
    mandate = state.mandates.get(one.mandate)
    told = kept_and_broken(state, mandate) if mandate else ()
    return SeatFacts(
        mandate=one.mandate,
        person=one.person,
        constituency=state.tree.name(one.place),
        groups=group_names(state, one.groups),
        since=day(one.since) if one.since else "",
        until=day(one.ends) if one.ends else "",
        overdue=one.overdue,
        account="; ".join(each.words for each in told),
    )


def _votes(state: State, found: Body) -> Table:
    decided = {d.decision for d in state.law.decisions.values() if d.council == found.council.council}
    rows = [
        (Link(vote.vote, f"/votes/{vote.vote}"), vote.frozen.question, moment(vote.closed_at or vote.closes_at))
        for vote in reversed(tuple(state.votes.values()))
        if vote.frozen.decision in decided and (vote.frozen.place or state.tree.root) == found.place
    ]
    return table("Votes of this body", [("vote", "text"), ("question", "text"), ("until", "text")], rows)


LIST = Page("bodies", "/bodies", "Every body and every place", all_bodies, "Bodies")
PAGE = Page("body", "/bodies/{code}", "One body and those who sit in it", body, "Bodies", kept=False)
