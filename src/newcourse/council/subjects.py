"""What can be spoken about: whatever has a code on the record, and whom it concerns (design §4, §8.2)."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from newcourse.council.articles import Article
from newcourse.council.bodies import find_body
from newcourse.council.state import State

ARTICLE: Final = "article "
CYCLE: Final = "cycle "

_Thing = tuple[Callable[[State], Mapping[str, Any]], Callable[[Any], str]]

_THINGS: Final[tuple[_Thing, ...]] = (
    (lambda state: state.proposals, lambda thing: f"proposal {thing.proposal}, {thing.title}"),
    (lambda state: state.votes, lambda thing: f"vote {thing.vote}, {thing.frozen.question}"),
    (lambda state: state.mandates, lambda thing: f"mandate {thing.mandate} of {thing.person}"),
    (lambda state: state.elections, lambda thing: f"election {thing.election}"),
    (lambda state: state.petitions, lambda thing: f"petition {thing.petition} for a recall"),
    (lambda state: state.tendencies, lambda thing: f"tendency {thing.tendency}, {thing.name}"),
    (lambda state: state.drafts, lambda thing: f"draft {thing.draft} of the statutes"),
    (lambda state: state.tree.by_code, lambda thing: str(thing.name)),
)


def subject_in_words(state: State, code: str) -> str:
    """Return what a code stands for, in words; empty where there is no such thing on the record.

    Known are proposals, votes, mandates, elections, petitions, tendencies, drafts of statutes, places, bodies,
    ``article N`` of the statutes, ``cycle N``, and the addresses of the plans and economies of cycles.
    """
    for things, words in _THINGS:
        found = things(state)
        if code in found:
            return words(found[code])
    body = find_body(state, code) if state.statutes else None
    if body is not None:
        return body.name(state)
    article = _article(state, code)
    return f"{article} of the statutes" if article else _of_cycles(state).get(code, "")


def concerns(state: State, about: str, person: str) -> bool:
    """Return whether what is spoken about is somebody's own.

    That is their mandate, proposal, draft or a recall of them, an election they stand in, and the votes on these.
    """
    vote, election = state.votes.get(about), state.elections.get(about)
    if vote is not None:
        return person in vote.frozen.candidates or concerns(state, vote.frozen.about, person)
    if election is not None:
        return person in election.candidates
    mandate = state.mandates.get(about)
    if about in state.petitions:
        mandate = state.mandates.get(state.petitions[about].mandate)
    proposal, draft = state.proposals.get(about), state.drafts.get(about)
    return person in {
        mandate.person if mandate else "",
        proposal.by if proposal else "",
        draft.by if draft else "",
    }


def _article(state: State, code: str) -> Article | None:
    if state.statutes is None or not code.startswith(ARTICLE):
        return None
    return next((a for a in state.statutes.articles if a.number == code.removeprefix(ARTICLE)), None)


def _of_cycles(state: State) -> dict[str, str]:
    return dict(_cycle_codes(state))


def _cycle_codes(state: State) -> Iterator[tuple[str, str]]:
    for cycle in (*state.past, *([state.cycle] if state.cycle else [])):
        yield f"{CYCLE}{cycle.number}", f"cycle {cycle.number}"
        yield cycle.economy, f"the economy of cycle {cycle.number}"
        yield cycle.plan, f"the base plan of cycle {cycle.number}"
        for variant in cycle.variants:
            yield variant.plan, f"variant {variant.variant} of cycle {cycle.number}"
        if cycle.orders:
            yield cycle.orders, f"the orders of cycle {cycle.number}"
