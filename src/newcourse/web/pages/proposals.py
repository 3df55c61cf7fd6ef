"""The proposals of a cycle, and each one: its reasons, its changes, what it brings and takes, who stands behind it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from newcourse.council.answering import answered_late, unanswered
from newcourse.council.cycle import Answer
from newcourse.web import clock
from newcourse.web.comments import CommentFacts, comments_about
from newcourse.web.page import Page
from newcourse.web.site import Site
from newcourse.web.table import Headings, Link, Table, table
from newcourse.web.text import moment, sentence
from newcourse.web.words import CHANGES

_NOTICED = 5e-5
"""Differences below this part of the quantity are not shown as differences."""


@dataclass(frozen=True, slots=True)
class Brief:
    """A proposal in short."""

    code: str
    title: str
    by: str
    at: str
    supporters: int
    carried_by: tuple[str, ...]
    costs: str
    stands: bool
    answer: str
    answer_due: str
    overdue: bool
    late: bool


@dataclass(frozen=True, slots=True)
class AnswerFacts:
    """An answer: what, why, by whom and when."""

    answer: str
    reasons: str
    by: str
    at: str


@dataclass(frozen=True, slots=True)
class ProposalsFacts:
    """Facts of the page of proposals."""

    cycle: int
    support: int
    proposals: tuple[Brief, ...]


@dataclass(frozen=True, slots=True)
class ProposalFacts:
    """Facts of the page of one proposal."""

    brief: Brief
    cycle: int
    reasons: str
    kinds: tuple[str, ...]
    changes: tuple[str, ...]
    supporters: tuple[str, ...]
    support: int
    variants: tuple[Link, ...]
    base_plan: str
    groups: Table
    totals: Table
    places: Table
    satisfaction: float
    currency: str
    answer: AnswerFacts | None
    amended: int
    withdrawn: str
    merged_into: str
    comments: tuple[CommentFacts, ...]


def proposals(site: Site, cycle: int = 0) -> ProposalsFacts:
    """Return the proposals of a cycle, 0 for the last."""
    number = site.federation.cycle(cycle).number
    listed = tuple(_brief(site, proposal.proposal) for proposal in site.federation.proposals(number))
    return ProposalsFacts(number, site.federation.state.law.cycle.support, listed)


def proposal(site: Site, code: str) -> ProposalFacts:
    """Return one proposal with its cost."""
    found = site.federation.proposal(code)
    costing = site.federation.costing(code)
    cycle = site.federation.cycle(found.cycle)
    carried = [variant for variant in cycle.variants if code in variant.proposals]
    return ProposalFacts(
        brief=_brief(site, code),
        cycle=found.cycle,
        reasons=found.reasons,
        kinds=tuple(dict.fromkeys(CHANGES.get(change["kind"], change["kind"]) for change in found.changes)),
        changes=tuple(costing["changes"]),
        supporters=found.supporters,
        support=site.federation.state.law.cycle.support,
        variants=tuple(Link(variant.title, f"/plan/{variant.plan}") for variant in carried),
        base_plan=cycle.plan,
        groups=_differences("Who gains and who gives: needs met by group", costing["groups"]),
        totals=_differences("What it brings and takes in all", costing["totals"]),
        places=_differences("Needs met by place", costing["places"]),
        satisfaction=float(costing["satisfaction"]),
        currency=costing["currency"],
        answer=_answer(found.answer),
        amended=found.amended,
        withdrawn=found.withdrawn,
        merged_into=found.merged_into,
        comments=comments_about(site.federation.state, code),
    )


def _answer(answer: Answer | None) -> AnswerFacts | None:
    return AnswerFacts(answer.answer, answer.reasons, answer.by, moment(answer.at)) if answer else None


def _brief(site: Site, code: str) -> Brief:
    found = site.federation.proposal(code)
    variants = site.federation.cycle(found.cycle).variants
    carried = tuple(variant.title for variant in variants if code in variant.proposals)
    return Brief(
        code=code,
        title=found.title,
        by=found.by,
        at=moment(found.at),
        supporters=len(found.supporters),
        carried_by=carried,
        costs=found.costs,
        stands=found.stands,
        answer=found.answer.answer if found.answer else "",
        answer_due=moment(found.answer_due) if found.answer_due else "",
        late=answered_late(found),
        overdue=found in unanswered(site.federation.state, clock.now()),
    )


def _differences(caption: str, rows: Iterable[Mapping[str, Any]]) -> Table:
    columns: Headings = [
        ("", "text"),
        ("unit", "text"),
        ("without", "number"),
        ("with", "number"),
        ("difference", "change"),
    ]
    return table(
        caption,
        columns,
        [(sentence(row["what"]), row["unit"], row["before"], row["after"], _noticed(row)) for row in rows],
    )


def _noticed(row: Mapping[str, Any]) -> float:
    size = max(abs(row["before"]), abs(row["after"]))
    return float(row["difference"]) if abs(row["difference"]) > _NOTICED * size else 0.0


LIST = Page("proposals", "/proposals", "The proposals of a cycle", proposals, "Proposals", kept=False)
PAGE = Page("proposal", "/proposals/{code}", "One proposal and what it would cost", proposal, "Proposals", kept=False)
