"""Quotas of groups as numbers of seats, rounded so that the share is kept (design §8.2).

At least a share means that many seats rounded up, at most a share that many rounded down, more than a share one seat
above that many rounded down: more than half of four seats are three. Counted on the seats that can be filled, those
that others hold included.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor
from typing import Any

from newcourse.council.articles import ElectionRules
from newcourse.errors import BadInput, Fault
from newcourse.vote.groups import Group, GroupGuard, Groups


@dataclass(frozen=True, slots=True)
class Bound:
    """What a quota means in seats: at least and at most so many of all, ``None`` where there is no limit above."""

    group: str
    least: int
    most: int | None

    def keeps(self, seats: int) -> bool:
        """Return whether so many seats of the group are within the quota."""
        return self.least <= seats and (self.most is None or seats <= self.most)


def bounds(rules: ElectionRules, seats: int) -> tuple[Bound, ...]:
    """Return every quota in seats.

    Examples
    --------
    >>> rules = ElectionRules("e", "E", quotas={"worker": {"more": "1/2"}, "party": {"least": "1/3", "most": "2/3"}})
    >>> bounds(rules, 4)
    (Bound(group='worker', least=3, most=None), Bound(group='party', least=2, most=2))
    """
    return tuple(
        Bound(name, fewest(quota, seats), most_seats(quota, seats) if "most" in quota else None)
        for name, quota in rules.quotas.items()
    )


def fewest(quota: Mapping[str, Any], seats: int) -> int:
    """Return how many of the seats the group must have; where there are none, nothing is asked."""
    if "more" in quota:
        return floor(Fraction(str(quota["more"])) * seats) + 1 if seats else 0
    return ceil(Fraction(str(quota.get("least", "0"))) * seats)


def most_seats(quota: Mapping[str, Any], seats: int) -> int:
    """Return how many of the seats the group can have."""
    return floor(Fraction(str(quota.get("most", "1"))) * seats)


@dataclass(frozen=True, slots=True)
class Quotas:
    """Quotas of an election in numbers.

    Parameters
    ----------
    seats
        How many can be filled: as many as are vacant, or as there are candidates.
    groups
        What candidates must and may have of these; nothing where the rules have no quotas.
    faults
        Why no committee is within the quotas; empty where one is.
    """

    seats: int
    groups: Groups | None
    faults: tuple[Fault, ...]

    def guard(self, candidates: Sequence[str]) -> GroupGuard | None:
        """Return the guard of a count of these candidates."""
        return self.groups.guard(candidates, self.seats) if self.groups else None


def quotas(
    rules: ElectionRules,
    vacant: int,
    candidates: Mapping[str, Sequence[str]],
    held: Sequence[Sequence[str]],
    where: str,
) -> Quotas:
    """Return what the quotas mean for an election.

    Parameters
    ----------
    rules
        With quotas as shares.
    vacant
        Seats to be filled.
    candidates
        Groups of each candidate.
    held
        Groups of each delegate of the constituency who keeps a seat.
    where
        Place of the faults.
    """
    seats = min(vacant, len(candidates))
    total = seats + len(held)
    groups: list[Group] = []
    faults: list[Fault] = []
    for bound in bounds(rules, total):
        have = sum(bound.group in own for own in held)
        members = tuple(person for person, own in candidates.items() if bound.group in own)
        faults += _unmet(bound, have, members, total, where)
        most = None if bound.most is None else max(0, bound.most - have)
        least = min(max(0, bound.least - have), len(members), seats if most is None else most)
        groups.append(Group(bound.group, members, least, most))
    if not groups:
        return Quotas(seats, None, ())
    together = Groups(tuple(groups))
    if not faults and seats:
        try:
            together.guard(tuple(candidates), seats)
        except BadInput as error:
            faults += [Fault(f.code, where, f.found, f.expected, f.remedy) for f in error.faults]
    return Quotas(seats, together, tuple(faults))


def _unmet(bound: Bound, have: int, members: Sequence[str], total: int, where: str) -> Iterator[Fault]:
    needed = bound.least - have
    if needed > len(members):
        found = f"{len(members)} candidates who stand as {bound.group}, where {have} seats are held by {bound.group}"
        expected = f"{bound.group} with at least {bound.least} of {total} seats: {needed} more"
        yield Fault("quota-unmet", where, found, expected, f"find candidates who stand as {bound.group}")
