"""Which seats of a constituency are held, handed over or vacant (design §8.2)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from newcourse.council.articles import ElectionRules
from newcourse.council.bodies import Body
from newcourse.council.elections import Election
from newcourse.council.mandates import Mandate
from newcourse.council.state import State

VACATED_BY = ("laid down", "recalled", "left")
"""Ends of a mandate that leave its seat vacant until the term is over."""


def mandates_at(state: State, body: str, constituency: str) -> tuple[Mandate, ...]:
    """Return every mandate there ever was from a constituency to a body, in the order they were given."""
    return tuple(state.mandates[code] for code in state.mandates_by_seat.get((body, constituency), ()))


def current(state: State, body: str, constituency: str) -> tuple[Mandate, ...]:
    """Return the mandates that hold the seats: without those whose holders only wait for their successors."""
    held = [mandate for mandate in mandates_at(state, body, constituency) if mandate.held]
    leaving = {mandate.replaces for mandate in held if mandate.taken_at is None and mandate.replaces}
    return tuple(m for m in held if m.taken_at is None or m.person not in leaving)


def succeeds(later: Mandate, earlier: Mandate) -> bool:
    """Return whether a mandate fills the seat of an earlier one for the rest of its term."""
    if later.ended_by == "contested":
        return False
    return later.succeeds == earlier.mandate or (later.begins >= earlier.begins and later.ends > earlier.ends)


def vacated(state: State, body: str, constituency: str, at: datetime) -> tuple[Mandate, ...]:
    """Return the mandates that ended in the middle of the term that runs, and that nobody has succeeded."""
    mandates = [mandate for mandate in mandates_at(state, body, constituency) if mandate.ended_by != "contested"]
    last = max((mandate.ends for mandate in mandates), default=at)
    succeeded = {mandate.succeeds for mandate in mandates if mandate.succeeds}
    return tuple(m for m in mandates if m.ended_by in VACATED_BY and m.ends == last > at and m.mandate not in succeeded)


def elections_at(state: State, body: str, constituency: str) -> tuple[Election, ...]:
    """Return every election there ever was of a constituency to a body."""
    return tuple(state.elections[code] for code in state.elections_by_seat.get((body, constituency), ()))


@dataclass(frozen=True, slots=True)
class Occasion:
    """Why an election can be called now.

    Parameters
    ----------
    reason
        As :attr:`newcourse.council.elections.Election.reason` says it; empty where there is no occasion.
    seats
        Seats to be filled.
    ends
        When the mandates end, where a term runs on; ``None`` for a whole term.
    not_before
        Where there is no occasion: from when on the next term can be elected.
    """

    reason: str
    seats: int
    ends: datetime | None = None
    not_before: datetime | None = None


def lead(rules: ElectionRules) -> timedelta:
    """Return how long before the end of a term the next election can be called: as long as it takes."""
    return timedelta(days=rules.nomination_days + rules.days + rules.contest_days)


def occasion(state: State, body: Body, constituency: str, rules: ElectionRules, at: datetime) -> Occasion:
    """Return why an election can be called in a constituency now, if it can."""
    seats = body.council.seats
    held = current(state, body.body, constituency)
    empty = vacated(state, body.body, constituency, at)
    ends = max((mandate.ends for mandate in (*held, *empty)), default=None)
    if ends is None or at >= ends - lead(rules):
        return Occasion("repeat" if not held and _fell(state, body, constituency) else "term", seats)
    if len(held) >= seats:
        return Occasion("", 0, not_before=ends - lead(rules))
    codes = ",".join(mandate.mandate for mandate in empty)
    return Occasion(f"vacancy:{codes}", seats - len(held), ends)


def _fell(state: State, body: Body, constituency: str) -> bool:
    """Return whether the last election of a constituency was contested with success."""
    elections = elections_at(state, body.body, constituency)
    vote = state.votes.get(elections[-1].vote) if elections else None
    return vote is not None and vote.void
