"""Who stands in an election, what the quotas mean for them, and whether the election can still be held."""

from datetime import datetime

from newcourse.council.bodies import election_rules, find_body
from newcourse.council.elections import Election
from newcourse.council.eligibility import ineligible
from newcourse.council.quotas import Quotas, quotas
from newcourse.council.state import State
from newcourse.council.vacancies import current, elections_at

Standing = dict[str, tuple[str, ...]]


def standing(state: State, election: Election, at: datetime) -> Standing:
    """Return the groups of each candidate who accepted and can still be elected, in alphabetical order."""
    body = find_body(state, election.body)
    if body is None:
        return {}
    midterm = election.ends is not None
    return {
        candidate.person: candidate.groups
        for candidate in sorted(election.standing, key=lambda candidate: candidate.person)
        if not ineligible(state, body, election.constituency, candidate.person, at, midterm=midterm)
    }


def quotas_of(state: State, election: Election, candidates: Standing, where: str) -> Quotas:
    """Return what the quotas mean for these candidates; in a by-election the seats held count too."""
    body = find_body(state, election.body)
    rules = election_rules(state, body) if body else None
    if rules is None:
        return Quotas(0, None, ())
    held = [mandate.groups for mandate in current(state, election.body, election.constituency)]
    return quotas(rules, election.seats, candidates, held if election.ends else [], where)


def is_over(state: State, election: Election, at: datetime) -> bool:
    """Return whether another election can be called.

    It can when this one was counted, when its vote should have been closed long ago, when nominations of a later
    one were opened, and when it was closed with nobody who could be elected or with no committee within the quotas.
    """
    if election.vote:
        vote = state.votes[election.vote]
        return vote.result is not None or vote.overdue(at)
    if elections_at(state, election.body, election.constituency)[-1] != election:
        return True
    if election.closed_at is None:
        return False
    candidates = standing(state, election, at)
    return not candidates or bool(quotas_of(state, election, candidates, "").faults)
