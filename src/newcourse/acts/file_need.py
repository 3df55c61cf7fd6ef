"""File what a place needs: other tiers for a need that the economy has, or a need that it does not have yet."""

from dataclasses import asdict
from typing import Final

from newcourse.acts.act import Act, Deed, Tools, wrong
from newcourse.acts.ask import Ask
from newcourse.acts.calling import cycle_asked, require_call
from newcourse.council.cycle import Need
from newcourse.council.needs import need_faults
from newcourse.council.state import State
from newcourse.errors import BadInput, Fault
from newcourse.record.entry import is_name

TEXTS: Final = ("need", "place", "product", "name", "group")


def place(ask: Ask) -> str:
    """Return the place that asks."""
    return str(ask.get("place"))


def check(state: State, ask: Ask) -> None:
    """Refuse needs outside the call, of places that are not there, in words or numbers that are none."""
    require_call(state, ask)
    if place(ask) not in state.tree:
        raise wrong(ask, "place-unknown", repr(place(ask)), "a place of the federation", "correct the place")
    faults = [
        Fault("text-wrong", f"{ask.where}, {name}", repr(ask.get(name)), "printable text", "correct it")
        for name in TEXTS
        if ask.get(name) is not None and not is_name(ask.get(name))
    ]
    faults += [
        Fault("number-wrong", f"{ask.where}, {name}", repr(ask.get(name)), "a number of units", "correct it")
        for name in ("minimum", "target")
        if isinstance(ask.get(name), bool) or not isinstance(ask.get(name), int | float)
    ]
    if faults:
        raise BadInput(faults)


def prepare(state: State, ask: Ask, tools: Tools) -> Need:
    """Return the need once it is known to fit the economy of the cycle."""
    texts = {name: str(ask.get(name, "")) for name in TEXTS}
    need = Need(**texts, minimum=float(ask.get("minimum")), target=float(ask.get("target")))
    economy = tools.archive.economy(cycle_asked(state, ask).economy)
    if faults := [*need_faults(economy, need)]:
        raise BadInput(faults)
    return need


def basis(state: State, _ask: Ask) -> object:
    """Return what the need was checked against."""
    return state.cycle and state.cycle.economy


def do(state: State, ask: Ask, need: Need) -> Deed:
    """Write the need."""
    facts = asdict(need)
    del facts["by"]  # the entry says it
    return Deed({"cycle": cycle_asked(state, ask).number, "need": facts})


ACT: Final = Act(
    "file_need",
    check,
    do,
    needs=("place", "need", "minimum", "target"),
    takes=("product", "name", "group"),
    place=place,
    prepare=prepare,
    basis=basis,
)
