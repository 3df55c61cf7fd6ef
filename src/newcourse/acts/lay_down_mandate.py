"""Lay down a mandate, or decline one that was not taken up yet."""

from typing import Final

from newcourse.acts.act import Act, Deed
from newcourse.acts.ask import Ask
from newcourse.acts.take_mandate import require_own
from newcourse.acts.texts import text_asked
from newcourse.council.state import State


def check(state: State, ask: Ask) -> None:
    """Refuse mandates of others and ended ones."""
    require_own(state, ask)
    if ask.get("reason") is not None:
        text_asked(ask, "reason")


def do(_state: State, ask: Ask, _prepared: object) -> Deed:
    """Write it, with the reason where one is given."""
    return Deed({"mandate": ask.get("mandate"), "reason": str(ask.get("reason", ""))})


ACT: Final = Act("lay_down_mandate", check, do, needs=("mandate",), takes=("reason",))
