"""From votes by list to seats: threshold, minimum seats, method, ties, and the whole trace."""

from collections.abc import Mapping
from fractions import Fraction

from newcourse.errors import BadInput, Fault
from newcourse.vote.lists.divisor import DivisorMethod, by_divisors
from newcourse.vote.lists.margin import Allotment, Settling, Votes
from newcourse.vote.lists.quota import LARGEST_REMAINDER, QuotaMethod, by_quota
from newcourse.vote.lists.thresholds import Threshold, admit
from newcourse.vote.outcome import Seats, Tally, Undecided
from newcourse.vote.plain import fraction


def apportion(
    votes: Mapping[str, int | Fraction],
    seats: int,
    method: DivisorMethod | QuotaMethod,
    *,
    threshold: Threshold | None = None,
    minimum: int = 0,
    reserved: Mapping[str, int] | None = None,
    how: Settling | None = None,
    remaining: str = LARGEST_REMAINDER,
) -> Tally:
    """Return the seats of lists.

    Parameters
    ----------
    votes
        Votes by list, in candidate order: whole numbers or fractions, none below zero.
    seats
        Seats to be given out, at least one.
    method
        One of :data:`~newcourse.vote.lists.divisor.DIVISOR_METHODS` or
        :data:`~newcourse.vote.lists.quota.QUOTA_METHODS`.
    threshold
        What a list needs to take part; nothing but a vote where not given.
    minimum
        Seats for every list that takes part.
    reserved
        Seats that a list gets at least, such as those won in districts, if it takes part.
    how
        How equal claims to the last seats are settled; candidate order where not given.
    remaining
        For quotas: how the seats after whole quotas are given out.

    Returns
    -------
    Tally
        :class:`~newcourse.vote.outcome.Seats`, or undecided where no list takes part or minima need more seats than
        there are.

    Raises
    ------
    BadInput
        When votes, seats or minima are no such numbers, or an unknown list is named.

    Examples
    --------
    >>> from newcourse.vote.lists.divisor import DIVISOR_METHODS
    >>> apportion({"A": 100, "B": 80, "C": 30, "D": 20}, 8, DIVISOR_METHODS["dhondt"]).sentence
    '8 seats are divided: A 4, B 3, C 1, D 0.'
    """
    threshold, reserved, how = threshold or Threshold(), reserved or {}, how or Settling()
    exact = _checked(votes, seats, minimum, reserved, threshold)
    admitted, step = admit(exact, seats, threshold)
    least = {name: max(minimum, reserved.get(name, 0)) for name in admitted}
    if not admitted:
        return Tally(Undecided("no-list-admitted", step.sentence), step.sentence, (step,))
    if sum(least.values()) > seats:
        reason = f"The minima fixed beforehand need {sum(least.values())} seats, but there are {seats}."
        return Tally(Undecided("minimum-too-many", reason), reason, (step,))
    made = _made(admitted, seats, method, least, how, remaining)
    result = Seats(tuple((name, made.seats.get(name, 0)) for name in votes))
    sentence = f"{seats} {'seats are' if seats > 1 else 'seat is'} divided: "
    sentence += ", ".join(f"{name} {number}" for name, number in result.seats) + "."
    return Tally(result, sentence, (step, *made.steps), made.ties)


def _made(
    votes: Votes,
    seats: int,
    method: DivisorMethod | QuotaMethod,
    least: Mapping[str, int],
    how: Settling,
    remaining: str,
) -> Allotment:
    if isinstance(method, DivisorMethod):
        return by_divisors(votes, seats, method, least, how)
    return by_quota(votes, seats, method, least, how, remaining)


def _checked(
    votes: Mapping[str, int | Fraction],
    seats: int,
    minimum: int,
    reserved: Mapping[str, int],
    threshold: Threshold,
) -> dict[str, Fraction]:
    where, faults = "apportionment", []
    exact = {name: fraction(given) for name, given in votes.items()}
    for name, given in votes.items():
        if exact.get(name) is None:
            expected = "a whole number or a fraction, not below zero"
            faults.append(Fault("votes-wrong", f"{where}, {name}", repr(given), expected, "write the votes exactly"))
    numbers = [("seats", seats, 1), ("minimum", minimum, 0), *((name, given, 0) for name, given in reserved.items())]
    for what, number, bound in numbers:
        if isinstance(number, bool) or not isinstance(number, int) or number < bound:
            expected = f"a whole number of at least {bound}"
            faults.append(Fault("seats-wrong", f"{where}, {what}", repr(number), expected, "give the number"))
    faults += [
        Fault("list-unknown", where, name, "a list of this vote", "correct the name")
        for name in (*reserved, *threshold.exempt)
        if name not in votes
    ]
    if faults:
        raise BadInput(faults)
    return {name: given for name, given in exact.items() if given is not None}
