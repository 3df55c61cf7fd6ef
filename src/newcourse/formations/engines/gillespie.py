"""Sampled paths of the Markov chain of many countries, exactly.

The method is that of D. T. Gillespie, *Journal of Physical Chemistry* 81 (1977) 2340, with thinning (P. A. W. Lewis and
G. S. Shedler, *Naval Research Logistics Quarterly* 26 (1979) 403): a country that calls others forth calls at the rate
of all its ties together, whatever those others are in; a call reaches one of them, drawn by the tie's weight, and is
without effect where that one is not in the formation to move from. So a change touches one country's rate and no
neighbour's, and a step costs the logarithm of the number of countries however densely they are tied. Ties between all
that are nearly products of two numbers, one for each side, waste almost nothing
(:mod:`newcourse.formations.engines.gillespie_envelopes`). What comes out has exactly the distribution of the chain that
:mod:`newcourse.formations.engines.markov` follows for few countries.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby

import numpy as np
from numpy.random import Generator
from numpy.typing import ArrayLike, NDArray

from newcourse.errors import BadInput, Fault
from newcourse.formations.engines.gillespie_tables import near_products, tables
from newcourse.formations.engines.timeline import Leg, legs
from newcourse.formations.law import Law
from newcourse.formations.runs import Run, Start, Stretch
from newcourse.formations.spaces import Space
from newcourse.formations.worlds import frozen

MOST_STATES = 4_000_000_000
"""The most states kept, runs × times × countries: one byte each."""


@dataclass(frozen=True)
class SampledPaths:
    """Sampled paths of all countries, looked at from time to time.

    Parameters
    ----------
    space, countries
        Formations and countries.
    times
        (t,) years since the beginning.
    states
        (runs, t, n) number of the formation each country is in.
    steps, changes
        (runs,) how many steps each run took in all, and in how many of them a country moved.
    """

    space: Space
    countries: tuple[str, ...]
    times: NDArray[np.float64] = field(repr=False)
    states: NDArray[np.int8] = field(repr=False)
    steps: NDArray[np.int64] = field(repr=False)
    changes: NDArray[np.int64] = field(repr=False)

    def __post_init__(self) -> None:
        for name, kind in (("times", np.float64), ("steps", np.int64), ("changes", np.int64)):
            object.__setattr__(self, name, frozen(getattr(self, name), kind))
        states = np.asarray(self.states, np.int8).view()
        states.setflags(write=False)
        object.__setattr__(self, "states", states)
        shape = (len(self.steps), len(self.times), len(self.countries))
        if states.shape != shape or not shape[0] or states.min() < 0 or states.max() >= self.space.size:
            expected = f"shape {shape}, at least one run, formations below {self.space.size}"
            raise BadInput(_fault("sampled paths", f"shape {states.shape}", expected, "give what the engine gave"))

    @property
    def counts(self) -> NDArray[np.int64]:
        """How many countries (runs, t, d) are in each formation."""
        return np.stack([(self.states == a).sum(axis=2) for a in range(self.space.size)], axis=2)

    def run(self) -> Run:
        """Return the populations: the share of runs in which a country is in a formation, with its standard error."""
        runs = len(self.steps)
        shares = np.stack([(self.states == a).mean(axis=0) for a in range(self.space.size)], axis=2)
        error = float(np.sqrt(shares * (1 - shares) / runs).max())
        method = f"{runs} sampled paths (Gillespie); the error is the largest standard error of a share"
        return Run(self.space, self.countries, self.times, shares, method, error)


def populations(stretches: Sequence[Stretch], start: Start, times: ArrayLike, *, runs: int, chance: Generator) -> Run:
    """Return the populations of a law without Hamiltonians from sampled paths; everything is as in :func:`paths`."""
    return paths(stretches, start, times, runs=runs, chance=chance).run()


def paths(
    stretches: Sequence[Stretch], start: Start, times: ArrayLike, *, runs: int, chance: Generator
) -> SampledPaths:
    """Return sampled paths of all countries under a law without Hamiltonians.

    Parameters
    ----------
    stretches
        Laws and how long each holds.
    start
        Only its populations matter: each run draws its own beginning from them.
    times
        Years since the beginning at which the countries are looked at, rising.
    runs
        How many paths, at least one.
    chance
        Where they are drawn from. To spread runs over workers give each part a seed of its own.

    Raises
    ------
    BadInput
        When the law has Hamiltonians (ask for its classical part), or there are no runs or too many.

    Examples
    --------
    >>> from newcourse.formations.runs import certain
    >>> from newcourse.formations.spaces import DEFAULT
    >>> rates = np.zeros((1, 5, 5))
    >>> rates[0, 2, 3] = 0.1
    >>> stretch, start = Stretch(Law(DEFAULT, ("R",), rates), 10.0), certain(DEFAULT, ["workers"])
    >>> sample = paths([stretch], start, [0, 10], runs=1000, chance=np.random.default_rng(1917))
    >>> bool(abs(sample.run().of("R")[1, 2] - np.exp(-1)) < 0.05)
    True
    """
    from newcourse.formations.engines.gillespie_loops import run_all  # compiled when it is first asked for

    way = list(legs(stretches, start, times))
    wanted = np.atleast_1d(np.asarray(times, dtype=float))
    n = len(start.states)
    _refuse([leg.law for leg in way], runs, wanted.size * n)
    current = _drawn(start.populations, runs, chance)
    states = np.empty((runs, wanted.size, n), np.int8)
    steps, changes = np.zeros(runs, np.int64), np.zeros(runs, np.int64)
    for _, same in groupby(way, key=lambda leg: id(leg.law)):
        group = list(same)
        law = group[0].law
        products, others = near_products(law)
        run_all(current, states, steps, changes, *_looks(group), tables(law, others), products, chance)
    return SampledPaths(way[0].law.space, way[0].law.countries, wanted, states, steps, changes)


def _looks(group: Sequence[Leg]) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Return the years up to every look under one law and to its end, and which look each is (−1 for none)."""
    lengths, marks = [0.0], [-1]
    for leg in group:
        lengths[-1] += leg.years
        for mark in leg.marks:
            marks[-1] = mark
            lengths.append(0.0)
            marks.append(-1)
    return np.array(lengths), np.array(marks, np.int64)


def _drawn(populations: NDArray[np.float64], runs: int, chance: Generator) -> NDArray[np.int8]:
    """Return formations (runs, n) drawn from their probabilities (n, d)."""
    upto = np.cumsum(populations, axis=1)
    upto[:, -1] = 1.0
    drawn = np.zeros((runs, len(upto)), np.int8)
    where = chance.random(drawn.shape)
    for a in range(upto.shape[1] - 1):
        drawn += where >= upto[:, a]
    return drawn


def _refuse(laws: Sequence[Law], runs: int, places: int) -> None:
    faults = []
    if not all(law.classical for law in laws):
        remedy = "run law.without_coherence(), or the density matrix or trajectories for the law itself"
        faults.append(Fault("formation-not-classical", "law", "Hamiltonians that mix formations", "none", remedy))
    if not 1 <= runs <= MOST_STATES // max(1, places):
        expected = f"from 1 to {MOST_STATES // max(1, places)}"
        faults.append(_fault("runs", str(runs), expected, "do several parts with a seed each, or look less often"))
    if faults:
        raise BadInput(faults)


def _fault(where: str, found: str, expected: str, remedy: str) -> Fault:
    return Fault("formation-run", where, found, expected, remedy)
