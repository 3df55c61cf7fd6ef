"""Move to another place: only by oneself, because whoever moves votes there and no longer where they were."""

from typing import Final

from newcourse.acts.act import Act, Deed, refused, wrong
from newcourse.acts.ask import Ask
from newcourse.acts.leave import require_member
from newcourse.council.state import State


def check(state: State, ask: Ask) -> None:
    """Refuse places that are not there, moves to nowhere else, and moving others: their vote would move with them."""
    person, place = _person(ask), str(ask.get("place"))
    if place not in state.tree:
        raise wrong(ask, "place-unknown", repr(place), "a place of the federation", "correct the place")
    require_member(state, ask, person)
    article = state.law.article_on_act("transfer")
    if person != ask.actor:
        found = f"{ask.actor}, who would move {person}"
        raise refused(ask, article, "moved-by-another", found, "members who move by themselves", f"ask {person} to")
    if state.members[person] == place:
        found = f"{person} is a member at {state.tree.name(place)} already"
        raise refused(ask, article, "place-same", found, "another place", "leave it as it is")


def do(_state: State, ask: Ask, _prepared: object) -> Deed:
    """Write who moves where."""
    return Deed({"person": _person(ask), "place": str(ask.get("place"))})


def _person(ask: Ask) -> str:
    return str(ask.get("person", ask.actor))


ACT: Final = Act("transfer", check, do, needs=("place",), takes=("person",))
