"""What people say about a thing on record: criticism, replies, and what was folded away with its reason and appeal."""

from collections.abc import Mapping
from dataclasses import dataclass

from newcourse.council.discussion import Comment, Moderation
from newcourse.council.state import State
from newcourse.web.text import moment


@dataclass(frozen=True, slots=True)
class FoldedFacts:
    """A moderation: who folded the comment away and why, the appeal, and what became of it."""

    by: str
    at: str
    reason: str
    appeal: str
    decided_by: str
    decision: str
    folds: bool


@dataclass(frozen=True, slots=True)
class CommentFacts:
    """A comment with the replies to it."""

    code: str
    by: str
    at: str
    words: str
    folded: FoldedFacts | None
    replies: tuple["CommentFacts", ...]


def comments_about(state: State, about: str) -> tuple[CommentFacts, ...]:
    """Return every criticism of a thing with its replies, the earliest first."""
    replies: dict[str, list[Comment]] = {}
    roots = []
    for comment in state.comments.values():
        if comment.reply_to:
            replies.setdefault(comment.reply_to, []).append(comment)
        elif comment.about == about:
            roots.append(comment)
    return tuple(_facts(comment, replies) for comment in roots)


def _facts(comment: Comment, replies: Mapping[str, list[Comment]]) -> CommentFacts:
    return CommentFacts(
        comment.comment,
        comment.by,
        moment(comment.at),
        comment.words,
        _folded(comment.moderation),
        tuple(_facts(reply, replies) for reply in replies.get(comment.comment, ())),
    )


def _folded(moderation: Moderation | None) -> FoldedFacts | None:
    if moderation is None:
        return None
    return FoldedFacts(
        moderation.by,
        moment(moderation.at),
        moderation.reason,
        moderation.appeal,
        moderation.decided_by,
        moderation.decision,
        moderation.folds,
    )
