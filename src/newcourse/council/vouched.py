"""Whom a member has vouched for, and whether they can vouch for one more (design §8.2).

Who could bring in people without end could fill a constituency before its election.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from newcourse.council.faulty import LONGEST_DAYS
from newcourse.council.state import State, Vouched
from newcourse.record.entry import time_text


class TooMany(NamedTuple):
    """Why somebody can vouch for nobody else now: what was found, what the statutes say, what to do."""

    found: str
    expected: str
    remedy: str


def is_free(state: State, voucher: str) -> bool:
    """Return whether somebody can vouch for as many as they like: a founder, until the first cycle is opened."""
    return voucher in state.founders and state.last_cycle is None


def too_many(state: State, voucher: str, person: str, at: datetime) -> TooMany | None:
    """Return why somebody cannot vouch for a person now; nothing where they can.

    Parameters
    ----------
    state
        The federation before it.
    voucher, person
        Who vouches for whom. Who joins by themselves, and whom one has vouched for already, count for nothing.
    at
        When.
    """
    rules = state.law.vouching
    if voucher == person or is_free(state, voucher):
        return None
    lately = {row.person: row.at for row in state.vouched.get(voucher, ()) if row.at > at - timedelta(days=rules.days)}
    if person in lately or len(lately) < rules.most:
        return None
    free = sorted(lately.values())[len(lately) - rules.most] + timedelta(days=rules.days)
    return TooMany(
        f"{voucher}, who has vouched for {_people(len(lately))} within {rules.days} days",
        f"one member who vouches for at most {_people(rules.most)} within {rules.days} days",
        f"have another member vouch, or wait until {time_text(free)}",
    )


def _people(number: int) -> str:
    return "1 person" if number == 1 else f"{number} people"


def having_vouched(state: State, voucher: str, body: Mapping[str, Any], at: datetime) -> tuple[Vouched, ...]:
    """Return whom somebody has vouched for lately, with one more where it counts; who was long ago is forgotten."""
    before = state.vouched.get(voucher, ())
    if voucher == body["person"] or is_free(state, voucher):
        return before
    lately = tuple(row for row in before if row.at > at - timedelta(days=LONGEST_DAYS))
    return (*lately, Vouched(body["person"], at))
