"""Seat the first, provisional delegates of a body, whom elections replace."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from newcourse.acts.act import Act, Deed, wrong
from newcourse.acts.ask import Ask
from newcourse.acts.electing import refused_all
from newcourse.council.bodies import Body, bodies, constituencies, find_body
from newcourse.council.state import State
from newcourse.errors import BadInput, Fault


def check(state: State, ask: Ask) -> None:
    """Refuse bodies that were elected, seats that the statutes do not give, and delegates of other places."""
    body = find_body(state, str(ask.get("council")))
    if body is None:
        known = ", ".join(body.body for body in bodies(state)[:10])
        raise wrong(ask, "council-unknown", repr(ask.get("council")), f"one of {known}", "name a council")
    if faults := [*_malformed(ask)]:
        raise BadInput(faults)
    if faults := [*_elected_faults(state, ask, body), *_seat_faults(state, ask, body), *_person_faults(state, ask)]:
        raise refused_all(faults, state.law.article_on_council(body.council.council))


def do(_state: State, ask: Ask, _prepared: object) -> Deed:
    """Write who is seated by which place."""
    seats = {place: list(people) for place, people in _seats(ask).items()}
    return Deed({"council": ask.get("council"), "seats": seats})


def _seats(ask: Ask) -> Mapping[str, Sequence[str]]:
    seats: Mapping[str, Sequence[str]] = ask.get("seats")
    return seats


def _malformed(ask: Ask) -> Iterator[Fault]:
    seats = ask.get("seats")
    lists = seats.values() if isinstance(seats, Mapping) else [None]
    if not all(isinstance(people, list | tuple) and all(isinstance(p, str) for p in people) for people in lists):
        expected = "a list of people for each place that sends delegates"
        yield Fault("seats-wrong", ask.where, repr(seats)[:60], expected, "give a mapping of lists")


def _elected_faults(state: State, ask: Ask, body: Body) -> Iterator[Fault]:
    elected = [seat.mandate for seat in state.seats.get(body.body, ()) if seat.mandate]
    if elected:
        found = f"{body.name(state)}, where delegates sit by election: {', '.join(elected)}"
        remedy = "call elections, or recall delegates"
        yield Fault("seats-elected", ask.where, found, "provisional delegates until the first elections", remedy)


def _seat_faults(state: State, ask: Ask, body: Body) -> Iterator[Fault]:
    electing, council = constituencies(state, body), body.council
    for place, people in _seats(ask).items():
        where = f"{ask.where}, seats of {place}"
        if place not in electing:
            expected = f"delegates from {', '.join(electing)}"
            yield Fault("place-sends-nobody", where, f"delegates from {place}", expected, "leave the place out")
        if len(people) > council.seats:
            expected = f"at most {council.seats} for each place"
            yield Fault("seats-many", where, f"{len(people)} delegates", expected, "seat fewer")


def _person_faults(state: State, ask: Ask) -> Iterator[Fault]:
    times = Counter(person for people in _seats(ask).values() for person in people)
    for place, people in _seats(ask).items():
        for person in people:
            where = f"{ask.where}, delegate {person}"
            if not state.tree.contains(place, state.members.get(person, "")):
                found = f"{person}, who is no member at {state.tree.name(place)} or beneath it"
                yield Fault("delegate-stranger", where, found, "delegates from among the members", "seat a member")
            if times[person] > 1:
                yield Fault("seat-twice", where, f"{times[person]} seats", "one seat each", "seat somebody else")


ACT: Final = Act("seat_delegates", check, do, needs=("council", "seats"))
