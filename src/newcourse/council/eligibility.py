"""Who can stand for a seat: members of the constituency, one seat each, and rotation (design §8.2).

Rotation. Mandates of one person in one body are in a row where each begins less than the pause after the one before
ended. A mandate counts as a term when it lasts for more than half of one; who left earlier has not served it.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from newcourse.council.articles import ElectionRules
from newcourse.council.bodies import Body, election_rules
from newcourse.council.mandates import Mandate
from newcourse.council.state import State
from newcourse.errors import Fault

LEAST_PAUSE = timedelta(days=1)
"""Mandates that are further apart than this and than the pause are not in a row."""


def ineligible(
    state: State,
    body: Body,
    constituency: str,
    person: str,
    at: datetime,
    where: str = "candidate",
    *,
    midterm: bool = False,
) -> list[Fault]:
    """Return every reason why somebody cannot be elected now; none where they can.

    Parameters
    ----------
    state
        The federation.
    body, constituency
        Whose seats are filled, by whom.
    person
        Who would stand.
    at
        When.
    where
        Place of the faults.
    midterm
        Whether a seat is filled in the middle of a term, for which nobody can stand who sits there until its end.
    """
    return [
        *_stranger(state, constituency, person, where),
        *_seated(state, body, constituency, person, where, midterm=midterm),
        *_rotation(state, body, person, at, where),
    ]


def _stranger(state: State, constituency: str, person: str, where: str) -> Iterator[Fault]:
    if not state.tree.contains(constituency, state.members.get(person, "")):
        name = state.tree.name(constituency)
        found = f"{person}, who is no member at {name} or beneath it"
        yield Fault("candidate-stranger", where, found, f"candidates from among the members of {name}", "stand there")


def _seated(state: State, body: Body, constituency: str, person: str, where: str, *, midterm: bool) -> Iterator[Fault]:
    for held in mandates_of(state, person, body.body):
        if held.held and (midterm or held.constituency != constituency):
            found = f"{person} holds mandate {held.mandate} from {state.tree.name(held.constituency)} in the same body"
            yield Fault("seat-elsewhere", where, found, "one seat in a body for each person", "lay that one down first")


def _rotation(state: State, body: Body, person: str, at: datetime, where: str) -> Iterator[Fault]:
    rules = election_rules(state, body)
    if rules is None or not rules.terms:
        return
    row = terms_in_a_row(mandates_of(state, person, body.body), rules, at)
    if len(row) >= rules.terms:
        ended = row[-1].ended_at or max(at, row[-1].ends)
        again = (ended + _pause(rules)).date()
        found = f"{person} has sat in {body.name(state)} for {len(row)} terms in a row, until {ended.date()}"
        expected = f"at most {rules.terms} in a row, then a pause of {rules.pause_days} days"
        yield Fault("terms-over", where, found, expected, f"stand again from {again} on")


def terms_in_a_row(mandates: tuple[Mandate, ...], rules: ElectionRules, at: datetime) -> tuple[Mandate, ...]:
    """Return the mandates that count as terms in the row that has not been broken by now, the earliest first."""
    row: list[Mandate] = []
    last: datetime | None = None
    for mandate in mandates:
        begun = mandate.begins
        if last is not None and begun - last >= _pause(rules):
            row = []
        if _is_term(mandate, rules):
            row.append(mandate)
        last = mandate.ended_at or max(at, mandate.ends)
    return () if last is not None and at - last >= _pause(rules) else tuple(row)


def _is_term(mandate: Mandate, rules: ElectionRules) -> bool:
    ended = mandate.ended_at or mandate.ends
    return mandate.taken_at is not None and (ended - mandate.begins) * 2 > timedelta(days=rules.term_days)


def _pause(rules: ElectionRules) -> timedelta:
    return max(LEAST_PAUSE, timedelta(days=rules.pause_days))


def mandates_of(state: State, person: str, body: str = "") -> tuple[Mandate, ...]:
    """Return the mandates of a person, in one body or in all, in the order they were given."""
    codes = state.mandates_by_person.get(person, ())
    mandates = (state.mandates[code] for code in codes)
    return tuple(mandate for mandate in mandates if not body or mandate.body == body)
