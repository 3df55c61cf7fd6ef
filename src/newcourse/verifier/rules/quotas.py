"""Quotas of groups inside a count: whom it must keep, and whom it must not elect.

Source: I. D. Hill, "STV with constraints", Voting matters 9 (1998). A committee is possible where it holds all who are
elected and otherwise only continuing candidates, fills all seats, and gives each group at least its least and at most
its most. All numbers of seats that groups can come to have are followed, one kind of candidate after the other.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final

from newcourse.verifier.rules.question import CannotCount, TooLarge, whole

MOST_STATES: Final = 500_000


class Quotas:
    """The quotas of one count.

    Parameters
    ----------
    candidates
        In the order that was frozen.
    seats
        How many are elected.
    groups
        By name: ``members``, ``least``, ``most``.
    """

    def __init__(self, candidates: Sequence[str], seats: int, groups: Mapping[str, Any]) -> None:
        self._seats = seats
        self._least = [whole(group.get("least", 0), "least") for group in groups.values()]
        most = [group.get("most") for group in groups.values()]
        self._most = [seats if limit is None else min(whole(limit, "most"), seats) for limit in most]
        members = [group["members"] for group in groups.values()]
        for group in members:
            if set(group).difference(candidates):
                raise CannotCount("a group with a member who is no candidate")
        self._kinds = [tuple(g for g, group in enumerate(members) if name in group) for name in candidates]
        if not self.possible((), range(len(candidates))):
            raise CannotCount("no committee at all is within the quotas of groups")

    def possible(self, elected: Collection[int], continuing: Collection[int]) -> bool:
        """Return whether some committee is still possible."""
        have = [0] * len(self._least)
        for c in elected:
            for g in self._kinds[c]:
                have[g] += 1
        states = {(len(elected), *have)}
        for kind, number in Counter(self._kinds[c] for c in continuing).items():
            states = {
                self._with(state, kind, more)
                for state in states
                for more in range(min(number, self._seats - state[0]) + 1)
            }
            states = {state for state in states if self._within(state)}
            if len(states) > MOST_STATES:
                raise TooLarge("quotas of many groups that overlap")
        return any(self._met(state) for state in states)

    def keep(self, elected: Collection[int], continuing: Collection[int]) -> set[int]:
        """Return those without any one of whom no committee would be possible."""
        return self._those(continuing, lambda _, rest: not self.possible(elected, rest))

    def stop(self, elected: Collection[int], continuing: Collection[int]) -> set[int]:
        """Return those with any one of whom no committee would be possible."""
        return self._those(continuing, lambda c, rest: not self.possible([*elected, c], rest))

    def _those(self, continuing: Collection[int], lost: Any) -> set[int]:
        answers: dict[tuple[int, ...], bool] = {}
        for c in continuing:
            if self._kinds[c] not in answers:
                answers[self._kinds[c]] = lost(c, [other for other in continuing if other != c])
        return {c for c in continuing if answers[self._kinds[c]]}

    def _with(self, state: tuple[int, ...], kind: tuple[int, ...], more: int) -> tuple[int, ...]:
        return (state[0] + more, *(n + more * (g in kind) for g, n in enumerate(state[1:])))

    def _within(self, state: tuple[int, ...]) -> bool:
        return state[0] <= self._seats and all(n <= most for n, most in zip(state[1:], self._most, strict=True))

    def _met(self, state: tuple[int, ...]) -> bool:
        enough = all(n >= least for n, least in zip(state[1:], self._least, strict=True))
        return state[0] == self._seats and enough and self._within(state)
