"""Who can take a vacated seat by countback of the original ballots (design §8.2)."""

from datetime import datetime

from newcourse.council.bodies import Body, body_named, election_rules
from newcourse.council.eligibility import ineligible
from newcourse.council.mandates import Mandate
from newcourse.council.quotas import Quotas, quotas
from newcourse.council.state import State
from newcourse.council.vacancies import VACATED_BY, current, mandates_at, succeeds
from newcourse.errors import Fault

BY_ELECTION = "open nominations for the vacant seat"
"""What to do where the ballots cannot fill a seat."""


def not_vacant(state: State, mandate: Mandate, at: datetime, where: str) -> list[Fault]:
    """Return why the seat of a mandate is not vacant; nothing where it is."""
    name = f"the seat of mandate {mandate.mandate}"
    if mandate.held:
        expected = "a mandate that was laid down, recalled or left"
        return [Fault("seat-held", where, f"{name}, which {mandate.person} holds", expected, "leave it as it is")]
    others = mandates_at(state, mandate.body, mandate.constituency)
    if (taken := next((other for other in others if succeeds(other, mandate)), None)) is not None:
        found = f"{name}, which mandate {taken.mandate} of {taken.person} has filled"
        return [Fault("seat-filled", where, found, "a vacant seat", "leave it as it is")]
    if mandate.ended_by not in VACATED_BY or at >= mandate.ends:
        found = f"{name}, which ended because it was {mandate.ended_by} and whose term runs until {mandate.ends}"
        expected = "a seat vacated in the middle of its term"
        return [Fault("term-over", where, found, expected, "call an election")]
    return []


def no_ballots(state: State, mandate: Mandate, where: str) -> list[Fault]:
    """Return why there are no ballots to count back; nothing where there are."""
    body = body_named(state, mandate.body)
    rules = election_rules(state, body)
    vote = state.votes.get(mandate.vote)
    if rules is None or vote is None or vote.result is None or not vote.result.decided:
        found = f"mandate {mandate.mandate}, which no vote on record has given"
        return [Fault("ballots-missing", where, found, "the ballots of an election", BY_ELECTION)]
    if state.law.recall.refill != "countback":
        found = "statutes by which seats are filled by election"
        return [Fault("countback-excluded", where, found, "countback in the rules of recall", BY_ELECTION)]
    return []


def elected_to(state: State, mandate: Mandate) -> str:
    """Return who was first elected to the seat that a mandate holds: whose papers are counted back."""
    first = mandate
    while first.succeeds and state.mandates[first.succeeds].vote == mandate.vote:
        first = state.mandates[first.succeeds]
    return first.person


def available(state: State, mandate: Mandate, at: datetime) -> tuple[str, ...]:
    """Return the candidates of the election who can take the seat, in its order.

    Not among them is who holds or has held a mandate from this election (and so laid it down, was recalled or left),
    and who cannot be elected now: moved away, left, sits there for another place, or must pause.
    """
    vote = state.votes[mandate.vote]
    body = body_named(state, mandate.body)
    had = {other.person for other in mandates_at(state, mandate.body, mandate.constituency)}
    had = {person for person in had if _had(state, mandate, person)}
    return tuple(
        person
        for person in vote.frozen.candidates
        if person not in had and not ineligible(state, body, mandate.constituency, person, at)
    )


def _had(state: State, mandate: Mandate, person: str) -> bool:
    others = mandates_at(state, mandate.body, mandate.constituency)
    return any(m.person == person and (m.held or m.vote == mandate.vote) for m in others)


def quotas_left(state: State, mandate: Mandate, stand: tuple[str, ...], where: str) -> Quotas:
    """Return what the quotas ask of the candidates for the vacant seats, the seats held counted."""
    body = body_named(state, mandate.body)
    rules = election_rules(state, body)
    if rules is None:
        return Quotas(1, None, ())
    election = state.elections[state.votes[mandate.vote].frozen.about]
    held = [other.groups for other in current(state, body.body, mandate.constituency)]
    groups = {person: election.candidates[person].groups for person in stand}
    return quotas(rules, vacant_seats(state, body, mandate.constituency), groups, held, where)


def vacant_seats(state: State, body: Body, constituency: str) -> int:
    """Return how many seats of a constituency nobody holds, one at least."""
    return max(1, body.council.seats - len(current(state, body.body, constituency)))
