r"""Density matrices as real vectors, so that quantum-like and classical laws run through one filter.

A Hermitian matrix of d formations is written as its d populations followed by the real and imaginary part of each
coherence that can ever differ from 0: those between formations that a Hamiltonian ties together, directly or through
others. Without a Hamiltonian nothing but populations is left, and the filter *is* that of a Markov chain.
"""

from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Complex = NDArray[np.complex128]


@dataclass(frozen=True)
class Coordinates:
    """Which entries of a density matrix are carried.

    Parameters
    ----------
    formations
        How many formations d there are.
    pairs
        Pairs (a, b), a < b, whose coherence is carried; use :func:`tied` so that none is missing.
    """

    formations: int
    pairs: tuple[tuple[int, int], ...] = ()

    @property
    def size(self) -> int:
        """How many real numbers m a density matrix is."""
        return self.formations + 2 * len(self.pairs)

    @property
    def trace(self) -> Array:
        """What a vector (m,) is multiplied by to get its trace."""
        return np.repeat([1.0, 0.0], [self.formations, 2 * len(self.pairs)])

    def vector(self, matrices: Complex) -> Array:
        """Return density matrices (…, d, d) as vectors (…, m)."""
        d = self.formations
        parts = [matrices[..., range(d), range(d)].real]
        for a, b in self.pairs:
            parts += [matrices[..., a, b].real[..., None], matrices[..., a, b].imag[..., None]]
        return np.concatenate(parts, axis=-1)

    def matrix(self, vectors: Array) -> Complex:
        """Return vectors (…, m) as density matrices (…, d, d)."""
        d = self.formations
        found = np.zeros((*vectors.shape[:-1], d, d), dtype=np.complex128)
        found[..., range(d), range(d)] = vectors[..., :d]
        for k, (a, b) in enumerate(self.pairs):
            value = vectors[..., d + 2 * k] + 1j * vectors[..., d + 2 * k + 1]
            found[..., a, b], found[..., b, a] = value, value.conj()
        return found

    def pack(self, jumps: Array, dephasing: Array | None = None, hamiltonian: Complex | None = None) -> Array:
        """Return a law's rates (…, d, d), dephasing (…, d) and Hamiltonian (…, d, d) as a row for :meth:`parts`."""
        d, lead = self.formations, jumps.shape[:-2]
        rows = [jumps.reshape(*lead, d * d)]
        if self.pairs:
            gamma = np.zeros((*lead, d)) if dephasing is None else dephasing
            h = np.zeros((*lead, d, d), dtype=complex) if hamiltonian is None else hamiltonian
            rows += [gamma, h[..., range(d), range(d)].real]
            for a, b in self.pairs:
                rows += [h[..., a, b].real[..., None], h[..., a, b].imag[..., None]]
        return np.concatenate([np.broadcast_to(row, (*lead, row.shape[-1])) for row in rows], axis=-1)

    def generators(self, packed: Array) -> Array:
        """Return the real generators (…, m, m) of packed laws (…, p): the vector moves by its product with them."""
        parts = _parts(self)
        used = np.flatnonzero(packed.reshape(-1, packed.shape[-1]).any(axis=0))
        flat = packed[..., used] @ parts[used].reshape(used.size, self.size**2)
        return np.ascontiguousarray(flat.reshape(*packed.shape[:-1], self.size, self.size))

    def entries(self, used: NDArray[np.bool_]) -> tuple[NDArray[np.int64], NDArray[np.int64], Array]:
        """Return where generators can differ from 0 if packed laws do so only where ``used`` (p,), and what makes them.

        Rows and columns (e,), and coefficients (e, p): times a packed law they give the generator's entries there.
        """
        parts = _parts(self) * used[:, None, None]
        rows, columns = np.nonzero(parts.any(axis=0))
        return rows, columns, np.ascontiguousarray(parts[:, rows, columns].T)

    def looks(self, probabilities: Array) -> Array:
        """Return what recording x multiplies a vector by, shape (x, m), from the matrix E of a reading (d, x)."""
        rows = [probabilities.T]
        for a, b in self.pairs:
            rows += [np.sqrt(probabilities[a] * probabilities[b])[:, None]] * 2
        return np.concatenate(rows, axis=1)

    def fading(self, observed: float) -> Array:
        """Return what being looked at each year multiplies a vector by, shape (m,)."""
        return np.where(self.trace > 0, 1.0, 1.0 - observed)


def tied(hamiltonian: Complex) -> tuple[tuple[int, int], ...]:
    """Return the pairs whose coherence a pattern of Hamiltonians (…, d, d) can make: all within each tied group."""
    d = hamiltonian.shape[-1]
    reach = (abs(hamiltonian.reshape(-1, d, d)).max(axis=0) > 0) | np.eye(d, dtype=bool)
    for _ in range(d):
        reach = (reach.astype(int) @ reach.astype(int)) > 0
    return tuple((a, b) for a, b in combinations(range(d), 2) if reach[a, b])


def motion(rho: Complex, jumps: Array, dephasing: Array, hamiltonian: Complex) -> Complex:
    """Return the time derivative (d, d) of a density matrix: the master equation of a law of motion."""
    out = jumps.sum(axis=1) + dephasing
    loss = (out[:, None] + out[None, :]) / 2
    gain = np.diag(jumps.T @ np.diag(rho) + dephasing * np.diag(rho))
    return np.asarray(-1j * (hamiltonian @ rho - rho @ hamiltonian) - loss * rho + gain)


@lru_cache(maxsize=64)
def _parts(where: Coordinates) -> Array:
    """Return for each entry of a packed law the generator that it adds per unit, shape (p, m, m)."""
    d, m = where.formations, where.size
    basis = where.matrix(np.eye(m))
    still = np.zeros((d, d), dtype=np.complex128)
    laws: list[tuple[Array, Array, Complex]] = [(jump, np.zeros(d), still) for jump in _units(d, d)]
    if where.pairs:
        laws += [(still.real, gamma, still) for gamma in np.eye(d)]
        laws += [(still.real, np.zeros(d), np.diag(energy).astype(complex)) for energy in np.eye(d)]
        for a, b in where.pairs:
            for unit in (1.0, 1j):
                h = still.copy()
                h[a, b], h[b, a] = unit, np.conj(unit)
                laws.append((still.real, np.zeros(d), h))
    made = [where.vector(np.array([motion(rho, *law) for rho in basis])).T for law in laws]
    for k in range(d):
        made[k * (d + 1)][:] = 0  # no jump leads from a formation to itself
    return np.array(made)


def _units(*shape: int) -> Array:
    return np.eye(int(np.prod(shape))).reshape(-1, *shape)
