"""Who may read out paper ballots: the voters themselves, and the delegates of the body that votes (design §8.3)."""

from newcourse.council.counting import body_code
from newcourse.council.state import State
from newcourse.council.voting import Vote


def may_tell(state: State, vote: Vote, person: str) -> bool:
    """Return whether somebody may enter or confirm the paper ballots of a vote."""
    if vote.frozen.entitles(person):
        return True
    return any(seat.person == person for seat in state.seats.get(_body(state, vote), ()))


def _body(state: State, vote: Vote) -> str:
    about = vote.frozen.about
    if vote.frozen.subject == "election" and about in state.elections:
        return state.elections[about].body
    if vote.frozen.subject == "recall" and about in state.petitions:
        return state.mandates[state.petitions[about].mandate].body
    decision = state.law.decisions.get(vote.frozen.decision)
    return body_code(state.law.councils[decision.council], vote.frozen.place) if decision else ""
