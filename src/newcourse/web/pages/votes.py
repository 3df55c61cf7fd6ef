"""The votes of a cycle, and each one: what was frozen, the ballots by name, the result, every step of its count."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from newcourse.council.voting import Vote
from newcourse.pictures.vote_matrix import vote_matrix_table
from newcourse.pictures.weights import weights_table
from newcourse.plan.goal import neutral_weights
from newcourse.vote.outcome import Allocation, Outcome, Ranking
from newcourse.vote.rule import rule_named
from newcourse.web.page import Page
from newcourse.web.shown import Shown
from newcourse.web.site import Site
from newcourse.web.table import Columns, Table, frame_table, table
from newcourse.web.text import moment


@dataclass(frozen=True, slots=True)
class VoteBrief:
    """A vote in short."""

    code: str
    question: str
    subject: str
    open: bool
    decided: bool
    ballots: int
    electorate: int
    opened: str
    closes: str
    sentence: str


@dataclass(frozen=True, slots=True)
class VotesFacts:
    """Facts of the page of votes."""

    cycle: int
    votes: tuple[VoteBrief, ...]


@dataclass(frozen=True, slots=True)
class VoteFacts:
    """Facts of the page of one vote."""

    brief: VoteBrief
    candidates: tuple[tuple[str, str], ...]
    rule: str
    reference: str
    options: tuple[tuple[str, str], ...]
    ties: str
    quorum: str
    opener: str
    frozen_hash: str
    electorate_hash: str
    commitment: str
    ballots: Table
    picture: Shown | None
    steps: tuple[str, ...]
    settled: tuple[str, ...]
    counted_again: bool | None


def votes(site: Site, cycle: int = 0) -> VotesFacts:
    """Return the votes of a cycle, 0 for the last."""
    number = site.federation.cycle(cycle).number
    return VotesFacts(number, tuple(map(_brief, site.federation.votes(number))))


def vote(site: Site, code: str) -> VoteFacts:
    """Return one vote, with its count made again from the ballots where it is closed."""
    found = site.federation.vote(code)
    frozen = found.frozen
    outcome = None if found.open else site.outcome(code)
    told = site.federation.trace(code)["outcome"] if outcome else None
    return VoteFacts(
        brief=_brief(found),
        candidates=tuple(names_of(site, found).items()),
        rule=frozen.rule,
        reference=rule_named(frozen.rule).reference,
        options=tuple((str(name), str(value)) for name, value in frozen.options.items()),
        ties=frozen.ties,
        quorum=frozen.quorum,
        opener=frozen.opener,
        frozen_hash=found.sealed,
        electorate_hash=frozen.electorate_hash,
        commitment=frozen.commitment,
        ballots=_ballots(found),
        picture=_picture(site, found),
        steps=tuple(step.sentence for step in outcome.steps) if outcome else (),
        settled=tuple(f"{tie.question}: {', '.join(tie.settled)}, by {tie.by}" for tie in outcome.ties)
        if outcome
        else (),
        counted_again=outcome.to_data() == told if outcome else None,
    )


def names_of(site: Site, vote: Vote) -> dict[str, str]:
    """Return what the candidates of a vote are called, by how they stand on the ballot."""
    if vote.frozen.subject != "variant":
        return {code: code for code in vote.frozen.candidates}
    titles = {variant.variant: variant.title for variant in site.federation.cycle(vote.cycle).variants}
    return {code: titles.get(code, code) for code in vote.frozen.candidates}


def shares_before(site: Site, vote: Vote) -> dict[str, float]:
    """Return the share of each group of needs in the value of all that is asked for, for votes on weights."""
    return neutral_weights(site.federation.economy_asked(vote.cycle)) if vote.frozen.subject == "weights" else {}


def _brief(found: Vote) -> VoteBrief:
    frozen, result = found.frozen, found.result
    return VoteBrief(
        code=found.vote,
        question=frozen.question,
        subject=frozen.subject,
        open=found.open,
        decided=result.decided if result else False,
        ballots=len(found.ballots),
        electorate=len(frozen.electorate),
        opened=moment(found.opened_at),
        closes=moment(found.closes_at if result is None else result.closed_at),
        sentence=result.sentence if result else "The vote is open.",
    )


def _ballots(found: Vote) -> Table:
    rows = [(voter, _ballot_words(ballot)) for voter, ballot in sorted(found.ballots.items())]
    return table("Every ballot by name", [("who", "text"), ("ballot", "text")], rows)


def _ballot_words(ballot: Mapping[str, Any]) -> str:
    """Return a ballot in words, whatever its form."""
    if "ranks" in ballot:
        return " > ".join(" = ".join(rank) for rank in ballot["ranks"]) or "no preference"
    if "points" in ballot:
        return ", ".join(f"{part} {points}" for part, points in ballot["points"].items())
    return str(ballot.get("choice", dict(ballot)))


def _picture(site: Site, found: Vote) -> Shown | None:
    if found.result is None or not found.result.decided:
        return None
    outcome = site.outcome(found.vote)
    href = f"/pictures/vote/{found.vote}"
    if isinstance(outcome.result, Ranking):
        return Shown(f"{href}/matrix", "Matrix of who prefers what to what", _pairs(outcome))
    if isinstance(outcome.result, Allocation):
        return Shown(f"{href}/weights", "Bars of the shares voted", _shares(outcome, shares_before(site, found)))
    return None


def _pairs(outcome: Outcome) -> Table:
    columns: Columns = {
        "candidate": ("candidate", "text"),
        "other": ("against", "text"),
        "votes": ("prefer it", "number"),
        "against": ("prefer the other", "number"),
    }
    return frame_table("Pair by pair", vote_matrix_table(outcome), columns)


def _shares(outcome: Outcome, before: Mapping[str, float]) -> Table:
    columns: Columns = {
        "part": ("group of needs", "text"),
        "share": ("share", "percent"),
        "exact": ("exactly", "text"),
        "before": ("share in the value of what is asked for", "percent"),
    }
    return frame_table("The shares voted", weights_table(outcome, before), columns)


LIST = Page("votes", "/votes", "The votes of a cycle", votes, "Votes")
PAGE = Page("vote", "/votes/{code}", "One vote, its count and its ballots", vote, "Votes")
