"""Laws of few countries that tests of the quantum-like engines share, and the same laws for QuTiP."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from newcourse.formations.law import Coupling, Law, Spread
from newcourse.formations.spaces import Space

TWO = Space("two", {"a": "one", "b": "the other"}, {}, {})
FOUR = Space("four", {c: c for c in "abcd"}, {}, {})
SIGMA_X = np.array([[0, 1], [1, 0]], complex)


def alone(
    *, mixing: float = 0.0, detuning: float = 0.0, dephasing: float = 0.0, down: float = 0.0, up: float = 0.0,
    observed: float = 0.0, countries: int = 1,
) -> Law:  # fmt: skip
    """Return two-level countries: H = mixing σx + detuning |b><b|, coherence lost at the rate ``dephasing``."""
    jumps = np.tile([[0.0, up], [down, 0.0]], (countries, 1, 1))
    hamiltonian = np.tile(mixing * SIGMA_X + detuning * np.diag([0, 1]), (countries, 1, 1))
    names = tuple(f"C{i}" for i in range(countries))
    return Law(TWO, names, jumps, hamiltonian, np.full((countries, 2), dephasing), observed=observed)


def tied(n: int, d: int = 4, seed: int = 7, observed: float = 0.0) -> Law:
    """Return n countries with everything a law can have: mixing, jumps, dephasing, spread and exchange of all pairs."""
    chance = np.random.default_rng(seed)
    space = FOUR if d == 4 else TWO
    jumps, hamiltonian = np.zeros((n, d, d)), np.zeros((n, d, d), complex)
    for a in range(d):
        jumps[:, a, (a + 1) % d] = chance.uniform(0.02, 0.1, n)
    for i in range(n):
        lower = np.diag(chance.uniform(0.1, 0.3, d - 1) * np.exp(1j * chance.uniform(0, 6, d - 1)), -1)
        hamiltonian[i] = np.diag(chance.uniform(-0.5, 0.5, d)) + lower + lower.conj().T
    dephasing = chance.uniform(0.05, 0.3, (n, d))
    weights = chance.uniform(0, 1, (n, n)) * (1 - np.eye(n))
    weights /= np.maximum(weights.sum(axis=1, keepdims=True), 1e-9)
    exchange = np.zeros((d * d, d * d))
    exchange[d - 1, (d - 1) * d] = exchange[(d - 1) * d, d - 1] = 1
    spread = (Spread(0, d - 1, (d - 1,), 0.3 * weights),) + ((Spread(1, 2, (0, 2), 0.1 * weights),) if d > 2 else ())
    names = tuple(f"C{i}" for i in range(n))
    coupling = Coupling(exchange, 0.1 * (weights + weights.T))
    return Law(space, names, jumps, hamiltonian, dephasing, spread, (coupling,), observed)


def operators(law: Law) -> tuple[NDArray[np.complex128], list[NDArray[np.complex128]]]:
    """Return the Hamiltonian and the jump operators on all countries, as the equation in ``law.py`` states them."""
    n, d = law.size, law.space.size
    total = sum((placed(law, {i: law.hamiltonian[i]}) for i in range(n)), np.zeros((d**n, d**n), complex))
    jumps = []
    for i, a, b in np.argwhere(law.jumps):
        jumps.append(np.sqrt(law.jumps[i, a, b]) * placed(law, {i: unit(d, a, b)}))
    for i, a in np.argwhere(law.dephasing):
        jumps.append(np.sqrt(law.dephasing[i, a]) * placed(law, {i: unit(d, a, a)}))
    for spread in law.spread:
        for i, j in np.argwhere(spread.weights):
            for c in spread.given:
                parts = {i: unit(d, spread.source, spread.target), j: unit(d, c, c)}
                jumps.append(np.sqrt(spread.weights[i, j]) * placed(law, parts))
    for coupling in law.couplings:
        table = coupling.operator.reshape(d, d, d, d)
        for i, j in np.argwhere(np.triu(coupling.weights)):
            for a, b, x, y in np.argwhere(table):
                parts = {i: unit(d, x, a), j: unit(d, y, b)}
                total = total + coupling.weights[i, j] * table[a, b, x, y] * placed(law, parts)
    return total, jumps


def placed(law: Law, parts: dict[int, NDArray[Any]]) -> NDArray[np.complex128]:
    """Return the product of operators of some countries on all of them."""
    total = np.ones((1, 1), complex)
    for k in range(law.size):
        total = np.kron(total, parts.get(k, np.eye(law.space.size)))
    return total


def unit(d: int, source: int, target: int) -> NDArray[np.complex128]:
    """Return the operator that moves source to target."""
    matrix = np.zeros((d, d), complex)
    matrix[target, source] = 1
    return matrix
