"""Counting back: the ballots of an election are counted again for one vacated seat (design §8.2)."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from newcourse.council.counting import count_vote, profile_of
from newcourse.council.mandates import Mandate
from newcourse.council.refilling import BY_ELECTION, available, elected_to, no_ballots, quotas_left
from newcourse.council.state import State
from newcourse.errors import Fault
from newcourse.vote.countback import Refilled, countback
from newcourse.vote.meek.stages import MeekCount
from newcourse.vote.outcome import Outcome, Tally
from newcourse.vote.ranked import RankedVotes
from newcourse.vote.stv.stages import Elected
from newcourse.vote.ties import TieRule


def refill(state: State, data: Callable[[str], Any], mandate: Mandate, at: datetime, where: str) -> Tally | list[Fault]:
    """Return who takes the vacated seat of a mandate, or why the ballots cannot say it.

    Parameters
    ----------
    state
        The federation; the seat is vacant.
    data
        Reads an artefact that is plain data: the published ballots.
    mandate
        The mandate that ended.
    at
        When the seat is filled.
    where
        Place of the faults.
    """
    if faults := no_ballots(state, mandate, where):
        return faults
    stand = available(state, mandate, at)
    if not stand:
        found = f"no candidate of the election who could take the seat of mandate {mandate.mandate}"
        return [Fault("nobody-eligible", where, found, "a candidate who is left", BY_ELECTION)]
    limits = quotas_left(state, mandate, stand, where)
    if limits.faults:
        return [Fault(f.code, f.where, f.found, f.expected, BY_ELECTION) for f in limits.faults]
    vote = state.votes[mandate.vote]
    rows = data(vote.published)["ballots"]
    outcome = count_vote(vote, rows)
    if not isinstance(outcome.result, Elected | MeekCount):
        found = f"an election by {vote.frozen.rule}, whose papers are not transferred"
        return [Fault("countback-unfit", where, found, "an election by single transferable vote", BY_ELECTION)]
    votes = RankedVotes.of(profile_of(vote, rows))
    guard = limits.guard(stand)
    tally = countback(votes, outcome.result, elected_to(state, mandate), stand, _ties(outcome), guard, ())
    if isinstance(tally.result, Refilled):
        return tally
    return [Fault("papers-silent", where, tally.sentence, "papers that name somebody who is left", BY_ELECTION)]


def refill_basis(state: State, mandate: Mandate | None) -> object:
    """Return all of the state that a countback relies on."""
    if mandate is None:
        return None
    seat = (mandate.body, mandate.constituency)
    vote = state.votes.get(mandate.vote)
    codes = state.mandates_by_seat.get(seat, ())
    people = vote.frozen.candidates if vote else ()
    places = tuple(state.members.get(person, "") for person in people)
    held = tuple(state.mandates[code] for person in people for code in state.mandates_by_person.get(person, ()))
    return (
        state.law,
        tuple(state.mandates[code] for code in codes),
        places,
        held,
        vote and (vote.published, vote.result),
    )


def _ties(outcome: Outcome) -> TieRule:
    given = outcome.options.get("ties")
    return TieRule.from_data(given) if isinstance(given, Mapping) else TieRule()
