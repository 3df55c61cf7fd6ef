"""Found a body: a workplace, neighbourhood, district or region becomes a place of the federation."""

from collections.abc import Iterator
from typing import Final

from newcourse.acts.act import Act, Deed
from newcourse.acts.ask import Ask
from newcourse.council.bodies import BETWEEN
from newcourse.council.state import State
from newcourse.errors import BadInput, Fault
from newcourse.record.entry import is_name

LONGEST: Final = 200


def check(state: State, ask: Ask) -> None:
    """Refuse codes that are taken or none, names and levels without words, and parents that are not there."""
    if faults := [*_faults(state, ask)]:
        raise BadInput(faults)


def do(_state: State, ask: Ask, _prepared: object) -> Deed:
    """Write the new place."""
    return Deed({name: ask.get(name) for name in ("place", "name", "level", "parent")})


def _faults(state: State, ask: Ask) -> Iterator[Fault]:
    for name in ("place", "name", "level"):
        if not is_name(ask.get(name)):
            expected = f"1 to {LONGEST} printable characters, none of them outer spaces"
            yield Fault(f"{name}-wrong", ask.where, repr(ask.get(name))[:60], expected, f"correct the {name}")
    code, parent = ask.get("place"), ask.get("parent")
    if isinstance(code, str) and BETWEEN in code:
        expected = f"a code without {BETWEEN!r}, which stands between council and place in the codes of bodies"
        yield Fault("place-wrong", ask.where, repr(code), expected, "correct the place")
    if code in state.tree:
        found = f"{code}, which is {state.tree.name(str(code))}"
        yield Fault("place-twice", ask.where, found, "a code that no place has", "choose another code")
    if parent not in state.tree:
        expected = "a place of the federation"
        yield Fault("parent-unknown", ask.where, repr(parent), expected, "name the place above it")
    elif ask.get("level") in {state.tree.by_code[above].level for above in state.tree.upward(str(parent))}:
        found = f"a {ask.get('level')} beneath a place of the same level"
        yield Fault("level-twice", ask.where, found, "a level that no place above it has", "correct the level")


ACT: Final = Act("found_body", check, do, needs=("place", "name", "level", "parent"))
