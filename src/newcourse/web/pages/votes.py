"""Votes, and each one: what was frozen, how to vote and what is guaranteed, the ballots, every step of the count."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from newcourse.council.judging import jury
from newcourse.council.state import State
from newcourse.council.voting import Contest, Vote
from newcourse.pictures.vote_matrix import vote_matrix_table
from newcourse.pictures.weights import weights_table
from newcourse.plan.goal import neutral_weights
from newcourse.vote.outcome import Allocation, Outcome, Ranking
from newcourse.vote.rule import rule_named
from newcourse.web import clock
from newcourse.web.ballots_shown import BallotsShown, ballots_shown
from newcourse.web.comments import CommentFacts, comments_about
from newcourse.web.page import Page
from newcourse.web.proofs import log_key
from newcourse.web.shown import Shown
from newcourse.web.site import Site
from newcourse.web.stages_shown import stages_shown
from newcourse.web.table import Columns, Table, frame_table
from newcourse.web.text import moment
from newcourse.web.vote_stage import stage_of

OVER: Final = ("decided", "undecided", "void")


@dataclass(frozen=True, slots=True)
class VoteBrief:
    """A vote in short."""

    code: str
    question: str
    subject: str
    ballot: str
    place: str
    about: str
    stage: str
    open: bool
    decided: bool
    ballots: int
    electorate: int
    opened: str
    closes: str
    sentence: str


@dataclass(frozen=True, slots=True)
class VotesFacts:
    """Facts of the page of votes: those that run, and those that are over, the latest first."""

    cycle: int
    running: tuple[VoteBrief, ...]
    over: tuple[VoteBrief, ...]


@dataclass(frozen=True, slots=True)
class VerdictFacts:
    """What somebody who decides on a contest said, and why."""

    by: str
    upheld: bool
    reasons: str


@dataclass(frozen=True, slots=True)
class ContestFacts:
    """A contested result: by whom and why, what was said on it by whom, and what came of it (empty while undecided)."""

    by: str
    at: str
    reasons: str
    verdicts: tuple[VerdictFacts, ...]
    outcome: str


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
    form: str
    token_key: str
    opening: int
    log_key: str
    published: str
    incidents: tuple[str, ...]
    contests: tuple[ContestFacts, ...]
    jury: tuple[str, ...]
    ballots: BallotsShown
    picture: Shown | None
    steps: tuple[str, ...]
    settled: tuple[str, ...]
    counted_again: bool | None
    comments: tuple[CommentFacts, ...]


def votes(site: Site, cycle: int = 0) -> VotesFacts:
    """Return the votes of a cycle, or all where the number is 0."""
    state = site.federation.state
    found = [vote for vote in state.votes.values() if cycle in (0, vote.cycle)]
    listed = [_brief(state, vote) for vote in reversed(found)]
    running = tuple(one for one in listed if one.stage not in OVER)
    return VotesFacts(cycle, running, tuple(one for one in listed if one.stage in OVER))


def vote(site: Site, code: str, page: int = 1) -> VoteFacts:
    """Return one vote, with a page of its ballots, and its count made again from all of them where it is closed."""
    state = site.federation.state
    found = site.federation.vote(code)
    frozen = found.frozen
    outcome = site.outcome(code) if found.result else None
    told = site.federation.trace(code)["outcome"] if outcome else None
    return VoteFacts(
        brief=_brief(state, found),
        candidates=tuple(names_of(site, found).items()),
        rule=frozen.rule,
        reference=rule_named(frozen.rule).reference,
        options=tuple(_options(frozen.options)),
        ties=frozen.ties,
        quorum=frozen.quorum,
        opener=frozen.opener,
        frozen_hash=found.sealed,
        electorate_hash=frozen.root,
        commitment=frozen.commitment,
        form=rule_named(frozen.rule).form,
        token_key=frozen.token_key,
        opening=found.opening,
        log_key=log_key(site.federation.record),
        published=found.published,
        incidents=found.incidents,
        contests=tuple(_contest(one) for one in found.contests),
        jury=jury(state, found),
        ballots=ballots_shown(site, found, page),
        picture=_picture(site, found),
        steps=tuple(step.sentence for step in outcome.steps) if outcome else (),
        settled=tuple(f"{tie.question}: {', '.join(tie.settled)}, by {tie.by}" for tie in outcome.ties)
        if outcome
        else (),
        counted_again=outcome.to_data() == told if outcome else None,
        comments=comments_about(state, code),
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


def _brief(state: State, found: Vote) -> VoteBrief:
    frozen, result = found.frozen, found.result
    return VoteBrief(
        code=found.vote,
        question=frozen.question,
        subject=frozen.subject,
        ballot=frozen.ballot,
        place=state.tree.name(frozen.place or state.tree.root),
        about=frozen.about,
        stage=stage_of(found, clock.now()),
        open=found.open,
        decided=result.decided if result else False,
        ballots=found.cast,
        electorate=len(frozen.electorate),
        opened=moment(found.opened_at),
        closes=moment(found.closed_at or found.closes_at),
        sentence=result.sentence if result else "",
    )


def _options(options: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield what is fixed about the rule, in words; what is off or not given is left out."""
    for name, value in options.items():
        if name == "groups":
            for group, limits in (value or {}).items():
                most = f" and at most {limits['most']}" if limits["most"] is not None else ""
                yield f"seats: {group}", f"at least {limits['least']}{most}, of {', '.join(limits['members'])}"
        elif name != "quorum" and value is not None and value is not False:  # that of the vote stands by itself
            yield name, "yes" if value is True else str(value)


def _contest(one: Contest) -> ContestFacts:
    verdicts = tuple(VerdictFacts(*verdict) for verdict in one.verdicts)
    return ContestFacts(one.by, moment(one.at), one.reasons, verdicts, one.outcome)


def _picture(site: Site, found: Vote) -> Shown | None:
    if found.result is None or not found.result.decided:
        return None
    outcome = site.outcome(found.vote)
    href = f"/pictures/vote/{found.vote}"
    if isinstance(outcome.result, Ranking):
        return Shown(f"{href}/matrix", "Matrix of who prefers what to what", _pairs(outcome))
    if isinstance(outcome.result, Allocation):
        return Shown(f"{href}/weights", "Bars of the shares voted", _shares(outcome, shares_before(site, found)))
    return stages_shown(found.vote, outcome)


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


LIST = Page("votes", "/votes", "Votes that run and votes that are over", votes, "Votes", kept=False)
PAGE = Page("vote", "/votes/{code}", "One vote, its count and its ballots", vote, "Votes", kept=False)
