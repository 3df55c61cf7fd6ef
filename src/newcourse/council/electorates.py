"""Who may vote in a vote on an election, a recall or an instruction: always the constituency (design §8.2)."""

from newcourse.council.bodies import Body, belongs, body_named, constituencies, constituency_electorate, find_body
from newcourse.council.state import State

CONSTITUENCY_SUBJECTS = ("election", "recall", "instruction")
"""Subjects that the constituency decides, and nobody else."""


def constituency_of(state: State, subject: str, about: str, place: str) -> tuple[Body, str]:
    """Return the body and the constituency that an election, a recall or an instruction concerns.

    Parameters
    ----------
    state
        The federation.
    subject
        One of :data:`CONSTITUENCY_SUBJECTS`.
    about
        Code of the election, of the petition, or of what the instruction is about.
    place
        The constituency, for an instruction.

    Raises
    ------
    LookupError
        If there is no such election or petition, or the place sends nobody to the body that decides.
    """
    if subject == "election":
        election = state.elections[about]
        return body_named(state, election.body), election.constituency
    if subject == "recall":
        mandate = state.mandates[state.petitions[about].mandate]
        return body_named(state, mandate.body), mandate.constituency
    body = instructed_body(state, about, place)
    if body is None:
        raise LookupError(f"{place} sends nobody to the body that decides on {about}")
    return body, place


def electorate_of(state: State, subject: str, about: str, place: str) -> tuple[str, ...]:
    """Return who may vote on an election, a recall or an instruction now; parameters as :func:`constituency_of`."""
    body, constituency = constituency_of(state, subject, about, place)
    return constituency_electorate(state, body, constituency)


def deciding_council(state: State, about: str) -> str:
    """Return the code of the council that decides on a vote, a kind of decision, a draft or a proposal; or nothing."""
    law = state.law
    if about in state.votes:
        about = state.votes[about].frozen.decision
    elif about in state.drafts:
        about = law.amending.decision if any(article.amending for article in law.articles) else ""
    elif about in state.proposals:
        about = next((d.decision for d in law.decisions.values() if d.subject == "variant"), "")
    return law.decisions[about].council if about in law.decisions else ""


def instructed_body(state: State, about: str, place: str) -> Body | None:
    """Return the body that decides on something and that a place sends delegates to, if there is one."""
    code = deciding_council(state, about)
    if code not in state.law.councils or place not in state.tree:
        return None
    level = state.law.councils[code].level
    found = (find_body(state, f"{code}:{above}" if level else code) for above in state.tree.upward(place))
    return next((body for body in found if body and place in constituencies(state, body)), None)


def in_constituency(state: State, subject: str, about: str, place: str, person: str) -> bool:
    """Return whether somebody belongs to that electorate, without looking at all members."""
    body, constituency = constituency_of(state, subject, about, place)
    return belongs(state, body, constituency, person)
