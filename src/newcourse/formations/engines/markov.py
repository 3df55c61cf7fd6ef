"""The joint Markov chain of all countries, exactly, by uniformisation.

The method is that of A. Jensen, *Skandinavisk Aktuarietidskrift* 36 (1953) 87. This is the classical model: country i
moves from a to b at its own rate plus what its neighbours' formations add. The chain lives on the dⁿ joint states, so
it is for few countries; :mod:`newcourse.formations.engines.gillespie` samples many.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import coo_array, csr_array
from scipy.stats import poisson

from newcourse.errors import BadInput, Fault
from newcourse.formations.engines.timeline import legs
from newcourse.formations.law import Law
from newcourse.formations.runs import Run, Start, Stretch

MOST_STATES = 4_000_000
"""The most joint states that are held: about 130 MB a vector of states and its work space."""

LEFT_OUT = 1e-13
"""Probability of more jumps than are followed, in one leg."""


def populations(stretches: Sequence[Stretch], start: Start, times: ArrayLike) -> Run:
    """Return the exact populations of a law without Hamiltonians.

    Parameters
    ----------
    stretches
        Laws and how long each holds.
    start
        Only its populations matter.
    times
        Years since the beginning, rising.

    Returns
    -------
    Run
        ``error`` is a bound: the probability left out, summed over all legs.

    Raises
    ------
    BadInput
        When the law has Hamiltonians (ask for its classical part) or there are too many joint states.

    Examples
    --------
    >>> from newcourse.formations.runs import certain
    >>> from newcourse.formations.spaces import DEFAULT
    >>> rates = np.zeros((1, 5, 5))
    >>> rates[0, 2, 3] = 0.1
    >>> stretch = Stretch(Law(DEFAULT, ("R",), rates), 10.0)
    >>> populations([stretch], certain(DEFAULT, ["workers"]), [0, 10]).of("R")[:, 2].round(4).tolist()
    [1.0, 0.3679]
    """
    path = list(legs(stretches, start, times))
    law, chain = path[0].law, generator(path[0].law)
    found: list[NDArray[np.float64]] = []
    state = joint(start.populations)
    for leg in path:
        if law is not leg.law:
            law, chain = leg.law, generator(leg.law)
        state = moved(chain, state, leg.years)
        found += [marginals(state, law.size, law.space.size)] * len(leg.marks)
    method = f"Markov chain on {state.size} joint states by uniformisation"
    return Run(law.space, law.countries, np.atleast_1d(times), np.array(found), method, LEFT_OUT * len(path))


def generator(law: Law) -> csr_array:
    """Return the rates between joint states as a sparse matrix Q, shape (dⁿ, dⁿ): dp/dt = Q p, columns add up to 0.

    The number of a joint state counts the first country's formation as its highest digit.
    """
    n, d = law.size, law.space.size
    _refuse(law, d**n)
    digits = np.indices((d,) * n, dtype=np.int8).reshape(n, -1)
    number = np.arange(d**n)
    rows, columns, rates = [], [], []
    for i in range(n):
        for a, b, rate in _moves(law, i, digits):
            there = np.flatnonzero((digits[i] == a) & (rate > 0))
            rows.append(number[there] + (b - a) * d ** (n - 1 - i))
            columns.append(there)
            rates.append(rate[there])
    if not rows:
        return csr_array((d**n, d**n))
    to, origin, rate = (np.concatenate(parts) for parts in (rows, columns, rates))
    leaving = np.bincount(origin, rate, d**n)
    entries = (np.concatenate([rate, -leaving]), (np.concatenate([to, number]), np.concatenate([origin, number])))
    return csr_array(coo_array(entries, shape=(d**n, d**n)))


def moved(chain: csr_array, state: NDArray[np.float64], years: float) -> NDArray[np.float64]:
    """Return the distribution after some years: a Poisson number of steps of the uniformised chain.

    Parameters
    ----------
    chain
        From :func:`generator`.
    state
        Distribution, or several as columns.
    years
        Not negative.
    """
    fastest = float(-chain.diagonal().min(initial=0.0))
    if not fastest * years:
        return state
    most = int(poisson.isf(LEFT_OUT, fastest * years)) + 1
    chances = poisson.pmf(np.arange(most + 1), fastest * years)
    total = chances[0] * state
    for chance in chances[1:]:
        state = state + (chain @ state) / fastest
        total += chance * state
    return np.asarray(total / chances.sum())


def joint(populations: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the distribution over joint states, shape (dⁿ,), of countries (n, d) that are independent."""
    state = np.ones(1)
    for own in populations:
        state = np.outer(state, own).ravel()
    return state


def marginals(state: NDArray[np.float64], n: int, d: int) -> NDArray[np.float64]:
    """Return each country's probabilities (n, d) of a distribution over joint states."""
    table = state.reshape((d,) * n)
    return np.array([table.sum(axis=tuple(k for k in range(n) if k != i)) for i in range(n)])


def _moves(law: Law, i: int, digits: NDArray[np.int8]) -> list[tuple[int, int, NDArray[np.float64]]]:
    """Return what country i may do: from, to, and its rate in every joint state."""
    rates: dict[tuple[int, int], NDArray[np.float64]] = {
        (int(a), int(b)): np.full(digits.shape[1], law.jumps[i, a, b]) for a, b in np.argwhere(law.jumps[i])
    }
    for spread in law.spread:
        rate = rates.setdefault((spread.source, spread.target), np.zeros(digits.shape[1]))
        for j in np.flatnonzero(spread.weights[i]):
            rate += spread.weights[i, j] * np.isin(digits[j], spread.given)
    return [(a, b, rate) for (a, b), rate in rates.items()]


def _refuse(law: Law, states: int) -> None:
    faults = []
    if not law.classical:
        remedy = "run law.without_coherence(), or the density matrix or trajectories for the law itself"
        faults.append(Fault("formation-not-classical", "law", "Hamiltonians that mix formations", "none", remedy))
    if states > MOST_STATES:
        found, expected = f"{law.size} countries: {states} joint states", f"at most {MOST_STATES}"
        remedy = "sample paths (gillespie), or take fewer countries"
        faults.append(Fault("formation-too-many", "law", found, expected, remedy))
    if faults:
        raise BadInput(faults)
