r"""Quantum trajectories: pure states of all countries that jump, drawn so that their mean is the density matrix.

A path takes the very same channels as :mod:`newcourse.formations.engines.density` with the same steps. Of each channel
:math:`\sum_m K_m\rho K_m^\dagger` one operator is drawn with the probability :math:`\lVert K_m\psi\rVert^2` (J.
Dalibard, Y. Castin and K. Mølmer, *Physical Review Letters* 68 (1992) 580). The mean over many paths is the density
matrix *of the splitting*; what the splitting itself errs is found by comparing step lengths, or with the density
engine on fewer countries.

Cost: for each path and step d multiplications an amplitude and country, and a few for a pair; paths go through the
loops 32 at a time. Memory: 32 paths need 32 · 32 bytes · dⁿ, whatever the number of paths: 1 MB for five countries of
four formations, 67 MB for eight, 1.1 GB for ten.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import ArrayLike, NDArray

from newcourse.errors import BadInput, Fault
from newcourse.formations.engines.generators import Complex, Real
from newcourse.formations.engines.kraus import Sampled, local_sampled, pair_sampled
from newcourse.formations.engines.splitting import SplitLaw, joined_legs, palindrome, steps_of
from newcourse.formations.engines.timeline import Leg
from newcourse.formations.engines.trajectory_arrays import TOGETHER, ArrayLanes, prepared
from newcourse.formations.engines.trajectory_loops import LANES, look, travel
from newcourse.formations.law import Law
from newcourse.formations.runs import Run, Start, Stretch

STEPS = 4.0
"""Steps a year where nothing else is said."""

MOST_AMPLITUDES = 2**22
"""The most amplitudes a state may have: 32 paths then need 4.3 GB."""

DIGITS = 12
"""To how many decimals two steps have to agree to be the same."""

Whole = NDArray[np.int64]


def sample(
    stretches: Sequence[Stretch], start: Start, times: ArrayLike, *, runs: int, rng: np.random.Generator | int,
    steps: float = STEPS, arrays: Any = None,
) -> Run:  # fmt: skip
    """Return mean populations of sampled paths.

    Parameters
    ----------
    stretches
        Laws and how long each holds.
    start
        Where the countries begin; a mixed state is drawn anew for every path.
    times
        Years since the beginning, rising.
    runs
        How many paths.
    rng
        Source of chance, or a seed.
    steps
        Steps a year, rounded up in each leg. The density engine with the same ``steps`` is what the mean tends to.
    arrays
        An array module that keeps to the array API standard, such as ``cupy``, or ``jax.numpy`` in double precision;
        none: compiled loops on this machine. The same seed gives other paths there, of the same mean.

    Returns
    -------
    Run
        ``error`` is the largest standard error of a population, which is the extra ``standard error`` (t, n, d). It
        says nothing about the error of the splitting.

    Raises
    ------
    BadInput
        When the input does not fit together or is too large.

    Examples
    --------
    >>> from newcourse.formations.runs import certain
    >>> from newcourse.formations.spaces import DEFAULT
    >>> rates = np.zeros((1, 5, 5))
    >>> rates[0, 2, 3] = 0.1
    >>> stretch = Stretch(Law(DEFAULT, ("R",), rates), 10.0)
    >>> run = sample([stretch], certain(DEFAULT, ["workers"]), [0, 10], runs=1000, rng=1)
    >>> bool(abs(run.of("R")[1, 2] - np.exp(-1)) < 4 * run.error)
    True
    """
    path = list(joined_legs(stretches, start, times))
    law = path[0].law
    _refuse(law, runs, steps)
    programmes = _programmes(path, steps, arrays)
    chance = np.random.default_rng(rng)
    total = np.zeros((len(np.atleast_1d(times)), law.size, law.space.size))
    squares = np.zeros_like(total)
    width = LANES if arrays is None else min(runs, TOGETHER)
    for first, own in zip(range(0, runs, width), chance.spawn(-(-runs // width)), strict=True):
        found = _followed(path, programmes, _lanes(start, own, width, arrays))[..., : min(width, runs - first)]
        total += found.sum(axis=-1)
        squares += (found**2).sum(axis=-1)
    mean = total / runs
    spread = np.sqrt(np.maximum(squares / runs - mean**2, 0.0) / max(runs - 1, 1))
    error = float(spread.max()) if runs > 1 else float("nan")
    method = f"{runs} quantum trajectories of {law.size} countries, {steps:g} steps a year"
    extras = {"standard error": spread}
    return Run(law.space, law.countries, np.atleast_1d(np.asarray(times, float)), mean, method, error, extras)


def memory(countries: int, formations: int) -> int:
    """Return the bytes that the states of 32 paths take while they run: real and imaginary parts, twice."""
    return int(LANES * 32 * formations**countries)


@dataclass(frozen=True)
class _Programme:
    """What the paths take for one leg: the order of the channels, and the channels as the paths need them."""

    order: Whole
    tables: tuple[Any, ...]


class _Lanes(Protocol):
    """Paths that go together."""

    def travel(self, order: Whole, tables: tuple[Any, ...]) -> None:
        """Take all paths through channels one after another."""

    def look(self) -> Real:
        """Return probabilities (n, d, paths)."""


class _Loops:
    """Paths that go through the compiled loops."""

    def __init__(self, begun: Complex, countries: int, formations: int, chance: np.random.Generator) -> None:
        self._shape, self._chance = (countries, formations), chance
        self._now = (np.ascontiguousarray(begun.real), np.ascontiguousarray(begun.imag))
        self._before = (np.empty_like(self._now[0]), np.empty_like(self._now[1]))
        self._norms, self._bars = np.ones(LANES), chance.random(LANES)

    def travel(self, order: Whole, tables: tuple[Any, ...]) -> None:
        travel(order, tables, self._now, self._before, self._norms, self._bars, self._chance)

    def look(self) -> Real:
        return np.asarray(look(*self._now, self._norms, *self._shape))


def _lanes(start: Start, chance: np.random.Generator, width: int, arrays: Any) -> _Lanes:
    """Return as many paths as go together, where they begin."""
    n, d, _ = start.states.shape
    begun = _begun(start, chance, width)
    return _Loops(begun, n, d, chance) if arrays is None else ArrayLanes(arrays, begun, n, d, chance)


def _followed(path: Sequence[Leg], programmes: Sequence[_Programme], lanes: _Lanes) -> Real:
    """Return populations (t, n, d, paths)."""
    found: list[Real] = []
    for leg, programme in zip(path, programmes, strict=True):
        lanes.travel(programme.order, programme.tables)
        if leg.marks:
            found += [lanes.look()] * len(leg.marks)
    return np.array(found)


def _begun(start: Start, chance: np.random.Generator, width: int) -> Complex:
    """Return pure states (dⁿ, paths) drawn from the start: each country's from the eigenvectors of its matrix."""
    state = np.ones((1, width), complex)
    for matrix in start.states:
        weights, vectors = np.linalg.eigh(matrix)
        shares = np.maximum(weights, 0.0)
        drawn = vectors[:, chance.choice(len(shares), width, p=shares / shares.sum())]
        state = (state[:, None, :] * drawn[None, :, :]).reshape(-1, width)
    return state


def _programmes(path: Sequence[Leg], steps: float, arrays: Any) -> list[_Programme]:
    """Return what each leg takes; legs of one law and one length share it."""
    splits: dict[int, SplitLaw] = {}
    made: dict[tuple[int, float, bool], _Programme] = {}
    found = []
    for leg in path:
        looks = bool(leg.year_ends and leg.law.observed)
        key = (id(leg.law), round(leg.years, DIGITS), looks)
        if key not in made:
            split = splits.setdefault(id(leg.law), SplitLaw(leg.law))
            made[key] = _programme(split, leg.years, steps_of(leg.years, steps, len(split.pairs)), looks, arrays)
        found.append(made[key])
    return found


def _programme(split: SplitLaw, years: float, steps: int, looks: bool, arrays: Any) -> _Programme:
    """Return the channels of one leg: three sets of local ones (first, between, last), pairs for half and for all."""
    n, m, h = split.law.size, len(split.pairs), years / max(steps, 1)
    half, whole = split.locals(h / 2), split.locals(h)
    last = half if m else whole
    sampled = [local_sampled(c) for part in (half, whole, split.observed(last) if looks else last) for c in part]
    places: list[tuple[int, ...]] = [*((i,) for i in range(n))] * 3
    sampled += [pair_sampled(split.law, i, j, h / 2) for i, j in split.pairs]
    sampled += [pair_sampled(split.law, i, j, h) for i, j in split.pairs[-1:]]
    places += [*split.pairs, *split.pairs[-1:]]
    first, between, end = np.arange(3 * n).reshape(3, n)
    sweep = [3 * n + m if full else 3 * n + k for k, full in palindrome(m)]
    inner = [*sweep, *between] * (steps - 1) + sweep
    order = np.array([*(first if m else ()), *inner, *end] if steps else [], np.int64)
    d = split.law.space.size
    tables = _tables(sampled, places, n, d) if arrays is None else prepared(arrays, sampled, places, d)
    return _Programme(order, tables)


def _tables(sampled: Sequence[Sampled], places: Sequence[tuple[int, ...]], n: int, d: int) -> tuple[NDArray[Any], ...]:
    """Return the numbers of all channels one after another, each kind with where the channels' parts begin."""
    bases = {place: _bases(place, n, d) for place in set(places)}
    offsets = [_offsets(s.touched, place, n, d) for s, place in zip(sampled, places, strict=True)]
    rows, row_first = _joined([bases[place] for place in places])
    touched, touched_first = _joined(offsets)
    kraus, kraus_first = _joined([s.operators.reshape(-1) for s in sampled])
    real, imaginary = np.ascontiguousarray(kraus.real), np.ascontiguousarray(kraus.imag)
    unsigned = rows.astype(np.uint64), row_first, touched.astype(np.uint64), touched_first
    return (*unsigned, real, imaginary, kraus_first)


def _joined(parts: Sequence[NDArray[Any]]) -> tuple[NDArray[Any], Whole]:
    """Return arrays one after another, and where each begins."""
    return np.concatenate(parts), np.cumsum([0, *map(len, parts)])


def _bases(place: tuple[int, ...], n: int, d: int) -> Whole:
    """Return the joint states in which the countries of a channel are in the first formation."""
    numbers = np.arange(d**n).reshape((d,) * n)
    return np.asarray(numbers[tuple(0 if i in place else slice(None) for i in range(n))]).ravel()


def _offsets(touched: Whole, place: tuple[int, ...], n: int, d: int) -> Whole:
    """Return how far from there the touched formations lie."""
    digits = np.array(np.unravel_index(touched, (d,) * len(place)))
    return np.asarray(sum(digit * d ** (n - 1 - i) for digit, i in zip(digits, place, strict=True)))


def _refuse(law: Law, runs: int, steps: float) -> None:
    faults = []
    amplitudes = law.space.size**law.size
    if runs < 1 or not steps > 0:
        remedy = "ask for at least one path and a positive number of steps"
        faults.append(Fault("formation-run", "trajectories", f"{runs} runs, {steps} steps", "positive", remedy))
    if amplitudes > MOST_AMPLITUDES:
        remedy = "follow the mean field, sample classical paths, or take fewer countries"
        expected = f"at most {MOST_AMPLITUDES}"
        faults.append(Fault("formation-too-many", "trajectories", f"{amplitudes} amplitudes", expected, remedy))
    if faults:
        raise BadInput(faults)
