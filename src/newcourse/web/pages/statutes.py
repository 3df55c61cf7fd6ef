"""The statutes: the articles that say who may do what, in words; and who holds which office now."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from newcourse.council.amending import StatutesDraft
from newcourse.council.state import State
from newcourse.web.body_names import body_name
from newcourse.web.page import Page
from newcourse.web.site import Site
from newcourse.web.table import Table, table
from newcourse.web.text import moment


@dataclass(frozen=True, slots=True)
class ArticleFacts:
    """One article in words."""

    number: str
    title: str
    words: str


@dataclass(frozen=True, slots=True)
class DraftFacts:
    """A draft of other statutes: what it changes and why, by whom, at which stage; whether it waits to be enacted."""

    code: str
    stage: str
    reasons: str
    changes: tuple[str, ...]
    by: str
    at: str
    vote: str
    passed: bool


@dataclass(frozen=True, slots=True)
class StatutesFacts:
    """Facts of the page of the statutes."""

    title: str
    version: int
    since: str
    drafts: tuple[DraftFacts, ...]
    articles: tuple[ArticleFacts, ...]
    delegates: Table
    places: Table
    members: int


def statutes(site: Site) -> StatutesFacts:
    """Return the articles, the delegates and the places."""
    state = site.founded
    names = {place.place: place.name for place in state.tree.places}
    seats = [
        (seat.person, body_name(state, council), names[seat.place])
        for council, own in state.seats.items()
        for seat in own
    ]
    counted = dict.fromkeys(names, 0)
    for place in state.members.values():
        counted[place] += 1
    rows = [(place.name, place.level, names.get(place.parent, ""), counted[place.place]) for place in state.tree.places]
    return StatutesFacts(
        title=state.law.title,
        version=len(state.versions),
        since=moment(state.versions[-1].since) if state.versions else "",
        drafts=tuple(_draft(state, draft) for draft in reversed(tuple(state.drafts.values()))),
        articles=tuple(ArticleFacts(a.number, a.title, a.words) for a in state.law.articles),
        delegates=table("Delegates", [("who", "text"), ("council", "text"), ("sent by", "text")], seats),
        places=table(
            "Places", [("place", "text"), ("level", "text"), ("belongs to", "text"), ("members", "number")], rows
        ),
        members=len(state.members),
    )


def _draft(state: State, draft: StatutesDraft) -> DraftFacts:
    return DraftFacts(
        code=draft.draft,
        stage=_stage(state, draft),
        reasons=draft.reasons,
        changes=tuple(_change_words(change) for change in draft.changes),
        by=draft.by,
        at=moment(draft.at),
        vote=draft.vote,
        passed=draft.passed is True and draft.enacted_at is None and draft.version == len(state.versions),
    )


def _stage(state: State, draft: StatutesDraft) -> str:
    if draft.enacted_at is not None:
        return "enacted"
    if draft.passed is False:
        return "rejected"
    if draft.version != len(state.versions):
        return "lapsed, because other changes became law first"
    if draft.passed:
        return "passed, to be enacted"
    return "the vote is open" if draft.vote else "public, before its vote"


def _change_words(change: Mapping[str, Any]) -> str:
    article = change["article"]
    if change["change"] == "repeal":
        return f"Article {article} is repealed."
    verb = "is changed" if change["change"] == "amend" else "is added"
    return f"Article {article['number']}, {article['title']}, {verb}: {article['words']}"


PAGE = Page("statutes", "/statutes", "The statutes, in words", statutes, "Statutes")
