"""What the acts of nomination have in common."""

from newcourse.acts.act import refused
from newcourse.acts.ask import Ask
from newcourse.acts.electing import election_asked, refused_all, rules_of
from newcourse.council.articles import Article, ElectionRules
from newcourse.council.bodies import Body, article_on_election
from newcourse.council.elections import Election
from newcourse.council.eligibility import ineligible
from newcourse.council.state import State
from newcourse.record.entry import time_text


def election_open(state: State, ask: Ask) -> Election:
    """Return the election that a request names while nominations are open; refuse later."""
    election = election_asked(state, ask)
    if election.closed_at is not None or ask.at > election.nominations_end:
        found = f"the time {time_text(ask.at)}" if election.closed_at is None else "nominations that are closed"
        expected = f"this until {time_text(election.nominations_end)}"
        raise refused(ask, on_election(state, election), "nominations-over", found, expected, "stand next time")
    return election


def on_election(state: State, election: Election) -> Article:
    """Return the article by which an election is held."""
    council = state.law.councils.get(election.body.partition(":")[0])
    return article_on_election(state.law, council.election if council else "")


def rules_for(state: State, ask: Ask, election: Election) -> tuple[Body, ElectionRules]:
    """Return body and rules of an election."""
    return rules_of(state, ask, election.body, on_election(state, election))


def require_eligible(state: State, ask: Ask, election: Election, person: str) -> None:
    """Raise ``NotAllowed`` with every reason why somebody cannot be elected."""
    body, _rules = rules_for(state, ask, election)
    midterm = election.ends is not None
    faults = ineligible(state, body, election.constituency, person, ask.at, ask.where, midterm=midterm)
    if faults:
        raise refused_all(faults, on_election(state, election))
