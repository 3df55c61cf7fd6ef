"""What the acts of elections, mandates and recalls have in common: finding what is meant, and how its vote is held."""

from collections.abc import Iterable, Mapping
from typing import TypeVar

from newcourse.acts.act import wrong
from newcourse.acts.ask import Ask
from newcourse.council.articles import Article, ElectionRules
from newcourse.council.bodies import Body, body_named, electors, find_body
from newcourse.council.elections import Election
from newcourse.council.mandates import Mandate
from newcourse.council.recall import Petition
from newcourse.council.state import State
from newcourse.errors import Fault, NotAllowed

T = TypeVar("T")


def body_asked(state: State, ask: Ask) -> Body:
    """Return the body that a request names."""
    return body_named(state, str(ask.get("body")), ask.where)


def election_asked(state: State, ask: Ask) -> Election:
    """Return the election that a request names."""
    return _asked(state.elections, ask, "election", "an election that has been called", "name an election")


def mandate_asked(state: State, ask: Ask) -> Mandate:
    """Return the mandate that a request names."""
    return _asked(state.mandates, ask, "mandate", "a mandate that an election has given", "name a mandate")


def petition_asked(state: State, ask: Ask) -> Petition:
    """Return the petition that a request names."""
    return _asked(state.petitions, ask, "petition", "a petition that has begun", "name a petition")


def _asked(things: Mapping[str, T], ask: Ask, kind: str, otherwise: str, remedy: str) -> T:
    """Return the thing of a kind that a request names; ``otherwise`` says what is expected where there is none."""
    thing = things.get(str(ask.get(kind)))
    if thing is None:
        raise wrong(ask, f"{kind}-unknown", repr(ask.get(kind)), _listed(things) or otherwise, remedy)
    return thing


def rules_of(state: State, ask: Ask, code: str, article: Article) -> tuple[Body, ElectionRules]:
    """Return a body and the rules by which it is elected; refuse where statutes have no such body or rules."""
    body = find_body(state, code)
    rules = state.law.elections.get(body.council.election) if body else None
    if body is None or rules is None:
        known = ", ".join(c.council for c in state.law.councils.values() if c.election) or "a council with such rules"
        found = f"{body.name(state)}, which no rules of election name" if body else f"the body {code}"
        raise refused_all(
            [Fault("not-elected", ask.where, found, known, "say in the statutes how it is elected")], article
        )
    return body, rules


def ballot_of(state: State, body: Body, place: str, ballot: str, entitled: int) -> str:
    """Return how a vote of a constituency is held: openly among delegates, on paper where too few are entitled."""
    if electors(state, body, place).startswith("delegates"):
        return "open"
    return state.law.ballot_held(ballot, entitled) or ballot


def voting_place(state: State, constituency: str) -> str:
    """Return the place that votes, as votes name it: empty for the federation as a whole."""
    return "" if constituency == state.tree.root else constituency


def refused_all(faults: Iterable[Fault], article: Article) -> NotAllowed:
    """Return the refusal of an act for all of these reasons, with the article that decides."""
    return NotAllowed(Fault(f.code, f.where, f.found, f"{article}: {f.expected}", f.remedy) for f in faults)


def _listed(codes: Iterable[str]) -> str:
    """Return the codes that were given last, at most ten."""
    return ", ".join(list(codes)[-10:])
