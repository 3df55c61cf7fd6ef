"""A read-only mapping that grows by making new ones, cheaply: the state after an act shares the state before.

A new mapping copies only what was added lately, at most about √n items, and merges that into the large part when it
gets longer. Adding n items one by one, each mapping staying valid, takes O(n √n) instead of O(n²).
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final, Generic, Self, TypeVar

K = TypeVar("K")
V = TypeVar("V")

_SMALL = 32

_GONE: Final[Any] = object()
"""Stands among what was added lately for a key that was taken out."""


class GrowingMap(Mapping[K, V], Generic[K, V]):
    """An immutable mapping in order of first insertion; where a key comes back that was taken out is not fixed.

    Examples
    --------
    >>> before = GrowingMap({"ada": "north"})
    >>> after = before.put("ben", "south")
    >>> dict(before), dict(after)
    ({'ada': 'north'}, {'ada': 'north', 'ben': 'south'})
    >>> dict(after.without("ada"))
    {'ben': 'south'}
    """

    __slots__ = ("_late", "_length", "_old")

    def __init__(self, items: Mapping[K, V] | None = None) -> None:
        self._old: dict[K, V] = dict(items or {})
        self._late: dict[K, V] = {}
        self._length = len(self._old)

    def put(self, key: K, value: V) -> Self:
        """Return the mapping with this value under this key, new or in place of the one before."""
        return self._grown(key, value, self._length + (key not in self))

    def without(self, key: K) -> Self:
        """Return the mapping without this key.

        Raises
        ------
        KeyError
            If it is not there.
        """
        if key not in self:
            raise KeyError(key)
        return self._grown(key, _GONE, self._length - 1)

    def _grown(self, key: K, value: V, length: int) -> Self:
        grown = type(self)()
        late = {**self._late, key: value}
        if len(late) > _SMALL and len(late) ** 2 > len(self._old):
            merged = {**self._old, **late}
            for name in [name for name, held in late.items() if held is _GONE]:
                del merged[name]
            grown._old, grown._late = merged, {}
        else:
            grown._old, grown._late = self._old, late
        grown._length = length
        return grown

    def __getitem__(self, key: K) -> V:
        value = self._late[key] if key in self._late else self._old[key]
        if value is _GONE:
            raise KeyError(key)
        return value

    def __iter__(self) -> Iterator[K]:
        late = self._late
        yield from (key for key in self._old if late.get(key) is not _GONE) if late else self._old
        yield from (key for key, value in late.items() if value is not _GONE and key not in self._old)

    def __len__(self) -> int:
        return self._length

    def __contains__(self, key: object) -> bool:
        return self._late[key] is not _GONE if key in self._late else key in self._old

    def __repr__(self) -> str:
        return f"GrowingMap({dict(self)!r})"
