"""What the groups are called that delegates and candidates stand in."""

from collections.abc import Iterable

from newcourse.council.state import State


def group_names(state: State, groups: Iterable[str]) -> tuple[str, ...]:
    """Return the names of tendencies where groups are their codes, and the other groups as they are."""
    known = state.tendencies
    return tuple(known[group].name if group in known else group for group in groups)
