"""Join a tendency; one may belong to several."""

from typing import Final

from newcourse.acts.act import Act, Deed, refused
from newcourse.acts.ask import Ask
from newcourse.acts.speaking import tendency_asked
from newcourse.council.state import State


def check(state: State, ask: Ask) -> None:
    """Refuse who belongs to it already."""
    tendency = tendency_asked(state, ask)
    if ask.actor in tendency.people:
        article = state.law.article_on_act("join_tendency")
        found = f"{ask.actor}, who belongs to {tendency.name} already"
        raise refused(ask, article, "joined-already", found, "each person once", "leave it as it is")


def do(_state: State, ask: Ask, _prepared: object) -> Deed:
    """Write who joins."""
    return Deed({"tendency": ask.get("tendency")})


ACT: Final = Act("join_tendency", check, do, needs=("tendency",))
