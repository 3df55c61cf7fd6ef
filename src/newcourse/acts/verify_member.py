"""Confirm who another member is, on the record; the evidence is said in words, without private details."""

from typing import Final

from newcourse.acts.act import Act, Deed, refused
from newcourse.acts.ask import Ask
from newcourse.acts.join import require_vouching
from newcourse.acts.leave import require_member
from newcourse.acts.texts import text_asked
from newcourse.council.state import State


def check(state: State, ask: Ask) -> None:
    """Refuse to confirm strangers, oneself, and anybody twice."""
    person = str(ask.get("person"))
    require_member(state, ask, person)
    article = state.law.article_on_act("verify_member")
    if person == ask.actor:
        found = f"{person} confirming who {person} is"
        raise refused(ask, article, "verified-oneself", found, "another member who confirms it", "ask another member")
    if ask.actor in state.verified.get(person, ()):
        found = f"{ask.actor} has confirmed {person} already"
        raise refused(ask, article, "verified-already", found, "one confirmation by each", "leave it as it is")
    require_vouching(state, ask, person)
    text_asked(ask, "evidence")


def do(state: State, ask: Ask, _prepared: object) -> Deed:
    """Write who confirms whom by what."""
    person = str(ask.get("person"))
    return Deed({"person": person, "place": state.members[person], "evidence": ask.get("evidence")})


ACT: Final = Act("verify_member", check, do, needs=("person", "evidence"))
