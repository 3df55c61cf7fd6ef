"""File a proposal: structured changes with reasons in words, costed at once against the base plan of the cycle."""

from datetime import timedelta
from typing import Final

from newcourse.acts.act import Act, Deed, Tools
from newcourse.acts.artefacts import json_artefact
from newcourse.acts.ask import Ask
from newcourse.acts.calling import cycle_asked, require_call
from newcourse.acts.costing import Costed, costed, require_changes
from newcourse.acts.texts import LONGEST_REASONS, LONGEST_TITLE, text_asked
from newcourse.council.state import State
from newcourse.record.entry import time_text


def check(state: State, ask: Ask) -> None:
    """Refuse proposals outside the call, and those without title, reasons or changes."""
    require_call(state, ask)
    text_asked(ask, "title", LONGEST_TITLE)
    text_asked(ask, "reasons", LONGEST_REASONS)
    require_changes(ask)


def prepare(state: State, ask: Ask, tools: Tools) -> Costed:
    """Return the changes and what they bring and take, by planning again with them."""
    return costed(cycle_asked(state, ask), ask, tools)


def basis(state: State, _ask: Ask) -> object:
    """Return what the costing follows from."""
    return state.cycle and state.cycle.plan


def do(state: State, ask: Ask, made: Costed) -> Deed:
    """Write the proposal with its costing, and until when it must be answered."""
    changes, costing = made
    cycle = cycle_asked(state, ask)
    kept = json_artefact("costing", costing.to_data())
    body = {
        "proposal": f"P{len(state.proposals) + 1}",
        "title": ask.get("title"),
        "reasons": ask.get("reasons"),
        "changes": [change.to_data() for change in changes],
        "costing": kept.address,
        "costs": costing.words(),
        "cycle": cycle.number,
        "answer_due": time_text(cycle.call_ends + timedelta(days=state.law.cycle.answer_days)),
    }
    return Deed(body, (kept,))


ACT: Final = Act("file_proposal", check, do, needs=("title", "reasons", "changes"), prepare=prepare, basis=basis)
