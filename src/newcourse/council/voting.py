"""A vote: what was fixed when it was opened, its ballots, its result (design §2, §4)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple

from newcourse.council.freeze import Frozen
from newcourse.council.growing import GrowingMap

OVERDUE: Final = timedelta(days=30)
"""How long after its end a vote that nobody has closed holds up others on the same seats."""


@dataclass(frozen=True, slots=True)
class Result:
    """What a counted vote gave.

    Parameters
    ----------
    decided
        Whether anything was decided; false also once a contest was upheld.
    data, sentence
        The result as plain data and in words.
    outcome
        Address of the artefact with every step of the count.
    closed_at, counted_at
        When the vote was closed and counted.
    ballots
        How many ballots were counted.
    """

    decided: bool
    data: Mapping[str, Any]
    sentence: str
    outcome: str
    closed_at: datetime
    counted_at: datetime
    ballots: int = 0


class Spent(NamedTuple):
    """A token that was spent: the commitment to its ballot, and the number of the entry. The ballot is not here."""

    commitment: str
    entry: int


@dataclass(frozen=True, slots=True)
class Paper:
    """Paper ballots of a vote as plain data: entered by one teller, confirmed by another (empty until then)."""

    ballots: tuple[Mapping[str, Any], ...]
    entered_by: str
    confirmed_by: str = ""
    entry: int = 0


class Verdict(NamedTuple):
    """What somebody said on a contest: who, whether the result should fall, and why."""

    by: str
    upheld: bool
    reasons: str


@dataclass(frozen=True, slots=True)
class Contest:
    """A contested result: by whom, when and why; what was said on it, and what came of it.

    Parameters
    ----------
    by, at, reasons
        Who contests, when and why. Each person contests a result once.
    verdicts
        Who decided what and why, the earliest first.
    outcome
        ``upheld``, ``dismissed``, or ``moot`` where the result fell by another contest; empty while undecided.
    """

    by: str
    at: datetime
    reasons: str
    verdicts: tuple[Verdict, ...] = ()
    outcome: str = ""


@dataclass(frozen=True, slots=True)
class Vote:
    """A vote, open or closed.

    Parameters
    ----------
    frozen
        What was fixed when it was opened.
    sealed
        Hash of that, as recorded at the opening.
    opened_at, closes_at
        When it was opened, and when its time is over.
    cycle
        Number of the cycle it belongs to.
    ballots
        Ballots as plain data, by voter.
    drawn
        Number of the entry by which a member drew a token, by member (secret votes).
    spent
        Commitment to the ballot and number of the entry, by the SHA-256 of the token (secret votes).
    paper
        Ballots as tellers entered them, with who entered and who confirmed them (paper votes).
    incidents
        Reasons for which it was extended, the earliest first.
    closed_at, published, secret
        When it was closed; address of the published ballots; the opener's line for the lot.
    result
        What it gave, once it is counted.
    contests
        Who contests the result and why, and what was decided on each by itself, the earliest first.
    opening
        Number of the entry that opened it.
    """

    frozen: Frozen
    sealed: str
    opened_at: datetime
    closes_at: datetime
    cycle: int
    ballots: GrowingMap[str, Mapping[str, Any]] = field(default_factory=GrowingMap)
    drawn: GrowingMap[str, int] = field(default_factory=GrowingMap)
    spent: GrowingMap[str, Spent] = field(default_factory=GrowingMap)
    paper: Paper | None = None
    incidents: tuple[str, ...] = ()
    closed_at: datetime | None = None
    published: str = ""
    secret: str = ""
    result: Result | None = None
    contests: tuple[Contest, ...] = ()
    opening: int = 0

    @property
    def vote(self) -> str:
        """Its code, such as ``V2``."""
        return self.frozen.vote

    @property
    def open(self) -> bool:
        """Whether it has not been closed."""
        return self.closed_at is None

    @property
    def cast(self) -> int:
        """How many ballots were cast so far."""
        if self.frozen.ballot == "paper":
            return len(self.paper.ballots) if self.paper else 0
        return len(self.spent) if self.frozen.ballot == "secret" else len(self.ballots)

    @property
    def everybody_voted(self) -> bool:
        """Whether no ballot is outstanding."""
        return self.cast == len(self.frozen.electorate)

    def overdue(self, at: datetime) -> bool:
        """Return whether it should have been closed so long ago that nothing waits for it any more.

        Its ballots may be lost: then it can never be closed, and must not keep others from being held.
        """
        return self.open and at > self.closes_at + OVERDUE

    @property
    def void(self) -> bool:
        """Whether its result fell because a contest was upheld."""
        return any(contest.outcome == "upheld" for contest in self.contests)

    @property
    def undecided_contests(self) -> tuple[Contest, ...]:
        """The contests on which nobody has decided yet, the earliest first."""
        return tuple(contest for contest in self.contests if not contest.outcome)

    def contest_of(self, person: str) -> Contest | None:
        """Return the contest of a person, if they contest the result."""
        return next((contest for contest in self.contests if contest.by == person), None)
