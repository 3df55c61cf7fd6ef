"""What all observables of density matrices check: that they were given one."""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from newcourse.errors import BadInput, Fault

STRAY = 1e-6
"""How far a trace may be from 1 and a matrix from Hermitian: what an extrapolation leaves."""


def checked(state: ArrayLike) -> NDArray[np.complex128]:
    """Return a density matrix as an array; what is square, Hermitian and of trace 1 passes."""
    matrix: NDArray[Any] = np.asarray(state, dtype=complex)
    square = matrix.ndim == 2 and matrix.shape[0] == matrix.shape[1] and bool(np.isfinite(matrix).all())
    if not square or abs(matrix - matrix.conj().T).max() > STRAY or abs(np.trace(matrix) - 1) > STRAY:
        remedy = "give the density matrix of the countries"
        raise BadInput(Fault("formation-state", "state", f"shape {matrix.shape}", "square, Hermitian, trace 1", remedy))
    return matrix


def halves(state: ArrayLike) -> tuple[NDArray[np.complex128], int]:
    """Return the density matrix of two countries with axes (a, b, a', b'), and how many formations there are."""
    matrix = checked(state)
    d = round(np.sqrt(matrix.shape[0]))
    if d * d != matrix.shape[0]:
        remedy = "give the density matrix of two countries with the same formations"
        raise BadInput(Fault("formation-state", "state", f"{matrix.shape[0]} joint states", "a square number", remedy))
    return matrix.reshape(d, d, d, d), d
