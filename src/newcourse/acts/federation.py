"""Reads what a federation is: the one place from which faces take state, plans, votes and the record."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, TypeVar

from newcourse.acts.act import OnProgress
from newcourse.acts.artefacts import Archive
from newcourse.acts.door import perform
from newcourse.acts.memory import state_of
from newcourse.council.audit import audit
from newcourse.council.authority import Grant, Refusal, authority
from newcourse.council.cycle import Cycle, Proposal, Variant
from newcourse.council.elections import Election
from newcourse.council.needs import with_needs
from newcourse.council.recall import Petition
from newcourse.council.state import State
from newcourse.council.tendencies import Tendency
from newcourse.council.voting import Vote
from newcourse.economy.economy import Economy
from newcourse.errors import BadInput, Fault
from newcourse.execution.orders import Order
from newcourse.plan.plan import Plan
from newcourse.record.entry import Entry
from newcourse.record.store import Record
from newcourse.record.verify import Head, Verification

T = TypeVar("T")


class Federation:
    """A federation as its record tells it. Holds nothing of its own: two of one record always agree.

    Parameters
    ----------
    record
        The record.
    """

    def __init__(self, record: Record) -> None:
        self.record = record
        self.archive = Archive(record.fetch)

    @property
    def state(self) -> State:
        """What the federation is now."""
        return state_of(self.record)

    @property
    def head(self) -> Head:
        """Where the record ends now."""
        return self.record.head()

    def perform(
        self,
        act: str,
        *,
        actor: str,
        at: datetime,
        key: str = "",
        on_progress: OnProgress | None = None,
        **what: Any,
    ) -> Entry:
        """Do an act; see :func:`newcourse.acts.door.perform`."""
        return perform(self.record, act, actor=actor, at=at, key=key, on_progress=on_progress, **what)

    def may(self, actor: str, act: str, place: str = "") -> Grant | Refusal:
        """Return whether somebody may do an act now, with the article and the reason."""
        return authority(self.state, actor, act, place)

    def cycle(self, number: int = 0) -> Cycle:
        """Return a cycle by its number; 0 is the open one, or else the one closed last.

        Raises
        ------
        BadInput
            If there is no such cycle.
        """
        state = self.state
        cycle = state.cycle_numbered(number) if number else state.last_cycle
        if cycle is None:
            where = f"cycle {number}" if number else "cycles"
            known = ", ".join(str(c.number) for c in state.past) or "a cycle that has been opened"
            raise BadInput(Fault("cycle-unknown", where, "no such cycle", known, "open a cycle or name another"))
        return cycle

    def economy(self, address: str = "") -> Economy:
        """Return a kept economy; the one the federation was founded with where none is named."""
        return self.archive.economy(address or self.state.economy)

    def economy_asked(self, cycle: int = 0) -> Economy:
        """Return the base economy of a cycle with the needs that places filed in it."""
        asked = self.cycle(cycle)
        return with_needs(self.economy(asked.economy), asked.needs.values())

    def plan(self, address: str) -> Plan:
        """Return a kept plan."""
        return self.archive.plan(address)

    def base_plan(self, cycle: int = 0) -> Plan:
        """Return the plan that the proposals of a cycle are costed against."""
        return self.plan(self.cycle(cycle).plan)

    def variant(self, code: str, cycle: int = 0) -> Variant:
        """Return one of the variants of a cycle."""
        variants = {variant.variant: variant for variant in self.cycle(cycle).variants}
        if code in variants:
            return variants[code]
        expected = ", ".join(variants) or "a variant, once they are made"
        raise BadInput(Fault("variant-unknown", "variants", repr(code), expected, "name one of these"))

    def adopted_plan(self, cycle: int = 0) -> Plan | None:
        """Return the adopted plan of a cycle, if there is one yet."""
        address = self.cycle(cycle).adopted
        return self.plan(address) if address else None

    def proposals(self, cycle: int = 0) -> tuple[Proposal, ...]:
        """Return the proposals of a cycle in the order they were filed."""
        number = self.cycle(cycle).number
        return tuple(proposal for proposal in self.state.proposals.values() if proposal.cycle == number)

    def proposal(self, code: str) -> Proposal:
        """Return a proposal by its code."""
        return _known(code, self.state.proposals, "proposal")

    def costing(self, proposal: str) -> dict[str, Any]:
        """Return what a proposal brings and takes, as plain data (see :class:`newcourse.plan.cost.Costing`)."""
        costing: dict[str, Any] = self.archive.data(self.proposal(proposal).costing)
        return costing

    def votes(self, cycle: int = 0) -> tuple[Vote, ...]:
        """Return the votes of a cycle in the order they were opened."""
        number = self.cycle(cycle).number
        return tuple(vote for vote in self.state.votes.values() if vote.cycle == number)

    def vote(self, code: str) -> Vote:
        """Return a vote by its code."""
        return _known(code, self.state.votes, "vote")

    def election(self, code: str) -> Election:
        """Return an election by its code."""
        return _known(code, self.state.elections, "election")

    def petition(self, code: str) -> Petition:
        """Return a petition for a recall by its code."""
        return _known(code, self.state.petitions, "petition")

    def tendency(self, code: str) -> Tendency:
        """Return a tendency by its code."""
        return _known(code, self.state.tendencies, "tendency")

    def trace(self, vote: str) -> dict[str, Any]:
        """Return all that anybody needs to count a vote again: what was frozen, ballots, outcome, every step.

        Raises
        ------
        BadInput
            If there is no such vote, or it is not counted yet.
        """
        result = self.vote(vote).result
        if result is None:
            where, expected = f"vote {vote}", "a vote that is closed and counted"
            raise BadInput(Fault("vote-open", where, "a vote without a result", expected, "wait until it is counted"))
        trace: dict[str, Any] = self.archive.data(result.outcome)
        return trace | {"ballots": self.ballots(vote)}

    def ballots(self, vote: str) -> list[dict[str, Any]]:
        """Return the published ballots of a vote; nothing of them can be read before it is closed.

        Raises
        ------
        BadInput
            If there is no such vote, or it is not closed yet.
        """
        published = self.vote(vote).published
        if not published:
            where, expected = f"vote {vote}", "a vote that is closed"
            raise BadInput(Fault("vote-open", where, "an open vote", expected, "wait until it is closed"))
        rows: list[dict[str, Any]] = self.archive.data(published)["ballots"]
        return rows

    def orders(self, cycle: int = 0, place: str = "") -> tuple[Order, ...]:
        """Return the orders of a cycle, all or those of one place; none before they are handed down."""
        address = self.cycle(cycle).orders
        rows = self.archive.data(address)["orders"] if address else []
        orders = (Order.from_data(row) for row in rows)
        return tuple(order for order in orders if not place or order.place == place)

    def entries(self, since: int = 0) -> Iterator[Entry]:
        """Read the entries after a number, each checked against the one before."""
        return self.record.entries(since)

    def verify(self) -> Verification:
        """Check that nothing in the record was changed, and that each act was lawful when it was done.

        Every vote is counted again on the way.
        """
        chain = self.record.verify()
        if not chain.ok:
            return chain
        return Verification(chain.count, chain.head, audit(self.record.entries(), self.archive.data))


def _known(code: str, things: Mapping[str, T], kind: str) -> T:
    if code in things:
        return things[code]
    expected = ", ".join(things) or f"a {kind} that there is"
    raise BadInput(Fault(f"{kind}-unknown", f"{kind}s", repr(code), expected, "name one of these"))
