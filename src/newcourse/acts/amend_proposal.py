"""Amend a proposal: whoever filed it changes its words or its changes, and it is costed anew.

Only the filer amends. Others who want it otherwise say so in the discussion, or file their own; so every proposal keeps
one author who answers for it. Supporters stood behind the text as it was: they begin anew with who filed it.
"""

from typing import Final

from newcourse.acts.act import Act, Deed, Tools, wrong
from newcourse.acts.artefacts import json_artefact
from newcourse.acts.ask import Ask
from newcourse.acts.calling import cycle_asked, require_call
from newcourse.acts.costing import Costed, costed, require_changes
from newcourse.acts.proposing import proposal_asked, require_filer, require_of_cycle, require_standing
from newcourse.acts.texts import LONGEST_REASONS, LONGEST_TITLE, text_asked
from newcourse.council.state import State


def check(state: State, ask: Ask) -> None:
    """Refuse amendments outside the call, by others than the filer, of what no longer stands, and empty ones."""
    cycle = require_call(state, ask)
    proposal = proposal_asked(state, ask)
    require_of_cycle(state, ask, proposal, cycle)
    require_standing(state, ask, proposal)
    require_filer(state, ask, proposal)
    if all(ask.get(name) is None for name in ("title", "reasons", "changes")):
        expected = "a title, reasons or changes other than before"
        raise wrong(ask, "amendment-empty", "nothing that changes", expected, "say what changes")
    for name, longest in (("title", LONGEST_TITLE), ("reasons", LONGEST_REASONS)):
        if ask.get(name) is not None:
            text_asked(ask, name, longest)
    if ask.get("changes") is not None:
        require_changes(ask)


def prepare(state: State, ask: Ask, tools: Tools) -> Costed | None:
    """Return the changes with what they bring and take; nothing where only words are amended."""
    return None if ask.get("changes") is None else costed(cycle_asked(state, ask), ask, tools)


def basis(state: State, _ask: Ask) -> object:
    """Return what the costing follows from."""
    return state.cycle and state.cycle.plan


def do(state: State, ask: Ask, made: Costed | None) -> Deed:
    """Write the whole proposal as it is now."""
    proposal = proposal_asked(state, ask)
    body = {
        "proposal": proposal.proposal,
        "title": ask.get("title", proposal.title),
        "reasons": ask.get("reasons", proposal.reasons),
    }
    if made is None:
        kept = {"changes": list(proposal.changes), "costing": proposal.costing, "costs": proposal.costs}
        return Deed(body | kept)
    changes, costing = made
    artefact = json_artefact("costing", costing.to_data())
    new = {
        "changes": [change.to_data() for change in changes],
        "costing": artefact.address,
        "costs": costing.words(),
    }
    return Deed(body | new, (artefact,))


ACT: Final = Act(
    "amend_proposal",
    check,
    do,
    needs=("proposal",),
    takes=("title", "reasons", "changes"),
    prepare=prepare,
    basis=basis,
)
