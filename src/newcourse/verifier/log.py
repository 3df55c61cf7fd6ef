"""The entries of a bundle, as the checks read them."""

from dataclasses import dataclass, field
from typing import Any


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

    def of(self, *acts: str) -> list[Entry]:
        """Return the entries of some acts, in order."""
        return [entry for entry in self.entries if entry.act in acts]
