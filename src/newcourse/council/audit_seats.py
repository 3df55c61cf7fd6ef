"""Whether an entry left two on one seat, somebody with two seats in one body, or a delegate without (design §8.2)."""

from collections import Counter
from collections.abc import Iterator

from newcourse.council.bodies import find_body
from newcourse.council.eligibility import mandates_of
from newcourse.council.mandates import Mandate
from newcourse.council.seen import Seen
from newcourse.council.state import State
from newcourse.council.vacancies import current
from newcourse.errors import Fault


def unlawful_seats(seen: Seen, after: State) -> Iterator[Fault]:
    """Yield what is wrong with the seats and mandates that an entry has given; none where it has given none.

    Seats may be more than the law says where the law changed while they were held: found is only what the entry added.
    """
    if after.seats is not seen.state.seats:
        for body in after.seats:
            if after.seats[body] != seen.state.seats.get(body, ()):
                yield from _seated(seen, after, body)
    for mandate in _given(seen, after):
        yield from _mandated(seen, after, mandate)


def _seated(seen: Seen, after: State, code: str) -> Iterator[Fault]:
    people = Counter(seat.person for seat in after.seats[code])
    for person in [person for person, times in people.items() if times > 1]:
        found = f"{people[person]} seats of {person} in {code}"
        yield seen.fault("seat-twice", found, "one seat in a body for each person")
    for seat in seen.state.seats.get(code, ()):
        if seat.mandate and seat not in after.seats[code] and after.mandates[seat.mandate].held:
            found = f"{seat.person} without the seat of mandate {seat.mandate}, which is held"
            yield seen.fault("seat-taken", found, "a seat as long as the mandate")
    body = find_body(after, code)
    before = Counter(seat.place for seat in seen.state.seats.get(code, ()))
    for place, number in Counter(seat.place for seat in after.seats[code]).items():
        if body is not None and number > max(body.council.seats, before[place]):
            found = f"{number} delegates of {after.tree.name(place)} in {code}"
            yield seen.fault("seats-many", found, f"at most {body.council.seats}")


def _given(seen: Seen, after: State) -> tuple[Mandate, ...]:
    """Return the mandates that an entry has given, or given back."""
    codes = [*after.mandates][len(seen.state.mandates) :] if len(after.mandates) > len(seen.state.mandates) else []
    vote = seen.state.votes.get(str(seen.body.get("vote"))) if seen.entry.act == "decide_contest" else None
    if vote is not None and vote.frozen.subject == "recall":
        codes = [seen.state.petitions[vote.frozen.about].mandate]
    return tuple(after.mandates[code] for code in codes if after.mandates[code].held)


def _mandated(seen: Seen, after: State, mandate: Mandate) -> Iterator[Fault]:
    body, place = find_body(after, mandate.body), mandate.constituency
    holders, before = current(after, mandate.body, place), current(seen.state, mandate.body, place)
    if body is not None and len(holders) > max(body.council.seats, len(before)):
        held = ", ".join(one.mandate for one in holders)
        expected = f"at most {body.council.seats} for {after.tree.name(place)} in {mandate.body}"
        yield seen.fault("mandates-many", f"the mandates {held}", expected)
    own = [one for one in mandates_of(after, mandate.person, mandate.body) if one.held]
    kept = [one.mandate for one in own if one in current(after, one.body, one.constituency)]
    if len(kept) > 1:
        found = f"the mandates {', '.join(kept)} of {mandate.person} in {mandate.body}"
        yield seen.fault("mandates-twice", found, "one seat in a body for each person")
    others = [one.mandate for one in holders if mandate.succeeds and one.succeeds == mandate.succeeds]
    if len(others) > 1:
        yield seen.fault("vacancy-twice", f"mandate {mandate.succeeds}, followed by {' and '.join(others)}", "one")
