"""The statutes: the articles that say who may do what, in words; and who holds which office now."""

from dataclasses import dataclass

from newcourse.errors import BadInput, Fault
from newcourse.web.page import Page
from newcourse.web.site import Site
from newcourse.web.table import Table, table


@dataclass(frozen=True, slots=True)
class ArticleFacts:
    """One article in words."""

    number: str
    title: str
    words: str


@dataclass(frozen=True, slots=True)
class StatutesFacts:
    """Facts of the page of the statutes."""

    title: str
    articles: tuple[ArticleFacts, ...]
    delegates: Table
    places: Table
    members: int


def statutes(site: Site) -> StatutesFacts:
    """Return the articles, the delegates and the places."""
    state = site.federation.state
    if state.statutes is None:
        fault = Fault("not-founded", "statutes", "a record without a federation", "one that is founded", "found it")
        raise BadInput(fault)
    names = {place.place: place.name for place in state.tree.places}
    councils = state.law.councils
    seats = [
        (seat.person, councils[council].name, names[seat.place]) for council, own in state.seats.items() for seat in own
    ]
    counted = dict.fromkeys(names, 0)
    for place in state.members.values():
        counted[place] += 1
    rows = [(place.name, place.level, names.get(place.parent, ""), counted[place.place]) for place in state.tree.places]
    return StatutesFacts(
        title=state.law.title,
        articles=tuple(ArticleFacts(a.number, a.title, a.words) for a in state.law.articles),
        delegates=table("Delegates", [("who", "text"), ("council", "text"), ("sent by", "text")], seats),
        places=table(
            "Places", [("place", "text"), ("level", "text"), ("belongs to", "text"), ("members", "number")], rows
        ),
        members=len(state.members),
    )


PAGE = Page("statutes", "/statutes", "The statutes, in words", statutes, "Statutes")
