"""The check of a biproportional apportionment in plain arithmetic, apart from how it was found.

Any seats that pass are the biproportional apportionment, up to ties: Balinski and Demange (1989).
"""

from collections.abc import Sequence
from fractions import Fraction

from newcourse.vote.lists.biproportional import Biproportional
from newcourse.vote.lists.divisor import DivisorMethod


def flaws(
    found: Biproportional,
    votes: Sequence[Sequence[int | Fraction]],
    district_seats: Sequence[int],
    party_seats: Sequence[int],
    method: DivisorMethod,
) -> list[str]:
    """Return in words what does not hold: totals of districts and parties, or the rounding of a cell."""
    wrong = [f"a divisor is {value}" for value in (*found.districts, *found.parties) if value <= 0]
    wrong += [
        f"district {i + 1} has {sum(found.seats[i])} seats, not {wanted}"
        for i, wanted in enumerate(district_seats)
        if sum(found.seats[i]) != wanted
    ]
    wrong += [
        f"party {j + 1} has {sum(row[j] for row in found.seats)} seats, not {wanted}"
        for j, wanted in enumerate(party_seats)
        if sum(row[j] for row in found.seats) != wanted
    ]
    for i, row in enumerate(found.seats):
        for j, seats in enumerate(row):
            scaled = Fraction(votes[i][j]) / (found.districts[i] * found.parties[j])
            low = method.divisor(seats - 1) if seats else Fraction(0)
            if seats < 0 or not low <= scaled <= method.divisor(seats) or (seats and not votes[i][j]):
                wrong.append(f"district {i + 1}, party {j + 1}: {scaled} is not rounded to {seats}")
    return wrong
