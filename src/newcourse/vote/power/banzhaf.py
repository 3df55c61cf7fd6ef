"""Banzhaf's index: in how many of all coalitions a member decides, exactly (design §8.4).

Sources: L. S. Penrose, "The elementary statistics of majority voting", Journal of the Royal Statistical Society 109
(1946) 53-57; J. F. Banzhaf, "Weighted voting doesn't work", Rutgers Law Review 19 (1965) 317-343; D. S. Felsenthal and
M. Machover, *The Measurement of Voting Power* (1998). Count by a dynamic programme over weights.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from newcourse.vote.power.game import WeightedVote, others_by_weight


@dataclass(frozen=True, slots=True)
class Banzhaf:
    """How often each member decides.

    Parameters
    ----------
    swings
        Coalitions of the others that win with the member and not without.
    members
        How many members there are.
    """

    swings: Mapping[str, int]
    members: int

    @property
    def normalised(self) -> dict[str, Fraction]:
        """Each member's part of all swings: Banzhaf's index."""
        total = sum(self.swings.values())
        return {name: Fraction(number, total) for name, number in self.swings.items()}

    @property
    def probability(self) -> dict[str, Fraction]:
        """How likely a member decides when all others vote yes or no with equal chance: Penrose's measure."""
        return {name: Fraction(number, 2 ** (self.members - 1)) for name, number in self.swings.items()}


def banzhaf(vote: WeightedVote) -> Banzhaf:
    """Return the swings of every member.

    Examples
    --------
    >>> found = banzhaf(WeightedVote({"A": 50, "B": 49, "C": 1}, 51))
    >>> found.swings, found.normalised["A"]
    ({'A': 3, 'B': 1, 'C': 1}, Fraction(3, 5))
    """
    return Banzhaf(dict(others_by_weight(vote)), len(vote.weights))
