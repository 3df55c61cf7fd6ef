"""How often each ballot was cast, as whole numbers that can be added up exactly."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from newcourse.errors import BadInput, Fault

MOST_BALLOTS: Final = 2**53
"""Most ballots together: below it, sums in whole numbers and in doubles are the same."""


def casts(times: Sequence[int]) -> np.ndarray:
    """Return how often each ballot was cast as an array; shape (ballots,).

    Raises
    ------
    BadInput
        If a number is too large for an array at all; what else may be wrong is found where votes are made of it.

    Examples
    --------
    >>> casts([3, 1]).tolist()
    [3, 1]
    """
    if any(number >= MOST_BALLOTS for number in times):
        found = f"a ballot cast {max(times)} times"
        raise BadInput(Fault("times-wrong", "votes", found, "together below 2^53", "count it in several boxes"))
    return np.array(times, dtype=np.int64)


def casts_faults(times: np.ndarray, where: str) -> list[Fault]:
    """Return what is wrong with how often ballots were cast: less than once, or too often together."""
    if not len(times) or (times.min() >= 1 and float(times.astype(float).sum()) < MOST_BALLOTS):
        return []
    found = f"ballots cast from {times.min()} to {times.max()} times"
    return [Fault("times-wrong", where, found, "at least once, together below 2^53", "correct the counts")]
