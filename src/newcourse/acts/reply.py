"""Reply to a criticism or to another reply."""

from typing import Final

from newcourse.acts.act import Act, Deed
from newcourse.acts.ask import Ask
from newcourse.acts.speaking import comment_asked
from newcourse.acts.texts import LONGEST_COMMENT, text_asked
from newcourse.council.state import State


def check(state: State, ask: Ask) -> None:
    """Refuse replies to nothing, and without words. What is folded away can be replied to as well."""
    comment_asked(state, ask)
    text_asked(ask, "words", LONGEST_COMMENT)


def do(state: State, ask: Ask, _prepared: object) -> Deed:
    """Write who says what to whom."""
    answered = comment_asked(state, ask)
    body = {"comment": f"C{len(state.comments) + 1}", "reply_to": answered.comment, "words": ask.get("words")}
    return Deed(body)


ACT: Final = Act("reply", check, do, needs=("comment", "words"))
