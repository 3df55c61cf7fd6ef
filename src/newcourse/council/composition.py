"""Who sits in a body, measured: quotas kept, tenure, turnover, seats against votes (design §8.2, §8.4).

Everything follows from the state; power is in the module beside, :mod:`newcourse.council.body_power`.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Any, Final

from newcourse.council.bodies import Body, constituencies, election_rules
from newcourse.council.eligibility import mandates_of
from newcourse.council.mandates import Mandate
from newcourse.council.quotas import bounds
from newcourse.council.state import State
from newcourse.council.vacancies import current, mandates_at
from newcourse.vote.plain import percent
from newcourse.vote.proportionality import effective_number, gallagher, loosemore_hanby

NONE: Final = ""
"""Stands for delegates and candidates without a tendency."""


@dataclass(frozen=True, slots=True)
class Sitting:
    """A delegate who sits in a body.

    Parameters
    ----------
    person, place, mandate
        Who, sent by whom, by which mandate (empty for provisional delegates).
    groups
        Groups they stood in.
    since, ends
        When they took the seat and when their term ends; ``None`` for provisional delegates.
    overdue
        Whether the term is over and no successor has taken the seat.
    days
        Days they have sat in this body, all their mandates together.
    """

    person: str
    place: str
    mandate: str
    groups: tuple[str, ...]
    since: datetime | None
    ends: datetime | None
    overdue: bool
    days: int


@dataclass(frozen=True, slots=True)
class GroupSeats:
    """A group against its quota in one constituency.

    Parameters
    ----------
    place, group
        Constituency and group.
    seats, of
        Seats of the group, and of the constituency, that are held.
    least, most
        The quota in seats, ``None`` for no limit above.
    kept
        Whether the quota is kept.
    words
        The same as a sentence.
    """

    place: str
    group: str
    seats: int
    of: int
    least: int
    most: int | None
    kept: bool
    words: str


@dataclass(frozen=True, slots=True)
class Turnover:
    """The present term against the one before.

    Parameters
    ----------
    now, before
        Delegates of this term and of the one before.
    stayed
        How many are in both.
    words
        The same as a sentence.
    """

    now: int
    before: int
    stayed: int
    words: str

    @property
    def share(self) -> Fraction:
        """Share of the delegates of this term who are new."""
        return Fraction(self.now - self.stayed, self.now)


@dataclass(frozen=True, slots=True)
class Representation:
    """Seats of tendencies against first preferences for their candidates, in the votes that elected the body.

    Parameters
    ----------
    seats, votes
        By the code of the tendency; :data:`NONE` for those without one.
    effective
        Effective number of tendencies by seats, those without one taken together.
    gallagher
        Index of least squares in per cent, a decimal text; empty where no first preferences are known.
    misplaced
        Part of the seats that is with the wrong tendency, by Loosemore and Hanby; ``None`` where none are known.
    words
        The same as a sentence.
    """

    seats: Mapping[str, int]
    votes: Mapping[str, Fraction]
    effective: Fraction | None
    gallagher: str
    misplaced: Fraction | None
    words: str


@dataclass(frozen=True, slots=True)
class Composition:
    """A body at one moment; ``seats`` are all that statutes give it, ``turnover`` is ``None`` in a first term."""

    body: str
    seats: int
    sitting: tuple[Sitting, ...]
    groups: tuple[GroupSeats, ...]
    turnover: Turnover | None
    tendencies: Representation
    words: str

    @property
    def vacant(self) -> int:
        """Seats that nobody sits on."""
        return max(0, self.seats - len(self.sitting))

    @property
    def mean_days(self) -> Fraction:
        """Mean of the days that the delegates have sat in this body."""
        return Fraction(sum(one.days for one in self.sitting), max(1, len(self.sitting)))


def composition(state: State, body: Body, at: datetime) -> Composition:
    """Return who sits in a body at a time, and what there is to say about it."""
    sitting = sitting_in(state, body, at)
    seats = body.council.seats * len(constituencies(state, body))
    overdue = sum(one.overdue for one in sitting)
    words = f"{len(sitting)} of {seats} seats are taken"
    words += f"; the term of {overdue} is over." if overdue else "."
    groups = tuple(row for place in constituencies(state, body) for row in groups_at(state, body, place))
    return Composition(body.body, seats, sitting, groups, turnover(state, body), represented(state, body), words)


def sitting_in(state: State, body: Body, at: datetime) -> tuple[Sitting, ...]:
    """Return the delegates who sit in a body."""
    rows = []
    for seat in state.seats.get(body.body, ()):
        mandate = state.mandates.get(seat.mandate)
        rows.append(
            Sitting(
                person=seat.person,
                place=seat.place,
                mandate=seat.mandate,
                groups=mandate.groups if mandate else (),
                since=mandate.taken_at if mandate else None,
                ends=mandate.ends if mandate else None,
                overdue=mandate is not None and at > mandate.ends,
                days=days_in(state, body.body, seat.person, at),
            )
        )
    return tuple(rows)


def days_in(state: State, body: str, person: str, at: datetime) -> int:
    """Return the whole days that somebody has sat in a body, all mandates together."""
    held = [mandate for mandate in mandates_of(state, person, body) if mandate.taken_at is not None]
    spans = ((mandate.ended_at or at) - (mandate.taken_at or at) for mandate in held)
    return sum((max(span, timedelta()) for span in spans), timedelta()).days


def groups_at(state: State, body: Body, place: str) -> tuple[GroupSeats, ...]:
    """Return every group that has a quota, in one constituency; nothing where no seat of it is held by election."""
    rules, held = election_rules(state, body), current(state, body.body, place)
    if rules is None or not held:
        return ()
    rows = []
    for bound in bounds(rules, len(held)):
        seats = sum(bound.group in mandate.groups for mandate in held)
        limit = f"at least {bound.least}" if bound.most is None else f"from {bound.least} to {bound.most}"
        kept = bound.keeps(seats)
        words = f"{state.tree.name(place)}: {bound.group} has {seats} of {len(held)} seats; the quota is {limit}"
        words += "." if kept else " and is not kept."
        rows.append(GroupSeats(place, bound.group, seats, len(held), bound.least, bound.most, kept, words))
    return tuple(rows)


def turnover(state: State, body: Body) -> Turnover | None:
    """Return how many of the delegates are new, by terms; ``None`` where nobody sat by election before."""
    now: set[str] = set()
    before: set[str] = set()
    for place in constituencies(state, body):
        held = current(state, body.body, place)
        now |= {mandate.person for mandate in held}
        before |= {mandate.person for mandate in _term_before(mandates_at(state, body.body, place), held)}
    if not now or not before:
        return None
    stayed = len(now & before)
    words = f"{len(now) - stayed} of {len(now)} delegates are new ({percent(Fraction(len(now) - stayed, len(now)))}); "
    words += f"{stayed} of {len(before)} of the term before were elected again."
    return Turnover(len(now), len(before), stayed, words)


def _term_before(mandates: Sequence[Mandate], held: Sequence[Mandate]) -> tuple[Mandate, ...]:
    """Return the mandates of the last term before the one that is held, those taken up only."""
    ends = max((mandate.ends for mandate in held), default=None)
    earlier = [m for m in mandates if ends is not None and m.ends < ends and m.taken_at is not None]
    last = max((mandate.ends for mandate in earlier), default=None)
    return tuple(mandate for mandate in earlier if mandate.ends == last)


def represented(state: State, body: Body) -> Representation:
    """Return seats and first preferences by tendency."""
    held = [mandate for place in constituencies(state, body) for mandate in current(state, body.body, place)]
    seats = dict(Counter(tendency_of(state, mandate.groups) for mandate in held))
    votes: dict[str, Fraction] = {}
    for code in dict.fromkeys(mandate.vote for mandate in held):
        for tendency, number in _first_preferences(state, code).items():
            votes[tendency] = votes.get(tendency, Fraction(0)) + number
    effective = effective_number(seats) if seats else None
    known = bool(seats) and any(votes.values())
    index = gallagher(votes, seats) if known else ""
    misplaced = loosemore_hanby(votes, seats) if known else None
    if effective is None:
        words = "Nobody has been elected."
    else:
        words = f"{len([t for t in seats if t])} tendencies hold seats; effectively {float(effective):.2f} currents."
        words += f" Gallagher's index is {index} %." if known else " First preferences are not known."
    return Representation(seats, votes, effective, index, misplaced, words)


def tendency_of(state: State, groups: Sequence[str]) -> str:
    """Return the tendency somebody stood for, the first where they named several; :data:`NONE` for nobody's."""
    return next((group for group in groups if group in state.tendencies), NONE)


def _first_preferences(state: State, code: str) -> dict[str, Fraction]:
    """Return the first preferences of an election by tendency, from the first stage of its count."""
    vote = state.votes.get(code)
    if vote is None or vote.result is None or not vote.result.data.get("stages"):
        return {}
    candidates = state.elections[vote.frozen.about].candidates
    found: dict[str, Fraction] = {}
    first: Any = vote.result.data["stages"][0]["votes"]
    for person, number in first.items() if isinstance(first, Mapping) else first:
        tendency = tendency_of(state, candidates[person].groups)
        found[tendency] = found.get(tendency, Fraction(0)) + Fraction(str(number))
    return found
