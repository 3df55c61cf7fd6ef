"""Weighted voting: weights, a quota, and how many coalitions of the others stand where one member decides."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import gcd
from typing import Final

from newcourse.errors import BadInput, Fault

MOST_WEIGHT: Final = 5_000_000
"""Weight beyond which the exact count would take too long; sample instead."""


@dataclass(frozen=True, slots=True)
class WeightedVote:
    """A body that decides by weights: a coalition wins when its weights reach the quota.

    Parameters
    ----------
    weights
        Weight of each member, whole numbers from 0 on.
    quota
        Weight that is needed, from 1 to the sum of all.

    Raises
    ------
    BadInput
        When there is no member, a weight is none, or the quota cannot be reached.

    Examples
    --------
    >>> WeightedVote({"A": 50, "B": 49, "C": 1}, 51).total
    100
    """

    weights: Mapping[str, int]
    quota: int

    def __post_init__(self) -> None:
        where, faults = "weighted vote", []
        for name, weight in self.weights.items():
            if not _whole(weight):
                expected = "a whole number from 0 on"
                faults.append(Fault("weight-wrong", f"{where}, {name}", repr(weight), expected, "give the weight"))
        if not self.weights:
            faults.append(Fault("member-missing", where, "no member", "at least one", "name the members"))
        if not faults and (not _whole(self.quota) or not 1 <= self.quota <= sum(self.weights.values())):
            expected = f"a whole number from 1 to {sum(self.weights.values())}, the sum of the weights"
            faults.append(Fault("quota-wrong", where, repr(self.quota), expected, "give the weight needed"))
        if faults:
            raise BadInput(faults)

    @property
    def total(self) -> int:
        """Sum of all weights."""
        return sum(self.weights.values())

    def reduced(self) -> "WeightedVote":
        """Return a vote in which each member decides as often, with weights and quota as small as is easy.

        Weights lose their common divisor, and of a vote and its dual (what stops a decision) the smaller quota is
        taken: a member decides in one exactly where it decides in the other.
        """
        common = gcd(*self.weights.values()) or 1
        weights = {name: weight // common for name, weight in self.weights.items()}
        quota = -(-self.quota // common)
        return WeightedVote(weights, min(quota, sum(weights.values()) - quota + 1))


def _whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def others_by_weight(vote: WeightedVote, shift: int = 0) -> Iterator[tuple[str, int]]:
    """Yield for each member the number of coalitions of the others in which it decides.

    Members of one weight are counted once. The count by weight of all coalitions is a product of polynomials, one
    factor for each member; the factor of one member is divided out again.

    Parameters
    ----------
    vote
        The body.
    shift
        Bits by which a number moves for each member of a coalition, so that one whole number holds the counts for all
        sizes of coalition beside each other; 0 for a plain count.

    Raises
    ------
    BadInput
        When the smaller of quota and dual quota is beyond :data:`MOST_WEIGHT`.
    """
    small = vote.reduced()
    if small.quota > MOST_WEIGHT:
        expected = f"at most {MOST_WEIGHT} after common divisors"
        fault = Fault("weights-large", "weighted vote", f"a quota of {small.quota}", expected, "sample the power")
        raise BadInput(fault)
    counts = [0] * small.quota
    counts[0] = 1
    for weight in small.weights.values():
        _join(counts, weight, shift)
    known: dict[int, int] = {}
    for name, weight in small.weights.items():
        if weight not in known:
            known[weight] = sum(_leave(counts, weight, shift)[max(0, small.quota - weight) :]) if weight else 0
        yield name, known[weight]


def _join(counts: list[int], weight: int, shift: int) -> None:
    if weight == 0:
        counts[:] = [count + (count << shift) for count in counts]
        return
    for total in range(len(counts) - 1, weight - 1, -1):
        counts[total] += counts[total - weight] << shift


def _leave(counts: list[int], weight: int, shift: int) -> list[int]:
    left = list(counts)
    for total in range(weight, len(left)):
        left[total] -= left[total - weight] << shift
    return left
