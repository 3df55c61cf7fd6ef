"""Hypotheses on how formations move: claims with their rivals, each with what holds when it does not."""

from dataclasses import dataclass

from newcourse.formations.banner import BANNER
from newcourse.formations.hypotheses.registry import HYPOTHESES, hypothesis
from newcourse.formations.quantum_like import quantum_like
from newcourse.web.page import Page
from newcourse.web.site import Site
from newcourse.web.table import Headings, Link, Table, table


@dataclass(frozen=True, slots=True)
class HypothesesFacts:
    """Facts of the page of all hypotheses."""

    hypotheses: Table


@dataclass(frozen=True, slots=True)
class UntellableFacts:
    """What data cannot tell about some parameters."""

    what: str
    where: str
    why: str
    parameters: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HypothesisFacts:
    """Facts of the page of one hypothesis."""

    code: str
    title: str
    claim: str
    null: str
    banner: str
    sources: tuple[str, ...]
    counter: tuple[str, ...]
    parameters: Table
    indistinct: tuple[UntellableFacts, ...]
    others: tuple[Link, ...]


def hypotheses(_site: Site) -> HypothesesFacts:
    """Return every hypothesis with what holds when it does not."""
    rows = [(Link(code, _href(code)), kind.title, kind.claim, kind.null) for code, kind in HYPOTHESES.items()]
    columns: Headings = [("code", "text"), ("hypothesis", "text"), ("claim", "text")]
    return HypothesesFacts(table("Hypotheses", [*columns, ("when it does not hold", "text")], rows))


def one_hypothesis(_site: Site, code: str) -> HypothesisFacts:
    """Return a hypothesis with its sources, its critics and its parameters.

    Parameters
    ----------
    code
        Such as ``H5``.
    """
    one = hypothesis(code)
    rows = [(p.meaning, p.symbol, p.name, p.default, p.null, p.low, p.high, p.unit) for p in one.parameters]
    columns: Headings = [("meaning", "text"), ("symbol", "text"), ("name", "text"), ("usual, assumed", "number")]
    columns += [("when it does not hold", "number"), ("at least", "number"), ("at most", "number"), ("unit", "text")]
    return HypothesisFacts(
        code=one.code,
        title=one.title,
        claim=one.claim,
        null=one.null,
        banner=BANNER if quantum_like(one) else "",
        sources=one.sources,
        counter=one.counter,
        parameters=table("Parameters", columns, rows),
        indistinct=tuple(UntellableFacts(i.what, i.where, i.why, i.parameters) for i in one.indistinct),
        others=tuple(Link(f"{kind.code}: {kind.title}", _href(kind.code)) for kind in HYPOTHESES.values()),
    )


def _href(code: str) -> str:
    return f"/lab/hypotheses/{code}"


LIST = Page(
    "lab_hypotheses", "/lab/hypotheses", "Hypotheses on how formations move, with their nulls", hypotheses, "Hypotheses"
)
PAGE = Page(
    "lab_hypothesis",
    "/lab/hypotheses/{code}",
    "A hypothesis: claim, null, sources, critics, parameters",
    one_hypothesis,
    "Hypotheses",
)
