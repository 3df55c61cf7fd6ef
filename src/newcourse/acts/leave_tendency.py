"""Leave a tendency, at any time and without a reason."""

from typing import Final

from newcourse.acts.act import Act, Deed, refused
from newcourse.acts.ask import Ask
from newcourse.acts.speaking import tendency_asked
from newcourse.council.state import State


def check(state: State, ask: Ask) -> None:
    """Refuse who does not belong to it."""
    tendency = tendency_asked(state, ask)
    if ask.actor not in tendency.people:
        article = state.law.article_on_act("leave_tendency")
        found = f"{ask.actor}, who does not belong to {tendency.name}"
        raise refused(ask, article, "not-of-tendency", found, "this by one of its people", "leave it as it is")


def do(_state: State, ask: Ask, _prepared: object) -> Deed:
    """Write who leaves."""
    return Deed({"tendency": ask.get("tendency")})


ACT: Final = Act("leave_tendency", check, do, needs=("tendency",))
