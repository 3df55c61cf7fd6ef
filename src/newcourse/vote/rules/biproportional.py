"""Seats of lists in several districts, in proportion for districts and for parties at once (design §8.1).

Sources: M. L. Balinski and G. Demange, "Algorithms for proportional matrices in reals and integers", Mathematical
Programming 45 (1989) 193-210; F. Pukelsheim, *Proportional Representation* (2nd ed., 2017), chapters 14 and 15.

A ballot counts for the list that it ranks first; a list belongs to one district and one party. First the seats are
divided among parties by their votes everywhere, then each party's seats among its lists so that every district has its
number. Kept: every vote weighs the same whatever its district, exactness, one solution up to ties. Not kept: proportion
inside each district (a list may get more seats there than one with more votes).
"""

from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from newcourse.errors import Fault, NotCertified
from newcourse.vote.ballot import RankedBallot
from newcourse.vote.definition import Option, Rule, one_of
from newcourse.vote.lists.apportion import apportion
from newcourse.vote.lists.ballots import AnyVotes, nobody, share_below_one, votes_for_lists
from newcourse.vote.lists.biproportional import ROUNDINGS, Biproportional, NoSolution, biproportional
from newcourse.vote.lists.decimals import decimal
from newcourse.vote.lists.districts import Districts, Table, read_districts
from newcourse.vote.lists.margin import Settling
from newcourse.vote.lists.proof import flaws
from newcourse.vote.lists.thresholds import Threshold
from newcourse.vote.outcome import Seats, Step, Tally, Undecided
from newcourse.vote.plain import plain
from newcourse.vote.ties import Tie, TieRule


@dataclass(frozen=True, slots=True)
class DistrictSeats(Seats):
    """Seats of lists, with the seats of parties and the divisors that prove both."""

    parties: tuple[tuple[str, int], ...]
    district_divisors: tuple[tuple[str, Fraction], ...]
    party_divisors: tuple[tuple[str, Fraction], ...]

    def to_data(self) -> dict[str, object]:
        """Return seats and divisors as plain data."""
        return {
            "seats": dict(self.seats),
            "parties": dict(self.parties),
            "district_divisors": plain(dict(self.district_divisors)),
            "party_divisors": plain(dict(self.party_divisors)),
        }


def biproportional_rule(
    profile: AnyVotes,
    districts: Districts | None = None,
    method: str = "sainte-lague",
    threshold: Fraction = Fraction(0),
    district_threshold: Fraction | None = None,
    ties: TieRule | None = None,
) -> Tally:
    """Return the seats of lists, in proportion for districts and parties.

    Parameters
    ----------
    profile
        Ranked ballots; each counts for the list that it puts first.
    districts
        Districts with their seats and lists; one district with one seat, each list its own party, where not given.
    method
        How scaled votes are rounded: one of :data:`~newcourse.vote.lists.biproportional.ROUNDINGS`.
    threshold
        Share of all valid votes that lets a party take part.
    district_threshold
        Share of the valid votes of one district that lets a party take part as well.
    ties
        Tie rule; candidate order where none is given.

    Returns
    -------
    Tally
        :class:`DistrictSeats`; undecided without valid votes, without a party over the threshold, or where no seats
        fit because parties have votes in too few districts.

    Raises
    ------
    BadInput
        When a list is in no district or in several, or a district names an unknown list.

    Examples
    --------
    >>> from newcourse.vote.lists.districts import District
    >>> from newcourse.vote.ranked import RankedVotes
    >>> names = ["A north", "B north", "A south", "B south"]
    >>> votes = RankedVotes.of_lists(names, [[name] for name in names], [60, 40, 45, 55])
    >>> north = District("north", 2, (("A north", "A"), ("B north", "B")))
    >>> south = District("south", 2, (("A south", "A"), ("B south", "B")))
    >>> biproportional_rule(votes, Districts((north, south))).sentence
    '4 seats are divided: A north 1, B north 1, A south 1, B south 1.'
    """
    ties = ties or TieRule()
    votes, step = votes_for_lists(profile)
    if undecided := nobody(profile, step):
        return undecided
    table = Table.of(votes, districts or Districts.single(votes))
    upper = _upper(table, method, threshold, district_threshold, ties)
    steps = (step, *upper.steps)
    if not isinstance(upper.result, Seats):
        return Tally(upper.result, upper.sentence, steps, upper.ties)
    party_seats = [seats for _, seats in upper.result.seats]
    order = [table.cell(name) for name in ties.order(tuple(votes))]
    matrix = table.with_seats(party_seats)
    found = biproportional(matrix, table.seats, party_seats, ROUNDINGS[method], order)
    if isinstance(found, NoSolution):
        return _no_solution(found, table, steps, upper.ties)
    wrong = flaws(found, matrix, table.seats, party_seats, ROUNDINGS[method])
    if wrong:
        expected = "seats that pass the check of totals and rounding"
        raise NotCertified(Fault("seats-unproven", "biproportional", "; ".join(wrong), expected, "report this"))
    return _told(found, table, upper, steps, ties)


def _upper(table: Table, method: str, threshold: Fraction, district: Fraction | None, ties: TieRule) -> Tally:
    """Return the seats of parties by their votes everywhere."""
    exempt = table.strong_in_one(district) if district is not None else ()
    law = Threshold(threshold if district is None or threshold else district, exempt=exempt)
    votes = dict(zip(table.parties, table.party_votes(), strict=True))
    return apportion(votes, sum(table.seats), ROUNDINGS[method], threshold=law, how=Settling(ties))


def _no_solution(found: NoSolution, table: Table, steps: tuple[Step, ...], ties: tuple[Tie, ...]) -> Tally:
    parties = ", ".join(table.parties[j] for j in found.parties)
    districts = ", ".join(table.districts[i] for i in found.districts) or "no district"
    reason = (
        f"No seats fit: {parties} must get {found.party_seats} seats with votes only in {districts}, where there "
        f"are {found.district_seats}."
    )
    facts = {
        "parties": [table.parties[j] for j in found.parties],
        "districts": [table.districts[i] for i in found.districts],
        "party_seats": found.party_seats,
        "district_seats": found.district_seats,
    }
    return Tally(Undecided("no-solution", reason), reason, (*steps, Step("no-solution", reason, facts)), ties)


def _told(found: Biproportional, table: Table, upper: Tally, steps: tuple[Step, ...], ties: TieRule) -> Tally:
    seats = tuple((name, found.seats[i][j]) for name, (i, j) in table.cells)
    result = DistrictSeats(
        seats,
        upper.result.seats if isinstance(upper.result, Seats) else (),
        tuple(zip(table.districts, found.districts, strict=True)),
        tuple(zip(table.parties, found.parties, strict=True)),
    )
    settled: tuple[Tie, ...] = ()
    if found.open:
        names = [name for name, cell in table.cells if cell in found.open]
        settled = (ties.settle("lists between which equal quotients leave seats open", names),)
        sentence = f"Equal quotients leave seats open between {', '.join(names)}; by {settled[0].by}, in this order: "
        sentence += ", ".join(settled[0].settled) + "."
        steps = (*steps, Step("tie", sentence, {"among": names, "order": settled[0].settled}))
    divisors = [_district_step(i, found, table) for i in range(len(table.districts))]
    sentence = f"{sum(table.seats)} {'seats are' if sum(table.seats) > 1 else 'seat is'} divided: "
    sentence += ", ".join(f"{name} {number}" for name, number in seats) + "."
    return Tally(result, sentence, (*steps, *divisors), (*upper.ties, *settled))


def _district_step(i: int, found: Biproportional, table: Table) -> Step:
    cells = []
    facts = []
    for name, (row, j) in table.cells:
        if row != i or not found.seats[i][j]:
            continue
        scaled = table.votes[i][j] / (found.districts[i] * found.parties[j])
        cells.append(f"{name} {table.votes[i][j]} votes, scaled {decimal(scaled)}, seats {found.seats[i][j]}")
        facts.append({"list": name, "votes": table.votes[i][j], "scaled": scaled, "seats": found.seats[i][j]})
    sentence = f"{table.districts[i]}, {table.seats[i]} seats: {'; '.join(cells) or 'none'}."
    return Step("district", sentence, {"district": table.districts[i], "divisor": found.districts[i], "lists": facts})


def _share_or_none(value: object) -> Fraction | None:
    return None if value is None else share_below_one(value)


RULE: Final = Rule(
    name="biproportional",
    kind="seats",
    form=RankedBallot.form,
    reference="M. L. Balinski and G. Demange, Mathematical Programming 45 (1989) 193-210",
    options=(
        Option("districts", "Each district's seats, and the party of each of its lists.", None, read_districts),
        Option("method", "How scaled votes are rounded.", "sainte-lague", one_of(*ROUNDINGS)),
        Option("threshold", "Share of all valid votes that lets a party take part.", "0", share_below_one),
        Option(
            "district_threshold",
            "Share of the valid votes of one district that lets a party take part as well.",
            None,
            _share_or_none,
        ),
        Option("ties", "How ties are settled.", TieRule().to_data(), TieRule.from_data),
    ),
    tally=biproportional_rule,
)
