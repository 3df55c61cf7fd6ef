"""Mandates: given, taken up, ended, instructed."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from newcourse.council.bodies import electors
from newcourse.council.folds.votes import opened
from newcourse.council.instructing import instructed_body
from newcourse.council.mandates import Instruction, Mandate
from newcourse.council.seating import Seat
from newcourse.council.state import State
from newcourse.council.voting import Result, Vote
from newcourse.record.entry import Entry


def given(state: State, mandate: Mandate) -> State:
    """Add a mandate, findable by person and by seat."""
    if mandate.mandate in state.mandates:
        raise ValueError(f"mandate {mandate.mandate} is there already")
    seat, person = (mandate.body, mandate.constituency), mandate.person
    by_person = (*state.mandates_by_person.get(person, ()), mandate.mandate)
    by_seat = (*state.mandates_by_seat.get(seat, ()), mandate.mandate)
    return replace(
        state,
        mandates=state.mandates.put(mandate.mandate, mandate),
        mandates_by_person=state.mandates_by_person.put(person, by_person),
        mandates_by_seat=state.mandates_by_seat.put(seat, by_seat),
    )


def changed(state: State, mandate: Mandate) -> State:
    """Put a mandate in place of what it was."""
    return replace(state, mandates=state.mandates.put(mandate.mandate, mandate))


def ended(state: State, mandate: Mandate, at: datetime, by: str) -> State:
    """End a mandate and take its seat away."""
    state = changed(state, replace(mandate, ended_at=at, ended_by=by))
    left = tuple(seat for seat in state.seats.get(mandate.body, ()) if seat.mandate != mandate.mandate)
    if left == state.seats.get(mandate.body, ()):
        return state
    return replace(state, seats=state.seating.having(mandate.body, left))


def without_seat(state: State, body: str, person: str) -> State:
    """Take a person's seat in a body away; their mandate is another matter."""
    left = tuple(seat for seat in state.seats.get(body, ()) if seat.person != person)
    return replace(state, seats=state.seating.having(body, left))


def replaced(state: State, body: str, constituency: str, person: str, at: datetime) -> State:
    """Let somebody's seat from a constituency go to a successor."""
    for code in state.mandates_by_seat.get((body, constituency), ()):
        mandate = state.mandates[code]
        if mandate.held and mandate.person == person and mandate.taken_at is not None:
            state = ended(state, mandate, at, "succeeded")
    return without_seat(state, body, person)


def take_mandate(state: State, entry: Entry, body: Mapping[str, Any]) -> State:
    """Seat a delegate who takes up a mandate; whoever kept the seat until now leaves it."""
    mandate = state.mandates[body["mandate"]]
    if mandate.person != entry.actor or not mandate.held or mandate.taken_at is not None:
        raise ValueError(f"{entry.actor} cannot take up mandate {mandate.mandate}")
    if mandate.replaces:
        state = replaced(state, mandate.body, mandate.constituency, mandate.replaces, entry.at)
    state = changed(state, replace(mandate, taken_at=entry.at))
    seats = state.seats.get(mandate.body, ())
    if any(seat.person == entry.actor for seat in seats):
        seats = tuple(seat for seat in seats if seat.person != entry.actor)
    taken = (*seats, Seat(entry.actor, mandate.constituency, mandate.mandate))
    return replace(state, seats=state.seating.having(mandate.body, taken))


def lay_down_mandate(state: State, entry: Entry, body: Mapping[str, Any]) -> State:
    """End a mandate by its holder's own will."""
    mandate = state.mandates[body["mandate"]]
    if mandate.person != entry.actor or not mandate.held:
        raise ValueError(f"{entry.actor} does not hold mandate {mandate.mandate}")
    return ended(state, mandate, entry.at, "laid down")


def instruct(state: State, entry: Entry, body: Mapping[str, Any]) -> State:
    """Open a constituency's vote on an instruction, and remember what the delegates would have to do."""
    frozen = body["frozen"]
    place = frozen["place"] or state.tree.root
    decides = instructed_body(state, frozen["about"], place)
    if decides is None or frozen["electors"] != electors(state, decides, place):
        raise ValueError(f"{place} cannot instruct its delegates on {frozen['about']} so")
    state = replace(state, instructions=state.instructions.put(frozen["vote"], body["choice"]))
    return opened(state, entry, body)


def instructed(state: State, vote: Vote, result: Result, entry: Entry) -> State:
    """Add what a constituency decided to the mandates of its delegates in the body that decides on it."""
    if not result.decided or not result.data.get("adopted"):
        return state
    choice = state.instructions[vote.vote]
    place = vote.frozen.place or state.tree.root
    body = instructed_body(state, vote.frozen.about, place)
    for code in state.mandates_by_seat.get((body.body, place), ()) if body else ():
        mandate = state.mandates[code]
        if mandate.held:
            late = tuple(voted_on(state, vote.frozen.about, mandate))
            told = Instruction(vote.vote, vote.frozen.about, choice, entry.at, late)
            state = changed(state, replace(mandate, instructions=(*mandate.instructions, told)))
    return state


def uninstructed(state: State, vote: Vote, _result: Result, _entry: Entry) -> State:
    """Take an instruction back whose vote has fallen."""
    for mandate in [m for m in state.mandates.values() if any(i.vote == vote.vote for i in m.instructions)]:
        kept = tuple(told for told in mandate.instructions if told.vote != vote.vote)
        state = changed(state, replace(mandate, instructions=kept))
    return state


def voted_on(state: State, about: str, mandate: Mandate) -> list[str]:
    """Return the votes of a body that something is decided in and that a delegate has voted in."""
    return [
        vote.vote
        for vote in state.votes.values()
        if about in (vote.vote, vote.frozen.decision, vote.frozen.about)
        and vote.frozen.electors == f"delegates {mandate.body}"
        and mandate.person in vote.ballots
    ]
