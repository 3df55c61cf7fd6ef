"""What the acts on proposals have in common: which proposal, whether it stands, who filed it."""

from newcourse.acts.act import refused, wrong
from newcourse.acts.ask import Ask
from newcourse.council.cycle import Cycle, Proposal
from newcourse.council.state import State


def proposal_asked(state: State, ask: Ask, name: str = "proposal") -> Proposal:
    """Return the proposal that a parameter names, or refuse."""
    proposal = state.proposals.get(str(ask.get(name)))
    if proposal is None:
        known = ", ".join(state.proposals) or "a proposal that has been filed"
        raise wrong(ask, "proposal-unknown", repr(ask.get(name)), known, "name a proposal")
    return proposal


def require_standing(state: State, ask: Ask, proposal: Proposal) -> None:
    """Refuse what is asked of a proposal that was withdrawn or merged into another."""
    if proposal.stands:
        return
    article = state.law.article_on_act(ask.act)
    if proposal.merged_into:
        found, remedy = f"{proposal.proposal}, merged into {proposal.merged_into}", f"name {proposal.merged_into}"
    else:
        found, remedy = f"{proposal.proposal}, withdrawn: {proposal.withdrawn}", "file another proposal"
    raise refused(ask, article, "proposal-gone", found, "this only for a proposal that stands", remedy)


def require_of_cycle(state: State, ask: Ask, proposal: Proposal, cycle: Cycle) -> None:
    """Refuse what is asked of a proposal of an earlier cycle."""
    if proposal.cycle != cycle.number:
        found = f"{proposal.proposal}, a proposal of cycle {proposal.cycle}"
        expected = f"proposals of cycle {cycle.number}"
        article = state.law.article_on_act(ask.act)
        raise refused(ask, article, "proposal-past", found, expected, "file it again in this cycle")


def require_filer(state: State, ask: Ask, proposal: Proposal) -> None:
    """Refuse what only who filed a proposal may do with it."""
    if ask.actor != proposal.by:
        found = f"{ask.actor}, while {proposal.proposal} was filed by {proposal.by}"
        article = state.law.article_on_act(ask.act)
        remedy = f"ask {proposal.by}, or file a proposal of your own"
        raise refused(ask, article, "not-the-filer", found, "this by whoever filed the proposal", remedy)
