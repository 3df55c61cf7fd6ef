"""Sign a petition for a recall."""

from typing import Final

from newcourse.acts.act import Act, Deed, refused
from newcourse.acts.ask import Ask
from newcourse.acts.electing import petition_asked
from newcourse.acts.recalling import require_constituency, require_held, signing_over
from newcourse.council.bodies import article_on_recall
from newcourse.council.state import State
from newcourse.record.entry import time_text


def check(state: State, ask: Ask) -> None:
    """Refuse strangers to the constituency, second signatures, and signatures out of time."""
    petition = petition_asked(state, ask)
    mandate = state.mandates[petition.mandate]
    require_held(state, ask, mandate)
    require_constituency(state, ask, mandate)
    article = article_on_recall(state.law)
    if found := signing_over(petition, ask):
        expected = f"signatures until {time_text(petition.ends)}"
        raise refused(ask, article, "signing-over", found, expected, "begin another petition")
    if ask.actor in petition.signers:
        found = f"{ask.actor} has signed {petition.petition} already"
        raise refused(ask, article, "signed-already", found, "one signature each", "leave it as it is")


def do(_state: State, ask: Ask, _prepared: object) -> Deed:
    """Write the signature."""
    return Deed({"petition": ask.get("petition")})


ACT: Final = Act("sign_petition", check, do, needs=("petition",))
