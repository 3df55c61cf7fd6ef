"""Criticism, replies, moderation, appeals. Nothing here removes a comment or changes its words."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from newcourse.council.discussion import Comment, Moderation
from newcourse.council.state import State
from newcourse.record.entry import Entry


def criticise(state: State, entry: Entry, body: Mapping[str, Any]) -> State:
    """Say something about what is on the record."""
    return _said(state, Comment(body["comment"], body["about"], entry.actor, entry.at, body["words"]))


def reply(state: State, entry: Entry, body: Mapping[str, Any]) -> State:
    """Answer a comment."""
    answered = state.comments[body["reply_to"]]
    comment = Comment(body["comment"], answered.about, entry.actor, entry.at, body["words"], answered.comment)
    return _said(state, comment)


def moderate(state: State, entry: Entry, body: Mapping[str, Any]) -> State:
    """Fold a comment away."""
    comment = state.comments[body["comment"]]
    if comment.moderation is not None:
        raise ValueError(f"{comment.comment} was moderated before")
    return _with(state, replace(comment, moderation=Moderation(entry.actor, entry.at, body["reason"])))


def appeal(state: State, entry: Entry, body: Mapping[str, Any]) -> State:
    """Ask that a comment be shown again."""
    comment, moderation = _moderated(state, body["comment"])
    if comment.by != entry.actor or moderation.appealed_by:
        raise ValueError(f"{entry.actor} cannot appeal for {comment.comment}")
    return _with(state, replace(comment, moderation=_appealed(moderation, entry.actor, body["reason"])))


def decide_appeal(state: State, entry: Entry, body: Mapping[str, Any]) -> State:
    """Show a comment again, or leave it folded away."""
    comment, moderation = _moderated(state, body["comment"])
    if not moderation.appealed_by or moderation.decided_by or moderation.by == entry.actor:
        raise ValueError(f"{entry.actor} cannot decide an appeal for {comment.comment}")
    decided = replace(moderation, decided_by=entry.actor, upheld=body["upheld"], decision=body["reason"])
    return _with(state, replace(comment, moderation=decided))


def _appealed(moderation: Moderation, person: str, reason: str) -> Moderation:
    return replace(moderation, appeal=reason, appealed_by=person)


def _moderated(state: State, code: str) -> tuple[Comment, Moderation]:
    comment = state.comments[code]
    if comment.moderation is None:
        raise ValueError(f"{code} is not folded away")
    return comment, comment.moderation


def _said(state: State, comment: Comment) -> State:
    if comment.comment in state.comments:
        raise ValueError(f"{comment.comment} was said before")
    return _with(state, comment)


def _with(state: State, comment: Comment) -> State:
    return replace(state, comments=state.comments.put(comment.comment, comment))
