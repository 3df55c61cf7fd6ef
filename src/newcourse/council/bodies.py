"""The bodies of a federation, the places that send delegates to them, and who elects these (design §8.2).

A council without a level is one body, and its code is the body's code. A council with a level is one body at every
place of that level, with the code ``COUNCIL:PLACE``.
"""

from dataclasses import dataclass

from newcourse.council.articles import Article, Council, ElectionRules
from newcourse.council.state import State
from newcourse.council.statutes import Statutes
from newcourse.errors import BadInput, Fault

BETWEEN = ":"
"""Stands between council and place in the code of a body."""


@dataclass(frozen=True, slots=True)
class Body:
    """One body of delegates: its code, its council in the statutes, the place it decides for."""

    body: str
    council: Council
    place: str

    def name(self, state: State) -> str:
        """Return its name in words."""
        return f"{self.council.name} of {state.tree.name(self.place)}" if self.council.level else self.council.name


def bodies(state: State) -> tuple[Body, ...]:
    """Return every body, in the order of the statutes and of the tree of places."""
    return tuple(body for council in state.law.councils.values() for body in bodies_of(state, council))


def bodies_of(state: State, council: Council) -> tuple[Body, ...]:
    """Return the bodies of one council of the statutes."""
    if not council.level:
        return (Body(council.council, council, state.council_place(council)),)
    places = state.tree.at_level(council.level)
    return tuple(Body(f"{council.council}{BETWEEN}{place}", council, place) for place in places)


def find_body(state: State, code: str) -> Body | None:
    """Return the body of that code, if there is one."""
    council = state.law.councils.get(code)
    if council is not None:
        return None if council.level else Body(code, council, state.council_place(council))
    name, _, place = code.partition(BETWEEN)
    council = state.law.councils.get(name)
    if council is None or place not in state.tree or state.tree.by_code[place].level != council.level:
        return None
    return Body(code, council, place)


def body_named(state: State, code: str, where: str = "bodies") -> Body:
    """Return the body of that code.

    Raises
    ------
    BadInput
        If there is none; the fault lists those there are, at most ten.
    """
    if (body := find_body(state, code)) is not None:
        return body
    known = [body.body for body in bodies(state)]
    expected = ", ".join(known[:10]) + (f" and {len(known) - 10} more" if len(known) > 10 else "")
    raise BadInput(Fault("body-unknown", where, repr(code), expected or "a body", "name a body"))


def constituencies(state: State, body: Body) -> tuple[str, ...]:
    """Return the places that send delegates to a body."""
    beneath = state.tree.beneath(body.place) if body.council.seated_by == "places beneath" else ()
    return beneath or (body.place,)


def election_rules(state: State, body: Body) -> ElectionRules | None:
    """Return the rules by which a body is elected; nothing where only founders can seat provisional delegates."""
    return state.law.elections.get(body.council.election)


def article_on_election(law: Statutes, election: str) -> Article:
    """Return the article with the rules of an election; the first article where none has them."""
    return next((a for a in law.articles for e in a.elections if e.election == election), law.articles[0])


def article_on_recall(law: Statutes) -> Article:
    """Return the article with the rules of recall; the first article where none has them."""
    return next((a for a in law.articles if a.recall), law.articles[0])


def body_beneath(state: State, body: Body, place: str) -> Body | None:
    """Return the body of a constituency whose delegates elect to the body above, if there is one."""
    at_place = (
        found
        for council in state.law.councils.values()
        if council.council != body.council.council and not (council.level and not _is_level(state, council, place))
        for found in [_at(state, council, place)]
        if found.place == place
    )
    return next(at_place, None)


def _is_level(state: State, council: Council, place: str) -> bool:
    return place in state.tree and state.tree.by_code[place].level == council.level


def _at(state: State, council: Council, place: str) -> Body:
    if council.level:
        return Body(f"{council.council}{BETWEEN}{place}", council, place)
    return Body(council.council, council, state.council_place(council))


def electing_delegates(state: State, body: Body, place: str) -> tuple[str, ...]:
    """Return who sits in the body of a constituency, in alphabetical order."""
    lower = body_beneath(state, body, place)
    return tuple(sorted({seat.person for seat in state.seats.get(lower.body, ())})) if lower else ()


def constituency_electorate(state: State, body: Body, place: str) -> tuple[str, ...]:
    """Return who elects and recalls the delegates that a place sends to a body, in alphabetical order.

    Members of the place and of the places beneath it; only verified ones where the rules say so; or the delegates who
    sit in the body of the place, where the council is elected by them. Looks at every member of the federation: ask
    only when a vote is opened or a petition begins. For one person ask :func:`belongs`.
    """
    if body.council.elected_by == "delegates":
        return electing_delegates(state, body, place)
    within = state.tree.within(place)
    members = (person for person, own in state.members.items() if own in within)
    if (rules := election_rules(state, body)) is not None and rules.electorate == "verified members":
        members = (person for person in members if person in state.verified)
    return tuple(sorted(members))


def belongs(state: State, body: Body, place: str, person: str) -> bool:
    """Return whether somebody belongs to the electorate of a constituency, without looking at the others."""
    if body.council.elected_by == "delegates":
        return person in electing_delegates(state, body, place)
    rules = election_rules(state, body)
    if rules is not None and rules.electorate == "verified members" and person not in state.verified:
        return False
    return state.tree.contains(place, state.members.get(person, ""))


def electors_in_words(state: State, body: Body, place: str) -> str:
    """Return who elects in a constituency, in words."""
    name = state.tree.name(place)
    if body.council.elected_by == "delegates":
        lower = body_beneath(state, body, place)
        return f"the delegates of {lower.name(state)}" if lower else f"the delegates of a body at {name}"
    rules = election_rules(state, body)
    kind = "verified members" if rules is not None and rules.electorate == "verified members" else "members"
    return f"the {kind} at {name} and beneath it"


def electors(state: State, body: Body, place: str) -> str:
    """Return whom the electorate of a constituency consists of, as :class:`newcourse.council.freeze.Frozen` says it."""
    if body.council.elected_by == "delegates":
        lower = body_beneath(state, body, place)
        return f"delegates {lower.body}" if lower else ""
    rules = election_rules(state, body)
    return rules.electorate if rules is not None else "members"
