"""Which proposals wait for their answer, and which answers came late (design §4)."""

from datetime import datetime

from newcourse.council.cycle import Proposal
from newcourse.council.state import State


def awaiting(state: State) -> tuple[Proposal, ...]:
    """Return the proposals that stand and have no answer yet, the one that is due first before the others."""
    waiting = [p for p in state.proposals.values() if p.stands and p.answer is None and p.answer_due is not None]
    return tuple(sorted(waiting, key=_due))


def unanswered(state: State, at: datetime) -> tuple[Proposal, ...]:
    """Return the proposals whose answer is overdue at a time, the longest overdue first."""
    return tuple(proposal for proposal in awaiting(state) if _due(proposal) < at)


def answered_late(proposal: Proposal) -> bool:
    """Return whether a proposal was answered after its deadline."""
    return proposal.answer is not None and proposal.answer_due is not None and proposal.answer.at > proposal.answer_due


def _due(proposal: Proposal) -> datetime:
    if proposal.answer_due is None:
        raise ValueError(f"{proposal.proposal} has no deadline")
    return proposal.answer_due
