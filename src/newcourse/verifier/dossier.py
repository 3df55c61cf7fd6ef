"""All that a record says about one vote, gathered from its entries."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from newcourse.verifier.bundle import Bundle
from newcourse.verifier.log import Entry, Log

NOBODY: Final = "token holder"
"""Who casts in a secret vote, as the record names them."""


@dataclass(slots=True)
class Dossier:
    """One vote.

    Parameters
    ----------
    vote
        Its code.
    openings
        The entries that opened it; there should be one.
    others
        All other entries about it, in order.
    """

    vote: str
    openings: list[Entry] = field(default_factory=list)
    others: list[Entry] = field(default_factory=list)

    @property
    def opening(self) -> Entry:
        """The entry that opened it."""
        return self.openings[0]

    @property
    def frozen(self) -> Mapping[str, Any]:
        """What was fixed when it was opened."""
        frozen = self.opening.body["frozen"]
        if not isinstance(frozen, dict):
            raise TypeError("what was frozen is no mapping")
        return frozen

    @property
    def kind(self) -> str:
        """How ballots are cast: ``open``, ``secret`` or ``paper``."""
        return str(self.frozen.get("ballot", "open"))

    def of(self, *acts: str) -> list[Entry]:
        """Return its entries of some acts, in order."""
        return [entry for entry in self.others if entry.act in acts]

    @property
    def closing(self) -> Entry | None:
        """The entry that closed it, if it is closed."""
        return next(iter(self.of("close_vote")), None)

    @property
    def counts(self) -> list[Entry]:
        """The entries that say its result; in older records it is the one that closed it."""
        return [*self.of("count_vote"), *(entry for entry in self.of("close_vote") if "result" in entry.body)]

    def closes(self, until: int) -> str:
        """Return when its time is over, as far as the entries before a number have fixed it."""
        moment = str(self.frozen["closes"])
        for entry in self.of("extend_vote"):
            if entry.sequence < until:
                moment = str(entry.body.get("closes") or _later(moment, entry.body["days"]))
        return moment

    def roll(self, bundle: Bundle) -> list[str] | None:
        """Return the list of those who may vote, or nothing where the bundle has none."""
        address = self.opening.body.get("roll")
        data = bundle.artefact(address) if address else None
        names = data.get("roll") if isinstance(data, dict) else data
        if names is not None and not (isinstance(names, list) and all(isinstance(name, str) for name in names)):
            raise TypeError("the roll is no list of names")
        return names

    def rows(self, bundle: Bundle) -> list[dict[str, Any]] | None:
        """Return its ballots as they were published: by the entry that closed it, in older records by casting."""
        closing = self.closing
        if closing is None:
            return None
        if "ballots" in closing.body and isinstance(closing.body["ballots"], str):
            data = bundle.artefact(closing.body["ballots"])
            if data is None:
                return None
            if data["vote"] != self.vote or not all(isinstance(row["ballot"], dict) for row in data["ballots"]):
                raise ValueError("the published ballots are of another vote, or are none")
            return list(data["ballots"])
        return [{"voter": entry.actor, "ballot": entry.body["ballot"]} for entry in self.of("cast")]


def dossiers(log: Log) -> dict[str, Dossier]:
    """Return what there is about each vote, by code, in the order of opening."""
    found: dict[str, Dossier] = {}
    for entry in log.entries:
        frozen = entry.body.get("frozen")
        if isinstance(frozen, dict) and "sealed" in entry.body and isinstance(frozen.get("vote"), str):
            found.setdefault(frozen["vote"], Dossier(frozen["vote"])).openings.append(entry)
    for entry in log.entries:
        vote = entry.body.get("vote")
        if isinstance(vote, str) and "frozen" not in entry.body:
            found.setdefault(vote, Dossier(vote)).others.append(entry)
    return found


def duplicates(items: Sequence[str]) -> list[str]:
    """Return what stands in a list more than once."""
    seen: set[str] = set()
    twice: dict[str, None] = {}
    for item in items:
        if item in seen:
            twice[item] = None
        seen.add(item)
    return list(twice)


def _later(moment: str, days: Any) -> str:
    late = datetime.fromisoformat(moment) + timedelta(days=int(days))
    return late.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
