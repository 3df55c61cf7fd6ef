"""Move to another place; or vouch for somebody who moves to one's own place or a place beneath it."""

from collections.abc import Iterator
from typing import Final

from newcourse.acts.act import Act, Deed, wrong
from newcourse.acts.ask import Ask
from newcourse.acts.electing import refused_all
from newcourse.acts.leave import require_member
from newcourse.council.eligibility import mandates_of
from newcourse.council.state import State
from newcourse.errors import Fault


def check(state: State, ask: Ask) -> None:
    """Refuse places that are not there, moves to nowhere else, and moving others who have something to lose by it."""
    person, place = _person(ask), str(ask.get("place"))
    if place not in state.tree:
        raise wrong(ask, "place-unknown", repr(place), "a place of the federation", "correct the place")
    require_member(state, ask, person)
    faults = []
    if state.members[person] == place:
        found = f"{person} is a member at {state.tree.name(place)} already"
        faults.append(Fault("place-same", ask.where, found, "another place", "leave it as it is"))
    if person != ask.actor:
        faults += [*_vouched(state, ask, person, place)]
    if faults:
        raise refused_all(faults, state.law.article_on_act("transfer"))


def do(_state: State, ask: Ask, _prepared: object) -> Deed:
    """Write who moves where."""
    return Deed({"person": _person(ask), "place": str(ask.get("place"))})


def _person(ask: Ask) -> str:
    return str(ask.get("person", ask.actor))


def _vouched(state: State, ask: Ask, person: str, place: str) -> Iterator[Fault]:
    if not state.tree.contains(state.members.get(ask.actor, ""), place):
        found = f"{ask.actor}, who is no member at {state.tree.name(place)} or above it"
        yield Fault("voucher-stranger", ask.where, found, "a member of the new place who vouches", "ask one of these")
    mandates = [mandate.mandate for mandate in mandates_of(state, person) if mandate.held]
    if mandates or state.seating.of(person):
        found = f"{person}, who holds {', '.join(mandates) or 'a provisional seat'} and could lose it by moving"
        yield Fault("mandate-held", ask.where, found, "delegates who move by themselves", f"ask {person} to do it")
    standing = [e.election for e in state.elections.values() if not e.vote and person in e.candidates]
    if standing:
        found = f"{person}, who is a candidate in {', '.join(standing)}"
        yield Fault("candidate-moved", ask.where, found, "candidates who move by themselves", f"ask {person} to do it")


ACT: Final = Act("transfer", check, do, needs=("place",), takes=("person",))
