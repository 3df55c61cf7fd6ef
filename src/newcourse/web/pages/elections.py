"""Elections: who stands, until when, the vote, and the seats it gave."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from newcourse.council.bodies import election_rules, find_body
from newcourse.council.elections import Election
from newcourse.council.state import State
from newcourse.council.voting import Vote
from newcourse.web import clock
from newcourse.web.body_names import body_name
from newcourse.web.comments import CommentFacts, comments_about
from newcourse.web.groups import group_names
from newcourse.web.page import Page
from newcourse.web.shown import Shown
from newcourse.web.site import Site
from newcourse.web.stages_shown import stages_shown
from newcourse.web.text import moment
from newcourse.web.vote_stage import stage_of

OVER: Final = ("decided", "undecided", "void")


@dataclass(frozen=True, slots=True)
class ElectionBrief:
    """An election in short: which seats, and what it waits for."""

    code: str
    body: str
    body_name: str
    constituency: str
    constituency_name: str
    seats: int
    reason: str
    stage: str
    nominations_end: str
    vote: str
    candidates: int
    standing: int


@dataclass(frozen=True, slots=True)
class CandidateFacts:
    """A candidate: who, nominated by whom, whether they accepted, their groups, what they say, whether elected."""

    person: str
    by: str
    accepted: bool
    groups: tuple[str, ...]
    statement: str
    elected: bool


@dataclass(frozen=True, slots=True)
class QuotaFacts:
    """A quota of a group as shares of the seats: at least, more than, at most; empty where it says nothing."""

    group: str
    least: str
    more: str
    most: str


@dataclass(frozen=True, slots=True)
class ElectionsFacts:
    """Elections that run, and those that are over."""

    running: tuple[ElectionBrief, ...]
    over: tuple[ElectionBrief, ...]


@dataclass(frozen=True, slots=True)
class ElectionFacts:
    """Facts of the page of one election."""

    brief: ElectionBrief
    groups: tuple[str, ...]
    quotas: tuple[QuotaFacts, ...]
    candidates: tuple[CandidateFacts, ...]
    sentence: str
    picture: Shown | None
    comments: tuple[CommentFacts, ...]


def elections(site: Site) -> ElectionsFacts:
    """Return every election, the latest first."""
    state = site.federation.state
    listed = [brief_of(state, found) for found in reversed(tuple(state.elections.values()))]
    running = tuple(one for one in listed if one.stage not in OVER)
    return ElectionsFacts(running, tuple(one for one in listed if one.stage in OVER))


def election(site: Site, code: str) -> ElectionFacts:
    """Return one election with its candidates and, once it is counted, who was elected."""
    state = site.federation.state
    found = site.federation.election(code)
    vote = state.votes.get(found.vote)
    elected = {
        mandate.person
        for mandate in state.mandates.values()
        if found.vote and mandate.vote == found.vote and not mandate.succeeds
    }
    candidates = [
        CandidateFacts(
            one.person, one.by, one.accepted, group_names(state, one.groups), one.statement, one.person in elected
        )
        for one in found.candidates.values()
    ]
    body = find_body(state, found.body)
    rules = election_rules(state, body) if body else None
    quotas = dict(rules.quotas) if rules else {}
    return ElectionFacts(
        brief=brief_of(state, found),
        groups=(*quotas, *state.tendencies),
        quotas=tuple(_quota(group, limits) for group, limits in quotas.items()),
        candidates=tuple(candidates),
        sentence=vote.result.sentence if vote and vote.result else "",
        picture=_picture(site, vote),
        comments=comments_about(state, code),
    )


def brief_of(state: State, found: Election) -> ElectionBrief:
    """Return an election in short."""
    return ElectionBrief(
        code=found.election,
        body=found.body,
        body_name=body_name(state, found.body),
        constituency=found.constituency,
        constituency_name=state.tree.name(found.constituency),
        seats=found.seats,
        reason=found.reason,
        stage=_stage(state.votes.get(found.vote), found),
        nominations_end=moment(found.nominations_end),
        vote=found.vote,
        candidates=len(found.candidates),
        standing=len(found.standing),
    )


def _stage(vote: Vote | None, found: Election) -> str:
    if vote is None:
        return "nominations" if found.closed_at is None else "waiting for the vote"
    return stage_of(vote, clock.now())


def _quota(group: str, limits: Mapping[str, str]) -> QuotaFacts:
    return QuotaFacts(group, limits.get("least", ""), limits.get("more", ""), limits.get("most", ""))


def _picture(site: Site, vote: Vote | None) -> Shown | None:
    if vote is None or vote.result is None or not vote.result.decided:
        return None
    return stages_shown(vote.vote, site.outcome(vote.vote))


LIST = Page("elections", "/elections", "Elections", elections, "Elections", kept=False)
PAGE = Page("election", "/elections/{code}", "One election", election, "Elections", kept=False)
