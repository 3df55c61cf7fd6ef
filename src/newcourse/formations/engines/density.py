r"""The density matrix of all countries together, by steps that are completely positive and trace preserving.

Cost: d²ⁿ real numbers (eight bytes each, twice), and for every step as many times d² multiplications for each country
and a few for each tied pair. Two ways to the accuracy asked for:

* plain: steps so short that the error of the splitting is small. The state is a density matrix at all times. The error
  falls with the square of the step.
* extrapolated (the default): runs with 1, 2, 3, … times as many steps, each of them a density matrix, and the
  polynomial through them at steps of no length. Much faster where much accuracy is asked for. What comes out is a
  weighted sum with negative weights and need not be positive; by how much it fails is reported as ``positivity
  defect``.

See :mod:`newcourse.formations.engines.splitting` for the channels.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from newcourse.errors import BadInput, Fault, NotCertified
from newcourse.formations.engines.backends import Backend, Compiled, OnArrays
from newcourse.formations.engines.extrapolation import Tableau
from newcourse.formations.engines.generators import Complex, Real
from newcourse.formations.engines.joint import density_matrix, joint_state, reduced, smallest_eigenvalue
from newcourse.formations.engines.splitting import SplitLaw, joined_legs, palindrome, steps_of
from newcourse.formations.engines.timeline import Leg
from newcourse.formations.engines.watching import Watch, cluster_numbers
from newcourse.formations.law import Law
from newcourse.formations.runs import Run, Start, Stretch

TOLERANCE = 1e-6
"""Error of a probability that is aimed at where nothing else is said."""

REACH = 4.0
"""How far the fastest country may move, in the norm of its generator, in a coarsest step."""

FINENESS = (1, 2, 3, 4, 6, 8, 12, 16, 24, 32)
"""Steps of the runs that are extrapolated, for one of the coarsest."""

DIGITS = 12
"""To how many decimals two steps have to agree to be the same."""

MOST_STEPS = 2_000_000
"""The most steps a year that are tried."""

SAFETY = 1.1
"""By how much more steps are taken than the error of the runs so far calls for."""


@dataclass(frozen=True)
class States:
    """Populations over time and the density matrices of the clusters asked for.

    Parameters
    ----------
    run
        Populations, method and error.
    matrices
        For each cluster its density matrices (t, dᵐ, dᵐ).
    """

    run: Run
    matrices: Mapping[tuple[str, ...], Complex] = field(repr=False)


def evolve(
    stretches: Sequence[Stretch], start: Start, times: ArrayLike, *, tolerance: float = TOLERANCE,
    extrapolate: bool = True, steps: float | None = None, watch: Mapping[str, Watch] | None = None,
    arrays: Any = None,
) -> Run:  # fmt: skip
    """Return populations over time, and what is watched.

    Parameters
    ----------
    stretches
        Laws and how long each holds.
    start
        Where the countries begin.
    times
        Years since the beginning, rising.
    tolerance
        Largest error aimed at, of every number read off: populations, coherences, and those of watched clusters.
    extrapolate
        Whether to extrapolate (see above) or to stay with density matrices.
    steps
        Take exactly so many steps a year, rounded up in each leg, and extrapolate nothing; the error is then measured
        by a second run with twice as many, not aimed at.
    watch
        Numbers to compute from clusters, by name; they come as ``extras``.
    arrays
        An array module that keeps to the array API standard, such as ``cupy``, or ``jax.numpy`` in double precision;
        none: compiled loops on this machine.

    Returns
    -------
    Run
        ``error`` is the estimated error of a probability. Of the extras, ``positivity defect`` is how far the smallest
        eigenvalue of a country's or watched cluster's state lies below 0: a lower bound of what the whole state's does.

    Raises
    ------
    BadInput
        When the input does not fit together or is too large.
    NotCertified
        When the tolerance was not reached.

    Examples
    --------
    >>> from newcourse.formations.runs import certain
    >>> from newcourse.formations.spaces import DEFAULT
    >>> mixing = np.zeros((1, 5, 5))
    >>> mixing[0, 2, 3] = mixing[0, 3, 2] = 0.5
    >>> stretch = Stretch(Law(DEFAULT, ("R",), np.zeros((1, 5, 5)), mixing), 10.0)
    >>> evolve([stretch], certain(DEFAULT, ["workers"]), [0, 1]).of("R")[:, 2].round(4).tolist()
    [1.0, 0.7702]
    """
    seen = dict(watch or {})
    clusters = tuple(dict.fromkeys(w.countries for w in seen.values()))
    found = states(
        stretches, start, times, clusters, tolerance=tolerance, extrapolate=extrapolate, steps=steps, arrays=arrays
    )
    run = found.run
    extras = {name: [w.value(m) for m in found.matrices[w.countries]] for name, w in seen.items()}
    return Run(
        run.space, run.countries, run.times, run.populations, run.method, run.error,
        {**run.extras, **{name: np.array(values) for name, values in extras.items()}},
    )  # fmt: skip


def states(
    stretches: Sequence[Stretch], start: Start, times: ArrayLike, clusters: Sequence[tuple[str, ...]], *,
    tolerance: float = TOLERANCE, extrapolate: bool = True, steps: float | None = None, arrays: Any = None,
) -> States:  # fmt: skip
    """Return populations and the density matrices of clusters; see :func:`evolve`."""
    if not tolerance > 0 or (steps is not None and not steps > 0):
        remedy = "give positive numbers"
        raise BadInput(Fault("formation-run", "accuracy", f"tolerance {tolerance}, {steps} steps", "positive", remedy))
    path = _Path.of(stretches, start, times, clusters, arrays)
    if steps is not None or not path.splits_anything:
        numbers, error, words = _fixed(path, steps)
    elif extrapolate:
        numbers, error, words = _extrapolated(path, tolerance)
    else:
        numbers, error, words = _refined(path, tolerance)
    return path.result(numbers, np.atleast_1d(np.asarray(times, float)), error, words)


def _fixed(path: "_Path", steps: float | None) -> tuple[Real, float, str]:
    """Run with so many steps a year; measure the error by a run with twice as many."""
    if not path.splits_anything:
        return path.run(1.0, 1), 0.0, "exact channels, nothing to split"
    assert steps is not None  # noqa: S101 — states() asks for a fixed run only so
    numbers = path.run(steps, 1)
    error = float(abs(path.run(steps, 2) - numbers).max()) * 4 / 3
    return numbers, error, f"{steps:g} steps a year"


def _extrapolated(path: "_Path", tolerance: float) -> tuple[Real, float, str]:
    """Add finer runs until the extrapolation no longer moves."""
    per_year, tableau = path.speed / REACH, Tableau()
    for fineness in FINENESS:
        tableau.add(fineness, path.run(per_year, fineness))
        if tableau.error <= tolerance:
            finest = f"at most {fineness * per_year:.3g} steps a year"
            return tableau.best, tableau.error, f"{finest}, extrapolated to order {2 * len(tableau.row)}"
    raise _not_reached(tolerance, tableau.error)


def _refined(path: "_Path", tolerance: float) -> tuple[Real, float, str]:
    """Take so many steps as the error of the runs before calls for; the order of the splitting is two."""
    per_year = path.speed / REACH
    plan, found = [1, 2], [path.run(per_year, 1)]
    while True:
        found.append(path.run(per_year, plan[-1]))
        error = float(abs(found[-1] - found[-2]).max()) / ((plan[-1] / plan[-2]) ** 2 - 1)
        if error <= tolerance:
            return found[-1], error, f"{plan[-1] * per_year:.3g} steps a year"
        plan.append(int(np.ceil(plan[-1] * max(np.sqrt(error / tolerance) * SAFETY, 1.5))))
        if plan[-1] * per_year > MOST_STEPS:
            raise _not_reached(tolerance, error)


def _not_reached(tolerance: float, error: float) -> NotCertified:
    remedy = "ask for less accuracy, or shorten the stretches of laws that move fast"
    return NotCertified(
        Fault("formation-tolerance", "density matrix", f"error {error:.1e}", f"{tolerance:.1e}", remedy)
    )


@dataclass(frozen=True)
class _Path:
    """All that stays the same in runs with different steps."""

    legs: tuple[Leg, ...]
    splits: Mapping[int, SplitLaw]
    state: Real
    clusters: tuple[tuple[int, ...], ...]
    arrays: Any

    @classmethod
    def of(
        cls, stretches: Sequence[Stretch], start: Start, times: ArrayLike, clusters: Sequence[tuple[str, ...]],
        arrays: Any,
    ) -> "_Path":  # fmt: skip
        path = tuple(joined_legs(stretches, start, times))
        law = path[0].law
        asked = [cluster_numbers(law, cluster) for cluster in clusters]
        singles = [(i,) for i in range(law.size)]
        splits = {id(leg.law): SplitLaw(leg.law) for leg in {id(leg.law): leg for leg in path}.values()}
        return cls(path, splits, joint_state(start), (*singles, *asked), arrays)

    @property
    def law(self) -> Law:
        return self.legs[0].law

    @property
    def splits_anything(self) -> bool:
        return any(split.pairs for split in self.splits.values())

    @property
    def speed(self) -> float:
        return max(split.speed for split in self.splits.values())

    def run(self, per_year: float, fineness: int) -> Real:
        """Return the numbers of all clusters, one row for each time asked for."""
        backend = self._backend()
        rows: list[Real] = []
        ready: dict[tuple[int, float], _Step] = {}
        for leg in self.legs:
            split = self.splits[id(leg.law)]
            steps = fineness * steps_of(leg.years, per_year, len(split.pairs))
            if steps:
                h = round(leg.years / steps, DIGITS)
                if (id(leg.law), h) not in ready:
                    ready = {(id(leg.law), h): _Step.of(backend, split, h)}
                _advance(backend, split, ready[id(leg.law), h], steps, bool(leg.year_ends and leg.law.observed))
            rows += [self._read(backend.numbers())] * len(leg.marks)
        return np.array(rows)

    def result(self, numbers: Real, times: Real, error: float, words: str) -> States:
        """Return what the engine gives, from the numbers of all clusters."""
        law, d = self.law, self.law.space.size
        parts = np.split(numbers, np.cumsum([d ** (2 * len(c)) for c in self.clusters])[:-1], axis=1)
        matrices = [np.array([density_matrix(row, d) for row in part]) for part in parts]
        populations = np.stack([part[:, :d] for part in parts[: law.size]], axis=1)
        lowest = np.array([[smallest_eigenvalue(m) for m in cluster] for cluster in matrices]).min(axis=0)
        extras = {"positivity defect": np.maximum(0.0, -lowest)}
        method = f"density matrix of {law.size} countries by symmetric splitting: {words}"
        run = Run(law.space, law.countries, times, populations, method, error, extras)
        named = {tuple(law.countries[i] for i in c): m for c, m in zip(self.clusters, matrices, strict=True)}
        return States(run, named)

    def _backend(self) -> Backend:
        if self.arrays is None:
            return Compiled(self.state, self.law.size)
        return OnArrays(self.state, self.law.size, self.arrays)

    def _read(self, state: Real) -> Real:
        n, d = self.law.size, self.law.space.size
        return np.concatenate([reduced(state, n, d, cluster) for cluster in self.clusters])


@dataclass(frozen=True)
class _Step:
    """The channels of one length of step, ready to be applied."""

    half: Real
    whole: Real
    sweep: tuple[Any, ...]

    @classmethod
    def of(cls, backend: Backend, split: SplitLaw, h: float) -> "_Step":
        halves = split.pair_exponentials(h / 2)
        made = [backend.prepared(pair, e) for pair, e in zip(split.pairs, halves, strict=True)]
        middle = [backend.prepared(split.pairs[-1], e) for e in split.last_exponential(h)]
        order = palindrome(len(split.pairs))
        return cls(split.locals(h / 2), split.locals(h), tuple(middle[0] if full else made[k] for k, full in order))


def _advance(backend: Backend, split: SplitLaw, step: _Step, steps: int, look: bool) -> None:
    """Go through one leg in so many steps, and look at its end where that is asked for."""
    last = step.half if split.pairs else step.whole
    if split.pairs:
        backend.apply_local(step.half)
    for number in range(1, steps + 1):
        for channel in step.sweep:
            backend.apply(channel)
        ends = number == steps
        backend.apply_local(split.observed(last) if ends and look else last if ends else step.whole)
