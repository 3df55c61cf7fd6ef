"""From a petition to a seat that is filled again."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from newcourse.council.bodies import find_body
from newcourse.council.folds.amending import ABOLISHED
from newcourse.council.folds.elections import require_electors
from newcourse.council.folds.mandates import changed, ended, given
from newcourse.council.folds.votes import opened
from newcourse.council.mandates import Mandate
from newcourse.council.recall import Petition
from newcourse.council.seating import Seat
from newcourse.council.state import State
from newcourse.council.vacancies import mandates_at, succeeds
from newcourse.council.voting import Result, Vote
from newcourse.record.entry import Entry


def petition_recall(state: State, entry: Entry, body: Mapping[str, Any]) -> State:
    """Begin a petition; its author is the first to sign."""
    petition = Petition(
        petition=body["petition"],
        mandate=body["mandate"],
        reasons=body["reasons"],
        by=entry.actor,
        opened_at=entry.at,
        ends=datetime.fromisoformat(body["ends"]),
        signers=(entry.actor,),
        needed=body["needed"],
    )
    if petition.petition in state.petitions or not state.mandates[petition.mandate].held:
        raise ValueError(f"petition {petition.petition} is there already, or mandate {petition.mandate} is not held")
    return _put(state, petition)


def sign_petition(state: State, entry: Entry, body: Mapping[str, Any]) -> State:
    """Count one more who stands behind a petition."""
    petition = state.petitions[body["petition"]]
    if entry.actor in petition.signers or petition.vote or petition.outcome:
        raise ValueError(f"{entry.actor} cannot sign {petition.petition}")
    return _put(state, replace(petition, signers=(*petition.signers, entry.actor)))


def open_recall_vote(state: State, entry: Entry, body: Mapping[str, Any]) -> State:
    """Open the vote on a recall."""
    frozen = body["frozen"]
    petition = state.petitions[frozen["about"]]
    place = frozen["place"] or state.tree.root
    if petition.vote or not petition.supported or frozen["subject"] != "recall":
        raise ValueError(f"the vote on {petition.petition} cannot be opened")
    mandate = state.mandates[petition.mandate]
    if place != mandate.constituency or not mandate.held:
        raise ValueError(f"{place} does not vote on {petition.petition}")
    require_electors(state, mandate.body, place, frozen["electors"])
    if (frozen["rule"], frozen["options"]["threshold"]) != ("majority", state.law.recall.threshold):
        raise ValueError(f"the vote on {petition.petition} is opened by another rule than the statutes say")
    return _put(opened(state, entry, body), replace(petition, vote=frozen["vote"]))


def recalled(state: State, vote: Vote, result: Result, entry: Entry) -> State:
    """End the mandate, or let it go on."""
    petition = state.petitions[vote.frozen.about]
    if not result.decided or not result.data.get("adopted"):
        return _put(state, replace(petition, outcome="kept"))
    mandate = state.mandates[petition.mandate]
    state = _put(state, replace(petition, outcome="recalled"))
    return ended(state, mandate, entry.at, "recalled") if mandate.held else state


def recall_undone(state: State, vote: Vote, result: Result, _entry: Entry) -> State:
    """Give the mandate and the seat back, and let the petition wait for another vote, because the result has fallen.

    Where the body was abolished meanwhile, or the delegate has left the constituency, the mandate has ended by that.
    """
    petition = state.petitions[vote.frozen.about]
    state = _put(state, replace(petition, outcome="", vote=""))
    mandate = state.mandates[petition.mandate]
    if not result.data.get("adopted") or mandate.ended_by != "recalled":
        return state
    if gone := _gone(state, mandate):
        return changed(state, replace(mandate, ended_by=gone))
    state = changed(state, replace(mandate, ended_at=None, ended_by=""))
    if mandate.taken_at is None:
        return state
    seats = (*state.seats.get(mandate.body, ()), Seat(mandate.person, mandate.constituency, mandate.mandate))
    return replace(state, seats=state.seating.having(mandate.body, seats))


def _gone(state: State, mandate: Mandate) -> str:
    """Return by what a recalled mandate would have ended meanwhile; empty text where it would still be held."""
    if find_body(state, mandate.body) is None:
        return ABOLISHED
    stays = state.tree.contains(mandate.constituency, state.members.get(mandate.person, ""))
    return "" if stays else "left"


def recall_built_on(state: State, vote: Vote) -> str:
    """Return what was built on a recall: a seat that is filled again, or vacated by other means."""
    mandate = state.mandates[state.petitions[vote.frozen.about].mandate]
    next_one = next((m for m in mandates_at(state, mandate.body, mandate.constituency) if succeeds(m, mandate)), None)
    return f"the seat was filled again by mandate {next_one.mandate}" if next_one else ""


def fill_vacancy(state: State, entry: Entry, body: Mapping[str, Any]) -> State:
    """Give the seat to whom the original ballots name next."""
    vacated = state.mandates[body["mandate"]]
    others = mandates_at(state, vacated.body, vacated.constituency)
    if vacated.held or any(succeeds(other, vacated) for other in others):
        raise ValueError(f"the seat of mandate {vacated.mandate} is not vacant")
    vote = state.votes[vacated.vote]
    candidate = state.elections[vote.frozen.about].candidates[body["person"]]
    mandate = Mandate(
        mandate=body["given"],
        person=candidate.person,
        body=vacated.body,
        constituency=vacated.constituency,
        vote=vacated.vote,
        groups=candidate.groups,
        begins=entry.at,
        ends=vacated.ends,
        succeeds=vacated.mandate,
        replaces=vacated.replaces if vacated.taken_at is None else "",
    )
    return given(state, mandate)


def _put(state: State, petition: Petition) -> State:
    return replace(state, petitions=state.petitions.put(petition.petition, petition))
