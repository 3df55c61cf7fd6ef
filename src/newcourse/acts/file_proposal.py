"""File a proposal: structured changes with reasons in words, costed at once against the base plan of the cycle."""

from collections.abc import Mapping
from typing import Any, Final

from newcourse.acts.act import Act, Deed, Tools, wrong
from newcourse.acts.artefacts import json_artefact
from newcourse.acts.ask import Ask
from newcourse.acts.calling import cycle_asked, require_call
from newcourse.council.state import State
from newcourse.plan.changes.change import Change
from newcourse.plan.changes.registry import change_from_data
from newcourse.plan.cost import Costing, cost_changes
from newcourse.plan.plan import Plan

Costed = tuple[tuple[Change, ...], Costing]


def check(state: State, ask: Ask) -> None:
    """Refuse proposals outside the call, and those without title, reasons or changes."""
    require_call(state, ask)
    for name in ("title", "reasons"):
        if not isinstance(ask.get(name), str) or not ask.get(name).strip():
            raise wrong(ask, f"{name}-missing", repr(ask.get(name)), f"the {name} in words", "write them")
    if not isinstance(ask.get("changes"), list | tuple) or not ask.get("changes"):
        raise wrong(ask, "changes-missing", repr(ask.get("changes"))[:60], "at least one change", "say what changes")


def prepare(state: State, ask: Ask, tools: Tools) -> Costed:
    """Return the changes and what they bring and take, by planning again with them."""
    changes = tuple(as_change(ask, change) for change in ask.get("changes"))
    base = tools.archive.plan(cycle_asked(state, ask).plan)
    _require_readable(ask, changes, base)
    tools.tell("costing the proposal", 0.0)
    return changes, cost_changes(base, changes)


def as_change(ask: Ask, change: Any) -> Change:
    """Return a change from itself or from its plain data."""
    if isinstance(change, Mapping):
        return change_from_data(change)
    if hasattr(change, "apply") and hasattr(change, "to_data"):
        known: Change = change
        return known
    raise wrong(ask, "change-wrong", repr(change)[:60], "a structured change, or its plain data", "give it so")


def _require_readable(ask: Ask, changes: tuple[Change, ...], base: Plan) -> None:
    """Refuse changes whose fields are of another kind than they should be, such as a word for a quantity."""
    for change in changes:
        try:
            change.words(base.economy)
            change.apply(base.economy, base.goal)
        except (TypeError, ValueError, AttributeError) as error:
            expected = "numbers where there are quantities, and texts where there are codes"
            raise wrong(ask, "change-wrong", f"{change.to_data()} ({error})", expected, "correct the change") from error


def basis(state: State, _ask: Ask) -> object:
    """Return what the costing follows from."""
    return state.cycle and state.cycle.plan


def do(state: State, ask: Ask, costed: Costed) -> Deed:
    """Write the proposal with its costing."""
    changes, costing = costed
    kept = json_artefact("costing", costing.to_data())
    body = {
        "proposal": f"P{len(state.proposals) + 1}",
        "title": ask.get("title"),
        "reasons": ask.get("reasons"),
        "changes": [change.to_data() for change in changes],
        "costing": kept.address,
        "costs": costing.words(),
        "cycle": cycle_asked(state, ask).number,
    }
    return Deed(body, (kept,))


ACT: Final = Act("file_proposal", check, do, needs=("title", "reasons", "changes"), prepare=prepare, basis=basis)
