"""Joining, leaving, moving, being confirmed, and places that are founded."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from newcourse.council.folds.mandates import ended, without_seat
from newcourse.council.state import State
from newcourse.council.tree import Place, Tree
from newcourse.council.vouched import having_vouched
from newcourse.record.entry import Entry


def join(state: State, entry: Entry, body: Mapping[str, Any]) -> State:
    """Let somebody belong to a place; who vouches for them is noted."""
    person = body["person"]
    if person in state.members:
        raise ValueError(f"{person} is a member already")
    state = _vouched(state, entry, body)
    return replace(state, members=state.members.put(person, body["place"]))


def leave(state: State, entry: Entry, _body: Mapping[str, Any]) -> State:
    """Let a member go: mandates end, candidatures, confirmations and tendencies fall; ballots and words stay."""
    person = entry.actor
    state = _uprooted(state, person, entry.at, lambda _: True)
    for tendency in [one for one in state.tendencies.values() if person in one.people]:
        state = replace(state, tendencies=state.tendencies.put(tendency.tendency, tendency.left_by(person)))
    verified = state.verified.without(person) if person in state.verified else state.verified
    return replace(state, members=state.members.without(person), verified=verified)


def transfer(state: State, entry: Entry, body: Mapping[str, Any]) -> State:
    """Let a member belong to another place; who leaves a constituency leaves its mandates and elections."""
    person, place = body["person"], body["place"]
    if person not in state.members or place not in state.tree:
        raise ValueError(f"{person} cannot move to {place}")
    state = _uprooted(state, person, entry.at, lambda constituency: not state.tree.contains(constituency, place))
    return replace(state, members=state.members.put(person, place))


def verify_member(state: State, entry: Entry, body: Mapping[str, Any]) -> State:
    """Note who confirms who a member is."""
    person = body["person"]
    by = state.verified.get(person, ())
    if person not in state.members or person == entry.actor or entry.actor in by:
        raise ValueError(f"{entry.actor} cannot confirm {person}")
    state = _vouched(state, entry, body)
    return replace(state, verified=state.verified.put(person, (*by, entry.actor)))


def found_body(state: State, _entry: Entry, body: Mapping[str, Any]) -> State:
    """Add a place to the tree."""
    place = Place(body["place"], body["name"], body["level"], body["parent"])
    if not place.parent:
        raise ValueError(f"{place.place} is beneath nothing")
    return replace(state, tree=Tree((*state.tree.places, place)))


def _vouched(state: State, entry: Entry, body: Mapping[str, Any]) -> State:
    rows = having_vouched(state, entry.actor, body, entry.at)
    return replace(state, vouched=state.vouched.put(entry.actor, rows)) if rows else state


def _uprooted(state: State, person: str, at: datetime, lost: Callable[[str], bool]) -> State:
    """End the mandates, provisional seats and candidatures of a person in constituencies that are lost to them."""
    for code in state.mandates_by_person.get(person, ()):
        mandate = state.mandates[code]
        if mandate.held and lost(mandate.constituency):
            state = ended(state, mandate, at, "left")
    for body, seat in state.seating.of(person):
        if not seat.mandate and lost(seat.place):
            state = without_seat(state, body, person)
    for election in state.elections.values():
        if not election.vote and person in election.candidates and lost(election.constituency):
            fewer = replace(election, candidates=election.candidates.without(person))
            state = replace(state, elections=state.elections.put(election.election, fewer))
    return state
