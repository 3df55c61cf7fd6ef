"""Publish a tendency's statement: on a subject, or to all at large.

Every tendency has the same space: one statement of limited length on each subject. A later one is shown in place of the
earlier, which stays visible with its author. Only speakers publish: otherwise anybody could join and replace it.
"""

from typing import Final

from newcourse.acts.act import Act, Deed
from newcourse.acts.ask import Ask
from newcourse.acts.speaking import require_speaker, subject_asked, tendency_asked
from newcourse.acts.texts import text_asked
from newcourse.council.state import State
from newcourse.council.tendencies import LONGEST_STATEMENT


def check(state: State, ask: Ask) -> None:
    """Refuse statements by others than its speakers, without words, too long, or about what is not on the record."""
    require_speaker(state, ask, tendency_asked(state, ask))
    text_asked(ask, "statement", LONGEST_STATEMENT)
    if ask.get("about"):
        subject_asked(state, ask)


def do(_state: State, ask: Ask, _prepared: object) -> Deed:
    """Write what the tendency says."""
    body = {"tendency": ask.get("tendency"), "statement": ask.get("statement"), "about": ask.get("about", "")}
    return Deed(body)


ACT: Final = Act("publish_statement", check, do, needs=("tendency", "statement"), takes=("about",))
