"""Lists in districts: which list stands where and for which party, and the table of votes that follows."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Self

from newcourse.errors import BadInput, Fault


@dataclass(frozen=True, slots=True)
class District:
    """A district with its seats, and its lists with their parties."""

    name: str
    seats: int
    lists: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Districts:
    """All districts of an election.

    Raises
    ------
    BadInput
        When there is none, a list stands twice, a party has two lists in one district, or seats are no number.
    """

    districts: tuple[District, ...]

    def __post_init__(self) -> None:
        where, faults = "districts", []
        if not self.districts or not sum(d.seats for d in self.districts if isinstance(d.seats, int)):
            faults.append(Fault("district-missing", where, "no seat", "at least one district with a seat", "name it"))
        for district in self.districts:
            place = f"{where}, {district.name}"
            if isinstance(district.seats, bool) or not isinstance(district.seats, int) or district.seats < 0:
                expected = "a whole number from 0 on"
                faults.append(Fault("seats-wrong", place, repr(district.seats), expected, "give the number"))
            faults += _twice((party for _, party in district.lists), place, "each party once")
        faults += _twice((name for d in self.districts for name, _ in d.lists), where, "each list once")
        faults += _twice((d.name for d in self.districts), where, "each district once")
        if faults:
            raise BadInput(faults)

    @classmethod
    def single(cls, names: Iterable[str]) -> Self:
        """Return one district with one seat, in which every list is its own party."""
        return cls((District("all", 1, tuple((name, name) for name in names)),))


def _twice(names: Iterable[str], where: str, expected: str) -> list[Fault]:
    seen: set[str] = set()
    faults = []
    for name in names:
        if name in seen:
            faults.append(Fault("named-twice", where, name, expected, "remove one of the two"))
        seen.add(name)
    return faults


def read_districts(value: object) -> Districts | None:
    """Return districts from plain data: ``{"north": {"seats": 2, "lists": {"A north": "A"}}}``."""
    if value is None:
        return None
    if not isinstance(value, Mapping):
        raise BadInput(_malformed(value))
    read = []
    for name, content in value.items():
        if not isinstance(content, Mapping) or set(content) != {"seats", "lists"}:
            raise BadInput(_malformed(content))
        lists = content["lists"]
        if not isinstance(lists, Mapping) or not all(isinstance(text, str) for pair in lists.items() for text in pair):
            raise BadInput(_malformed(lists))
        read.append(District(str(name), content["seats"], tuple(lists.items())))
    return Districts(tuple(read))


def _malformed(value: object) -> Fault:
    expected = '{"north": {"seats": 2, "lists": {"A north": "A"}}}'
    return Fault("districts-malformed", "districts", repr(value)[:80], expected, "write it so")


@dataclass(frozen=True, slots=True)
class Table:
    """Votes by district and party.

    Attributes
    ----------
    districts, parties
        Names, parties in the order in which their lists come.
    seats
        Seats of each district.
    votes
        By district and party, nought where a party has no list; shape (districts, parties).
    cells
        For each list in candidate order, its place in the table.
    """

    districts: tuple[str, ...]
    parties: tuple[str, ...]
    seats: tuple[int, ...]
    votes: tuple[tuple[int, ...], ...]
    cells: tuple[tuple[str, tuple[int, int]], ...]

    @classmethod
    def of(cls, votes: Mapping[str, int], districts: Districts) -> Self:
        """Return the table of the votes.

        Raises
        ------
        BadInput
            When a list stands in no district, or a district names a list that is not voted on.
        """
        place = {name: (i, party) for i, d in enumerate(districts.districts) for name, party in d.lists}
        faults = [
            Fault("list-without-district", "districts", name, "a district for every list", "name its district")
            for name in votes
            if name not in place
        ]
        faults += [
            Fault("list-unknown", "districts", name, "a list of this vote", "correct the name")
            for name in place
            if name not in votes
        ]
        if faults:
            raise BadInput(faults)
        parties = tuple(dict.fromkeys(place[name][1] for name in votes))
        number = {party: j for j, party in enumerate(parties)}
        cells = tuple((name, (place[name][0], number[place[name][1]])) for name in votes)
        rows = [[0] * len(parties) for _ in districts.districts]
        for name, (i, j) in cells:
            rows[i][j] = votes[name]
        seats = tuple(d.seats for d in districts.districts)
        return cls(tuple(d.name for d in districts.districts), parties, seats, tuple(map(tuple, rows)), cells)

    def cell(self, name: str) -> tuple[int, int]:
        """Return the place of a list."""
        return dict(self.cells)[name]

    def party_votes(self) -> tuple[int, ...]:
        """Return the votes of each party everywhere."""
        return tuple(sum(row[j] for row in self.votes) for j in range(len(self.parties)))

    def strong_in_one(self, share: Fraction) -> tuple[str, ...]:
        """Return the parties with at least that share of the valid votes of some district."""
        return tuple(
            party
            for j, party in enumerate(self.parties)
            if any(row[j] and row[j] >= share * sum(row) for row in self.votes)
        )

    def with_seats(self, party_seats: Sequence[int]) -> tuple[tuple[int, ...], ...]:
        """Return the votes with those of parties without a seat left out."""
        return tuple(tuple(v if party_seats[j] else 0 for j, v in enumerate(row)) for row in self.votes)
