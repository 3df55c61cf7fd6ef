"""Answer a proposal: accepted, partly or declined, with reasons.

An answer is no veto: variants carry whatever enough members stand behind. It tells those who proposed and everybody
else what the council thinks of it. A late answer is taken, and shown as late.
"""

from typing import Final

from newcourse.acts.act import Act, Deed, refused, wrong
from newcourse.acts.ask import Ask
from newcourse.acts.proposing import proposal_asked, require_standing
from newcourse.acts.texts import text_asked
from newcourse.council.state import State
from newcourse.council.words import ANSWERS


def check(state: State, ask: Ask) -> None:
    """Refuse answers that are none, to what does not stand, and to what is answered."""
    proposal = proposal_asked(state, ask)
    require_standing(state, ask, proposal)
    if ask.get("answer") not in ANSWERS:
        expected = " or ".join(ANSWERS)
        raise wrong(ask, "answer-unknown", repr(ask.get("answer")), expected, "give one of these")
    text_asked(ask, "reasons")
    if proposal.answer is not None:
        article = state.law.article_on_act("answer_proposal")
        found = f"{proposal.proposal}, which {proposal.answer.by} has answered: {proposal.answer.answer}"
        raise refused(ask, article, "answered-already", found, "one answer to each text", "reply in the discussion")


def do(_state: State, ask: Ask, _prepared: object) -> Deed:
    """Write the answer."""
    return Deed({name: ask.get(name) for name in ("proposal", "answer", "reasons")})


ACT: Final = Act("answer_proposal", check, do, needs=("proposal", "answer", "reasons"))
