"""Quota methods: a list gets a seat for each whole quota of votes, and the seats left go by remainders or averages.

Sources: F. Pukelsheim, *Proportional Representation* (2nd ed., 2017), chapter 5; M. L. Balinski and H. P. Young,
*Fair Representation* (2nd ed., 2001), for Hamilton's method and its paradoxes.

A quota below the votes per seat can give out more seats than there are. Then the count is repeated with the quota of
one seat fewer in its divisor, as the Italian law on the Chamber of Deputies had it (D.P.R. 361/1957, article 77): for
the Imperiali quota with s seats the divisors s + 2, s + 1, s are tried in turn; the last never gives too many.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import floor
from types import MappingProxyType
from typing import Final

from newcourse.vote.lists.decimals import decimal
from newcourse.vote.lists.margin import Allotment, Settling, Votes
from newcourse.vote.outcome import Step
from newcourse.vote.ties import Tie

LARGEST_REMAINDER: Final = "largest-remainder"
HIGHEST_AVERAGE: Final = "highest-average"


@dataclass(frozen=True, slots=True)
class QuotaMethod:
    """One quota: all votes over the seats and ``extra``; where ``next_whole``, the next whole number above that."""

    name: str
    extra: int
    next_whole: bool = False

    def quota(self, votes: Fraction, divisor: int) -> Fraction:
        """Return the quota of so many votes with this divisor."""
        return Fraction(floor(votes / divisor) + 1) if self.next_whole else votes / divisor


QUOTA_METHODS: Final[Mapping[str, QuotaMethod]] = MappingProxyType(
    {
        method.name: method
        for method in (
            QuotaMethod("hare", 0),
            QuotaMethod("droop", 1, next_whole=True),
            QuotaMethod("hagenbach-bischoff", 1),
            QuotaMethod("imperiali", 2),
            QuotaMethod("reinforced-imperiali", 3),
        )
    }
)
"""Hare (Hamilton): votes / seats. Droop: the next whole number above votes / (seats + 1). Hagenbach-Bischoff:
votes / (seats + 1). Imperiali: votes / (seats + 2). Reinforced Imperiali: votes / (seats + 3)."""


def by_quota(
    votes: Votes,
    seats: int,
    method: QuotaMethod,
    least: Mapping[str, int],
    how: Settling,
    remaining: str = LARGEST_REMAINDER,
) -> Allotment:
    """Return the seats by whole quotas, and by remainders or averages for the seats left.

    Parameters
    ----------
    votes
        Votes by list, all above zero.
    seats
        Seats to be given out.
    method
        The quota.
    least
        Seats that a list gets in any case, together not more than ``seats``. A list with fewer whole quotas gets
        these instead and waits until remainders have served the others, as under the United States law of 1850. If
        that takes too many seats, such lists stand aside with their votes and the others are counted again.
    how
        How equal claims are settled where seats run out.
    remaining
        ``largest-remainder``: one seat each in the order of the remainders, again from the first if seats are left;
        ``highest-average``: one by one to the most votes for each seat held and one more, as d'Hondt does.
    """
    aside: dict[str, int] = {}
    steps: list[Step] = []
    while True:
        inside = {name: given for name, given in votes.items() if name not in aside}
        left = seats - sum(aside.values())
        quota, held = _whole(inside, left, method, steps)
        raised = {name: least[name] for name in inside if held[name] < least.get(name, 0)}
        if raised:
            steps.append(_minimum_step(raised))
        if sum((held | raised).values()) <= left:
            break
        aside |= raised
        sentence = "That would be too many seats: these lists stand aside, and the others are counted again."
        steps.append(Step("aside", sentence, {"aside": aside}))
    rest = _by_remainder if remaining == LARGEST_REMAINDER else _by_average
    held |= raised
    ties = rest(inside, left, quota, held, [*raised], how, steps)
    held |= aside
    return Allotment({name: held[name] for name in votes}, tuple(steps), tuple(ties))


def _minimum_step(raised: Mapping[str, int]) -> Step:
    listed = ", ".join(f"{name} {number}" for name, number in raised.items())
    sentence = f"Whole quotas are below the minimum fixed beforehand, which is given instead: {listed}."
    return Step("minimum", sentence, {"seats": raised})


def _whole(votes: Votes, seats: int, method: QuotaMethod, steps: list[Step]) -> tuple[Fraction, dict[str, int]]:
    """Return the quota and each list's whole quotas, together not more than the seats."""
    total, quota, held = sum(votes.values(), Fraction(0)), Fraction(1), dict.fromkeys(votes, 0)
    for divisor in range(seats + method.extra, seats - 1, -1) if votes and seats else ():
        quota = method.quota(total, divisor)
        held = {name: floor(given / quota) for name, given in votes.items()}
        steps.append(_quota_step(total, divisor, quota, held, seats))
        if sum(held.values()) <= seats:
            break
    return quota, held


def _quota_step(total: Fraction, divisor: int, quota: Fraction, held: Mapping[str, int], seats: int) -> Step:
    given = sum(held.values())
    whole = ", ".join(f"{name} {number}" for name, number in held.items() if number) or "none"
    sentence = f"The quota is {decimal(quota)}, from {decimal(total, 0)} votes and {divisor}. Whole quotas: {whole}."
    if given > seats:
        sentence += f" That would be {given} seats of {seats}: the count is repeated with a larger quota."
    facts = {"votes": total, "divisor": divisor, "quota": quota, "whole": held, "too_many": given > seats}
    return Step("quota", sentence, facts)


def _by_remainder(
    votes: Votes, seats: int, quota: Fraction, held: dict[str, int], raised: list[str], how: Settling, steps: list[Step]
) -> list[Tie]:
    remainders = {name: given - floor(given / quota) * quota for name, given in votes.items()}
    ties: list[Tie] = []
    waiting = {name: remainder for name, remainder in remainders.items() if name not in raised}
    while (left := seats - sum(held.values())) > 0:
        waiting = waiting or dict(remainders)
        best = max(waiting.values())
        served = tuple(name for name in waiting if waiting[name] == best)
        if len(served) > left:
            served, tie = how.choose(_question(left, seats, "remainders"), served, left, votes)
            ties.append(tie)
            steps.append(_tie_step(tie, served))
        for name in served:
            held[name] += 1
            del waiting[name]
            sentence = f"{name} gets seat {sum(held.values())} of {seats} for its remainder of {decimal(best)} votes."
            steps.append(Step("remainder", sentence, {"list": name, "seat": sum(held.values()), "remainder": best}))
    return ties


def _by_average(
    votes: Votes,
    seats: int,
    _quota: Fraction,
    held: dict[str, int],
    _raised: list[str],
    how: Settling,
    steps: list[Step],
) -> list[Tie]:
    ties: list[Tie] = []
    while (left := seats - sum(held.values())) > 0:
        averages = {name: given / (held[name] + 1) for name, given in votes.items()}
        best = max(averages.values())
        served = tuple(name for name in votes if averages[name] == best)
        if len(served) > left:
            served, tie = how.choose(_question(left, seats, "averages"), served, left, votes)
            ties.append(tie)
            steps.append(_tie_step(tie, served))
        for name in served:
            held[name] += 1
            sentence = (
                f"{name} gets seat {sum(held.values())} of {seats}: with it the list has {decimal(best)} votes for "
                "each of its seats, more than any other would have."
            )
            steps.append(Step("average", sentence, {"list": name, "seat": sum(held.values()), "average": best}))
    return ties


def _question(left: int, seats: int, what: str) -> str:
    return f"{f'seat {seats}' if left == 1 else f'the last {left} of {seats} seats'}, equal {what}"


def _tie_step(tie: Tie, served: tuple[str, ...]) -> Step:
    sentence = f"{', '.join(tie.among)} have equal claims; by {tie.by}, {' and '.join(served)} come first."
    return Step("tie", sentence, {"among": tie.among, "served": served})
