"""What can be chosen in a field: the things of the federation that a parameter can name."""

from collections.abc import Iterator
from typing import Any, Final

from newcourse.acts.parameters import Parameter
from newcourse.council.authority import authority
from newcourse.council.bodies import bodies
from newcourse.council.state import State
from newcourse.sources.examples import example_names
from newcourse.web.body_names import body_name
from newcourse.web.names import marked

MOST: Final = 300
"""A list longer than this is typed, not chosen from."""

TYPED: Final = {("found_body", "place"), ("join", "person"), ("fill_vacancy", "mandate")}
"""What an act names for the first time, or what is over: it cannot be chosen."""

Option = tuple[str, str]


def choices_for(state: State, act: str, actor: str | None, parameter: Parameter) -> tuple[Option, ...]:
    """Return what a parameter of an act can be, as value and words; nothing where it has to be typed.

    Parameters
    ----------
    state
        The federation.
    act
        The act. A place is offered where this person may do it there.
    actor
        Who would act, if anybody is signed in.
    parameter
        The parameter.
    """
    if (act, parameter.name) in TYPED:
        return ()
    if parameter.name == "place":
        found = _places(state, act, actor)
    else:
        maker = _MAKERS.get(parameter.name) or _MAKERS.get(parameter.kind)
        found = list(maker(state)) if maker else []
    return tuple(found) if len(found) <= MOST else ()


def _places(state: State, act: str, actor: str | None) -> list[Option]:
    rows = [(place.place, place.name) for place in state.tree.places]
    if actor is None or state.statutes is None:
        return rows
    if all(rule.where == "everywhere" for _, rule in (*state.law.grants(act), *state.law.denies(act))):
        return rows  # the same at every place: nobody need ask at each
    return [row for row in rows if authority(state, actor, act, row[0]).allowed] or rows


def _all_places(state: State) -> Iterator[Option]:
    yield from ((place.place, place.name) for place in state.tree.places)


def _councils(state: State) -> Iterator[Option]:
    if state.statutes is not None:
        yield from ((council.council, council.name) for council in state.statutes.councils.values())


def _decisions(state: State) -> Iterator[Option]:
    if state.statutes is not None:
        yield from ((decision.decision, decision.name) for decision in state.statutes.decisions.values())


def _people(state: State) -> Iterator[Option]:
    yield from ((person, marked(person)) for person in state.members)


def _bodies(state: State) -> Iterator[Option]:
    if state.statutes is not None:
        yield from ((body.body, body.name(state)) for body in bodies(state))


def _elections(state: State) -> Iterator[Option]:
    for one in state.elections.values():
        if not one.vote:
            where = state.tree.name(one.constituency)
            yield one.election, f"{one.election}: {body_name(state, one.body)}, {where}"


def _mandates(state: State) -> Iterator[Option]:
    for one in state.mandates.values():
        if one.held:
            yield one.mandate, f"{one.mandate}: {marked(one.person)}, {body_name(state, one.body)}"


def _tendencies(state: State) -> Iterator[Option]:
    yield from ((one.tendency, one.name) for one in state.tendencies.values())


def _votes(state: State) -> Iterator[Option]:
    yield from ((vote.vote, f"{vote.vote}: {vote.frozen.question}") for vote in state.votes.values() if vote.open)


def _proposals(state: State) -> Iterator[Option]:
    cycle = state.cycle
    for proposal in state.proposals.values():
        if cycle is not None and proposal.cycle == cycle.number:
            yield proposal.proposal, f"{proposal.proposal}: {proposal.title}"


def _economies(_state: State) -> Iterator[Option]:
    yield from ((name, name) for name in example_names())


_MAKERS: Final[dict[str, Any]] = {
    "parent": _all_places,
    "person": _people,
    "body": _bodies,
    "election": _elections,
    "mandate": _mandates,
    "tendency": _tendencies,
    "council": _councils,
    "into": _proposals,
    "decision": _decisions,
    "vote": _votes,
    "proposal": _proposals,
    "economy": _economies,
}
"""What can be chosen, by name of the parameter or by its kind."""
