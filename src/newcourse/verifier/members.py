"""Who was a member, and at which place, before an entry: the roll of a vote is compared with it."""

from dataclasses import dataclass, field
from typing import Any

from newcourse.verifier.log import Entry, Log


@dataclass(slots=True)
class Members:
    """Members by the entries up to some number, replayed once from the beginning.

    Parameters
    ----------
    log
        All entries.
    """

    log: Log
    places: dict[str, str] = field(default_factory=dict)
    parents: dict[str, str] = field(default_factory=dict)
    verified: set[str] = field(default_factory=set)
    _next: int = 0

    def until(self, sequence: int) -> dict[str, str]:
        """Return the place of each member before an entry; ask with growing numbers."""
        while self._next < len(self.log.entries) and self.log.entries[self._next].sequence < sequence:
            self._take(self.log.entries[self._next])
            self._next += 1
        return self.places

    def entitled(self, electors: str, place: str) -> set[str] | None:
        """Return who may vote by the words of what was frozen, or nothing where that takes more than membership."""
        if electors not in ("members", "verified members"):
            return None
        some = self.verified if electors == "verified members" else self.places.keys()
        return {name for name in some if name in self.places and (not place or self.within(self.places[name], place))}

    def within(self, place: str, where: str) -> bool:
        """Return whether a place is another one or lies in it."""
        seen = set()
        while place and place not in seen:
            if place == where:
                return True
            seen.add(place)
            place = self.parents.get(place, "")
        return False

    def _take(self, entry: Entry) -> None:
        body: dict[str, Any] = entry.body
        person = str(body.get("person", entry.actor))
        if entry.act == "found":
            self.places.update(body["members"])
            rows = body["places"]
            self.parents.update({row["place"]: row.get("parent") or "" for row in rows})
        elif entry.act == "found_body":
            self.parents[body["place"]] = body.get("parent") or ""
        elif entry.act in ("join", "transfer"):
            self.places[person] = body["place"]
        elif entry.act == "verify_member":
            self.verified.add(person)
        elif entry.act == "leave":
            self.places.pop(entry.actor, None)
            self.verified.discard(entry.actor)
