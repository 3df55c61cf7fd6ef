"""How far seats are from votes, and how many parties there effectively are (design §8.4).

Sources: M. Laakso and R. Taagepera, "Effective number of parties", Comparative Political Studies 12 (1979) 3-27;
M. Gallagher, "Proportionality, disproportionality and electoral systems", Electoral Studies 10 (1991) 33-51;
J. Loosemore and V. J. Hanby, "The theoretical limits of maximum distortion", British Journal of Political Science 1
(1971) 467-477; D. W. Rae, *The Political Consequences of Electoral Laws* (1967).

All take votes and seats by party. Shares are exact fractions; only Gallagher's index is a root, so its square is exact
and the index itself a decimal text. Nothing is left out and nothing put together: whoever wants parties below some
share left out, as Rae does, leaves them out of both.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from newcourse.errors import BadInput, Fault
from newcourse.vote.lists.decimals import decimal
from newcourse.vote.plain import fraction

Amounts = Mapping[str, int | Fraction]


def shares(amounts: Amounts, what: str = "amounts") -> dict[str, Fraction]:
    """Return each amount over the sum.

    Raises
    ------
    BadInput
        When an amount is not exact or below zero, or all are nought.
    """
    exact = {name: fraction(amount) for name, amount in amounts.items()}
    faults = [
        Fault(
            "amount-wrong", f"{what}, {name}", repr(amounts[name]), "a whole number or a fraction from 0 on", "mend it"
        )
        for name, value in exact.items()
        if value is None
    ]
    total = sum((value for value in exact.values() if value), Fraction(0))
    if not faults and total == 0:
        faults.append(
            Fault("amounts-missing", what, "nothing above zero", "at least one above zero", "check the count")
        )
    if faults:
        raise BadInput(faults)
    return {name: (value or Fraction(0)) / total for name, value in exact.items()}


def effective_number(amounts: Amounts) -> Fraction:
    """Return one over the sum of squared shares: as many parties of equal size would be as concentrated.

    Examples
    --------
    >>> effective_number({"A": 1, "B": 1}), effective_number({"A": 3, "B": 1})
    (Fraction(2, 1), Fraction(8, 5))
    """
    return 1 / sum((share**2 for share in shares(amounts).values()), Fraction(0))


def gallagher_square(votes: Amounts, seats: Amounts) -> Fraction:
    """Return the square of Gallagher's index: half of the sum of squared differences of shares."""
    return sum((gap**2 for gap in _gaps(votes, seats).values()), Fraction(0)) / 2


def gallagher(votes: Amounts, seats: Amounts, digits: int = 2) -> str:
    """Return Gallagher's index of least squares in per cent, a decimal text rounded half up.

    Examples
    --------
    >>> gallagher({"A": 60, "B": 40}, {"A": 9, "B": 1})
    '30.00'
    """
    return decimal(gallagher_square(votes, seats) * 10_000, digits, root=2)


def loosemore_hanby(votes: Amounts, seats: Amounts) -> Fraction:
    """Return half of the sum of differences of shares: the part of the seats that is with the wrong parties.

    Examples
    --------
    >>> loosemore_hanby({"A": 60, "B": 40}, {"A": 9, "B": 1})
    Fraction(3, 10)
    """
    return sum((abs(gap) for gap in _gaps(votes, seats).values()), Fraction(0)) / 2


def rae(votes: Amounts, seats: Amounts) -> Fraction:
    """Return the mean difference of shares over all parties named.

    Examples
    --------
    >>> rae({"A": 60, "B": 30, "C": 10}, {"A": 9, "B": 1})
    Fraction(1, 5)
    """
    gaps = _gaps(votes, seats)
    return sum((abs(gap) for gap in gaps.values()), Fraction(0)) / len(gaps)


def sainte_lague(votes: Amounts, seats: Amounts) -> Fraction:
    """Return the sum of squared differences of shares over vote shares, which Sainte-Laguë's method makes smallest.

    Raises
    ------
    BadInput
        When a party has a seat but no vote.

    Examples
    --------
    >>> sainte_lague({"A": 60, "B": 40}, {"A": 9, "B": 1})
    Fraction(3, 8)
    """
    share = shares(votes, "votes")
    gaps = _gaps(votes, seats)
    without = [name for name, gap in gaps.items() if gap and not share.get(name)]
    if without:
        found = f"seats of {', '.join(without)}"
        raise BadInput(Fault("votes-missing", "index of Sainte-Laguë", found, "votes for them", "check the count"))
    return sum((gap**2 / share[name] for name, gap in gaps.items() if gap), Fraction(0))


def _gaps(votes: Amounts, seats: Amounts) -> dict[str, Fraction]:
    """Return the share of seats less the share of votes for all parties that have either."""
    of_votes, of_seats = shares(votes, "votes"), shares(seats, "seats")
    names = dict.fromkeys((*votes, *seats))
    return {name: of_seats.get(name, Fraction(0)) - of_votes.get(name, Fraction(0)) for name in names}


@dataclass(frozen=True, slots=True)
class Proportionality:
    """All indices of one election; Gallagher's as its square and in per cent."""

    effective_by_votes: Fraction
    effective_by_seats: Fraction
    gallagher_square: Fraction
    gallagher: str
    loosemore_hanby: Fraction
    rae: Fraction


def proportionality(votes: Amounts, seats: Amounts) -> Proportionality:
    """Return all indices of an election that are always there.

    Examples
    --------
    >>> proportionality({"A": 60, "B": 40}, {"A": 9, "B": 1}).effective_by_votes
    Fraction(25, 13)
    """
    return Proportionality(
        effective_number(votes),
        effective_number(seats),
        gallagher_square(votes, seats),
        gallagher(votes, seats),
        loosemore_hanby(votes, seats),
        rae(votes, seats),
    )
