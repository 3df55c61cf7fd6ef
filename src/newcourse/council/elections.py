"""An election: nominations, candidates, the vote, the seats it fills (design §8.2)."""

from dataclasses import dataclass, field
from datetime import datetime

from newcourse.council.growing import GrowingMap


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody nominated.

    Parameters
    ----------
    person
        Who.
    by
        Who nominated them.
    accepted
        Whether they accepted; only who did can be voted for.
    groups
        Groups they declare to stand in, such as ``worker``, ``non-party`` or a tendency's code.
    statement
        What they say to the voters.
    """

    person: str
    by: str
    accepted: bool = False
    groups: tuple[str, ...] = ()
    statement: str = ""


@dataclass(frozen=True, slots=True)
class Election:
    """An election of the delegates of one constituency to one body.

    Parameters
    ----------
    election
        Its code, such as ``E2``.
    body, constituency
        Body whose seats are filled, and the place that fills them.
    seats
        How many.
    opened_at, nominations_end
        When nominations were opened, and when their time is over.
    closed_at
        When nominations were closed; ``None`` while open.
    candidates
        By person, in the order of nomination; who withdrew is not among them.
    vote
        Code of the vote, once it is opened.
    reason
        Why it is held: ``term``, ``vacancy`` (codes of the vacated mandates follow after a colon, with commas between
        them) or ``repeat`` (after a contest that was upheld).
    term_days
        Length of the term, fixed when nominations are opened.
    ends
        When the mandates end that it gives, where it fills seats in the middle of a term; ``None``: after a whole term.
    """

    election: str
    body: str
    constituency: str
    seats: int
    opened_at: datetime
    nominations_end: datetime
    closed_at: datetime | None = None
    candidates: GrowingMap[str, Candidate] = field(default_factory=GrowingMap)
    vote: str = ""
    reason: str = "term"
    term_days: int = 365
    ends: datetime | None = None

    @property
    def vacated(self) -> tuple[str, ...]:
        """Codes of the mandates whose seats it fills in the middle of a term."""
        why, _, codes = self.reason.partition(":")
        return tuple(code for code in codes.split(",") if code) if why == "vacancy" else ()

    @property
    def standing(self) -> tuple[Candidate, ...]:
        """Candidates who accepted, in the order of nomination."""
        return tuple(candidate for candidate in self.candidates.values() if candidate.accepted)
