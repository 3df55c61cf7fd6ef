"""Which roles somebody holds, at which places, and whether a permission fits them: all from the record alone."""

from collections.abc import Iterator

from newcourse.council.articles import Permission
from newcourse.council.bodies import Body, find_body
from newcourse.council.state import State


def roles_of(state: State, actor: str) -> frozenset[str]:
    """Return every role that somebody holds, whatever is contested.

    Founders are so while they are members. Delegates are those who took their mandate up, and provisional ones. Who is
    a juror follows from each contested vote: see :func:`newcourse.council.judging.jury`.
    """
    roles = {"anyone"}
    if actor in state.members:
        roles |= {"member"}
        roles |= {"founder"} if actor in state.founders else set()
        roles |= {"verified member"} if actor in state.verified else set()
    roles |= {"delegate"} if delegacies(state, actor) else set()
    return frozenset(roles)


def delegacies(state: State, actor: str) -> tuple[tuple[Body, str], ...]:
    """Return the bodies that somebody sits in, each with the place that sent them; none that statutes abolished."""
    if state.statutes is None:
        return ()
    held = ((find_body(state, code), seat.place) for code, seat in state.seating.of(actor))
    return tuple((body, place) for body, place in held if body is not None)


def fits(state: State, actor: str, permission: Permission, place: str) -> bool:
    """Return whether a permission, or a prohibition, is about somebody at a place now."""
    held = roles_of(state, actor).intersection(permission.roles)
    return is_time(state, permission.when) and any(
        in_scope(state, permission.where, own, place) for role in held for own in _own_places(state, actor, role)
    )


def is_time(state: State, when: str) -> bool:
    """Return whether one of :data:`newcourse.council.words.TIMES` is now."""
    return {
        "always": True,
        "at the founding": state.statutes is None,
        "before the first cycle": state.last_cycle is None,
        "between cycles": state.cycle is None,
        "in a cycle": state.cycle is not None,
    }[when]


def in_scope(state: State, where: str, own: str, place: str) -> bool:
    """Return whether a place is in one of :data:`newcourse.council.words.SCOPES`, seen from somebody's own place."""
    if where == "everywhere":
        return True
    return own == place if where == "own place" else state.tree.contains(own, place)


def _own_places(state: State, actor: str, role: str) -> Iterator[str]:
    """Yield the places that are somebody's own in a role; those without one have the empty place."""
    if role == "delegate":
        yield from dict.fromkeys(own for body, place in delegacies(state, actor) for own in (body.place, place))
    else:
        yield "" if role == "anyone" else state.members.get(actor, "")
