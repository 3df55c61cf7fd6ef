"""Hermitian matrices along moves: what couples two formations coherently (design §11.1, H1, H4b, H7)."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from newcourse.errors import BadInput, Fault
from newcourse.formations.spaces import Space


def flips(space: Space, moves: Iterable[str]) -> NDArray[np.complex128]:
    """Return a (d, d) Hermitian matrix with 1 between the two ends of every arc of some moves, both ways, else 0."""
    matrix = np.zeros((space.size, space.size), np.complex128)
    for move in moves:
        for source, target in space.arcs(move):
            matrix[source, target] = matrix[target, source] = 1
    return matrix


def steps(space: Space, moves: Iterable[str]) -> NDArray[np.complex128]:
    """Return the diagonal (d, d) matrix of how many arcs of some moves lead to each formation, one after another.

    Between the two ends of an arc it differs by 1, so that Δ times it is a detuning of Δ along every arc. Moves must
    lead nowhere in a circle.

    Raises
    ------
    BadInput
        If they do: no levels differ by 1 along every arc of a circle.
    """
    moves = tuple(moves)
    arcs = [arc for move in moves for arc in space.arcs(move)]
    level = np.zeros(space.size)
    for _ in range(space.size):
        for source, target in arcs:
            level[target] = max(level[target], level[source] + 1)
    if any(level[target] < level[source] + 1 for source, target in arcs):
        expected = "moves that lead nowhere in a circle"
        raise BadInput(Fault("formation-hypothesis", "moves", ", ".join(moves), expected, "leave one of them out"))
    return np.diag(level).astype(np.complex128)
