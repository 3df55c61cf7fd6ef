"""Stand behind somebody's proposal."""

from typing import Final

from newcourse.acts.act import Act, Deed, refused, wrong
from newcourse.acts.ask import Ask
from newcourse.acts.calling import require_call
from newcourse.council.state import State


def check(state: State, ask: Ask) -> None:
    """Refuse support outside the call, for proposals of other cycles, and twice by one person."""
    cycle = require_call(state, ask)
    proposal = state.proposals.get(str(ask.get("proposal")))
    if proposal is None:
        known = ", ".join(state.proposals) or "a proposal that has been filed"
        raise wrong(ask, "proposal-unknown", repr(ask.get("proposal")), known, "name a proposal")
    article = state.law.article_on_act("support_proposal")
    if proposal.cycle != cycle.number:
        found = f"a proposal of cycle {proposal.cycle}"
        expected = f"proposals of cycle {cycle.number}"
        raise refused(ask, article, "proposal-past", found, expected, "file it again in this cycle")
    if ask.actor in proposal.supporters:
        found = f"{ask.actor} stands behind {proposal.proposal} already"
        raise refused(ask, article, "supported-already", found, "each supporter counted once", "leave it as it is")


def do(_state: State, ask: Ask, _prepared: object) -> Deed:
    """Write who supports what."""
    return Deed({"proposal": ask.get("proposal")})


ACT: Final = Act("support_proposal", check, do, needs=("proposal",))
