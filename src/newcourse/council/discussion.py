"""Criticism and replies: open to all, never deleted, moderated only with a reason and an appeal (design §4, §8.2)."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Moderation:
    """A comment folded away: by whom, why, and what became of the appeal.

    Parameters
    ----------
    by, at, reason
        Who, when and why.
    appeal, appealed_by
        Reason of the appeal and who made it; empty where there is none.
    decided_by, upheld, decision
        Who decided the appeal, whether it is upheld so that the comment is shown again, and the reason; empty and
        ``None`` while undecided.
    """

    by: str
    at: datetime
    reason: str
    appeal: str = ""
    appealed_by: str = ""
    decided_by: str = ""
    upheld: bool | None = None
    decision: str = ""

    @property
    def folds(self) -> bool:
        """Whether the comment is folded away now. It can always be read by opening it."""
        return self.upheld is not True


@dataclass(frozen=True, slots=True)
class Comment:
    """A criticism or a reply.

    Parameters
    ----------
    comment
        Its code, such as ``C12``.
    about
        What is criticised: the code of anything on record (``P3``, ``V2``, ``M4``, ``R1``, a body, a plan's address,
        an article, a cycle); of a reply, what the comment is about that it answers.
    by, at, words
        Who said what and when.
    reply_to
        Code of the comment it answers; empty for a criticism.
    moderation
        Where it was moderated.
    """

    comment: str
    about: str
    by: str
    at: datetime
    words: str
    reply_to: str = ""
    moderation: Moderation | None = None

    @property
    def folded(self) -> bool:
        """Whether it is folded away now."""
        return self.moderation is not None and self.moderation.folds
