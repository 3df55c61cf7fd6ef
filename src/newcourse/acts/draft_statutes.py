"""Draft a change of the statutes: the whole text that would result is checked, kept and public."""

from typing import Any, Final

from newcourse.acts.act import Act, Deed, wrong
from newcourse.acts.artefacts import json_artefact
from newcourse.acts.ask import Ask, as_plain
from newcourse.acts.drafting import present_version
from newcourse.acts.texts import text_asked
from newcourse.council.fitting import fitting_faults
from newcourse.council.redrafting import decision_needed, redrafted
from newcourse.council.state import State
from newcourse.council.statutes import Statutes
from newcourse.errors import BadInput


def check(state: State, ask: Ask) -> None:
    """Refuse drafts without reasons, of statutes that could not be, and those that change nothing."""
    text_asked(ask, "reasons")
    if not isinstance(ask.get("changes"), list | tuple):
        raise wrong(ask, "changes-missing", repr(ask.get("changes"))[:60], "a list of changes", "say what changes")
    after = _after(state, ask)
    if faults := fitting_faults(after, state.tree):
        raise BadInput(faults)
    if after == state.law:
        raise wrong(ask, "nothing-changed", "the statutes as they are", "other statutes", "change something")


def do(state: State, ask: Ask, _prepared: object) -> Deed:
    """Write the changes, and keep the whole text as it would be."""
    after = _after(state, ask)
    kept = json_artefact("statutes", after.to_data())
    body = {
        "draft": f"S{len(state.drafts) + 1}",
        "changes": as_plain(ask.get("changes")),
        "reasons": ask.get("reasons"),
        "version": present_version(state),
        "statutes": kept.address,
        "decision": decision_needed(state.law, after).decision,
    }
    return Deed(body, (kept,))


def _after(state: State, ask: Ask) -> Statutes:
    changes: list[Any] = list(ask.get("changes"))
    return redrafted(state.law, changes)


ACT: Final = Act("draft_statutes", check, do, needs=("changes", "reasons"))
