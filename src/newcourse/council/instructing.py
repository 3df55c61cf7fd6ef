"""Instructions: which body decides on what a constituency wants to instruct its delegates about (design §8.2)."""

from newcourse.council.bodies import Body, constituencies, find_body
from newcourse.council.state import State


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
