"""The entries of a bundle, as the checks read them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from newcourse.verifier.merkle import Growing


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry as its line says it.

    Parameters
    ----------
    sequence, at, actor, act, body
        Number from 1, time as text, who, what, facts.
    clock
        The latest time of all entries up to this one: nobody gains by a clock that is slow.
    """

    sequence: int
    at: str
    actor: str
    act: str
    body: dict[str, Any]
    clock: str


@dataclass(slots=True)
class Log:
    """All entries that could be read, and the hash of each line as a leaf of the tree."""

    entries: list[Entry] = field(default_factory=list)
    leaves: list[bytes] = field(default_factory=list)
    _roots: dict[int, bytes] = field(default_factory=dict)

    def roots(self, sizes: Iterable[int]) -> dict[int, bytes]:
        """Return the roots of the tree at some sizes, as far as it reaches; each is worked out once."""
        wanted = {size for size in sizes if 0 <= size <= len(self.leaves)}
        if not wanted <= self._roots.keys():
            tree = Growing()
            for size in range(max(wanted) + 1):
                if size:
                    tree.add(self.leaves[size - 1])
                if size in wanted:
                    self._roots[size] = tree.root()
        return {size: self._roots[size] for size in wanted}

    def of(self, *acts: str) -> list[Entry]:
        """Return the entries of some acts, in order."""
        return [entry for entry in self.entries if entry.act in acts]
