"""Biproportional apportionment: seats in proportion both for districts and for parties, by divisors for both.

Sources: M. L. Balinski and G. Demange, "Algorithms for proportional matrices in reals and integers", Mathematical
Programming 45 (1989) 193-210 (existence, uniqueness up to ties, tie and transfer); F. Pukelsheim, *Proportional
Representation* (2nd ed., 2017), chapters 14 and 15; in use in Zürich since 2006 ("Neue Zürcher Zuteilungsverfahren").

Votes v of district i and party j become v / (D_i P_j), rounded, so that every district and every party gets its seats.
Floats are used once, to guess multipliers to begin with; from there on every number is exact:

1. With the districts' multipliers fixed, each party's seats are divided among districts by the divisor method.
2. While a district has too many seats, look for a chain of ties from it to a district with too few, and hand one seat
   along the chain. If there is none, lower the multipliers of the districts reached and raise those of the parties
   reached by the same factor, until the next tie. If no factor makes a tie, no solution exists: the parties reached
   have votes only in the districts reached, and these have fewer seats than those parties.
3. Where ties leave several solutions, the first list in the order of the tie rule gets the seat that it can have, then
   the next.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType
from typing import Final

from newcourse.errors import BadInput, Fault
from newcourse.vote.lists.chains import Cell, Reached, could_fall, hand_along, loop_that_raises, raise_along, reach
from newcourse.vote.lists.divisor import DivisorMethod, by_divisors, stationary
from newcourse.vote.lists.margin import Settling
from newcourse.vote.lists.scaling import CLEARLY, Matrix, Scaled, guess
from newcourse.vote.ties import TieRule

ROUNDINGS: Final[Mapping[str, DivisorMethod]] = MappingProxyType(
    {
        "sainte-lague": stationary(Fraction(1, 2)),
        "dhondt": stationary(Fraction(1)),
        "danish": stationary(Fraction(1, 3)),
    }
)
"""Ways of rounding: to the nearest whole number, down, up from one third on."""


@dataclass(frozen=True, slots=True)
class Biproportional:
    """Seats with the divisors that prove them.

    Parameters
    ----------
    seats
        By district and party.
    districts, parties
        Divisors: votes over both, rounded by the method, give the seats.
    open
        Cells, as district and party, between which equal quotients left seats open, in the order that settled them.
    """

    seats: tuple[tuple[int, ...], ...]
    districts: tuple[Fraction, ...]
    parties: tuple[Fraction, ...]
    open: tuple[Cell, ...] = ()


@dataclass(frozen=True, slots=True)
class NoSolution:
    """Why no seats fit: these parties have votes only in these districts, which have fewer seats than they."""

    parties: tuple[int, ...]
    districts: tuple[int, ...]
    party_seats: int
    district_seats: int


def biproportional(
    votes: Sequence[Sequence[int | Fraction]],
    district_seats: Sequence[int],
    party_seats: Sequence[int],
    method: DivisorMethod = ROUNDINGS["sainte-lague"],
    order: Sequence[Cell] = (),
) -> Biproportional | NoSolution:
    """Return the seats by district and party.

    Parameters
    ----------
    votes
        By district and party, none below zero; shape (districts, parties).
    district_seats, party_seats
        Seats of each, with the same total.
    method
        Divisors, all above zero and rational, such as those of :data:`ROUNDINGS`.
    order
        Cells in the order in which ties are settled; by district, then party, where not given.

    Returns
    -------
    Biproportional or NoSolution
        The seats with divisors, or the districts and parties that make them impossible.

    Raises
    ------
    BadInput
        When shapes or totals differ, or a number is negative.

    Examples
    --------
    >>> votes = [[123, 912, 312], [45, 714, 255], [815, 414, 215]]
    >>> biproportional(votes, [7, 5, 8], [5, 11, 4]).seats
    ((1, 4, 2), (0, 4, 1), (4, 3, 1))
    """
    exact = [[Fraction(value) for value in row] for row in votes]
    faults = _faults(exact, district_seats, party_seats, method)
    if faults:
        raise BadInput(faults)
    empty = _without_votes(exact, party_seats)
    if empty:
        return NoSolution(empty, (), sum(party_seats[j] for j in empty), 0)
    work = _begin(exact, district_seats, party_seats, method)
    blocked = _fit(work, district_seats)
    if blocked:
        rows, columns = tuple(sorted(blocked.rows)), tuple(sorted(blocked.columns))
        needed, there = sum(party_seats[j] for j in columns), sum(district_seats[i] for i in rows)
        return NoSolution(columns, rows, needed, there)
    cells = order or [(i, j) for i in range(len(exact)) for j in range(len(exact[0]))]
    left_open = _settle(work, cells)
    seats = tuple(tuple(row) for row in work.seats)
    x, y = (tuple(1 / value for value in side) for side in (work.rows, work.columns))
    return Biproportional(seats, x, y, left_open)


def _faults(
    votes: Matrix, district_seats: Sequence[int], party_seats: Sequence[int], method: DivisorMethod
) -> list[Fault]:
    where, shape = "biproportional apportionment", f"{len(district_seats)} districts and {len(party_seats)} parties"
    if not votes or not party_seats or len(votes) != len(district_seats) or {*map(len, votes)} != {len(party_seats)}:
        return [Fault("votes-shape", where, shape, "votes for each party in each district", "correct the table")]
    faults = []
    if any(value < 0 for row in votes for value in row) or any(n < 0 for n in (*district_seats, *party_seats)):
        faults.append(Fault("votes-wrong", where, "a number below zero", "votes and seats from zero on", "correct it"))
    if sum(district_seats) != sum(party_seats):
        found = f"{sum(district_seats)} seats of districts, {sum(party_seats)} of parties"
        faults.append(Fault("seats-wrong", where, found, "the same number of seats", "correct one of the two"))
    if method.power != 1 or method.divisor(0) == 0:
        found, expected = f"divisors {method.name}", "rational divisors above zero"
        faults.append(Fault("method-wrong", where, found, expected, "use another method, such as sainte-lague"))
    return faults


def _without_votes(votes: Matrix, party_seats: Sequence[int]) -> tuple[int, ...]:
    return tuple(j for j, seats in enumerate(party_seats) if seats and not any(row[j] for row in votes))


def _begin(votes: Matrix, district_seats: Sequence[int], party_seats: Sequence[int], method: DivisorMethod) -> Scaled:
    """Return seats that are right for every party, with multipliers under which each is allowed."""
    rows, columns = guess(votes, district_seats, party_seats), list[Fraction]()
    seats = [[0] * len(party_seats) for _ in votes]
    for j, number in enumerate(party_seats):
        scaled = {str(i): row[j] * rows[i] for i, row in enumerate(votes) if row[j]}
        if not number:
            top = max(scaled.values(), default=Fraction(1))
            columns.append(method.divisor(0) / top / 2)  # far below a first seat
            continue
        held = by_divisors(scaled, number, method, {}, Settling(TieRule())).seats
        for name, given in held.items():
            seats[int(name)][j] = given
        columns.append(max(method.divisor(given - 1) / scaled[name] for name, given in held.items() if given))
    return Scaled(votes, method.divisor, rows, columns, seats)


def _fit(work: Scaled, district_seats: Sequence[int]) -> Reached | None:
    """Move seats until every district has its number, or return what is reached where that cannot be."""
    while True:
        totals = work.row_totals()
        over = [i for i, total in enumerate(totals) if total > district_seats[i]]
        under = {i for i, total in enumerate(totals) if total < district_seats[i]}
        if not over:
            return None
        reached = reach(work, over, under)
        if reached.end is not None:
            hand_along(work, reached)
            continue
        factor = _next_tie(work, reached)
        if factor is None:
            return reached
        work.scale(reached.rows, reached.columns, factor)


def _next_tie(work: Scaled, reached: Reached) -> Fraction | None:
    """Return the largest factor below one at which something outside becomes tied to what is reached."""
    close: list[tuple[float, int, int]] = []
    for i, row in enumerate(work.seats):
        inside = i in reached.rows
        for j, seats in enumerate(row):
            if not work.votes[i][j] or inside == (j in reached.columns) or (inside and not seats):
                continue
            divisor = work.divisor(seats - inside)
            ratio = work.nearly(i, j) * divisor.denominator / divisor.numerator
            close.append((1 / ratio if inside else ratio, i, j))
    bound = max((ratio for ratio, _, _ in close), default=0.0) * (1 - 2 / CLEARLY)
    exact = [_factor(work, i, j, i in reached.rows) for ratio, i, j in close if ratio >= bound]
    return max(exact, default=None)


def _factor(work: Scaled, i: int, j: int, inside: bool) -> Fraction:
    """Return the factor at which the cell becomes tied: it may fall where its row is reached, and rise otherwise."""
    divisor = work.divisor(work.seats[i][j] - inside)
    return divisor / work.value(i, j) if inside else work.value(i, j) / divisor


def _settle(work: Scaled, order: Sequence[Cell]) -> tuple[Cell, ...]:
    """Give what ties leave open to the first in the order that can have it; return the cells that were open."""
    still_open = [cell for cell in order if loop_that_raises(work, cell) or could_fall(work, cell)]
    fixed: set[Cell] = set()
    for cell in still_open:
        loop = loop_that_raises(work, cell, fixed)
        if loop:
            raise_along(work, cell, loop)
        fixed.add(cell)
    return tuple(still_open)
