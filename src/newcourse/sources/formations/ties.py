"""From who is tied to whom to shares that add up to at most 1."""

import numpy as np
from numpy.typing import NDArray

from newcourse.sources.formations.grid import Grid


def equal_shares(tied: NDArray[np.bool_], exists: NDArray[np.bool_]) -> NDArray[np.float32]:
    """Return (t, n, n) shares: each state is tied in equal parts to all it is tied to in that year.

    Parameters
    ----------
    tied
        (t, n, n) whether i and j are tied.
    exists
        (n, t) whether a state exists; one that does not is tied to none.
    """
    there = exists.T
    both = tied & there[:, :, None] & there[:, None, :]
    both[:, np.arange(both.shape[1]), np.arange(both.shape[1])] = False
    number = both.sum(axis=2, keepdims=True)
    shares: NDArray[np.float32] = np.divide(both, number, out=np.zeros(both.shape, dtype=np.float32), where=number > 0)
    return shares


def no_ties(grid: Grid) -> NDArray[np.bool_]:
    """Return (t, n, n) of nothing, to be filled in."""
    n, t = grid.shape
    return np.zeros((t, n, n), dtype=bool)
