"""Merge one's own proposal into another, so that both go on as one.

Who filed the proposal that ends agrees by doing it; the other goes on word for word, so that nobody need agree to it.
Supporters are not carried over: nobody's name is put under a text they did not sign. Those who stand behind both are
counted once, as before; the others are asked to support again, which they can while the call lasts.
"""

from typing import Final

from newcourse.acts.act import Act, Deed, refused, wrong
from newcourse.acts.ask import Ask
from newcourse.acts.calling import require_call
from newcourse.acts.proposing import proposal_asked, require_filer, require_of_cycle, require_standing
from newcourse.acts.texts import text_asked
from newcourse.council.state import State


def check(state: State, ask: Ask) -> None:
    """Refuse merging outside the call, by others than the filer, of what does not stand, and into itself."""
    cycle = require_call(state, ask)
    proposal, into = proposal_asked(state, ask), proposal_asked(state, ask, "into")
    for one in (proposal, into):
        require_of_cycle(state, ask, one, cycle)
        require_standing(state, ask, one)
    if proposal.proposal == into.proposal:
        found = f"{proposal.proposal} into itself"
        raise wrong(ask, "merged-into-itself", found, "two proposals", "name another proposal")
    require_filer(state, ask, proposal)
    text_asked(ask, "reasons")
    if into.answer is not None:
        found = f"{into.proposal}, which is answered"
        article = state.law.article_on_act("merge_proposals")
        expected = "merging before the answer, so that it answers all who asked"
        raise refused(ask, article, "answered-already", found, expected, "leave the proposals apart")


def do(_state: State, ask: Ask, _prepared: object) -> Deed:
    """Write what is merged into what, and why."""
    return Deed({name: ask.get(name) for name in ("proposal", "into", "reasons")})


ACT: Final = Act("merge_proposals", check, do, needs=("proposal", "into", "reasons"))
