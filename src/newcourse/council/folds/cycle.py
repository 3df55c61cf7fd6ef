"""From the call of a cycle to its orders."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from newcourse.council.cycle import Answer, Cycle, Need, Proposal, Variant
from newcourse.council.state import State
from newcourse.council.words import ANSWERS
from newcourse.record.entry import Entry


def open_cycle(state: State, entry: Entry, body: Mapping[str, Any]) -> State:
    """Open a cycle for needs and proposals."""
    opened = Cycle(
        number=body["cycle"],
        opened_at=entry.at,
        call_ends=datetime.fromisoformat(body["call_ends"]),
        economy=body["economy"],
        fingerprint=body["fingerprint"],
        plan=body["plan"],
        limits=body["limits"],
        guaranteed=tuple(body["guaranteed"]),
    )
    return replace(state, cycle=opened)


def file_need(state: State, entry: Entry, body: Mapping[str, Any]) -> State:
    """Put what a place needs in place of what it said before."""
    cycle = open_one(state)
    need = Need(**body["need"], by=entry.actor)
    return replace(state, cycle=replace(cycle, needs=cycle.needs.put(need.need, need)))


def file_proposal(state: State, entry: Entry, body: Mapping[str, Any]) -> State:
    """Table a costed proposal; its proposer is the first who stands behind it."""
    proposal = Proposal(
        proposal=body["proposal"],
        title=body["title"],
        reasons=body["reasons"],
        changes=tuple(body["changes"]),
        costing=body["costing"],
        costs=body["costs"],
        cycle=body["cycle"],
        by=entry.actor,
        at=entry.at,
        supporters=(entry.actor,),
        answer_due=datetime.fromisoformat(body["answer_due"]) if "answer_due" in body else None,
    )
    if proposal.proposal in state.proposals:
        raise ValueError(f"{proposal.proposal} was filed before")
    return replace(state, proposals=state.proposals.put(proposal.proposal, proposal))


def support_proposal(state: State, entry: Entry, body: Mapping[str, Any]) -> State:
    """Count one more member who stands behind a proposal."""
    proposal = _standing(state, body["proposal"])
    if entry.actor in proposal.supporters:
        raise ValueError(f"{entry.actor} stands behind {proposal.proposal} already")
    return _with(state, replace(proposal, supporters=(*proposal.supporters, entry.actor)))


def amend_proposal(state: State, entry: Entry, body: Mapping[str, Any]) -> State:
    """Put another text in place of the one before; supporters and the answer were given to that one."""
    amended = replace(
        _filed_by(_standing(state, body["proposal"]), entry.actor),
        title=body["title"],
        reasons=body["reasons"],
        changes=tuple(body["changes"]),
        costing=body["costing"],
        costs=body["costs"],
        supporters=(entry.actor,),
        answer=None,
    )
    return _with(state, replace(amended, amended=amended.amended + 1))


def withdraw_proposal(state: State, entry: Entry, body: Mapping[str, Any]) -> State:
    """Let a proposal stand no longer."""
    proposal = _filed_by(_standing(state, body["proposal"]), entry.actor)
    return _with(state, replace(proposal, withdrawn=body["reason"]))


def answer_proposal(state: State, entry: Entry, body: Mapping[str, Any]) -> State:
    """Give a proposal its answer."""
    proposal = _standing(state, body["proposal"])
    if proposal.answer is not None or body["answer"] not in ANSWERS:
        raise ValueError(f"{proposal.proposal} cannot be answered so")
    return _with(state, replace(proposal, answer=Answer(body["answer"], body["reasons"], entry.actor, entry.at)))


def merge_proposals(state: State, entry: Entry, body: Mapping[str, Any]) -> State:
    """End a proposal in favour of another, whose text and supporters stay as they are."""
    proposal = _filed_by(_standing(state, body["proposal"]), entry.actor)
    into = _standing(state, body["into"])
    if into.proposal == proposal.proposal or into.cycle != proposal.cycle:
        raise ValueError(f"{proposal.proposal} cannot be merged into {into.proposal}")
    return _with(state, replace(proposal, merged_into=into.proposal))


def make_variants(state: State, _entry: Entry, body: Mapping[str, Any]) -> State:
    """Offer plans to choose from."""
    variants = tuple(Variant(**{**row, "proposals": tuple(row["proposals"])}) for row in body["variants"])
    return replace(state, cycle=replace(open_one(state), variants=variants))


def adopt(state: State, _entry: Entry, body: Mapping[str, Any]) -> State:
    """Adopt a plan."""
    return replace(state, cycle=replace(open_one(state), adopted=body["plan"]))


def hand_down_orders(state: State, _entry: Entry, body: Mapping[str, Any]) -> State:
    """Close the cycle with the orders that were handed down."""
    closed = replace(open_one(state), orders=body["orders"])
    return replace(state, cycle=None, past=(*state.past, closed))


def end_cycle(state: State, _entry: Entry, body: Mapping[str, Any]) -> State:
    """Close the cycle without a plan."""
    closed = replace(open_one(state), ended=body["motion"])
    return replace(state, cycle=None, past=(*state.past, closed))


def open_one(state: State) -> Cycle:
    """Return the open cycle, which these acts cannot be done without."""
    if state.cycle is None:
        raise LookupError("no cycle is open")
    return state.cycle


def _standing(state: State, code: str) -> Proposal:
    proposal = state.proposals[code]
    if not proposal.stands:
        raise ValueError(f"{code} stands no longer")
    return proposal


def _filed_by(proposal: Proposal, person: str) -> Proposal:
    if proposal.by != person:
        raise ValueError(f"{proposal.proposal} was filed by {proposal.by}")
    return proposal


def _with(state: State, proposal: Proposal) -> State:
    return replace(state, proposals=state.proposals.put(proposal.proposal, proposal))
