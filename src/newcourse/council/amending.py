"""Statutes that change only by the procedure they themselves name (design §4)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class StatutesDraft:
    """A draft of other statutes.

    Parameters
    ----------
    draft
        Its code, such as ``S1``.
    changes
        What changes, as plain data (see :mod:`newcourse.council.redrafting`).
    reasons
        Why, in words.
    by, at
        Who drafted it and when.
    version
        Number of the version of the statutes that it changes; it lapses when another becomes law first.
    statutes
        Hash of the artefact with the whole text as it would be.
    vote
        Code of the vote on it, once one is opened.
    passed
        Whether that vote passed it; ``None`` while undecided.
    enacted_at
        When it became law.
    """

    draft: str
    changes: tuple[Mapping[str, Any], ...]
    reasons: str
    by: str
    at: datetime
    version: int
    statutes: str
    vote: str = ""
    passed: bool | None = None
    enacted_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class StatutesVersion:
    """Statutes that are or were law: number from 1, since when, hash of the whole text, and the draft that made it."""

    number: int
    since: datetime
    statutes: str
    draft: str = ""
