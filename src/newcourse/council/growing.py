"""A read-only mapping that grows by making new ones, cheaply: the state after an act shares the state before.

A new mapping copies only what was added lately, at most about √n items, and merges that into the large part when it
gets longer. Adding n items one by one, each mapping staying valid, takes O(n √n) instead of O(n²).
"""

from collections.abc import Iterator, Mapping
from typing import Generic, Self, TypeVar

K = TypeVar("K")
V = TypeVar("V")

_SMALL = 32


class GrowingMap(Mapping[K, V], Generic[K, V]):
    """An immutable mapping in order of first insertion.

    Examples
    --------
    >>> before = GrowingMap({"ada": "north"})
    >>> after = before.put("ben", "south")
    >>> dict(before), dict(after)
    ({'ada': 'north'}, {'ada': 'north', 'ben': 'south'})
    """

    __slots__ = ("_late", "_length", "_old")

    def __init__(self, items: Mapping[K, V] | None = None) -> None:
        self._old: dict[K, V] = dict(items or {})
        self._late: dict[K, V] = {}
        self._length = len(self._old)

    def put(self, key: K, value: V) -> Self:
        """Return the mapping with this value under this key, new or in place of the one before."""
        grown = type(self)()
        late = {**self._late, key: value}
        if len(late) > _SMALL and len(late) ** 2 > len(self._old):
            grown._old, grown._late = {**self._old, **late}, {}
        else:
            grown._old, grown._late = self._old, late
        grown._length = self._length + (key not in self)
        return grown

    def __getitem__(self, key: K) -> V:
        return self._late[key] if key in self._late else self._old[key]

    def __iter__(self) -> Iterator[K]:
        yield from self._old
        yield from (key for key in self._late if key not in self._old)

    def __len__(self) -> int:
        return self._length

    def __contains__(self, key: object) -> bool:
        return key in self._late or key in self._old

    def __repr__(self) -> str:
        return f"GrowingMap({dict(self)!r})"
