"""From nominations to seats."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from newcourse.council.bodies import body_named, constituencies, election_rules, electors, find_body
from newcourse.council.elections import Candidate, Election
from newcourse.council.folds.mandates import changed, ended, given, replaced
from newcourse.council.folds.votes import opened
from newcourse.council.mandates import Mandate
from newcourse.council.seating import Seat
from newcourse.council.standing import quotas_of, standing
from newcourse.council.state import State
from newcourse.council.vacancies import VACATED_BY, elections_at, mandates_at, occasion
from newcourse.council.voting import Result, Vote
from newcourse.record.entry import Entry


def open_nominations(state: State, entry: Entry, body: Mapping[str, Any]) -> State:
    """Begin an election."""
    election = Election(
        election=body["election"],
        body=body["body"],
        constituency=body["place"],
        seats=body["seats"],
        opened_at=entry.at,
        nominations_end=datetime.fromisoformat(body["nominations_end"]),
        reason=body["reason"],
        term_days=body["term_days"],
        ends=datetime.fromisoformat(body["ends"]) if body["ends"] else None,
    )
    if election.election in state.elections:
        raise ValueError(f"election {election.election} is there already")
    _require_occasion(state, election, state.clock(entry.at))
    seat = (election.body, election.constituency)
    codes = (*state.elections_by_seat.get(seat, ()), election.election)
    return replace(_put(state, election), elections_by_seat=state.elections_by_seat.put(seat, codes))


def nominate(state: State, entry: Entry, body: Mapping[str, Any]) -> State:
    """Put a candidate up; they have not accepted yet."""
    election, person = state.elections[body["election"]], body["person"]
    if person in election.candidates or election.closed_at is not None:
        raise ValueError(f"{person} cannot be nominated in {election.election}")
    return _put(state, _with(election, Candidate(person, entry.actor)))


def accept_nomination(state: State, entry: Entry, body: Mapping[str, Any]) -> State:
    """Let a candidate stand, in groups and with a statement of their own choice."""
    election = state.elections[body["election"]]
    if election.closed_at is not None:
        raise ValueError(f"nominations of {election.election} are closed")
    candidate = election.candidates[entry.actor]
    groups = tuple(body["groups"])
    return _put(state, _with(election, replace(candidate, accepted=True, groups=groups, statement=body["statement"])))


def withdraw_nomination(state: State, entry: Entry, body: Mapping[str, Any]) -> State:
    """Let a candidate go."""
    election = state.elections[body["election"]]
    if election.vote:
        raise ValueError(f"the vote of {election.election} is open already")
    return _put(state, replace(election, candidates=election.candidates.without(entry.actor)))


def close_nominations(state: State, entry: Entry, body: Mapping[str, Any]) -> State:
    """Let nobody else stand."""
    election = state.elections[body["election"]]
    if election.closed_at is not None:
        raise ValueError(f"nominations of {election.election} are closed")
    return _put(state, replace(election, closed_at=entry.at))


def open_election(state: State, entry: Entry, body: Mapping[str, Any]) -> State:
    """Open the vote of an election."""
    frozen = body["frozen"]
    election = state.elections[frozen["about"]]
    place = frozen["place"] or state.tree.root
    if election.vote or election.closed_at is None or (frozen["subject"], place) != ("election", election.constituency):
        raise ValueError(f"the vote of {election.election} cannot be opened so")
    require_electors(state, election.body, election.constituency, frozen["electors"])
    candidates = standing(state, election, state.clock(entry.at))
    limits = quotas_of(state, election, candidates, election.election)
    options = frozen["options"]
    groups = limits.groups.to_data() if limits.groups else None
    if [*candidates] != frozen["candidates"] or (options["seats"], options.get("groups")) != (limits.seats, groups):
        raise ValueError("other candidates than those who stand, or other seats or quotas than the statutes say")
    return _put(opened(state, entry, body), replace(election, vote=frozen["vote"]))


def require_electors(state: State, body: str, constituency: str, found: str) -> None:
    """Raise ``ValueError`` where a vote of a constituency is not opened for those who elect there."""
    expected = electors(state, body_named(state, body), constituency)
    if found != expected:
        raise ValueError(f"a vote of {found}, where {expected} vote")


def elected(state: State, vote: Vote, result: Result, entry: Entry) -> State:
    """Give the elected their mandates; each takes the seat of one who goes, by taking the mandate up.

    Nobody is seated in a council that was abolished while the vote was open, nor by a vote that was closed so late that
    another election had been called.
    """
    election = state.elections[vote.frozen.about]
    if not result.decided or find_body(state, election.body) is None:
        return state
    if elections_at(state, election.body, election.constituency)[-1] != election:
        return state
    winners = tuple(str(person) for person in result.data["elected"])
    if election.ends is not None:
        succeeds = dict(zip(winners, election.vacated, strict=False))
        return _mandates(state, election, winners, entry.at, succeeds, {})
    state = _ended_before(state, election, entry.at)
    leaving = [seat.person for seat in _seats(state, election)]
    replaces = {person: person for person in winners if person in leaving}
    free = [person for person in leaving if person not in replaces]
    for person in winners:
        if person not in replaces and free:
            replaces[person] = free.pop(0)
    for person in free:
        state = replaced(state, election.body, election.constituency, person, entry.at)
    return _mandates(state, election, winners, entry.at, {}, replaces)


def unelected(state: State, vote: Vote, _result: Result, entry: Entry) -> State:
    """End the mandates that an election gave which has fallen; who still kept a seat keeps it.

    Those that had ended already leave no vacancy either: nobody had been elected to them.
    """
    election = state.elections[vote.frozen.about]
    for mandate in mandates_at(state, election.body, election.constituency):
        if mandate.vote == vote.vote and mandate.held:
            state = ended(state, mandate, entry.at, "contested")
        elif mandate.vote == vote.vote and mandate.ended_by in VACATED_BY:
            state = changed(state, replace(mandate, ended_by="contested"))
    return state


def _require_occasion(state: State, election: Election, at: datetime) -> None:
    """Raise ``ValueError`` where an election is called for other seats or reasons than there are."""
    body = body_named(state, election.body)
    rules = election_rules(state, body)
    if rules is None or election.constituency not in constituencies(state, body):
        raise ValueError(f"{election.constituency} does not elect to {election.body}")
    why = occasion(state, body, election.constituency, rules, at)
    said = (election.reason, election.seats, election.ends, election.term_days)
    if not why.reason or said != (why.reason, why.seats, why.ends, rules.term_days):
        raise ValueError(f"an election of {election.constituency} to {election.body} without such an occasion")


def _put(state: State, election: Election) -> State:
    return replace(state, elections=state.elections.put(election.election, election))


def _with(election: Election, candidate: Candidate) -> Election:
    return replace(election, candidates=election.candidates.put(candidate.person, candidate))


def _seats(state: State, election: Election) -> tuple[Seat, ...]:
    return tuple(seat for seat in state.seats.get(election.body, ()) if seat.place == election.constituency)


def _ended_before(state: State, election: Election, at: datetime) -> State:
    """End mandates of the constituency that were never taken up, and those of places that elect no longer."""
    for mandate in mandates_at(state, election.body, election.constituency):
        if mandate.held and mandate.taken_at is None:
            state = ended(state, mandate, at, "succeeded")
    electing = constituencies(state, body_named(state, election.body))
    outdated = [seat for seat in state.seats.get(election.body, ()) if seat.place not in electing]
    for seat in outdated:
        state = replaced(state, election.body, seat.place, seat.person, at)
    return state


def _mandates(
    state: State,
    election: Election,
    winners: tuple[str, ...],
    at: datetime,
    succeeds: Mapping[str, str],
    replaces: Mapping[str, str],
) -> State:
    """Give one mandate to each of the elected, in the order of election."""
    ends = election.ends or at + timedelta(days=election.term_days)
    for person in winners:
        candidate = election.candidates[person]
        mandate = Mandate(
            mandate=f"M{len(state.mandates) + 1}",
            person=person,
            body=election.body,
            constituency=election.constituency,
            vote=election.vote,
            groups=candidate.groups,
            begins=at,
            ends=ends,
            succeeds=succeeds.get(person, ""),
            replaces=replaces.get(person, ""),
        )
        state = given(state, mandate)
        if not state.tree.contains(election.constituency, state.members.get(person, "")):
            state = ended(state, mandate, at, "left")
    return state
