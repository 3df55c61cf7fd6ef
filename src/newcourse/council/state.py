"""What a federation is at one moment: nothing but what its record says, read in order (design §3, §4)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final, NamedTuple

from newcourse.council.amending import StatutesDraft, StatutesVersion
from newcourse.council.articles import Council
from newcourse.council.cycle import Cycle, Proposal
from newcourse.council.discussion import Comment
from newcourse.council.elections import Election
from newcourse.council.growing import GrowingMap
from newcourse.council.mandates import Mandate
from newcourse.council.recall import Petition
from newcourse.council.seating import Seat, Seating
from newcourse.council.statutes import Statutes
from newcourse.council.tendencies import Tendency
from newcourse.council.tree import Tree
from newcourse.council.voting import Vote
from newcourse.record.entry import GENESIS

__all__ = ["BEFORE_ALL", "Seat", "State", "Vouched"]


class Vouched(NamedTuple):
    """For whom somebody has vouched, and when."""

    person: str
    at: datetime


BEFORE_ALL: Final = datetime(1, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class State:
    """Everything a federation is.

    Parameters
    ----------
    statutes
        Its law; ``None`` until it is founded.
    title
        Its name in words.
    tree
        Its places.
    founders
        Who founded it.
    members
        Place by member.
    verified
        Who vouched for a member's identity, by member.
    vouched
        For whom a member has vouched within a year, by member; founders until the first cycle is opened apart.
    seats
        Sitting delegates by body.
    mandates, elections, petitions
        All there ever were, by code.
    mandates_by_person, mandates_by_seat, elections_by_seat
        Their codes in the order of the record: by who holds the mandate, and by body and constituency.
    instructions
        What delegates are to do where a constituency decides so, by the code of its vote.
    tendencies, comments
        All there ever were, by code.
    drafts, versions
        Drafts of statutes by code, and every version that is or was law, the present one last.
    economy, fingerprint
        Hash of the economy it was founded with, and that economy's fingerprint.
    cycle, past
        The open cycle, and the closed ones.
    proposals, votes
        All there ever were, by code.
    keys
        Number of the entry by actor and the key under which they sent it.
    latest
        Latest time on record. Deadlines are judged by it where an act claims to be earlier.
    sequence, head
        Number and hash of the last entry.
    """

    statutes: Statutes | None = None
    title: str = ""
    tree: Tree = field(default_factory=Tree)
    founders: tuple[str, ...] = ()
    members: GrowingMap[str, str] = field(default_factory=GrowingMap)
    verified: GrowingMap[str, tuple[str, ...]] = field(default_factory=GrowingMap)
    vouched: GrowingMap[str, tuple[Vouched, ...]] = field(default_factory=GrowingMap)
    seats: Mapping[str, tuple[Seat, ...]] = field(default_factory=Seating)
    mandates: GrowingMap[str, Mandate] = field(default_factory=GrowingMap)
    elections: GrowingMap[str, Election] = field(default_factory=GrowingMap)
    petitions: GrowingMap[str, Petition] = field(default_factory=GrowingMap)
    mandates_by_person: GrowingMap[str, tuple[str, ...]] = field(default_factory=GrowingMap)
    mandates_by_seat: GrowingMap[tuple[str, str], tuple[str, ...]] = field(default_factory=GrowingMap)
    elections_by_seat: GrowingMap[tuple[str, str], tuple[str, ...]] = field(default_factory=GrowingMap)
    instructions: GrowingMap[str, str] = field(default_factory=GrowingMap)
    tendencies: GrowingMap[str, Tendency] = field(default_factory=GrowingMap)
    comments: GrowingMap[str, Comment] = field(default_factory=GrowingMap)
    drafts: GrowingMap[str, StatutesDraft] = field(default_factory=GrowingMap)
    versions: tuple[StatutesVersion, ...] = ()
    economy: str = ""
    fingerprint: str = ""
    cycle: Cycle | None = None
    past: tuple[Cycle, ...] = ()
    proposals: GrowingMap[str, Proposal] = field(default_factory=GrowingMap)
    votes: GrowingMap[str, Vote] = field(default_factory=GrowingMap)
    keys: GrowingMap[tuple[str, str], int] = field(default_factory=GrowingMap)
    latest: datetime = BEFORE_ALL
    sequence: int = 0
    head: str = GENESIS

    def __post_init__(self) -> None:
        if not isinstance(self.seats, Seating):
            object.__setattr__(self, "seats", Seating(self.seats))

    @property
    def seating(self) -> Seating:
        """Sitting delegates, also by person."""
        return self.seats if isinstance(self.seats, Seating) else Seating(self.seats)

    @property
    def law(self) -> Statutes:
        """The statutes of a federation that is founded."""
        if self.statutes is None:
            raise LookupError("a federation that is not founded has no statutes; ask authority first")
        return self.statutes

    @property
    def last_cycle(self) -> Cycle | None:
        """The open cycle, or else the one closed last."""
        return self.cycle or (self.past[-1] if self.past else None)

    def cycle_numbered(self, number: int) -> Cycle | None:
        """Return the cycle of that number, open or closed."""
        cycles = (*self.past, *([self.cycle] if self.cycle else []))
        return next((cycle for cycle in cycles if cycle.number == number), None)

    def council_place(self, council: Council) -> str:
        """Return the place a council decides for."""
        return council.place or self.tree.root

    def clock(self, at: datetime) -> datetime:
        """Return the time by which an act's deadlines are judged: nobody gains by a clock that is slow."""
        return max(at, self.latest)
