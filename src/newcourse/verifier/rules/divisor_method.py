"""Seats of lists by divisors. Sources: Balinski and Young, Fair Representation (2001); Pukelsheim (2017), chapter 3."""

from collections.abc import Callable
from fractions import Fraction
from typing import Final

from newcourse.verifier.rules.lists import best, house_of
from newcourse.verifier.rules.question import Answer, CannotCount, Question

Divisors = tuple[Callable[[int], Fraction], int]
"""From the seats that a list has, its next divisor raised to a power; and that power."""

_ODD: Final = Fraction(2)


def _first(divisor: Fraction) -> Callable[[int], Fraction]:
    return lambda k: 2 * Fraction(k) + 1 if k else divisor


METHODS: Final[dict[str, Divisors]] = {
    "dhondt": (lambda k: Fraction(k) + 1, 1),
    "sainte-lague": (lambda k: _ODD * k + 1, 1),
    "sainte-lague-1.4": (_first(Fraction(7, 5)), 1),
    "sainte-lague-1.2": (_first(Fraction(6, 5)), 1),
    "adams": (Fraction, 1),
    "huntington-hill": (lambda k: Fraction(k) * (k + 1), 2),
    "dean": (lambda k: _ODD * k * (k + 1) / (2 * k + 1), 1),
    "danish": (lambda k: Fraction(3) * k + 1, 1),
    "imperiali": (lambda k: 1 + Fraction(k, 2), 1),
    "macanese": (lambda k: Fraction(2) ** k, 1),
    "estonian": (lambda k: Fraction(k + 1) ** 9, 10),
}


def divisor_method(question: Question) -> Answer:
    """Return the seats of lists by the largest quotients."""
    divisor, power = _divisors(question)
    house = house_of(question)
    if isinstance(house, Answer):
        return house
    held = dict(house.least)
    while (left := house.seats - sum(held.values())) > 0:
        claims = {}
        for name, votes in house.votes.items():
            by = divisor(held[name])
            claims[name] = (by == 0, votes if by == 0 else votes**power / by)
        for name in house.served(best(claims), left):
            held[name] += 1
    return house.answer(held)


def _divisors(question: Question) -> Divisors:
    method, parameter = question.options.get("method", "dhondt"), question.options.get("parameter")
    if method in METHODS and parameter is None:
        return METHODS[method]
    if not isinstance(parameter, str | int) or isinstance(parameter, bool) or len(str(parameter)) > 20:
        raise CannotCount(f"method {method!r} with parameter {parameter!r}")
    number = Fraction(parameter)
    if method == "stationary" and 0 <= number <= 1:
        return (lambda k: k + number), 1
    if method == "power-mean" and number.denominator == 1 and abs(number) <= 20:
        return _power_mean(int(number))
    raise CannotCount(f"method {method!r} with parameter {parameter!r}")


def _power_mean(order: int) -> Divisors:
    """Return the means of order p of neighbouring numbers, ((k^p + (k+1)^p) / 2)^(1/p), in the power of p."""
    if order == 0:
        return METHODS["huntington-hill"]
    if order > 0:
        return (lambda k: (Fraction(k) ** order + Fraction(k + 1) ** order) / 2), order

    def harmonic(k: int) -> Fraction:
        if k == 0:
            return Fraction(0)
        return 2 / (Fraction(k) ** order + Fraction(k + 1) ** order)

    return harmonic, -order
