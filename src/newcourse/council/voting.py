"""A vote: what was fixed when it was opened, its ballots, its result (design §2, §4)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from newcourse.council.freeze import Frozen
from newcourse.council.growing import GrowingMap


@dataclass(frozen=True, slots=True)
class Result:
    """What a closed vote gave: the result as plain data, its sentence, and the hash of the whole outcome."""

    decided: bool
    data: Mapping[str, Any]
    sentence: str
    outcome: str
    closed_at: datetime


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
    result
        What it gave, once it is closed.
    """

    frozen: Frozen
    sealed: str
    opened_at: datetime
    closes_at: datetime
    cycle: int
    ballots: GrowingMap[str, Mapping[str, Any]] = field(default_factory=GrowingMap)
    result: Result | None = None

    @property
    def vote(self) -> str:
        """Its code, such as ``V2``."""
        return self.frozen.vote

    @property
    def open(self) -> bool:
        """Whether it has not been closed."""
        return self.result is None

    @property
    def everybody_voted(self) -> bool:
        """Whether no ballot is outstanding."""
        return len(self.ballots) == len(self.frozen.electorate)
