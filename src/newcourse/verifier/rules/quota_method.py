"""Seats of lists by quotas. Sources: Pukelsheim, Proportional Representation (2017), chapter 5; D.P.R. 361/1957, 77."""

from collections.abc import Mapping
from fractions import Fraction
from math import floor
from typing import Final

from newcourse.verifier.rules.lists import House, best, house_of
from newcourse.verifier.rules.question import Answer, Question

EXTRA: Final = {"hare": 0, "droop": 1, "hagenbach-bischoff": 1, "imperiali": 2, "reinforced-imperiali": 3}


def quota_method(question: Question) -> Answer:
    """Return the seats of lists by whole quotas, and by remainders or averages for the rest."""
    name = question.word("quota", *EXTRA)
    remaining = question.word("remaining", "largest-remainder", "highest-average")
    house = house_of(question)
    if isinstance(house, Answer):
        return house
    aside: dict[str, int] = {}
    while True:
        inside = {one: votes for one, votes in house.votes.items() if one not in aside}
        left = house.seats - sum(aside.values())
        quota, held = _whole(inside, left, name)
        raised = {one: house.least[one] for one in inside if held[one] < house.least[one]}
        held |= raised
        if sum(held.values()) <= left:
            break
        aside |= raised
    if remaining == "largest-remainder":
        _by_remainders(house, inside, left, quota, held, set(raised))
    else:
        _by_averages(house, inside, left, held)
    return house.answer(held | aside)


def _whole(votes: Mapping[str, Fraction], seats: int, name: str) -> tuple[Fraction, dict[str, int]]:
    """Return the quota and the whole quotas; where they are too many, with one seat fewer in the divisor."""
    if not votes or not seats:
        return Fraction(1), dict.fromkeys(votes, 0)
    total, divisor = sum(votes.values(), Fraction(0)), seats + EXTRA[name]
    while True:
        quota = Fraction(floor(total / divisor) + 1) if name == "droop" else total / divisor
        held = {one: floor(given / quota) for one, given in votes.items()}
        if sum(held.values()) <= seats or divisor == seats:
            return quota, held
        divisor -= 1


def _by_remainders(
    house: House, votes: Mapping[str, Fraction], seats: int, quota: Fraction, held: dict[str, int], last: set[str]
) -> None:
    """Give the seats left by largest remainders; who was raised to a minimum waits for all others."""
    remainders = {one: given % quota for one, given in votes.items()}
    waiting = {one: rest for one, rest in remainders.items() if one not in last}
    while (left := seats - sum(held.values())) > 0:
        waiting = waiting or dict(remainders)
        for one in house.served(best(waiting), left):
            held[one] += 1
            del waiting[one]


def _by_averages(house: House, votes: Mapping[str, Fraction], seats: int, held: dict[str, int]) -> None:
    while (left := seats - sum(held.values())) > 0:
        averages = {one: given / (held[one] + 1) for one, given in votes.items()}
        for one in house.served(best(averages), left):
            held[one] += 1
