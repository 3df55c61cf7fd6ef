"""Fold a comment away, with a reason. It is never deleted: everybody can open it and read it."""

from typing import Final

from newcourse.acts.act import Act, Deed, refused
from newcourse.acts.ask import Ask
from newcourse.acts.speaking import comment_asked
from newcourse.acts.texts import text_asked
from newcourse.council.state import State
from newcourse.council.subjects import concerns


def check(state: State, ask: Ask) -> None:
    """Refuse moderation without a reason, of what was moderated before, and of what is said about the moderator."""
    comment = comment_asked(state, ask)
    text_asked(ask, "reason")
    article = state.law.article_on_act("moderate")
    if comment.moderation is not None:
        found = f"{comment.comment}, which {comment.moderation.by} has moderated"
        expected = "one moderation of a comment; afterwards only its author's appeal"
        raise refused(ask, article, "moderated-already", found, expected, "leave it as it is")
    if concerns(state, comment.about, ask.actor):
        found = f"{ask.actor}, about whose own doing {comment.comment} is"
        raise refused(ask, article, "own-criticism", found, "a moderator whom it does not concern", "ask another")


def do(_state: State, ask: Ask, _prepared: object) -> Deed:
    """Write what is folded away and why."""
    return Deed({"comment": ask.get("comment"), "reason": ask.get("reason")})


ACT: Final = Act("moderate", check, do, needs=("comment", "reason"))
