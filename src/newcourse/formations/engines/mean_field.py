r"""Many countries, each with a density matrix of its own, in the mean of all the others: and how wrong that is.

The joint state is taken to be a product, so that what country i feels of country j is an average over j's state:

.. math:: \dot\rho_i = -i[H_i + \sum_j w_{ij}\,\mathrm{tr}_j O_{ij}\rho_j,\ \rho_i] + \text{jumps and dephasing of } i,

where a jump that j calls forth has the rate :math:`w_{ij}\,\mathrm{tr}(P_c\rho_j)`, and seeing it happen dephases j.
Cost grows with n²; what is left out is every correlation between countries. The error is not known but measured on
the few most strongly tied countries, where the exact engines can run: an estimate, not a bound (the mean-field limit
is exact for infinitely many equally and weakly tied countries: H. Spohn, *Reviews of Modern Physics* 52 (1980) 569).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.integrate import solve_ivp

from newcourse.errors import BadInput, Fault
from newcourse.formations.engines import density, markov
from newcourse.formations.engines.timeline import legs
from newcourse.formations.law import Law
from newcourse.formations.runs import Run, Start, Stretch

TOLERANCE = 1e-9
"""Relative and absolute tolerance of the integration in time, where none is given."""

STRAYS = 1e-6
"""How far probabilities may stray from 0 to 1 by the integration before that is an error."""

CLUSTER = 3
"""How many countries the exact engine runs on, to measure the error."""


def follow(stretches: Sequence[Stretch], start: Start, times: ArrayLike, *, cluster: int = CLUSTER,
           tolerance: float = TOLERANCE) -> Run:  # fmt: skip
    """Return the populations of countries in each other's mean, with the error measured on an exact sub-cluster.

    Parameters
    ----------
    stretches
        Laws and how long each holds.
    start
        Where the countries begin.
    times
        Years since the beginning, rising.
    cluster
        How many of the most strongly tied countries to run exactly as well; 0 or 1 leaves the error unknown (nan).
    tolerance
        Of the integration in time, relative and absolute; what the mean leaves out is not made smaller by it.

    Returns
    -------
    Run
        ``error`` is the largest difference of a population between this and the exact engine on the cluster alone.
    """
    if not 0 < tolerance < 1:
        remedy = "give a positive number; 1e-9 is usual"
        raise BadInput(Fault("formation-run", "accuracy", f"tolerance {tolerance}", "between 0 and 1", remedy))
    populations = _integrated(stretches, start, times, tolerance)
    law = stretches[0].law
    chosen = most_tied([stretch.law for stretch in stretches], min(cluster, law.size))
    error, words = float("nan"), "error not measured"
    if len(chosen) > 1:
        error = _error(stretches, start, times, chosen, tolerance)
        words = f"error measured on {', '.join(law.countries[i] for i in chosen)} alone"
    elif law.size == 1:
        error, words = tolerance, "one country: nothing is left out"
    return Run(law.space, law.countries, np.atleast_1d(times), populations, f"mean field; {words}", error)


def most_tied(laws: Sequence[Law], most: int) -> list[int]:
    """Return the numbers of the countries most strongly tied to each other, chosen one after another."""
    size = laws[0].size
    ties = np.zeros((size, size))
    for law in laws:
        for weights in [s.weights for s in law.spread] + [abs(c.weights) for c in law.couplings]:
            ties += weights + weights.T
    if most < 2 or not ties.any():
        return list(range(size))[:most]
    chosen = [int(i) for i in np.unravel_index(np.argmax(ties), ties.shape)]
    while len(chosen) < most:
        pull = ties[chosen].sum(axis=0)
        pull[chosen] = -1.0
        chosen.append(int(np.argmax(pull)))
    return sorted(chosen)


def _error(stretches: Sequence[Stretch], start: Start, times: ArrayLike, chosen: list[int], tolerance: float) -> float:
    own = [Stretch(stretch.law.of(chosen), stretch.years) for stretch in stretches]
    begin = Start(start.states[chosen])
    classical = all(stretch.law.classical for stretch in own)
    exact = markov.populations(own, begin, times) if classical else density.evolve(own, begin, times)
    return float(abs(exact.populations - _integrated(own, begin, times, tolerance)).max())


def _integrated(stretches: Sequence[Stretch], start: Start, times: ArrayLike, tolerance: float) -> NDArray[np.float64]:
    state = np.array(start.states)
    found = []
    for leg in legs(stretches, start, times):
        if leg.years:
            span, flat = (0.0, leg.years), state.ravel()
            solved = solve_ivp(_Motion.of(leg.law), span, flat, method="DOP853", rtol=tolerance, atol=tolerance)
            state = solved.y[:, -1].reshape(state.shape)
        if leg.year_ends and leg.law.observed:
            state *= 1 - leg.law.observed * (1 - np.eye(state.shape[1]))
        found += [np.einsum("iaa->ia", state).real.copy()] * len(leg.marks)
    return _checked(np.array(found))


def _checked(populations: NDArray[np.float64]) -> NDArray[np.float64]:
    stray = max(-populations.min(), populations.max() - 1, abs(populations.sum(axis=2) - 1).max())
    if stray > STRAYS:
        remedy = "the law is too fast for this engine: shorten the stretches or run trajectories"
        raise BadInput(Fault("formation-stray", "mean field", f"probabilities off by {stray:.1e}", f"{STRAYS}", remedy))
    return np.clip(populations, 0.0, 1.0)


@dataclass(frozen=True)
class _Motion:
    """The right-hand side of the equation for all countries at once."""

    law: Law
    damping: NDArray[np.float64]

    @classmethod
    def of(cls, law: Law) -> "_Motion":
        """Gather what of the law does not depend on the state: the decay of each entry by own jumps and dephasing."""
        leaving = law.jumps.sum(axis=2) + law.dephasing
        damping = 0.5 * (leaving[:, :, None] + leaving[:, None, :])
        kept = np.einsum("ia,ab->iab", law.dephasing, np.eye(law.space.size))
        return cls(law, damping - kept)

    def __call__(self, _: float, flat: NDArray[np.complex128]) -> NDArray[np.complex128]:
        """Return the rate of change of all density matrices, flattened."""
        law = self.law
        states = flat.reshape(law.size, law.space.size, law.space.size)
        populations = np.einsum("iaa->ia", states).real
        field = law.hamiltonian + self._coupled(states)
        change = -1j * (field @ states - states @ field) - self.damping * states
        gained = np.einsum("iab,ia->ib", law.jumps, populations)
        for spread in law.spread:
            self._called_forth(spread.weights, spread.source, spread.given, populations, states, change)
            rates = spread.weights @ populations[:, list(spread.given)].sum(axis=1)
            gained[:, spread.target] += rates * populations[:, spread.source]
            change[:, spread.source, :] -= 0.5 * rates[:, None] * states[:, spread.source, :]
            change[:, :, spread.source] -= 0.5 * rates[:, None] * states[:, :, spread.source]
        change[:, range(law.space.size), range(law.space.size)] += gained
        return np.asarray(change.ravel())

    def _coupled(self, states: NDArray[np.complex128]) -> NDArray[np.complex128]:
        """Return the mean Hamiltonian (n, d, d) that the others' states add to each country's."""
        d = self.law.space.size
        total = np.zeros(states.shape, complex)
        for coupling in self.law.couplings:
            felt = np.einsum("ij,jlk->ikl", coupling.weights, states)
            total += np.einsum("akbl,ikl->iab", coupling.operator.reshape(d, d, d, d), felt)
        return total

    @staticmethod
    def _called_forth(
        weights: NDArray[np.float64], source: int, given: tuple[int, ...], populations: NDArray[np.float64],
        states: NDArray[np.complex128], change: NDArray[np.complex128],
    ) -> None:  # fmt: skip
        """Dephase those whose formation calls a jump forth: seeing its effect is seeing them."""
        seen = weights.T @ populations[:, source]
        for c in given:
            change[:, c, :] -= 0.5 * seen[:, None] * states[:, c, :]
            change[:, :, c] -= 0.5 * seen[:, None] * states[:, :, c]
            change[:, c, c] += seen * states[:, c, c]
