"""The joint state of all countries as real numbers over products of Hermitian matrices, and what is read off it."""

from collections.abc import Sequence

import numpy as np

from newcourse.errors import BadInput, Fault
from newcourse.formations.engines.generators import Complex, Real, hermitian_basis
from newcourse.formations.runs import Start

MOST_NUMBERS = 2**28
"""The most numbers a joint state may have: 2 GB, as much again to work in."""


def joint_state(start: Start) -> Real:
    """Return a start as a vector of d²ⁿ real numbers, the first country's number the highest digit."""
    n, d, _ = start.states.shape
    if d ** (2 * n) > MOST_NUMBERS:
        found, expected = f"{n} countries of {d} formations: {d ** (2 * n)} numbers", f"at most {MOST_NUMBERS}"
        remedy = "sample trajectories, follow the mean field, or take fewer countries"
        raise BadInput(Fault("formation-too-many", "density matrix", found, expected, remedy))
    own = np.einsum("mab,iba->im", hermitian_basis(d), start.states).real
    vector = np.ones(1)
    for country in own:
        vector = np.multiply.outer(vector, country).ravel()
    return vector


def reduced(vector: Real, n: int, d: int, cluster: Sequence[int]) -> Real:
    """Return the numbers (d²ᵐ,) of the state of m countries alone, in the order given."""
    axes = tuple(slice(None) if i in cluster else slice(0, d) for i in range(n))
    table = vector.reshape((d * d,) * n)[axes]
    table = table.sum(axis=tuple(i for i in range(n) if i not in cluster))
    return np.ascontiguousarray(table.transpose(np.argsort(np.argsort(cluster)))).ravel()


def density_matrix(numbers: Real, d: int) -> Complex:
    """Return the density matrix (dᵐ, dᵐ) of m countries from their numbers."""
    k = d * d
    m = round(np.log(numbers.size) / np.log(k))
    basis = hermitian_basis(d).reshape(k, k)
    table = numbers.astype(complex)
    for _ in range(m):
        table = (table.reshape(k, -1).T @ basis).ravel()
    axes = [*range(0, 2 * m, 2), *range(1, 2 * m, 2)]
    return np.ascontiguousarray(table.reshape((d, d) * m).transpose(axes)).reshape(d**m, d**m)


def smallest_eigenvalue(matrix: Complex) -> float:
    """Return the smallest eigenvalue of a density matrix; below 0 it is none."""
    return float(np.linalg.eigvalsh(matrix)[0])
