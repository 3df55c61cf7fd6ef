"""Leave the federation: mandates and candidatures end; ballots in votes that are open already stay."""

from typing import Final

from newcourse.acts.act import Act, Deed, refused
from newcourse.acts.ask import Ask
from newcourse.acts.texts import text_asked
from newcourse.council.state import State


def check(state: State, ask: Ask) -> None:
    """Refuse who is no member."""
    require_member(state, ask, ask.actor)
    if ask.get("reason") is not None:
        text_asked(ask, "reason")


def require_member(state: State, ask: Ask, person: str) -> None:
    """Raise ``NotAllowed`` where somebody is no member."""
    if person not in state.members:
        article = state.law.article_on_act(ask.act)
        raise refused(ask, article, "no-member", f"{person}, who is no member", "a member", "name a member")


def do(state: State, ask: Ask, _prepared: object) -> Deed:
    """Write who leaves which place, and why where they say so."""
    return Deed({"place": state.members[ask.actor], "reason": str(ask.get("reason", ""))})


ACT: Final = Act("leave", check, do, takes=("reason",))
