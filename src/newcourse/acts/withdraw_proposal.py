"""Withdraw a proposal, with a reason, until the vote on weights is opened."""

from typing import Final

from newcourse.acts.act import Act, Deed, refused
from newcourse.acts.ask import Ask
from newcourse.acts.calling import cycle_asked
from newcourse.acts.proposing import proposal_asked, require_filer, require_of_cycle, require_standing
from newcourse.acts.texts import text_asked
from newcourse.council.state import State


def check(state: State, ask: Ask) -> None:
    """Refuse withdrawal by others than the filer, without a reason, and once the weights are being voted on."""
    cycle = cycle_asked(state, ask)
    proposal = proposal_asked(state, ask)
    require_of_cycle(state, ask, proposal, cycle)
    require_standing(state, ask, proposal)
    require_filer(state, ask, proposal)
    text_asked(ask, "reason")
    opened = [v.vote for v in state.votes.values() if v.cycle == cycle.number and v.frozen.subject == "weights"]
    if opened:
        article = state.law.article_on_act("withdraw_proposal")
        found = f"vote {opened[0]} on the weights, which is opened"
        expected = "a withdrawal before that vote, because members vote knowing what is proposed"
        raise refused(ask, article, "weights-opened", found, expected, "say in the discussion what you think now")


def do(_state: State, ask: Ask, _prepared: object) -> Deed:
    """Write what is withdrawn and why."""
    return Deed({"proposal": ask.get("proposal"), "reason": ask.get("reason")})


ACT: Final = Act("withdraw_proposal", check, do, needs=("proposal", "reason"))
