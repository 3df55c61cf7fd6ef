"""Mandates: whom a constituency sends to a body, until when, and what it told them (design §8.2)."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Instruction:
    """What a constituency told its delegates to do in an open vote of theirs.

    Parameters
    ----------
    vote
        Code of the vote by which the constituency decided it.
    about
        What it is about: code of a vote, a proposal, a draft of statutes or a kind of decision.
    choice
        What the delegate is to do: ``for``, ``against``, or the candidate to be ranked first.
    given_at
        When it was decided.
    late_for
        Codes of the votes in which the delegate had voted before.
    """

    vote: str
    about: str
    choice: str
    given_at: datetime
    late_for: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mandate:
    """A seat that somebody holds, from whom, since when and until when.

    Parameters
    ----------
    mandate
        Its code, such as ``M4``.
    person
        The delegate.
    body
        Code of the body they were sent to.
    constituency
        Place that elected them and alone can recall them.
    vote
        Code of the vote that elected them; empty for provisional delegates that founders named.
    groups
        Groups they stood in, such as ``worker`` or ``non-party``: quotas count these.
    begins, ends
        Term. A mandate whose term is over is held until successors are seated, and shown as overdue.
    taken_at
        When the delegate accepted it by taking it up; ``None`` until then.
    ended_at, ended_by
        When and by what it ended: ``laid down``, ``recalled``, ``succeeded``, ``left``, ``contested``; ``None`` and
        empty while held.
    instructions
        What the constituency told them.
    succeeds
        Code of the mandate whose seat they took in the middle of its term; empty otherwise.
    replaces
        Who keeps the seat until this mandate is taken up; empty where nobody does.
    """

    mandate: str
    person: str
    body: str
    constituency: str
    vote: str
    groups: tuple[str, ...]
    begins: datetime
    ends: datetime
    taken_at: datetime | None = None
    ended_at: datetime | None = None
    ended_by: str = ""
    instructions: tuple[Instruction, ...] = ()
    succeeds: str = ""
    replaces: str = ""

    @property
    def held(self) -> bool:
        """Whether it has not ended."""
        return self.ended_at is None

    @property
    def active(self) -> bool:
        """Whether it was taken up and has not ended: only then somebody acts by it."""
        return self.held and self.taken_at is not None
