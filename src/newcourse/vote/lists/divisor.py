"""Divisor methods: votes are divided by a sequence of numbers, and the largest quotients get the seats.

Sources: M. L. Balinski and H. P. Young, *Fair Representation* (2nd ed., 2001); F. Pukelsheim, *Proportional
Representation* (2nd ed., 2017), chapters 3 and 4; electoral laws as named with each method.

Where a divisor is a root (Huntington-Hill, Estonia) its power is kept and powers of quotients are compared, so that
every comparison is between whole numbers. Where the first divisor is nought every list with votes comes before any
second seat; if there are fewer seats than such lists, those with more votes come first, as they would with any first
divisor however small.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType
from typing import Final

from newcourse.vote.lists.decimals import decimal
from newcourse.vote.lists.margin import Allotment, Settling, Votes
from newcourse.vote.outcome import Step
from newcourse.vote.ties import Tie

Quotient = tuple[bool, Fraction]
"""Whether the quotient is without bound, and its power (without bound: the votes). Quotients compare as tuples."""


@dataclass(frozen=True, slots=True)
class DivisorMethod:
    """One sequence of divisors.

    Parameters
    ----------
    name
        Hyphenated name.
    divisor
        From the seats a list has, the power of its next divisor; it grows with the seats and only the first may be 0.
    power
        The power in which divisors are kept, 1 where they are rational.
    """

    name: str
    divisor: Callable[[int], Fraction]
    power: int = 1

    def quotient(self, votes: Fraction, seats: int) -> Quotient:
        """Return the quotient by which a list with so many seats claims its next one."""
        divisor = self.divisor(seats)
        return (True, votes) if divisor == 0 else (False, votes**self.power / divisor)

    def divisor_words(self, seats: int) -> str:
        """Return the divisor in words."""
        divisor = self.divisor(seats)
        if self.power == 1:
            return str(divisor)
        return f"the {'square' if self.power == 2 else f'{self.power}th'} root of {divisor}"

    def quotient_words(self, quotient: Quotient) -> str:
        """Return a quotient as a decimal."""
        return "without bound" if quotient[0] else decimal(quotient[1], 2, self.power)


def stationary(share: Fraction) -> DivisorMethod:
    """Return the method with divisors ``share``, 1 + ``share``, 2 + ``share`` and so on, 0 <= share <= 1."""
    return DivisorMethod("stationary", lambda k: k + share)


def power_mean(order: int) -> DivisorMethod:
    """Return the method whose divisors are power means of neighbouring whole numbers.

    Order -1 is Dean's method, 0 Huntington and Hill's, 1 Webster's; to minus infinity Adams', to infinity Jefferson's.
    """
    if order == 0:
        return DivisorMethod("power-mean", lambda k: Fraction(k * (k + 1)), 2)
    if order > 0:
        return DivisorMethod("power-mean", lambda k: Fraction(k**order + (k + 1) ** order, 2), order)
    m = -order
    return DivisorMethod("power-mean", lambda k: Fraction(2 * (k * (k + 1)) ** m, k**m + (k + 1) ** m), m)


def _first(divisor: str) -> Callable[[int], Fraction]:
    return lambda k: Fraction(2 * k + 1) if k else Fraction(divisor)


DIVISOR_METHODS: Final[Mapping[str, DivisorMethod]] = MappingProxyType(
    {
        method.name: method
        for method in (
            DivisorMethod("dhondt", lambda k: Fraction(k + 1)),
            DivisorMethod("sainte-lague", lambda k: Fraction(2 * k + 1)),
            DivisorMethod("sainte-lague-1.4", _first("1.4")),
            DivisorMethod("sainte-lague-1.2", _first("1.2")),
            DivisorMethod("adams", Fraction),
            DivisorMethod("huntington-hill", lambda k: Fraction(k * (k + 1)), 2),
            DivisorMethod("dean", lambda k: Fraction(2 * k * (k + 1), 2 * k + 1)),
            DivisorMethod("danish", lambda k: Fraction(3 * k + 1)),
            DivisorMethod("imperiali", lambda k: Fraction(k + 2, 2)),
            DivisorMethod("macanese", lambda k: Fraction(2**k)),
            DivisorMethod("estonian", lambda k: Fraction((k + 1) ** 9), 10),
        )
    }
)
"""d'Hondt (Jefferson): 1, 2, 3. Sainte-Laguë (Webster): 1, 3, 5; first 1.4 in Norway, 1.2 in Sweden. Adams: 0, 1, 2.
Huntington-Hill: roots of 0, 2, 6, 12 (United States). Dean: 0, 4/3, 12/5. Danish: 1, 4, 7. Imperiali: 1, 3/2, 2
(municipalities of Belgium). Macanese: 1, 2, 4, 8. Estonian: 1, 2, 3 to the power 0.9."""


def by_divisors(votes: Votes, seats: int, method: DivisorMethod, least: Mapping[str, int], how: Settling) -> Allotment:
    """Return the seats by the largest quotients.

    Parameters
    ----------
    votes
        Votes by list, all above zero.
    seats
        Seats to be given out.
    method
        The sequence of divisors.
    least
        Seats that a list gets in any case, together not more than ``seats``; then its next quotient counts.
    how
        How equal quotients are settled where seats run out.
    """
    held = {name: least.get(name, 0) for name in votes}
    steps, ties = list(_least_steps(held)), list[Tie]()
    while sum(held.values()) < seats:
        claims = {name: method.quotient(votes[name], held[name]) for name in votes}
        best, left = max(claims.values()), seats - sum(held.values())
        served = tuple(name for name in votes if claims[name] == best)
        if len(served) > left:
            question = f"the last {left} of {seats} seats" if left > 1 else f"seat {seats}"
            equal, (served, tie) = served, how.choose(f"{question}, equal quotients", served, left, votes)
            ties.append(tie)
            steps.append(_tie_step(equal, served, tie, method.quotient_words(best)))
        for name in served:
            steps.append(_seat_step(name, votes, held, method))
            held[name] += 1
    return Allotment(held, (*steps, *_margin_steps(votes, held, least, method)), tuple(ties))


def _least_steps(held: Mapping[str, int]) -> tuple[Step, ...]:
    given = {name: seats for name, seats in held.items() if seats}
    if not given:
        return ()
    sentence = "Fixed beforehand as a minimum: " + ", ".join(f"{name} {seats}" for name, seats in given.items()) + "."
    return (Step("minimum", sentence, {"seats": given}),)


def _seat_step(name: str, votes: Votes, held: Mapping[str, int], method: DivisorMethod) -> Step:
    seat, quotient = sum(held.values()) + 1, method.quotient(votes[name], held[name])
    sentence = (
        f"Seat {seat} goes to {name}: {_number(votes[name])} votes divided by {method.divisor_words(held[name])} give "
        f"{method.quotient_words(quotient)}, the largest quotient left."
    )
    if quotient[0]:
        sentence = f"Seat {seat} goes to {name}, which has no seat yet: the first divisor is nought."
    facts = {"seat": seat, "list": name, "votes": votes[name], "divisor": method.divisor(held[name])}
    return Step("seat", sentence, facts | {"quotient": None if quotient[0] else quotient[1], "power": method.power})


def _tie_step(equal: tuple[str, ...], served: tuple[str, ...], tie: Tie, quotient: str) -> Step:
    sentence = (
        f"{', '.join(equal)} have the same quotient, {quotient}, but seats for {len(served)} only; "
        f"by {tie.by}, {' and '.join(served)} {'comes' if len(served) == 1 else 'come'} first."
    )
    return Step("tie", sentence, {"among": equal, "served": served})


def _margin_steps(
    votes: Votes, held: Mapping[str, int], least: Mapping[str, int], method: DivisorMethod
) -> tuple[Step, ...]:
    """Return the proof of the count: no quotient with a seat is below one without."""
    won = {name: method.quotient(votes[name], held[name] - 1) for name in votes if held[name] > least.get(name, 0)}
    if not won:
        return ()
    missed = {name: method.quotient(votes[name], held[name]) for name in votes}
    last, first = min(won, key=lambda name: won[name]), max(missed, key=lambda name: missed[name])
    sentence = (
        f"The smallest quotient with a seat is {method.quotient_words(won[last])} ({last}); "
        f"the largest without one is {method.quotient_words(missed[first])} ({first})."
    )
    facts = {
        "served": last,
        "smallest": None if won[last][0] else won[last][1],
        "unserved": first,
        "largest": None if missed[first][0] else missed[first][1],
        "power": method.power,
    }
    return (Step("margin", sentence, facts),)


def _number(votes: Fraction) -> str:
    return str(votes) if votes.denominator == 1 else decimal(votes)
