"""Power through several tiers: voters elect a body's delegates, who decide in the next (design §8.4).

Sources: L. S. Penrose (1946), see :mod:`newcourse.vote.power.banzhaf`; D. S. Felsenthal and M. Machover, *The
Measurement of Voting Power* (1998), chapter 3; W. Słomczyński and K. Życzkowski, "Penrose voting system and optimal
quota", Acta Physica Polonica B 37 (2006) 3133-3143.

Every voter says yes or no with equal chance. A group says yes when more than half of its voters do; a council says yes
when the weights of its members that do reach its quota. A voter decides when the group turns on this voter, its
delegate turns the council, and so on upwards. Groups share no voters, so these chances multiply, and all is exact, also
where an even group is split and says no more often than yes.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from math import comb, isqrt
from typing import Final, Union

from newcourse.errors import BadInput, Fault

MOST_VOTERS: Final = 100_000
"""Voters of one group beyond which exact chances would be too long; the square root law is then close."""


@dataclass(frozen=True, slots=True)
class Voters:
    """A group that votes directly.

    Raises
    ------
    BadInput
        When the number of voters is none, or too large for an exact chance.
    """

    name: str
    number: int

    def __post_init__(self) -> None:
        if isinstance(self.number, bool) or not isinstance(self.number, int) or not 1 <= self.number <= MOST_VOTERS:
            expected = f"a whole number from 1 to {MOST_VOTERS}"
            fault = Fault("voters-wrong", f"tiers, {self.name}", repr(self.number), expected, "scale the groups down")
            raise BadInput(fault)


@dataclass(frozen=True, slots=True)
class Council:
    """A body whose members are groups or councils, with their weights.

    Raises
    ------
    BadInput
        When it has no member, a weight is none, or the quota cannot be reached.
    """

    name: str
    quota: int
    members: tuple[tuple[int, "Tier"], ...]

    def __post_init__(self) -> None:
        weights = [weight for weight, _ in self.members]
        wrong = [w for w in weights if isinstance(w, bool) or not isinstance(w, int) or w < 0]
        if wrong or not weights or not 1 <= self.quota <= sum(weights):
            found, expected = f"weights {weights}, quota {self.quota}", "weights from 0 on and a quota they can reach"
            raise BadInput(Fault("weight-wrong", f"tiers, {self.name}", found, expected, "correct the council"))


Tier = Union[Voters, Council]  # noqa: UP007 - a name is quoted above, which | cannot join


def voter_power(tier: Tier) -> dict[str, Fraction]:
    """Return for each group how likely one of its voters decides the whole.

    Raises
    ------
    BadInput
        When two groups have one name.

    Examples
    --------
    >>> thirds = Council("all", 2, tuple((1, Voters(name, 3)) for name in "ABC"))
    >>> voter_power(thirds)
    {'A': Fraction(1, 4), 'B': Fraction(1, 4), 'C': Fraction(1, 4)}
    """
    power: dict[str, Fraction] = {}
    for name, chance in _all(tier):
        if name in power:
            raise BadInput(Fault("named-twice", "tiers", name, "each group once", "rename one of the two"))
        power[name] = chance
    return power


@lru_cache(maxsize=128)
def _all(tier: Tier) -> tuple[tuple[str, Fraction], ...]:
    """Return the answer, kept: it follows from the tiers alone, and pages ask for it again and again."""
    return tuple(_walk(tier, Fraction(1)))


def _walk(tier: Tier, above: Fraction) -> Iterator[tuple[str, Fraction]]:
    if isinstance(tier, Voters):
        yield tier.name, above * decisive(tier.number)
        return
    chances = [(weight, yes(member)) for weight, member in tier.members]
    turning: dict[tuple[int, Fraction], Fraction] = {}
    for position, ((weight, member), own) in enumerate(zip(tier.members, chances, strict=True)):
        if own not in turning:  # members alike turn the council alike
            others = _sums(chances[:position] + chances[position + 1 :])
            deciding = (p for total, p in others.items() if total < tier.quota <= total + weight)
            turning[own] = sum(deciding, Fraction(0))
        yield from _walk(member, above * turning[own])


def decisive(voters: int) -> Fraction:
    """Return how likely one of so many voters decides by more than half, the others voting with equal chance.

    Examples
    --------
    >>> decisive(3), decisive(4)
    (Fraction(1, 2), Fraction(3, 8))
    """
    return Fraction(comb(voters - 1, voters // 2), 2 ** (voters - 1))


def yes(tier: Tier) -> Fraction:
    """Return how likely a group or a council says yes."""
    if isinstance(tier, Voters):
        tied = Fraction(comb(tier.number, tier.number // 2), 2**tier.number) if tier.number % 2 == 0 else Fraction(0)
        return (1 - tied) / 2
    sums = _sums([(weight, yes(member)) for weight, member in tier.members])
    return sum((p for total, p in sums.items() if total >= tier.quota), Fraction(0))


def _sums(chances: list[tuple[int, Fraction]]) -> dict[int, Fraction]:
    """Return how likely each weight of those that say yes is."""
    sums = {0: Fraction(1)}
    for weight, chance in chances:
        after: dict[int, Fraction] = {}
        for total, p in sums.items():
            after[total] = after.get(total, Fraction(0)) + p * (1 - chance)
            after[total + weight] = after.get(total + weight, Fraction(0)) + p * chance
        sums = after
    return sums


def square_root_weights(voters: Mapping[str, int], digits: int = 0) -> dict[str, int]:
    """Return weights in proportion to the square roots of the numbers of voters: Penrose's law.

    A voter of a group of n decides it with a chance near the square root of 2 / (pi n), so that such weights, with many
    groups and a suitable quota, make all voters nearly equal.

    Parameters
    ----------
    voters
        Voters of each group.
    digits
        Weights are the roots times ten to this power, rounded down.

    Examples
    --------
    >>> square_root_weights({"A": 82, "B": 9}, digits=1)
    {'A': 90, 'B': 30}
    """
    return {name: isqrt(number * 100**digits) for name, number in voters.items()}


def optimal_quota(weights: Mapping[str, int]) -> int:
    """Return the quota of Słomczyński and Życzkowski: half of the weights and of the root of the sum of their squares.

    Rounded up; with it and square root weights, a delegate's power is nearly in proportion to its weight.

    Examples
    --------
    >>> optimal_quota({"A": 4, "B": 3})  # (7 + 5) / 2
    6
    """
    total, squares = sum(weights.values()), sum(weight**2 for weight in weights.values())
    root = isqrt(squares)
    twice = total + root + (root * root < squares)
    return (twice + 1) // 2
