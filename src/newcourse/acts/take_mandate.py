"""Take up a mandate: from now on one sits in the body."""

from typing import Final

from newcourse.acts.act import Act, Deed, refused
from newcourse.acts.ask import Ask
from newcourse.acts.electing import mandate_asked
from newcourse.council.mandates import Mandate
from newcourse.council.state import State


def check(state: State, ask: Ask) -> None:
    """Refuse mandates of others, ended ones, and those taken up already."""
    mandate = require_own(state, ask)
    if mandate.taken_at is not None:
        found = f"mandate {mandate.mandate}, which {ask.actor} took up already"
        article = state.law.article_on_act("take_mandate")
        raise refused(ask, article, "taken-already", found, "each mandate taken up once", "leave it as it is")


def require_own(state: State, ask: Ask) -> Mandate:
    """Return the actor's own mandate that a request names, while it is held."""
    mandate = mandate_asked(state, ask)
    article = state.law.article_on_act(ask.act)
    if mandate.person != ask.actor:
        found = f"mandate {mandate.mandate} of {mandate.person}"
        raise refused(ask, article, "mandate-other", found, "one's own mandate", "leave it to them")
    if not mandate.held:
        found = f"mandate {mandate.mandate}, which has ended: {mandate.ended_by}"
        raise refused(ask, article, "mandate-ended", found, "a mandate that is held", "stand in the next election")
    return mandate


def do(_state: State, ask: Ask, _prepared: object) -> Deed:
    """Write it."""
    return Deed({"mandate": ask.get("mandate")})


ACT: Final = Act("take_mandate", check, do, needs=("mandate",))
