"""Record the delegates of a council, as the places' own elections gave them."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from newcourse.acts.act import Act, Deed, wrong
from newcourse.acts.ask import Ask
from newcourse.council.articles import Council
from newcourse.council.state import State
from newcourse.errors import BadInput, Fault, NotAllowed


def check(state: State, ask: Ask) -> None:
    """Refuse seats that the statutes do not give, and delegates who do not belong to the place that sends them."""
    council = state.law.councils.get(str(ask.get("council")))
    if council is None:
        known = ", ".join(state.law.councils)
        raise wrong(ask, "council-unknown", repr(ask.get("council")), f"one of {known}", "name a council")
    if faults := [*_malformed(ask)]:
        raise BadInput(faults)
    if faults := [*_seat_faults(state, ask, council), *_person_faults(state, ask)]:
        article = state.law.article_on_council(council.council)
        raise NotAllowed(Fault(f.code, f.where, f.found, f"{article}: {f.expected}", f.remedy) for f in faults)


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


def _seat_faults(state: State, ask: Ask, council: Council) -> Iterator[Fault]:
    electing = state.electing_places(council)
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
