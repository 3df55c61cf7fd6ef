"""One vote each in one round of elections to a body, whoever moves meanwhile from one constituency to another."""

from datetime import timedelta

from newcourse.council.bodies import constituencies, find_body
from newcourse.council.state import State
from newcourse.council.voting import Vote


def voted_elsewhere(state: State, vote: Vote, person: str) -> str:
    """Return the vote by which somebody helped to elect the same body in another constituency; empty for none.

    Votes less than half a term apart belong to one round. Those that decided nothing or fell do not count. Whose papers
    are in a box nobody knows, so papers are not counted either.

    Parameters
    ----------
    state
        The federation.
    vote
        A vote; other votes than elections are in no round.
    person
        Who would cast a ballot or draw a token.
    """
    election = state.elections.get(vote.frozen.about) if vote.frozen.subject == "election" else None
    body = find_body(state, election.body) if election is not None else None
    if election is None or body is None:
        return ""
    half = timedelta(days=election.term_days) / 2
    for place in constituencies(state, body):
        for code in state.elections_by_seat.get((body.body, place), ()) if place != election.constituency else ():
            other = state.votes.get(state.elections[code].vote)
            if other is not None and _counts(other, person) and abs(other.opened_at - vote.opened_at) < half:
                return other.vote
    return ""


def _counts(vote: Vote, person: str) -> bool:
    voted = person in vote.drawn or person in vote.ballots
    return voted and (vote.result is None or vote.result.decided)
