"""Recall: a petition of the constituency, its vote, and what follows (design §8.2)."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Petition:
    """A petition to recall a delegate.

    Parameters
    ----------
    petition
        Its code, such as ``R1``.
    mandate
        Code of the mandate to be ended.
    reasons
        Why, in the petitioner's words.
    by, opened_at, ends
        Who began it, when, and until when it can be signed.
    signers
        Who stands behind it, the petitioner first.
    needed
        Signatures needed, fixed when it was begun.
    vote
        Code of the recall vote, once it is opened.
    outcome
        ``recalled`` or ``kept``, once the vote is counted.
    """

    petition: str
    mandate: str
    reasons: str
    by: str
    opened_at: datetime
    ends: datetime
    signers: tuple[str, ...]
    needed: int
    vote: str = ""
    outcome: str = ""

    @property
    def supported(self) -> bool:
        """Whether enough have signed."""
        return len(self.signers) >= self.needed
