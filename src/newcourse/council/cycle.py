"""What a planning cycle consists of: needs, proposals, variants, and the cycle itself (design §4)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from newcourse.council.growing import GrowingMap


@dataclass(frozen=True, slots=True)
class Need:
    """What a place asks for in a cycle: tiers of a need of the economy, or a need that the economy did not have.

    Parameters
    ----------
    need
        Code of the need.
    place
        Place that asks.
    minimum, target
        Tiers in units of the product per period.
    product, name, group
        For a new need its product, name and group; empty for one the economy already has.
    by
        Who filed it.
    """

    need: str
    place: str
    minimum: float
    target: float
    product: str = ""
    name: str = ""
    group: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a proposal: ``accepted``, ``partly`` or ``declined``, with reasons, by whom and when."""

    answer: str
    reasons: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Proposal:
    """A structured change with reasons in words, and what it costs.

    Parameters
    ----------
    proposal
        Its code, such as ``P3``.
    title, reasons
        What it is and why, in the proposer's words.
    changes
        The changes as plain data, as in :mod:`newcourse.plan.changes`.
    costing
        Hash of the artefact with what it brings and takes against the base plan of its cycle.
    costs
        That costing in one or a few sentences.
    cycle
        Number of the cycle it was filed in.
    by, at
        Who filed it and when.
    supporters
        Who stands behind it, the proposer first.
    answer_due
        Until when it must be answered; ``None`` where no deadline is known.
    answer
        How it was answered, once it was.
    amended
        How often it was amended; each time its supporters begin anew with who filed it.
    withdrawn
        Reason of its withdrawal; empty while it stands.
    merged_into
        Code of the proposal it was merged into; empty while it stands by itself.
    """

    proposal: str
    title: str
    reasons: str
    changes: tuple[Mapping[str, Any], ...]
    costing: str
    costs: str
    cycle: int
    by: str
    at: datetime
    supporters: tuple[str, ...]
    answer_due: datetime | None = None
    answer: Answer | None = None
    amended: int = 0
    withdrawn: str = ""
    merged_into: str = ""

    @property
    def stands(self) -> bool:
        """Whether it is neither withdrawn nor merged into another."""
        return not (self.withdrawn or self.merged_into)


@dataclass(frozen=True, slots=True)
class Variant:
    """One of the plans to choose from.

    Parameters
    ----------
    variant
        Its code, by which it is voted on.
    title, description
        What it is, in words.
    proposals
        Codes of the proposals it carries.
    economy, plan
        Hashes of the artefacts.
    """

    variant: str
    title: str
    description: str
    proposals: tuple[str, ...]
    economy: str
    plan: str


@dataclass(frozen=True, slots=True)
class Cycle:
    """One turn of the planning cycle.

    Parameters
    ----------
    number
        From 1.
    opened_at, call_ends
        When it was opened, and until when needs and proposals can be filed.
    economy, fingerprint, plan
        Hash of the base economy, its fingerprint, and the hash of the base plan that proposals are costed against.
    limits, guaranteed
        Horizon and limits as plain data; codes of needs whose minima are promised.
    needs
        What places filed, by code of the need.
    weights
        Voted shares of the groups of needs as exact fractions in text; empty until the vote on them is decided.
    variants
        The plans to choose from, once they are made.
    winner
        Code of the variant that won the vote.
    adopted
        Hash of the adopted plan.
    orders
        Hash of the orders handed down; with them the cycle is closed.
    ended
        Code of the motion that ended it without a plan; empty where none did.
    """

    number: int
    opened_at: datetime
    call_ends: datetime
    economy: str
    fingerprint: str
    plan: str
    limits: Mapping[str, Any]
    guaranteed: tuple[str, ...] = ()
    needs: GrowingMap[str, Need] = field(default_factory=GrowingMap)
    weights: Mapping[str, str] = field(default_factory=dict)
    variants: tuple[Variant, ...] = ()
    winner: str = ""
    adopted: str = ""
    orders: str = ""
    ended: str = ""

    @property
    def stage(self) -> str:
        """What the cycle waits for next, in words."""
        if self.ended:
            return "nothing: it was ended without a plan"
        waits = (
            (self.weights, "needs, proposals and the vote on weights"),
            (self.variants, "plan variants"),
            (self.winner, "the vote on the variants"),
            (self.adopted, "adoption"),
            (self.orders, "orders"),
        )
        return next((words for done, words in waits if not done), "execution")
