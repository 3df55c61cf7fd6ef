r"""Generators of the master equation as real sparse matrices, one for a country and one for every tied pair.

A Hermitian matrix on d formations is written as d² real numbers :math:`r_\mu = \mathrm{tr}(B_\mu\rho)` over an
orthonormal basis of Hermitian matrices: first the d matrices :math:`|x\rangle\langle x|`, then for each x < y the
symmetric :math:`(|x\rangle\langle y| + |y\rangle\langle x|)/\sqrt2` and the antisymmetric
:math:`i(|y\rangle\langle x| - |x\rangle\langle y|)/\sqrt2`.
For several countries the basis is made of products. Everything that keeps matrices Hermitian is then a real matrix:
half the memory and a quarter of the multiplications of complex density matrices (the coherence vector of R. Alicki and
K. Lendi, *Quantum Dynamical Semigroups and Applications*, 1987, §2.3).
"""

from collections.abc import Iterator
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array, csr_array, eye_array, kron

from newcourse.formations.law import Law

TINY = 1e-15
"""Entries below this, relative to the largest, are rounding and left out."""

Real = NDArray[np.float64]
Complex = NDArray[np.complex128]


@lru_cache(maxsize=16)
def hermitian_basis(d: int) -> Complex:
    """Return the basis of Hermitian matrices, shape (d², d, d), the d diagonal ones first."""
    basis = np.zeros((d * d, d, d), complex)
    basis[range(d), range(d), range(d)] = 1
    pairs = [(x, y) for x in range(d) for y in range(x + 1, d)]
    for k, (x, y) in enumerate(pairs):
        even, odd = basis[d + 2 * k], basis[d + 2 * k + 1]
        even[x, y] = even[y, x] = np.sqrt(0.5)
        odd[x, y], odd[y, x] = -1j * np.sqrt(0.5), 1j * np.sqrt(0.5)
    basis.setflags(write=False)
    return basis


@lru_cache(maxsize=16)
def change_of_basis(d: int, countries: int) -> csr_array:
    """Return T, whose columns are the basis matrices of one or two countries, row by row as vectors.

    For two countries the rows count as for matrices on the pair: d²·(d·a + b) + d·a' + b'.
    """
    one = csr_array(hermitian_basis(d).reshape(d * d, d * d).T)
    if countries == 1:
        return one
    a, mirrored, b, reflected = np.indices((d,) * 4).reshape(4, -1)
    rows = ((a * d + b) * d + mirrored) * d + reflected
    turn = coo_array((np.ones(d**4), (rows, np.arange(d**4))), shape=(d**4, d**4))
    return csr_array(csr_array(turn) @ kron(one, one, "csr"))


def pair_generator(hamiltonian: Complex, jumps: list[Complex], d: int) -> csr_array:
    """Return the real generator, on a pair of countries, of a Hamiltonian and jump operators (d², d²)."""
    one, given = eye_array(hamiltonian.shape[0], format="csr"), csr_array(-1j * hamiltonian)
    total = kron(given, one, "csr") - kron(one, given.T, "csr")
    for dense in jumps:
        jump, decay = csr_array(dense), csr_array(0.5 * dense.conj().T @ dense)
        total = total + kron(jump, jump.conj(), "csr") - kron(decay, one, "csr") - kron(one, decay.T, "csr")
    turn = change_of_basis(d, 2)
    return trimmed(csr_array((turn.conj().T @ csr_array(total) @ turn).real))


def liouvillian(hamiltonian: Complex, jumps: list[Complex]) -> Complex:
    """Return the generator (s², s²) that acts on matrices (s, s) written row by row."""
    one = np.eye(hamiltonian.shape[0])
    total = -1j * (np.kron(hamiltonian, one) - np.kron(one, hamiltonian.T))
    for jump in jumps:
        decay = jump.conj().T @ jump
        total += np.kron(jump, jump.conj()) - 0.5 * (np.kron(decay, one) + np.kron(one, decay.T))
    return np.asarray(total)


def local_generators(law: Law) -> Real:
    """Return the generators (n, d², d²) of all that a country does by itself."""
    d = law.space.size
    turn = change_of_basis(d, 1).toarray()
    own = []
    for hamiltonian, rates, dephasing in zip(law.hamiltonian, law.jumps, law.dephasing, strict=True):
        jumps = [np.sqrt(rates[a, b]) * _unit(d, int(a), int(b)) for a, b in np.argwhere(rates)]
        jumps += [np.sqrt(dephasing[a]) * _unit(d, int(a), int(a)) for a in np.flatnonzero(dephasing)]
        own.append((turn.conj().T @ liouvillian(hamiltonian, jumps) @ turn).real)
    return np.array(own)


def pair_generators(law: Law) -> dict[tuple[int, int], csr_array]:
    """Return for each tied pair i < j the generator (d⁴, d⁴) of its coupling and of the jumps each calls forth."""
    d = law.space.size
    nothing = np.zeros((d * d, d * d), complex)
    parts = [(c.weights, pair_generator(c.operator, [], d)) for c in law.couplings]
    parts += [(weights, pair_generator(nothing, jumps, d)) for weights, jumps in _called_forth(law)]
    return {
        (i, j): csr_array(sum((w[i, j] * part for w, part in parts), csr_array((d**4, d**4))))
        for i, j in tied_pairs(law)
    }


def tied_pairs(law: Law) -> list[tuple[int, int]]:
    """Return the pairs of countries i < j with a coupling or a called-forth jump."""
    ties = [c.weights for c in law.couplings] + [s.weights + s.weights.T for s in law.spread]
    total = np.triu(sum((abs(weights) for weights in ties), np.zeros((law.size, law.size))), 1)
    return [(int(i), int(j)) for i, j in np.argwhere(total)]


def pair_operators(law: Law, i: int, j: int) -> tuple[Complex, list[Complex]]:
    """Return the Hamiltonian (d², d²) of a pair i < j and the operators of the jumps each calls forth."""
    d = law.space.size
    hamiltonian = sum((c.weights[i, j] * c.operator for c in law.couplings), np.zeros((d * d, d * d), complex))
    jumps = [np.sqrt(w[i, j]) * jump for w, found in _called_forth(law) if w[i, j] for jump in found]
    return np.asarray(hamiltonian), jumps


def _called_forth(law: Law) -> Iterator[tuple[Real, list[Complex]]]:
    """Yield weights (n, n) and jump operators on a pair, of the first country and then of the second."""
    d = law.space.size
    for spread in law.spread:
        moved = _unit(d, spread.source, spread.target)
        seen = [_unit(d, c, c) for c in spread.given]
        yield spread.weights, [np.asarray(np.kron(moved, c), complex) for c in seen]
        yield spread.weights.T, [np.asarray(np.kron(c, moved), complex) for c in seen]


def trimmed(matrix: csr_array) -> csr_array:
    """Return a sparse matrix without the entries that are rounding."""
    matrix.data[abs(matrix.data) < TINY * max(1.0, abs(matrix.data).max(initial=0.0))] = 0
    matrix.eliminate_zeros()
    return matrix


def _unit(d: int, source: int, target: int) -> Complex:
    matrix = np.zeros((d, d), complex)
    matrix[target, source] = 1
    return matrix
