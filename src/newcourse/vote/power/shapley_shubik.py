"""Shapley and Shubik's index: in how many of all orders of joining a member is the one that decides (design §8.4).

Source: L. S. Shapley and M. Shubik, "A method for evaluating the distribution of power in a committee system", American
Political Science Review 48 (1954) 787-792. Count by a dynamic programme over weights and sizes of coalitions.
"""

from fractions import Fraction
from math import factorial

from newcourse.vote.power.game import WeightedVote, others_by_weight


def shapley_shubik(vote: WeightedVote) -> dict[str, Fraction]:
    """Return the index of every member; together they are one.

    Examples
    --------
    >>> shapley_shubik(WeightedVote({"A": 50, "B": 49, "C": 1}, 51))
    {'A': Fraction(2, 3), 'B': Fraction(1, 6), 'C': Fraction(1, 6)}
    """
    members = len(vote.weights)
    width = members + 1  # 2 ** members coalitions fit into as many bits
    orders = [factorial(size) * factorial(members - 1 - size) for size in range(members)]
    mask = (1 << width) - 1
    return {
        name: Fraction(
            sum((packed >> width * size & mask) * orders[size] for size in range(members)), factorial(members)
        )
        for name, packed in others_by_weight(vote, width)
    }
