r"""Kraus operators of exact channels, for sampling: the likeliest first.

A channel is :math:`\rho \mapsto \sum_m K_m\rho K_m^\dagger`; a pure state moves to :math:`K_m\psi` with the probability
:math:`\lVert K_m\psi\rVert^2`. Any set of operators with the same Choi matrix does (M.-D. Choi, *Linear Algebra and its
Applications* 10 (1975) 285). For a country by itself the eigenvectors of the Choi matrix are taken: the first then is
as likely as it can be. For a pair the first is :math:`e^{-iH_\mathrm{eff}h}`, no jump, which leaves alone all
formations the pair does not act on, so that few amplitudes have to be read.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import expm

from newcourse.formations.engines.generators import Complex, Real, change_of_basis, liouvillian, pair_operators
from newcourse.formations.law import Law

NEGLIGIBLE = 1e-15
"""Eigenvalues of a Choi matrix below this are rounding."""


@dataclass(frozen=True)
class Sampled:
    """A channel to sample from.

    Parameters
    ----------
    touched
        (t,) the joint formations of the one or two countries that are acted on.
    operators
        (m, t, t) Kraus operators on them. The first leaves other formations alone, the others map them to nothing.
    """

    touched: NDArray[np.int64]
    operators: Complex


def local_sampled(channel: Real) -> Sampled:
    """Return Kraus operators of a country's channel, given as a matrix (d², d²) over Hermitian matrices."""
    d = round(np.sqrt(channel.shape[0]))
    turn = change_of_basis(d, 1).toarray()
    choi = choi_matrix(turn @ channel @ turn.conj().T)
    operators = _eigenvectors(choi, d)
    order = np.argsort(-abs(np.einsum("maa->m", operators)), kind="stable")
    return Sampled(np.arange(d), operators[order])


def pair_sampled(law: Law, i: int, j: int, years: float) -> Sampled:
    """Return Kraus operators of what a tied pair i < j does in a time."""
    hamiltonian, jumps = pair_operators(law, i, j)
    acting = sum((abs(jump) for jump in jumps), abs(hamiltonian))
    touched = np.flatnonzero((acting.sum(axis=0) + acting.sum(axis=1)) > 0)
    inner = np.ix_(touched, touched)
    own, moves = hamiltonian[inner], [jump[inner] for jump in jumps]
    decay = sum((jump.conj().T @ jump for jump in moves), np.zeros(own.shape, complex))
    first = expm(years * (-1j * own - 0.5 * decay))
    if not moves:
        return Sampled(touched, first[None])
    flat = first.reshape(-1)
    rest = choi_matrix(expm(years * liouvillian(own, moves))) - np.outer(flat, flat.conj())
    return Sampled(touched, np.concatenate([first[None], _eigenvectors(rest, touched.size)]))


def choi_matrix(channel: Complex) -> Complex:
    """Return the Choi matrix (s², s²) of a channel (s², s²) on matrices written row by row: positive if it is one."""
    s = round(np.sqrt(channel.shape[0]))
    return np.ascontiguousarray(channel.reshape(s, s, s, s).transpose(0, 2, 1, 3)).reshape(s * s, s * s)


def _eigenvectors(choi: Complex, s: int) -> Complex:
    weights, vectors = np.linalg.eigh((choi + choi.conj().T) / 2)
    kept = weights > NEGLIGIBLE * s
    return np.ascontiguousarray((vectors[:, kept] * np.sqrt(weights[kept])).T.reshape(-1, s, s)[::-1])
