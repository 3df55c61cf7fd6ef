"""Tendencies: organised currents of opinion with rights (design §8.2)."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

LONGEST_STATEMENT: Final = 2_000
"""Characters of a statement: the same space for every tendency on every subject."""

LONGEST_NAME: Final = 100
"""Characters of a tendency's name."""


@dataclass(frozen=True, slots=True)
class Statement:
    """What a tendency says to all members.

    Parameters
    ----------
    words, by, at
        What, published by whom, when.
    about
        Code of what it is about; empty for the platform at large.
    """

    words: str
    by: str
    at: datetime
    about: str = ""


@dataclass(frozen=True, slots=True)
class Tendency:
    """A tendency.

    Parameters
    ----------
    tendency
        Its code, such as ``T1``.
    name, platform
        What it is called and what it stands for.
    formed_at
        When it was formed.
    people
        Who belongs to it, who formed it first. Belonging is public: tendencies act openly.
    speakers
        Who publishes in its name: who formed it, and those whom speakers named. When none of them is left, the member
        who has belonged to it for longest is its speaker.
    statements
        What it published, the earliest first.
    """

    tendency: str
    name: str
    platform: str
    formed_at: datetime
    people: tuple[str, ...]
    speakers: tuple[str, ...]
    statements: tuple[Statement, ...] = ()

    def joined_by(self, person: str) -> "Tendency":
        """Return it with one more who belongs to it; their own speaker where nobody else does."""
        people = (*self.people, person)
        return replace(self, people=people, speakers=self.speakers or (person,))

    def left_by(self, person: str) -> "Tendency":
        """Return it without somebody; what it published stays."""
        people = tuple(other for other in self.people if other != person)
        speakers = tuple(other for other in self.speakers if other != person)
        return replace(self, people=people, speakers=speakers or people[:1])

    def statements_on(self, about: str = "") -> tuple[Statement, ...]:
        """Return what it published on a subject, the latest first: that one is shown, the earlier ones are kept."""
        return tuple(statement for statement in reversed(self.statements) if statement.about == about)
