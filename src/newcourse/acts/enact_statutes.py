"""Enact a draft of statutes that its vote has passed: from then on it is law.

Votes that are open keep what was frozen for them. Seats in councils that the new law does not know end.
"""

from typing import Final

from newcourse.acts.act import Act, Deed, refused
from newcourse.acts.artefacts import json_artefact
from newcourse.acts.ask import Ask
from newcourse.acts.drafting import draft_asked, lapse_faults, present_version, require_passed
from newcourse.council.fitting import fitting_faults
from newcourse.council.redrafting import redrafted
from newcourse.council.state import State
from newcourse.errors import Fault, NotAllowed


def check(state: State, ask: Ask) -> None:
    """Refuse drafts that are law, were not passed, can be contested, have lapsed, or fit the places no longer."""
    draft = draft_asked(state, ask)
    article = state.law.article_on_act("enact_statutes")
    if draft.enacted_at is not None:
        found = f"draft {draft.draft}, which is law since {draft.enacted_at:%Y-%m-%d}"
        raise refused(ask, article, "enacted-already", found, "each draft once", "leave it as it is")
    require_passed(state, ask, draft)
    faults = lapse_faults(state, draft) or fitting_faults(redrafted(state.law, draft.changes), state.tree)
    if faults:
        raise NotAllowed(Fault(f.code, f.where, f.found, f"{article}: {f.expected}", f.remedy) for f in faults)


def do(state: State, ask: Ask, _prepared: object) -> Deed:
    """Write which draft becomes law, as which version, with its whole text kept."""
    draft = draft_asked(state, ask)
    kept = json_artefact("statutes", redrafted(state.law, draft.changes).to_data())
    body = {"draft": draft.draft, "version": present_version(state) + 1, "statutes": kept.address}
    return Deed(body, (kept,))


ACT: Final = Act("enact_statutes", check, do, needs=("draft",))
