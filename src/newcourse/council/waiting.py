"""What waits for a member: all that the federation expects from somebody now, what ends first first (design §1).

Nothing here is kept anywhere: it follows from the state and the time.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from newcourse.council.elections import Election
from newcourse.council.judging import may_judge
from newcourse.council.state import State
from newcourse.council.voting import Vote


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that waits.

    Parameters
    ----------
    kind
        ``vote``, ``token``, ``nomination``, ``mandate``, ``petition``, ``answer``, ``appeal``, ``count``,
        ``vacancy``, ``nominate`` or ``contest``.
    about
        Code of what waits: a vote, an election, a mandate, a petition, a proposal, a comment.
    words
        What it is, in words: a question, a title, a name.
    until
        When it is too late; ``None`` where there is no end.
    """

    kind: str
    about: str
    words: str
    until: datetime | None = None


def waiting_for(state: State, person: str, at: datetime) -> tuple[Waiting, ...]:
    """Return what waits for somebody, what ends first first, and what never ends last.

    Parameters
    ----------
    state
        The federation.
    person
        Code of a member.
    at
        Now.
    """
    if person not in state.members:
        return ()
    found = [
        *_votes(state, person, at),
        *_elections(state, person, at),
        *_mandates(state, person),
        *_petitions(state, person, at),
        *_contests(state, person),
        *(_duties(state, person, at) if _is_delegate(state, person) else ()),
    ]
    return tuple(sorted(found, key=lambda one: (one.until is None, one.until or at)))


def _votes(state: State, person: str, at: datetime) -> Iterator[Waiting]:
    for vote in state.votes.values():
        if not vote.open or at > vote.closes_at or not vote.frozen.entitles(person):
            continue
        if vote.frozen.ballot == "secret":
            if person not in vote.drawn:
                yield Waiting("token", vote.vote, vote.frozen.question, vote.closes_at)
        elif person not in vote.ballots:
            yield Waiting("vote", vote.vote, vote.frozen.question, vote.closes_at)


def _elections(state: State, person: str, at: datetime) -> Iterator[Waiting]:
    for election in state.elections.values():
        if election.closed_at is not None or at > election.nominations_end:
            continue
        candidate = election.candidates.get(person)
        if candidate is not None and not candidate.accepted:
            yield Waiting("nomination", election.election, _of(state, election), election.nominations_end)
        elif candidate is None and state.tree.contains(election.constituency, state.members[person]):
            yield Waiting("nominate", election.election, _of(state, election), election.nominations_end)


def _mandates(state: State, person: str) -> Iterator[Waiting]:
    for mandate in state.mandates.values():
        if mandate.person == person and mandate.held and mandate.taken_at is None:
            yield Waiting("mandate", mandate.mandate, state.tree.name(mandate.constituency))


def _petitions(state: State, person: str, at: datetime) -> Iterator[Waiting]:
    for petition in state.petitions.values():
        mandate = state.mandates[petition.mandate]
        concerned = state.tree.contains(mandate.constituency, state.members[person])
        if concerned and not petition.vote and at <= petition.ends and person not in petition.signers:
            yield Waiting("petition", petition.petition, mandate.person, petition.ends)


def _contests(state: State, person: str) -> Iterator[Waiting]:
    """Yield the contested votes on which this delegate or juror can decide and has not said all they can."""
    for vote in state.votes.values():
        silent = [one for one in vote.undecided_contests if all(verdict.by != person for verdict in one.verdicts)]
        if silent and may_judge(state, vote, person):
            yield Waiting("contest", vote.vote, vote.frozen.question)


def _duties(state: State, person: str, at: datetime) -> Iterator[Waiting]:
    """Yield what any delegate can do, and somebody has to."""
    cycle = state.last_cycle
    for proposal in state.proposals.values():
        asked = cycle is not None and proposal.cycle == cycle.number and proposal.stands
        if asked and proposal.answer is None and proposal.answer_due is not None:
            yield Waiting("answer", proposal.proposal, proposal.title, proposal.answer_due)
    for comment in state.comments.values():
        folded = comment.moderation
        if folded and folded.appeal and folded.upheld is None and folded.by != person:
            yield Waiting("appeal", comment.comment, folded.appeal)
    for vote in state.votes.values():
        if _to_be_counted(vote, at):
            yield Waiting("count", vote.vote, vote.frozen.question)
    for mandate in state.mandates.values():
        if _vacant(state, mandate.mandate):
            yield Waiting("vacancy", mandate.mandate, state.tree.name(mandate.constituency))


def _to_be_counted(vote: Vote, at: datetime) -> bool:
    return vote.result is None and (not vote.open or at >= vote.closes_at or vote.everybody_voted)


def _vacant(state: State, code: str) -> bool:
    """Return whether a seat fell free in the middle of its term and nobody has followed."""
    mandate = state.mandates[code]
    if mandate.held or mandate.ended_by not in {"recalled", "laid down", "left"}:
        return False
    later = any(other.succeeds == code for other in state.mandates.values())
    return not later and not any(
        other.body == mandate.body and other.constituency == mandate.constituency and other.begins > mandate.begins
        for other in state.mandates.values()
    )


def _is_delegate(state: State, person: str) -> bool:
    return any(seat.person == person for seats in state.seats.values() for seat in seats)


def _of(state: State, election: Election) -> str:
    return state.tree.name(election.constituency)
