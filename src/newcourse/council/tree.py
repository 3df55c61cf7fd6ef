"""The tree of places: federation → region → district → enterprise or neighbourhood (design §2)."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Any, Self

from newcourse.errors import BadInput, Fault


@dataclass(frozen=True, slots=True)
class Place:
    """A node of the tree; the root has no parent."""

    place: str
    name: str
    level: str
    parent: str = ""


@dataclass(frozen=True)
class Tree:
    """All places of a federation.

    Raises
    ------
    BadInput
        When a code is there twice, a parent is unknown, or there is not exactly one root above all.
    """

    places: tuple[Place, ...] = ()

    def __post_init__(self) -> None:
        if self.places and (faults := [*self._faults()]):
            raise BadInput(faults)

    @classmethod
    def from_data(cls, rows: Iterable[Mapping[str, Any]]) -> Self:
        """Return the tree that :meth:`to_data` wrote."""
        return cls(tuple(Place(**row) for row in rows))

    def to_data(self) -> list[dict[str, Any]]:
        """Return the places as plain data, in order."""
        return [asdict(place) for place in self.places]

    @cached_property
    def by_code(self) -> Mapping[str, Place]:
        """Places by code."""
        return MappingProxyType({place.place: place for place in self.places})

    @property
    def root(self) -> str:
        """Code of the place above all; empty where there is none yet."""
        return next((place.place for place in self.places if not place.parent), "")

    def __contains__(self, code: object) -> bool:
        return code in self.by_code

    def upward(self, code: str) -> Iterator[str]:
        """Yield the place and every place above it, the root last."""
        node = code
        while node in self.by_code:
            yield node
            node = self.by_code[node].parent

    def beneath(self, code: str) -> tuple[str, ...]:
        """Return the places directly beneath a place, in order."""
        return self._children.get(code, ())

    def contains(self, outer: str, inner: str) -> bool:
        """Return whether the inner place is the outer one or lies beneath it."""
        return outer in self.upward(inner)

    def within(self, code: str) -> frozenset[str]:
        """Return the place and all places beneath it, whatever their number; empty where it is unknown."""
        waiting, found = [code] if code in self.by_code else [], set()
        while waiting:
            place = waiting.pop()
            found.add(place)
            waiting += self.beneath(place)
        return frozenset(found)

    def at_level(self, level: str) -> tuple[str, ...]:
        """Return the places of a level, in order."""
        return self._levels.get(level, ())

    def name(self, code: str) -> str:
        """Return the name of a place in words, or its code where it is unknown."""
        return self.by_code[code].name if code in self.by_code else code

    @cached_property
    def _children(self) -> Mapping[str, tuple[str, ...]]:
        children: dict[str, list[str]] = {}
        for place in self.places:
            children.setdefault(place.parent, []).append(place.place)
        return {parent: tuple(codes) for parent, codes in children.items()}

    @cached_property
    def _levels(self) -> Mapping[str, tuple[str, ...]]:
        levels: dict[str, list[str]] = {}
        for place in self.places:
            levels.setdefault(place.level, []).append(place.place)
        return {level: tuple(codes) for level, codes in levels.items()}

    def _reached(self) -> set[str]:
        """Return every place that hangs on a root: what does not, is above itself."""
        waiting = [place.place for place in self.places if not place.parent]
        reached: set[str] = set()
        while waiting:
            code = waiting.pop()
            if code not in reached:
                reached.add(code)
                waiting += self.beneath(code)
        return reached

    def _faults(self) -> Iterator[Fault]:
        codes = [place.place for place in self.places]
        known = set(codes)
        for code in sorted(code for code, times in Counter(codes).items() if times > 1):
            yield Fault("place-twice", f"place {code}", "two places of this code", "one", "rename one of them")
        for place in self.places:
            if place.parent and place.parent not in known:
                expected = "a place of this federation"
                yield Fault(
                    "place-unknown", f"place {place.place}, parent", place.parent, expected, "correct the parent"
                )
        roots = [place.place for place in self.places if not place.parent]
        lost = known - self._reached()
        if len(roots) != 1 or lost:
            found = (
                f"{len(roots)} places without a parent; not beneath any of them: {', '.join(sorted(lost)) or 'none'}"
            )
            yield Fault("tree-broken", "places", found, "one place above all others", "correct the parents")
