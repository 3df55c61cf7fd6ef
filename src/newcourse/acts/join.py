"""Join a place, or vouch for somebody who does; who left may join again."""

from typing import Final

from newcourse.acts.act import Act, Deed, refused, wrong
from newcourse.acts.ask import Ask
from newcourse.council.secrecy import TOKEN_HOLDER, may_name
from newcourse.council.state import State
from newcourse.council.vouched import too_many


def place(ask: Ask) -> str:
    """Return the place that is joined."""
    return str(ask.get("place"))


def check(state: State, ask: Ask) -> None:
    """Refuse who is a member already, and places that are not there."""
    person = ask.get("person", ask.actor)
    if not may_name(person):
        expected = f"1 to 200 printable characters, in normal form NFKC, no outer spaces, not {TOKEN_HOLDER!r}"
        raise wrong(ask, "name-wrong", repr(person), expected, "correct the name")
    if place(ask) not in state.tree:
        raise wrong(ask, "place-unknown", repr(place(ask)), "a place of the federation", "correct the place")
    if person in state.members:
        found = f"{person} is a member at {state.tree.name(state.members[person])} already"
        article = state.law.article_on_act("join")
        raise refused(ask, article, "member-already", found, "one place for each member", "leave it as it is")
    require_vouching(state, ask, str(person))


def require_vouching(state: State, ask: Ask, person: str) -> None:
    """Refuse who has vouched for as many people lately as the statutes let one member vouch for."""
    if (many := too_many(state, ask.actor, person, ask.at)) is not None:
        raise refused(ask, state.law.article_on_vouching(), "vouched-many", *many)


def do(_state: State, ask: Ask, _prepared: object) -> Deed:
    """Write who joins which place."""
    return Deed({"person": ask.get("person", ask.actor), "place": place(ask)})


ACT: Final = Act("join", check, do, needs=("place",), takes=("person",), place=place)
