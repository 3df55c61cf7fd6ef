r"""A law of motion: what all engines run (design §11.2).

For n countries with d formations each, the density matrix of all of them moves by the master equation of Gorini,
Kossakowski and Sudarshan (*Journal of Mathematical Physics* 17 (1976) 821) and Lindblad (*Communications in
Mathematical Physics* 48 (1976) 119),

.. math:: \dot\rho = -i[H,\rho] + \sum_k L_k\rho L_k^\dagger - \tfrac12\{L_k^\dagger L_k,\rho\},

with time in years. A law says which Hamiltonians and jump operators there are:

* :math:`H_i`, one Hermitian d × d matrix a country (``hamiltonian``);
* :math:`\sqrt{r_{iab}}\,|b\rangle\langle a|_i`, a jump of country i from a to b by itself (``jumps``);
* :math:`\sqrt{\gamma_{ia}}\,|a\rangle\langle a|_i`, dephasing (``dephasing``): the coherence between a and b decays at
  the rate :math:`(\gamma_a+\gamma_b)/2`;
* :math:`\sqrt{w_{ij}}\,|b\rangle\langle a|_i\,|c\rangle\langle c|_j`, a jump of country i that country j calls forth
  while it is in c (:class:`Spread`);
* :math:`\sum_{i<j} w_{ij}\,O_{ij}`, a Hamiltonian between two countries (:class:`Coupling`).

Without Hamiltonians the diagonal of ρ is exactly a Markov chain in continuous time in which country i moves from a to
b at the rate :math:`r_{iab} + \sum_j w_{ij}[x_j = c]`: that is the classical model every other one is compared with.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from newcourse.errors import BadInput, Fault
from newcourse.formations.spaces import Space
from newcourse.formations.worlds import frozen

HERMITIAN = 1e-12
"""How far, relative to its largest entry, a Hamiltonian may be from Hermitian."""


@dataclass(frozen=True)
class Spread:
    """Jumps of a country that the formations of others call forth.

    Parameters
    ----------
    source, target
        Numbers of the formations it moves between.
    given
        Numbers of the formations of the other country that call it forth.
    weights
        (n, n) rates a year: ``weights[i, j]`` is what country j adds to the rate of country i while j is in one of
        ``given``. None negative, zero diagonal.
    """

    source: int
    target: int
    given: tuple[int, ...]
    weights: NDArray[np.float64] = field(repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "given", tuple(sorted(set(self.given))))
        object.__setattr__(self, "weights", frozen(self.weights))


@dataclass(frozen=True)
class Coupling:
    """A Hamiltonian between every two countries.

    Parameters
    ----------
    operator
        (d², d²) Hermitian, the same when the two countries change places; rows and columns count d·a + b for the
        first country in a, the second in b.
    weights
        (n, n) symmetric, zero diagonal, per year; may be negative.
    """

    operator: NDArray[np.complex128] = field(repr=False)
    weights: NDArray[np.float64] = field(repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "operator", frozen(self.operator, np.complex128))
        object.__setattr__(self, "weights", frozen(self.weights))


@dataclass(frozen=True)
class Law:
    """Laws of motion of n countries over a period in which they do not change.

    Parameters
    ----------
    space
        The d formations.
    countries
        Codes of the n countries.
    jumps
        (n, d, d) rates a year: ``jumps[i, a, b]`` from a to b. None negative, zero diagonal.
    hamiltonian
        (n, d, d) Hermitian matrices per year; none where not given.
    dephasing
        (n, d) rates a year, none negative; none where not given.
    spread, couplings
        What others call forth, and what ties two countries coherently.
    observed
        Share, between 0 and 1, of every country's coherence that looking at it at the end of each year destroys: 0
        leaves it alone, 1 is a full measurement of formations a year.

    Raises
    ------
    BadInput
        With all that is wrong.
    """

    space: Space
    countries: tuple[str, ...]
    jumps: NDArray[np.float64] = field(repr=False)
    hamiltonian: NDArray[np.complex128] = field(default_factory=lambda: np.zeros(0, np.complex128), repr=False)
    dephasing: NDArray[np.float64] = field(default_factory=lambda: np.zeros(0), repr=False)
    spread: tuple[Spread, ...] = ()
    couplings: tuple[Coupling, ...] = ()
    observed: float = 0.0

    def __post_init__(self) -> None:
        n, d = self.size, self.space.size
        hamiltonian, dephasing = np.asarray(self.hamiltonian), np.asarray(self.dephasing)
        given = {
            "countries": tuple(self.countries),
            "jumps": frozen(self.jumps),
            "hamiltonian": frozen(hamiltonian if hamiltonian.size else np.zeros((n, d, d)), np.complex128),
            "dephasing": frozen(dephasing if dephasing.size else np.zeros((n, d))),
            "spread": tuple(self.spread),
            "couplings": tuple(self.couplings),
        }
        for name, value in given.items():
            object.__setattr__(self, name, value)
        faults = [*self._local_faults(), *self._spread_faults(), *self._coupling_faults()]
        if faults:
            raise BadInput(faults)

    @property
    def size(self) -> int:
        """How many countries there are."""
        return len(self.countries)

    @property
    def classical(self) -> bool:
        """Whether no Hamiltonian mixes formations, so that the populations are a Markov chain by themselves."""
        off = self.hamiltonian * (1 - np.eye(self.space.size))
        diagonal = all(not (c.operator - np.diag(np.diag(c.operator))).any() or not c.weights.any()
                       for c in self.couplings)  # fmt: skip
        return bool(not off.any() and diagonal)

    def without_coherence(self) -> "Law":
        """Return the law with its Hamiltonians, dephasing and observation left out: its classical part."""
        return Law(self.space, self.countries, self.jumps, spread=self.spread)

    def of(self, chosen: Sequence[int]) -> "Law":
        """Return the law of some countries, by their numbers, as if the others were not there."""
        both = np.ix_(chosen, chosen)
        return Law(
            self.space, tuple(self.countries[i] for i in chosen), self.jumps[list(chosen)],
            self.hamiltonian[list(chosen)], self.dephasing[list(chosen)],
            tuple(replace(spread, weights=spread.weights[both]) for spread in self.spread),
            tuple(replace(coupling, weights=coupling.weights[both]) for coupling in self.couplings), self.observed,
        )  # fmt: skip

    def _local_faults(self) -> Iterable[Fault]:
        n, d = self.size, self.space.size
        if not n or len(set(self.countries)) != n:
            yield _fault("countries", f"{n} codes", "at least one, each once")
        if self.jumps.shape != (n, d, d) or not _rates(self.jumps) or self.jumps[:, range(d), range(d)].any():
            yield _fault("jumps", f"shape {self.jumps.shape}", f"({n}, {d}, {d}) rates, zero diagonal")
        if self.dephasing.shape != (n, d) or not _rates(self.dephasing):
            yield _fault("dephasing", f"shape {self.dephasing.shape}", f"({n}, {d}) rates, none negative")
        if self.hamiltonian.shape != (n, d, d) or not _hermitian(self.hamiltonian):
            yield _fault("hamiltonian", f"shape {self.hamiltonian.shape}", f"({n}, {d}, {d}), each Hermitian")
        if not 0 <= self.observed <= 1:
            yield _fault("observed", str(self.observed), "a share between 0 and 1")

    def _spread_faults(self) -> Iterable[Fault]:
        n, d = self.size, self.space.size
        for k, spread in enumerate(self.spread):
            numbers = {spread.source, spread.target, *spread.given}
            if spread.source == spread.target or not numbers <= set(range(d)) or not spread.given:
                yield _fault(f"spread {k}", f"formations {sorted(numbers)}", f"two different ones below {d}")
            weights = spread.weights
            if weights.shape != (n, n) or not _rates(weights) or np.diag(weights).any():
                yield _fault(f"spread {k}", f"weights of shape {weights.shape}", f"({n}, {n}) rates, zero diagonal")

    def _coupling_faults(self) -> Iterable[Fault]:
        n, d = self.size, self.space.size
        for k, coupling in enumerate(self.couplings):
            operator, weights = coupling.operator, coupling.weights
            if operator.shape != (d * d, d * d) or not _hermitian(operator):
                yield _fault(f"coupling {k}", f"operator of shape {operator.shape}", f"({d * d}, {d * d}), Hermitian")
            elif not np.allclose(exchanged(operator, d), operator, atol=HERMITIAN * max(1.0, abs(operator).max())):
                yield _fault(f"coupling {k}", "an operator that tells the two countries apart", "one that does not")
            symmetric = weights.shape == (n, n) and np.isfinite(weights).all() and np.array_equal(weights, weights.T)
            if not symmetric or np.diag(weights).any():
                yield _fault(f"coupling {k}", f"weights of shape {weights.shape}", f"({n}, {n}), symmetric, 0 diagonal")


def exchanged(operator: NDArray[np.complex128], d: int) -> NDArray[np.complex128]:
    """Return an operator on two countries, shape (d², d²), with the two countries' places exchanged."""
    return operator.reshape(d, d, d, d).transpose(1, 0, 3, 2).reshape(d * d, d * d)


def _rates(values: NDArray[np.float64]) -> bool:
    return bool(np.isfinite(values).all() and (values >= 0).all())


def _hermitian(matrices: NDArray[np.complex128]) -> bool:
    """Return whether a matrix, or each of several along the first axis, is its own adjoint."""
    if not np.isfinite(matrices).all():
        return False
    off = abs(matrices - np.swapaxes(matrices.conj(), -1, -2)).max(axis=(-1, -2), initial=0.0)
    largest = abs(matrices).max(axis=(-1, -2), initial=1.0)
    return bool((off <= HERMITIAN * largest).all())


def _fault(where: str, found: str, expected: str) -> Fault:
    return Fault("formation-law", where, found, expected, "correct the numbers the law is made of")
