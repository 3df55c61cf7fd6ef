"""Which place an act concerns: authority is asked for there (design §3).

The same for a request and for the entry that it led to, so that an audit asks what the door asked.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

from newcourse.council.bodies import constituencies, find_body
from newcourse.council.state import State

What = Mapping[str, Any]


def concerned_place(state: State, act: str, actor: str, what: What) -> str:
    """Return the place that an act concerns; empty for the federation as a whole.

    Parameters
    ----------
    state
        The federation before the act.
    act, actor
        What is done by whom.
    what
        Parameters of the request, or the body of the entry.
    """
    how = CONCERNS.get(act)
    return how(state, actor, what) if how else ""


def _place(_state: State, _actor: str, what: What) -> str:
    return _text(what, "place")


def _need(_state: State, _actor: str, what: What) -> str:
    need = what.get("need")
    return _text(need, "place") if isinstance(need, Mapping) else _text(what, "place")


def _parent(_state: State, _actor: str, what: What) -> str:
    return _text(what, "parent")


def _person(state: State, _actor: str, what: What) -> str:
    return state.members.get(_text(what, "person"), "")


def _own(state: State, actor: str, what: What) -> str:
    frozen = what.get("frozen")
    return _text(frozen if isinstance(frozen, Mapping) else what, "place") or state.members.get(actor, "")


def _deciding(_state: State, _actor: str, what: What) -> str:
    frozen = what.get("frozen")
    return _text(frozen if isinstance(frozen, Mapping) else what, "place")


def _vote(state: State, _actor: str, what: What) -> str:
    vote = state.votes.get(_text(what, "vote"))
    return vote.frozen.place if vote else ""


def _called(state: State, _actor: str, what: What) -> str:
    """Return the constituency that an election is called in; the only one where none is named."""
    body = find_body(state, _text(what, "body"))
    places = constituencies(state, body) if body else ()
    return _text(what, "place") or (places[0] if len(places) == 1 else "")


def _election(state: State, _actor: str, what: What) -> str:
    election = state.elections.get(_text(what, "election") or _about(what))
    return election.constituency if election else ""


def _mandate(state: State, _actor: str, what: What) -> str:
    mandate = state.mandates.get(_text(what, "mandate"))
    return mandate.constituency if mandate else ""


def _petition(state: State, actor: str, what: What) -> str:
    petition = state.petitions.get(_text(what, "petition") or _about(what))
    return _mandate(state, actor, {"mandate": petition.mandate}) if petition else ""


def _about(what: What) -> str:
    frozen = what.get("frozen")
    return _text(frozen, "about") if isinstance(frozen, Mapping) else ""


def _text(what: What, name: str) -> str:
    value = what.get(name)
    return value if isinstance(value, str) else ""


CONCERNS: Final[Mapping[str, Callable[[State, str, What], str]]] = {
    "join": _place,
    "transfer": _place,
    "file_need": _need,
    "found_body": _parent,
    "verify_member": _person,
    "instruct": _own,
    "open_vote": _deciding,
    "extend_vote": _vote,
    "decide_contest": _vote,
    "open_nominations": _called,
    "nominate": _election,
    "accept_nomination": _election,
    "withdraw_nomination": _election,
    "close_nominations": _election,
    "open_election": _election,
    "take_mandate": _mandate,
    "lay_down_mandate": _mandate,
    "fill_vacancy": _mandate,
    "petition_recall": _mandate,
    "sign_petition": _petition,
    "open_recall_vote": _petition,
}
"""How the place follows; acts that are not here concern the federation as a whole."""
