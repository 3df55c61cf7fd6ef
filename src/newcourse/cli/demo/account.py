"""What came of one turn of the cycle: gathered from the federation's record, told in words and numbers."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import Any

from newcourse.acts.federation import Federation
from newcourse.cli.demo.scenario import Scenario
from newcourse.council.cycle import Cycle, Proposal
from newcourse.council.mandates import Mandate
from newcourse.council.voting import Result, Vote
from newcourse.execution.orders import Order
from newcourse.plan.explain import Explanation, explain
from newcourse.plan.goal import neutral_weights
from newcourse.plan.plan import Plan
from newcourse.record.verify import Verification

RELIEFS = 2
"""For how many shortfalls the cheapest relief is calculated."""


@dataclass(frozen=True, eq=False)
class Account:
    """Everything the closing account tells.

    Parameters
    ----------
    scenario, seed
        What was played, and the seed of its chance.
    federation
        Whose record is read.
    cycle
        The cycle that was gone round.
    plan
        The adopted plan.
    explanation
        Why it misses what it misses.
    orders
        What was handed down.
    verification
        What the verification of the record found.
    """

    scenario: Scenario
    seed: int
    federation: Federation
    cycle: Cycle
    plan: Plan
    explanation: Explanation
    orders: tuple[Order, ...]
    verification: Verification

    @property
    def proposals(self) -> tuple[Proposal, ...]:
        """The proposals of the cycle."""
        return self.federation.proposals(self.cycle.number)

    def vote_on(self, subject: str) -> tuple[Vote, Result]:
        """Return the closed vote on weights or on variants, and its result."""
        found = next(vote for vote in self.federation.votes(self.cycle.number) if vote.frozen.subject == subject)
        if found.result is None:
            raise LookupError(f"the vote on {subject} is open")
        return found, found.result

    @property
    def elections(self) -> tuple[Vote, ...]:
        """The votes by which delegates were elected, in their order."""
        return tuple(vote for vote in self.federation.state.votes.values() if vote.frozen.subject == "election")

    @property
    def recalled(self) -> tuple[Mandate, Mandate] | None:
        """The mandate that was ended by recall, and the one that follows it."""
        mandates = self.federation.state.mandates
        return next(((mandates[m.succeeds], m) for m in mandates.values() if m.succeeds), None)

    @property
    def variants(self) -> dict[str, Plan]:
        """The plans there were to choose from, by title."""
        return {variant.title: self.federation.plan(variant.plan) for variant in self.cycle.variants}

    def duels(self) -> Iterator[tuple[str, str, int, int]]:
        """Yield each pair of variants, the one that more voters prefer first, and how many prefer each."""
        vote, _ = self.vote_on("variant")
        steps = self.federation.trace(vote.vote)["outcome"]["steps"]
        preferring = next(step["facts"]["preferring"] for step in steps if step["step"] == "pairwise")
        for one, other in combinations(preferring, 2):
            votes, against = preferring[one][other], preferring[other][one]
            yield (one, other, votes, against) if votes >= against else (other, one, against, votes)

    @cached_property
    def neutral(self) -> dict[str, float]:
        """Shares of the groups of needs if each unit of money counted alike."""
        return neutral_weights(self.federation.economy_asked(self.cycle.number))


def gather(federation: Federation, scenario: Scenario, seed: int) -> Account:
    """Return the account of the cycle closed last; the record is verified, and every vote counted again."""
    cycle = federation.cycle()
    plan = federation.plan(cycle.adopted)
    return Account(
        scenario, seed, federation, cycle, plan, explain(plan, reliefs=RELIEFS),
        federation.orders(cycle.number), federation.verify(),
    )  # fmt: skip


def account_data(account: Account) -> dict[str, Any]:
    """Return the account as plain data."""
    from newcourse.cli.plan_tables import plan_data

    state = account.federation.state
    return {
        "federation": state.title,
        "synthetic": {
            "seed": account.seed,
            "members": len(state.members),
            "delegates": sum(map(len, state.seats.values())),
        },
        "elections": [*_elections(account)],
        "recalled": [mandate.person for mandate in account.recalled or ()],
        "needs": len(account.cycle.needs),
        "proposals": [*_proposals(account)],
        "votes": [*_votes(account)],
        "variants": [
            {"variant": v.variant, "title": v.title, "description": v.description, "proposals": v.proposals}
            for v in account.cycle.variants
        ],
        "adopted": account.cycle.winner,
        "plan": plan_data(account.plan),
        "shortfalls": [shortfall.as_data() for shortfall in account.explanation.shortfalls],
        "orders": [{"place": o.place, "period": o.period, "lines": len(o.lines)} for o in account.orders],
        "record": {
            "entries": account.verification.count,
            "head": f"{account.verification.count}:{account.verification.head}",
            "ok": account.verification.ok,
        },
    }


def _proposals(account: Account) -> Iterator[dict[str, Any]]:
    for proposal in account.proposals:
        costing = account.federation.costing(proposal.proposal)
        yield {
            "proposal": proposal.proposal, "title": proposal.title, "reasons": proposal.reasons, "by": proposal.by,
            "supporters": len(proposal.supporters), "costing": costing,
        }  # fmt: skip


def _elections(account: Account) -> Iterator[dict[str, Any]]:
    for vote in account.elections:
        yield {
            "vote": vote.vote, "place": vote.frozen.place, "ballots": vote.cast,
            "electorate": len(vote.frozen.electorate), "sentence": vote.result.sentence if vote.result else "",
        }  # fmt: skip


def _votes(account: Account) -> Iterator[dict[str, Any]]:
    for subject in ("weights", "variant"):
        vote, result = account.vote_on(subject)
        yield {
            "vote": vote.vote, "question": vote.frozen.question, "rule": vote.frozen.rule, "ballots": vote.cast,
            "electorate": len(vote.frozen.electorate), "result": result.data, "sentence": result.sentence,
        }  # fmt: skip
