"""Tendencies: organised currents of opinion with rights (design §8.2)."""

from dataclasses import dataclass
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
    statements
        What it published, the earliest first.
    """

    tendency: str
    name: str
    platform: str
    formed_at: datetime
    people: tuple[str, ...]
    statements: tuple[Statement, ...] = ()

    def statements_on(self, about: str = "") -> tuple[Statement, ...]:
        """Return what it published on a subject, the latest first: that one is shown, the earlier ones are kept."""
        return tuple(statement for statement in reversed(self.statements) if statement.about == about)
