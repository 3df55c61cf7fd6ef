"""Criticise anything that is on the record."""

from typing import Final

from newcourse.acts.act import Act, Deed
from newcourse.acts.ask import Ask
from newcourse.acts.speaking import subject_asked
from newcourse.acts.texts import LONGEST_COMMENT, text_asked
from newcourse.council.state import State


def check(state: State, ask: Ask) -> None:
    """Refuse criticism of what is not on the record, and without words."""
    subject_asked(state, ask)
    text_asked(ask, "words", LONGEST_COMMENT)


def do(state: State, ask: Ask, _prepared: object) -> Deed:
    """Write who says what about what."""
    return Deed({"comment": f"C{len(state.comments) + 1}", "about": ask.get("about"), "words": ask.get("words")})


ACT: Final = Act("criticise", check, do, needs=("about", "words"))
