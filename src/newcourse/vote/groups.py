"""Quotas of groups: least and most seats for any named groups of candidates, held exactly (design §8.1, §8.2).

A committee is *feasible* when it fills all seats and every group has at least its least and at most its most. A count
that asks the guard before every election and exclusion keeps one feasible committee possible at all times, and so ends
with one whenever there is one.
"""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Final

from newcourse.errors import BadInput, Fault
from newcourse.vote.fillable import Limits, fillable


@dataclass(frozen=True, slots=True)
class Group:
    """Candidates who together have a least and a most number of seats.

    Parameters
    ----------
    name
        What they are called in the trace.
    members
        The candidates, each once.
    least
        Seats that they must have.
    most
        Seats that they may have; as many as there are where none is given.

    Raises
    ------
    BadInput
        When a member stands twice, a number is negative, or least is over most or over the number of members.
    """

    name: str
    members: tuple[str, ...]
    least: int = 0
    most: int | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "members", tuple(self.members))
        faults = _group_faults(self)
        if faults:
            raise BadInput(faults)

    def to_data(self) -> dict[str, object]:
        """Return the group as plain data, without its name."""
        return {"members": list(self.members), "least": self.least, "most": self.most}


@dataclass(frozen=True, slots=True)
class Groups:
    """All groups that have quotas. They may overlap, and need not hold every candidate.

    Raises
    ------
    BadInput
        When two groups have the same name.

    Examples
    --------
    >>> groups = Groups((Group("workers", ("ann", "bo"), least=1), Group("party", ("bo", "cy"), most=1)))
    >>> groups.guard(["ann", "bo", "cy"], 2).feasible({2}, {0, 1})
    True
    >>> groups.guard(["ann", "bo", "cy"], 2).feasible({2}, {1})
    False
    """

    groups: tuple[Group, ...]

    def __post_init__(self) -> None:
        names = [group.name for group in self.groups]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise BadInput(_fault("group-twice", ", ".join(twice), "each group once", "join them or rename one"))

    def guard(self, candidates: Sequence[str], seats: int) -> "GroupGuard":
        """Return the guard of a count of these candidates for so many seats.

        Raises
        ------
        BadInput
            When a member is no candidate, or no committee at all is within the quotas.
        """
        return GroupGuard(tuple(candidates), seats, self)

    def to_data(self) -> dict[str, object]:
        """Return the groups as plain data, as :func:`groups_from_data` reads them."""
        return {group.name: group.to_data() for group in self.groups}


@dataclass(frozen=True, slots=True)
class GroupGuard:
    """Says whom a count must keep and whom it must not elect; a :class:`~newcourse.vote.stv.guard.Guard`.

    Parameters
    ----------
    candidates
        In the order fixed before the vote was opened; sets of candidates are sets of positions in it.
    seats
        How many are elected.
    groups
        Their quotas.

    Raises
    ------
    BadInput
        When a member is no candidate, or no committee at all is within the quotas.
    """

    candidates: tuple[str, ...]
    seats: int
    groups: Groups

    def __post_init__(self) -> None:
        known = set(self.candidates)
        faults = [
            _fault("candidate-unknown", name, "a candidate of this vote", "correct the group", group.name)
            for group in self.groups.groups
            for name in group.members
            if name not in known
        ]
        if faults:
            raise BadInput(faults)
        everybody = frozenset(range(len(self.candidates)))
        if not self.feasible(frozenset(), everybody):
            reasons = self.conflict(frozenset(), everybody)
            found = "; ".join(reasons) or f"{self.seats} seats for {len(self.candidates)} candidates"
            expected = "at least one committee within all quotas"
            raise BadInput(_fault("quotas-infeasible", found, expected, "ease a quota or find candidates"))

    def feasible(self, elected: AbstractSet[int], continuing: AbstractSet[int]) -> bool:
        """Return whether some committee of the elected and of continuing candidates is within all quotas."""
        return self._possible(elected, continuing, self._limits())

    def keep(self, elected: frozenset[int], continuing: frozenset[int]) -> frozenset[int]:
        """Return the continuing candidates whose exclusion would leave no feasible committee."""
        alike = self._alike(continuing)
        lost = {kind for kind, some in alike.items() if not self.feasible(elected, continuing - {some[0]})}
        return frozenset(c for kind in lost for c in alike[kind])

    def stop(self, elected: frozenset[int], continuing: frozenset[int]) -> frozenset[int]:
        """Return the continuing candidates whose election would leave no feasible committee."""
        alike = self._alike(continuing)
        lost = {kind for kind, some in alike.items() if not self.feasible(elected | {some[0]}, continuing - {some[0]})}
        return frozenset(c for kind in lost for c in alike[kind])

    def conflict(self, elected: AbstractSet[int], continuing: AbstractSet[int]) -> tuple[str, ...]:
        """Return quotas in words that cannot be met together, none of which could be left out; none if all can be."""
        if self._possible(elected, continuing, self._limits()):
            return ()
        needed = [(g, bound) for g in range(len(self.groups.groups)) for bound in ("at least", "at most")]
        for one in tuple(needed):
            fewer = [other for other in needed if other != one]
            if not self._possible(elected, continuing, self._only(fewer)):
                needed = fewer
        return tuple(self._words(g, bound, elected, continuing) for g, bound in needed)

    def _only(self, bounds: Sequence[tuple[int, str]]) -> Limits:
        """Return the limits with all other bounds eased."""
        return tuple(
            (least if (g, "at least") in bounds else 0, most if (g, "at most") in bounds else self.seats)
            for g, (least, most) in enumerate(self._limits())
        )

    def _words(self, g: int, bound: str, elected: AbstractSet[int], continuing: AbstractSet[int]) -> str:
        group, limit = self.groups.groups[g], self._limits()[g][bound == "at most"]
        have, left = (sum(self.candidates[c] in group.members for c in some) for some in (elected, continuing))
        more = min(left, self.seats - len(elected))
        return f"{group.name} must have {bound} {limit} of {self.seats} seats, have {have}, and {more} could follow"

    def _limits(self) -> Limits:
        return tuple(
            (group.least, self.seats if group.most is None else min(group.most, self.seats))
            for group in self.groups.groups
        )

    def _kind(self, candidate: int) -> tuple[int, ...]:
        """Return the groups a candidate is in."""
        name = self.candidates[candidate]
        return tuple(g for g, group in enumerate(self.groups.groups) if name in group.members)

    def _alike(self, candidates: AbstractSet[int]) -> dict[tuple[int, ...], list[int]]:
        alike: dict[tuple[int, ...], list[int]] = {}
        for c in sorted(candidates):
            alike.setdefault(self._kind(c), []).append(c)
        return alike

    def _possible(self, elected: AbstractSet[int], continuing: AbstractSet[int], limits: Limits) -> bool:
        have = [0] * len(limits)
        for c in elected:
            for g in self._kind(c):
                have[g] += 1
        left = self.seats - len(elected)
        need = tuple((least - n, most - n) for (least, most), n in zip(limits, have, strict=True))
        if left < 0 or any(most < 0 for _, most in need):
            return False
        return fillable(left, {kind: len(some) for kind, some in self._alike(continuing).items()}, need)


def groups_from_data(data: object) -> Groups | None:
    """Return the groups of plain data, nothing where none are given.

    Parameters
    ----------
    data
        ``{"workers": {"members": ["ann", "bo"], "least": 1, "most": null}}``; ``least`` and ``most`` may be left out.

    Raises
    ------
    BadInput
        With every group that is malformed or contradicts itself.

    Examples
    --------
    >>> groups_from_data({"workers": {"members": ["ann", "bo"], "least": 1}}).to_data()
    {'workers': {'members': ['ann', 'bo'], 'least': 1, 'most': None}}
    """
    if data is None or data == {}:
        return None
    if not isinstance(data, Mapping):
        raise BadInput(_fault("groups-malformed", repr(data)[:80], "groups by name", _FORM))
    groups: list[Group] = []
    faults: list[Fault] = []
    for name, row in data.items():
        try:
            groups.append(_group(name, row))
        except BadInput as error:
            faults += error.faults
    if faults:
        raise BadInput(faults)
    return Groups(tuple(groups))


_FORM: Final = 'write {"members": [names], "least": number, "most": number or null}'


def _group(name: object, row: object) -> Group:
    members = row.get("members") if isinstance(row, Mapping) and set(row) <= {"members", "least", "most"} else None
    if not isinstance(row, Mapping) or not isinstance(members, list | tuple):
        raise BadInput(_fault("groups-malformed", repr(row)[:80], "members, least and most", _FORM, str(name)))
    return Group(str(name), tuple(members), row.get("least", 0), row.get("most"))


def _group_faults(group: Group) -> list[Fault]:
    faults = []
    if not all(isinstance(name, str) for name in group.members):
        return [_fault("groups-malformed", repr(group.members)[:80], "names of candidates", _FORM, group.name)]
    twice = sorted({name for name in group.members if group.members.count(name) > 1})
    if twice:
        faults.append(_fault("member-twice", ", ".join(twice), "each member once", "remove one", group.name))
    numbers = [group.least] if group.most is None else [group.least, group.most]
    if any(isinstance(n, bool) or not isinstance(n, int) or n < 0 for n in numbers):
        expected = "whole numbers not below zero"
        faults.append(_fault("quota-wrong", f"least {group.least!r}, most {group.most!r}", expected, _FORM, group.name))
    elif group.least > min(len(set(group.members)), group.least if group.most is None else group.most):
        found = f"at least {group.least}, at most {group.most}, of {len(set(group.members))} members"
        expected = "a least that is neither over the most nor over the number of members"
        faults.append(_fault("quota-wrong", found, expected, "ease the quota or name more members", group.name))
    return faults


def _fault(code: str, found: str, expected: str, remedy: str, group: str | None = None) -> Fault:
    return Fault(code, "quotas of groups" if group is None else f"quotas of groups, {group}", found, expected, remedy)
