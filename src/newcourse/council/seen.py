"""An entry as an audit sees it: with the state before it, the time that counts, and what was kept beside it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from newcourse.council.state import State
from newcourse.council.voting import Vote
from newcourse.errors import Fault, NewCourseError
from newcourse.record.entry import Entry

REMEDY: Final = "verify the record and find out who wrote the entry past the acts"


@dataclass(frozen=True, slots=True)
class Seen:
    """One entry under audit.

    Parameters
    ----------
    state
        The federation before it.
    entry, body
        The entry and its facts.
    now
        The time by which its deadlines are judged.
    read
        Reads an artefact that is plain data; ``None`` where artefacts are not at hand.
    """

    state: State
    entry: Entry
    body: Mapping[str, Any]
    now: datetime
    read: Callable[[str], Any] | None

    @property
    def vote(self) -> Vote:
        """The vote it names."""
        return self.state.votes[self.body["vote"]]

    def data(self, address: str) -> Any:
        """Return an artefact; ``None`` where artefacts are not at hand or there is none."""
        if self.read is None:
            return None
        try:
            return self.read(address)
        except NewCourseError:
            return {}

    def fault(self, code: str, found: str, expected: str) -> Fault:
        """Return what is wrong with the entry."""
        where = f"entry {self.entry.sequence}, {self.entry.act} by {self.entry.actor}"
        return Fault(code, where, found, expected, REMEDY)
