"""Where a chain ends if nothing about it changes: its stationary distribution.

That is a property of the chain, not a forecast: it holds if rates stay as they are for ever.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from newcourse.errors import BadInput, Fault


def stationary(transitions: ArrayLike) -> NDArray[np.float64]:
    """Return the share of time (d,) that a chain spends in each state in the long run.

    Parameters
    ----------
    transitions
        (d, d) probabilities of a step, from row to column; rows add up to 1.

    Raises
    ------
    BadInput
        If the rows are no probabilities, or where the chain ends depends on where it begins.

    Examples
    --------
    >>> stationary([[0.9, 0.1], [0.3, 0.7]]).round(3)
    array([0.75, 0.25])
    """
    matrix = np.asarray(transitions, dtype=float)
    square = matrix.ndim == 2 and matrix.shape[0] == matrix.shape[1]
    if not square or (matrix < 0).any() or not np.allclose(matrix.sum(axis=1), 1, atol=1e-9):
        raise BadInput(_fault(f"shape {matrix.shape}", "a square matrix of probabilities, rows adding up to 1"))
    size = matrix.shape[0]
    system = np.vstack([matrix.T - np.eye(size), np.ones(size)])
    if np.linalg.matrix_rank(system[:-1], tol=1e-10) < size - 1:
        raise BadInput(_fault("several sets of states that are never left", "one: else the end depends on the start"))
    found = np.linalg.lstsq(system, np.append(np.zeros(size), 1.0))[0]
    return np.asarray(np.clip(found, 0, None) / np.clip(found, 0, None).sum())


def _fault(found: str, expected: str) -> Fault:
    return Fault("stationary-chain", "transition matrix", found, expected, "give another chain")
