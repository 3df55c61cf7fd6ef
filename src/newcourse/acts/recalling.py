"""What the acts of recall have in common: only the constituency that elected a delegate recalls them."""

from newcourse.acts.act import refused
from newcourse.acts.ask import Ask
from newcourse.council.bodies import Body, article_on_recall, belongs, body_named, electors_in_words
from newcourse.council.mandates import Mandate
from newcourse.council.recall import Petition
from newcourse.council.state import State
from newcourse.record.entry import time_text


def require_constituency(state: State, ask: Ask, mandate: Mandate) -> Body:
    """Return the body of a mandate; refuse who does not belong to the electorate that gave it."""
    body = body_named(state, mandate.body, ask.where)
    if not belongs(state, body, mandate.constituency, ask.actor):
        expected = f"{electors_in_words(state, body, mandate.constituency)}, who alone recall {mandate.person}"
        found = f"{ask.actor}, who does not elect there"
        raise refused(ask, article_on_recall(state.law), "constituency-other", found, expected, "leave it to them")
    return body


def require_held(state: State, ask: Ask, mandate: Mandate) -> None:
    """Refuse what concerns a mandate that has ended."""
    if not mandate.held:
        found = f"mandate {mandate.mandate}, which has ended: {mandate.ended_by}"
        raise refused(
            ask, article_on_recall(state.law), "mandate-ended", found, "a mandate that is held", "let it rest"
        )


def is_running(state: State, petition: Petition, ask: Ask) -> bool:
    """Return whether a petition can still lead to a recall."""
    if petition.outcome or not state.mandates[petition.mandate].held:
        return False
    if petition.vote:
        return not state.votes[petition.vote].overdue(ask.at)
    return petition.supported or ask.at <= petition.ends


def signing_over(petition: Petition, ask: Ask) -> str:
    """Return why a petition cannot be signed any more; empty where it can."""
    if petition.vote or petition.outcome:
        return f"petition {petition.petition}, on which vote {petition.vote} was opened"
    if ask.at > petition.ends:
        return f"the time {time_text(ask.at)}"
    return ""
