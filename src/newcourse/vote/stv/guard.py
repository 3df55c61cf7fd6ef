"""What a count asks of quotas of groups: whom it must keep, and whom it must not elect (design §8.1)."""

from typing import Protocol


class Guard(Protocol):
    """Answers two questions at the end of a stage, so that a committee within the quotas of groups stays possible.

    Candidates are positions in the order fixed before the vote was opened. A committee is *feasible* when it has as
    many members as there are seats, holds all elected, otherwise only continuing candidates, and is within the quotas.
    """

    def keep(self, elected: frozenset[int], continuing: frozenset[int]) -> frozenset[int]:
        """Return the continuing candidates whose exclusion would leave no feasible committee."""

    def stop(self, elected: frozenset[int], continuing: frozenset[int]) -> frozenset[int]:
        """Return the continuing candidates whose election would leave no feasible committee."""
