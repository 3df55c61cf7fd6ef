"""Stand behind somebody's proposal."""

from typing import Final

from newcourse.acts.act import Act, Deed, refused
from newcourse.acts.ask import Ask
from newcourse.acts.calling import require_call
from newcourse.acts.proposing import proposal_asked, require_of_cycle, require_standing
from newcourse.council.state import State


def check(state: State, ask: Ask) -> None:
    """Refuse support outside the call, for what does not stand or is of another cycle, and twice by one person."""
    cycle = require_call(state, ask)
    proposal = proposal_asked(state, ask)
    require_of_cycle(state, ask, proposal, cycle)
    require_standing(state, ask, proposal)
    if ask.actor in proposal.supporters:
        article = state.law.article_on_act("support_proposal")
        found = f"{ask.actor} stands behind {proposal.proposal} already"
        raise refused(ask, article, "supported-already", found, "each supporter counted once", "leave it as it is")


def do(_state: State, ask: Ask, _prepared: object) -> Deed:
    """Write who supports what."""
    return Deed({"proposal": ask.get("proposal")})


ACT: Final = Act("support_proposal", check, do, needs=("proposal",))
