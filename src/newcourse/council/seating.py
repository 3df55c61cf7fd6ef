"""Who sits where: the delegates of every body, also found by person without looking at all of them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Seat:
    """A delegate of a body, the place that sent them, and the code of their mandate (empty for provisional ones)."""

    person: str
    place: str
    mandate: str = ""


class Seating(Mapping[str, tuple[Seat, ...]]):
    """Sitting delegates by body; never changes.

    Examples
    --------
    >>> seating = Seating({"congress": (Seat("ada", "north"),)})
    >>> seating.of("ada")
    (('congress', Seat(person='ada', place='north', mandate='')),)
    >>> seating.having("congress", ()).of("ada")
    ()
    """

    def __init__(self, seats: Mapping[str, tuple[Seat, ...]] | None = None) -> None:
        self._seats = dict(seats or {})

    def having(self, body: str, seats: tuple[Seat, ...]) -> "Seating":
        """Return the seating in which a body has these delegates."""
        return Seating({**self._seats, body: seats})

    def of(self, person: str) -> tuple[tuple[str, Seat], ...]:
        """Return every body that somebody sits in, with the seat."""
        return self._by_person.get(person, ())

    @cached_property
    def _by_person(self) -> Mapping[str, tuple[tuple[str, Seat], ...]]:
        found: dict[str, list[tuple[str, Seat]]] = {}
        for body, seats in self._seats.items():
            for seat in seats:
                found.setdefault(seat.person, []).append((body, seat))
        return MappingProxyType({person: tuple(held) for person, held in found.items()})

    def __getitem__(self, body: str) -> tuple[Seat, ...]:
        return self._seats[body]

    def __iter__(self) -> Iterator[str]:
        return iter(self._seats)

    def __len__(self) -> int:
        return len(self._seats)

    def __repr__(self) -> str:
        return f"Seating({self._seats!r})"
