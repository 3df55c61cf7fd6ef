"""Drafts of statutes, what their votes decide, and what becomes law."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from newcourse.council.amending import StatutesDraft, StatutesVersion
from newcourse.council.bodies import BETWEEN
from newcourse.council.redrafting import address_of, changed_articles
from newcourse.council.state import State
from newcourse.council.statutes import Statutes
from newcourse.council.voting import Result, Vote
from newcourse.record.entry import Entry

ABOLISHED = "abolished"
"""By what a mandate ends whose council the new statutes do not know."""


def draft_statutes(state: State, entry: Entry, body: Mapping[str, Any]) -> State:
    """Make a draft public."""
    changes = tuple(body["changes"])
    draft = StatutesDraft(
        draft=body["draft"],
        changes=changes,
        reasons=body["reasons"],
        by=entry.actor,
        at=entry.at,
        version=body["version"],
        statutes=body["statutes"],
    )
    if draft.draft in state.drafts or draft.version != _version(state):
        raise ValueError(f"draft {draft.draft} was there before, or is of another version than the law")
    if address_of(_law_of(state.law, changes)) != draft.statutes:
        raise ValueError(f"draft {draft.draft} is not the text that its changes make")
    return _with(state, draft)


def passed(state: State, vote: Vote, result: Result, _entry: Entry) -> State:
    """Note whether the vote on a draft passed it; an undecided one leaves it open."""
    draft = state.drafts[vote.frozen.about]
    outcome = result.data.get("adopted") is True if result.decided else None
    return _with(state, replace(draft, vote=vote.vote, passed=outcome))


def undone(state: State, vote: Vote, _result: Result, _entry: Entry) -> State:
    """Leave a draft open again: the result of the vote on it fell."""
    draft = state.drafts[vote.frozen.about]
    if draft.enacted_at is not None:
        raise ValueError(f"draft {draft.draft} is law already")
    return _with(state, replace(draft, passed=None))


def built_on(state: State, vote: Vote) -> str:
    """Return in words what was built on the vote on a draft: the law, once it is enacted."""
    draft = state.drafts[vote.frozen.about]
    return f"draft {draft.draft} became law by it" if draft.enacted_at else ""


def enact_statutes(state: State, entry: Entry, body: Mapping[str, Any]) -> State:
    """Let a draft be law; open votes keep what was frozen for them; seats in councils that are no more end."""
    draft = state.drafts[body["draft"]]
    if draft.passed is not True or draft.enacted_at is not None or draft.version != _version(state):
        raise ValueError(f"draft {draft.draft} was not passed, is law already, or has lapsed")
    law = _law_of(state.law, draft.changes)
    if address_of(law) != body["statutes"] or body["version"] != draft.version + 1:
        raise ValueError(f"draft {draft.draft} is not the text that is written as law")
    version = StatutesVersion(body["version"], entry.at, body["statutes"], draft.draft)
    enacted = replace(state, statutes=law, versions=(*state.versions, version))
    return _with(_without_abolished(enacted, entry, law), replace(draft, enacted_at=entry.at))


def _without_abolished(state: State, entry: Entry, law: Statutes) -> State:
    gone = set(_abolished(state, law))
    mandates = state.mandates
    for code, mandate in state.mandates.items():
        if mandate.body in gone and mandate.held:
            mandates = mandates.put(code, replace(mandate, ended_at=entry.at, ended_by=ABOLISHED))
    seats = {body: seats for body, seats in state.seats.items() if body not in gone}
    return replace(state, seats=seats, mandates=mandates)


def _abolished(state: State, law: Statutes) -> Iterator[str]:
    """Yield the codes of bodies with seats or mandates that the law does not set up."""
    codes = {*state.seats, *(mandate.body for mandate in state.mandates.values())}
    for code in sorted(codes):
        name, _, place = code.partition(BETWEEN)
        council = law.councils.get(name if place else code)
        if council is None or bool(council.level) is not bool(place):
            yield code


def _version(state: State) -> int:
    return state.versions[-1].number if state.versions else 1


def _with(state: State, draft: StatutesDraft) -> State:
    return replace(state, drafts=state.drafts.put(draft.draft, draft))


def _law_of(before: Statutes, changes: Sequence[Mapping[str, Any]]) -> Statutes:
    """Return what changes made of the law; that it is sound was judged when they were drafted and enacted."""
    return Statutes.recorded(before.title, changed_articles(before, changes))
