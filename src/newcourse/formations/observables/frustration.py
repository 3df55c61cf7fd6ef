r"""Frustration of competing couplings (the essay's "contradiction", measured).

**What it is.** Couplings between countries each have an energy they would be lowest at, alone. Frustration is by how
much the lowest energy of all together lies above the sum of these, as a share of the widest it could be,

.. math:: \frac{E_0\bigl(\sum_{i<j}w_{ij}O_{ij}\bigr) - \sum_{i<j}E_0(w_{ij}O_{ij})}
          {\sum_{i<j}\bigl(E_{\max}(w_{ij}O_{ij}) - E_0(w_{ij}O_{ij})\bigr)}:

0 where all can be satisfied at once. Three countries each of which would differ from both others, with two
formations, have ⅓ (G. Toulouse, *Communications on Physics* 2 (1977) 115). :func:`frustrated_triangles` is the same
thought for signed ties alone (F. Heider; D. Cartwright and F. Harary, *Psychological Review* 63 (1956) 277).

**What it is not.** It is no contradiction in the sense of logic, and no measure of conflict between classes: it says
that given couplings cannot all have their way, and nothing about who prevails.

**Where the analogy fails.** "Lowest energy" has no meaning in a society: nothing here cools. Quantum couplings that do
not commute are frustrated without any competition of interests, by the uncertainty relation alone.
"""

from itertools import combinations

import numpy as np
from numpy.typing import ArrayLike
from scipy.sparse import csr_array, eye_array, kron
from scipy.sparse.linalg import eigsh

from newcourse.errors import BadInput, Fault
from newcourse.formations.law import Law

MOST_STATES = 70_000
"""The most joint states for which the lowest energy is sought."""

DENSE = 64
"""Up to so many joint states all energies are computed."""


def frustration(law: Law) -> float:
    """Return the frustration of a law's couplings, 0 where there are none.

    Raises
    ------
    BadInput
        When there are too many countries.
    """
    n, d = law.size, law.space.size
    if d**n > MOST_STATES:
        found, remedy = f"{d**n} joint states", "take fewer countries, or count the frustrated triangles"
        raise BadInput(Fault("formation-too-many", "frustration", found, f"at most {MOST_STATES}", remedy))
    total, alone, width = csr_array((d**n, d**n), dtype=complex), 0.0, 0.0
    for i, j in combinations(range(n), 2):
        pair = sum((c.weights[i, j] * c.operator for c in law.couplings), np.zeros((d * d, d * d), complex))
        if pair.any():
            energies = np.linalg.eigvalsh(pair)
            alone, width = alone + energies[0], width + energies[-1] - energies[0]
            total = total + _placed(csr_array(pair), i, j, n, d)
    if not width:
        return 0.0
    return float((_lowest(csr_array(total)) - alone) / width)


def frustrated_triangles(weights: ArrayLike) -> float:
    """Return the share of triangles of ties, weighted by their product's size, in which the product is positive.

    Parameters
    ----------
    weights
        (n, n) symmetric; a negative tie is satisfied when both are alike, a positive one when they differ.

    Examples
    --------
    >>> frustrated_triangles(np.ones((3, 3)) - np.eye(3)), frustrated_triangles(np.eye(3) - np.ones((3, 3)))
    (1.0, 0.0)
    """
    ties = np.array(weights, dtype=float)
    np.fill_diagonal(ties, 0.0)
    signed = np.einsum("ij,jk,ki->", ties, ties, ties, optimize=True)
    size = np.einsum("ij,jk,ki->", abs(ties), abs(ties), abs(ties), optimize=True)
    return float((size + signed) / (2 * size)) if size else 0.0


def _placed(pair: csr_array, i: int, j: int, n: int, d: int) -> csr_array:
    """Return the operator of a pair on all countries: exchanged into places i < j."""
    table = csr_array(kron(pair, eye_array(d ** (n - 2)), "csr"))
    places = [i, j, *(k for k in range(n) if k not in (i, j))]
    numbers = np.arange(d**n).reshape((d,) * n).transpose(places).ravel()
    back = np.argsort(numbers)
    return csr_array(table[back][:, back])


def _lowest(total: csr_array) -> float:
    if total.shape[0] <= DENSE:
        return float(np.linalg.eigvalsh(total.toarray())[0])
    return float(eigsh(total, k=1, which="SA", return_eigenvectors=False, v0=np.ones(total.shape[0]))[0])
