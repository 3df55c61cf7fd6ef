"""Progressive hedging: scenarios solved apart, by as many workers as there are, and drawn together round by round.

Every scenario is solved with a price w on what is common and a pull towards the mean x̄ of all scenarios at its node:

    min  c_s'x + w_s'x + ½ Σ ρ_j (x_j − x̄_j)² ,   then   x̄ = weighted mean of x,   w_s += ρ (x − x̄).

Two certified linear bounds hold what is found in between. For any prices whose weighted sum is nil at every node,
Σ w_s min (c_s + w_s)'x is a bound that nothing can pass. With what is common to all held at x̄, the rest solved branch
by branch is a plan that can be carried out. The gap between the two is proved; progressive hedging itself proves none.

Source: R. T. Rockafellar and R. J.-B. Wets, "Scenarios and policy aggregation in optimization under uncertainty",
*Mathematics of Operations Research* 16 (1991) 119–147; D. Gade, G. Hackebeil, S. M. Ryan, J.-P. Watson, R. J.-B. Wets
and D. L. Woodruff, "Obtaining lower bounds from the progressive hedging algorithm for stochastic mixed-integer
programs", *Mathematical Programming* 157 (2016) 47–67.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from math import isfinite, isnan, nan
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from newcourse.errors import Fault, NotCertified
from newcourse.plan.futures.extensive import Extensive, extensive
from newcourse.plan.futures.jobs import Done, Job, work
from newcourse.plan.futures.problem import ScenarioProblem
from newcourse.plan.futures.solving import OnProgress, silent
from newcourse.solver.problem import LinearProblem
from newcourse.solver.quadratic import proximal

Run = Callable[[Callable[[Job], Done], Iterable[Job]], Iterable[Done]]
"""Something like ``map``: the builtin one, or that of a pool of processes."""

SMALLEST: Final = 1e-12

SMALL: Final = 1e-2
"""A column's size counts as at least this part of the usual one, so that no pull is beyond all others."""


@dataclass(frozen=True, slots=True)
class Round:
    """One round.

    Parameters
    ----------
    number
        Counted from 1.
    value
        Expected objective of the best plan so far that can be carried out, NaN if there is none yet.
    bound
        What no plan can be better than, so far.
    apart
        How far scenarios still are from each other in what is common, relative to its size.
    """

    number: int
    value: float
    bound: float
    apart: float

    @property
    def gap(self) -> float:
        """Distance of the two, relative to the larger; NaN without a value."""
        return abs(self.value - self.bound) / max(abs(self.value), abs(self.bound), SMALLEST)


@dataclass(frozen=True, eq=False)
class Hedged:
    """What progressive hedging found.

    Parameters
    ----------
    rounds
        Every round.
    points
        Columns of each scenario in the best plan that can be carried out, shape (S, n).
    asked
        The gap that was asked for.
    """

    rounds: tuple[Round, ...]
    points: npt.NDArray[np.float64]
    asked: float

    @property
    def value(self) -> float:
        """Expected objective of the plan."""
        return self.rounds[-1].value

    @property
    def bound(self) -> float:
        """What no plan can be better than."""
        return self.rounds[-1].bound

    @property
    def gap(self) -> float:
        """Proved relative distance of the two."""
        return self.rounds[-1].gap

    @property
    def reached(self) -> bool:
        """Whether the gap asked for was proved."""
        return self.gap <= self.asked

    def sentence(self) -> str:
        """Say what is proved."""
        reached = "as asked" if self.reached else f"where {self.asked:.1e} was asked"
        return (
            f"After {len(self.rounds)} rounds: a plan with {self.value:.8g} expected; none can be better than "
            f"{self.bound:.8g} (relative gap {self.gap:.1e}, {reached})."
        )

    def to_data(self) -> dict[str, Any]:
        """Return the main figures as plain data."""
        trace = [
            {"round": r.number, "value": None if isnan(r.value) else r.value, "bound": r.bound, "apart": r.apart}
            for r in self.rounds
        ]
        return {
            "value": self.value, "bound": self.bound, "gap": self.gap, "reached": self.reached,
            "sentence": self.sentence(), "rounds": trace,
        }  # fmt: skip


def hedge(
    scenarios: ScenarioProblem,
    *,
    gap: float = 1e-4,
    rounds: int = 60,
    pull: float = 1.0,
    run: Run = map,
    time_limit: float | None = None,
    on_progress: OnProgress | None = None,
) -> Hedged:
    """Solve scenarios apart and draw them together until a gap is proved.

    Parameters
    ----------
    scenarios
        What may come.
    gap
        Relative gap between plan and bound that is enough.
    rounds
        Most rounds.
    pull
        How strongly scenarios are drawn together: ρ of a column is ``pull`` × objective / (columns × its size²).
    run
        Like ``map``: how the scenarios are handed to workers. What it is given can be pickled.
    time_limit
        Seconds for each solve.
    on_progress
        Told how far plan and bound are apart, and which part of the rounds is over.

    Returns
    -------
    Hedged
        Perhaps without the gap asked for: see :attr:`Hedged.reached`.

    Raises
    ------
    NotCertified
        If no plan that can be carried out was found, or a linear problem was not solved.
    """
    tell = on_progress or silent
    first = [_possible(done) for done in run(work, [Job(s.problem, time_limit) for s in scenarios.scenarios])]
    state = _State.of(scenarios, first, pull)
    for number in range(1, rounds + 1):
        jobs = [Job(problem, time_limit) for problem in (*state.held(), *state.priced(), *state.near())]
        done = list(run(work, jobs))
        held, priced = len(state.branches), len(state.branches) + len(scenarios.scenarios)
        state.take(number, done[:held], done[held:priced], done[priced:])
        last = state.rounds[-1]
        tell(f"round {number}, gap {last.gap:.1e}" if isfinite(last.gap) else f"round {number}", number / rounds)
        if last.gap <= gap:
            break
    if state.best is None:
        raise NotCertified(
            Fault(
                "hedging-no-plan", "progressive hedging", f"no plan that can be carried out in {rounds} rounds",
                "a mean of the scenarios that leaves each possible", "allow more rounds, or solve all scenarios as one",
            )
        )  # fmt: skip
    return Hedged(tuple(state.rounds), state.best, gap)


class _State:
    """Where the rounds stand; the only thing in this module that changes."""

    def __init__(self, scenarios: ScenarioProblem, points: npt.NDArray[np.float64], bound: float, pull: float) -> None:
        self.scenarios = scenarios
        self.common = _common(scenarios)
        self.mean = _means(scenarios, points)
        size = np.abs(points).max(axis=0)
        moving = self.common & (size > 0)
        usual = float(np.median(size[moving])) if moving.any() else 1.0
        self.size = np.where(size > 0, np.maximum(size, SMALL * usual), usual)
        per_column = pull * max(abs(bound), SMALLEST) / max(int(moving.sum()), 1)
        self.rho = np.where(self.common, per_column / self.size**2, 0.0)
        self.points = points
        self.prices = self.rho * (points - self.mean)
        parted = np.flatnonzero((scenarios.leaders != 0).any(axis=0))
        self.parting = int(parted[0]) if parted.size else scenarios.stages - 1
        leaders = np.unique(scenarios.leaders[:, self.parting])
        self.branches = [scenarios.members(self.parting, int(leader)) for leader in leaders]
        self.bound = bound
        self.value = nan
        self.best: npt.NDArray[np.float64] | None = None
        self.rounds: list[Round] = []

    @classmethod
    def of(cls, scenarios: ScenarioProblem, first: list[Done], pull: float) -> "_State":
        points = np.array([done.primal for done in first])
        return cls(scenarios, points, float(scenarios.weights @ [done.bound for done in first]), pull)

    def held(self) -> list[LinearProblem]:
        """Return each branch that becomes known first, with what is common to all held at the mean."""
        return [branch.problem for branch in self._branches()]

    def _branches(self) -> list[Extensive]:
        held = self.scenarios.fixed(self.scenarios.stage < self.parting, self.mean)
        return [extensive(held.with_only(*members)) for members in self.branches]

    def priced(self) -> list[LinearProblem]:
        """Return each scenario with the prices on what is common."""
        sign = self.scenarios.sign
        return [
            s.problem.with_cost(s.problem.cost + sign * price)
            for s, price in zip(self.scenarios.scenarios, self.prices, strict=True)
        ]

    def near(self) -> list[Any]:
        """Return each scenario with prices and the pull towards the mean."""
        common = self.common.astype(float)
        return [
            proximal(problem, common, mean, self.rho) for problem, mean in zip(self.priced(), self.mean, strict=True)
        ]

    def take(self, number: int, held: list[Done], priced: list[Done], near: list[Done]) -> None:
        """Take up what the workers found in a round."""
        sign, weights = self.scenarios.sign, self.scenarios.weights
        bound = float(weights @ [_possible(done).bound for done in priced])
        self.bound = sign * max(sign * self.bound, sign * bound)
        if all(done.primal is not None for done in held):
            parts = [weights[members].sum() for members in self.branches]
            value = float(np.dot(parts, [done.objective for done in held]))
            if self.best is None or sign * value < sign * self.value:
                self.value, self.best = value, self._points(held)
        # A pull that was not solved leaves its scenario where it was: the bounds do not depend on it.
        self.points = np.array(
            [old if done.primal is None else done.primal for old, done in zip(self.points, near, strict=True)]
        )
        self.mean = _means(self.scenarios, self.points)
        away = self.common * (self.points - self.mean)
        self.prices = self.prices + self.rho * away
        apart = float((np.abs(away) / self.size).max(initial=0.0))
        self.rounds.append(Round(number, self.value, self.bound, apart))

    def _points(self, held: list[Done]) -> npt.NDArray[np.float64]:
        """Return the columns of each scenario in what the branches found, shape (S, n)."""
        points = np.array(self.points)
        for members, branch, done in zip(self.branches, self._branches(), held, strict=True):
            if done.primal is not None:
                points[members] = done.primal[branch.columns]
        return points


def _possible(done: Done) -> Done:
    if done.primal is None:
        found = "a scenario that is impossible by itself"
        raise NotCertified(
            Fault(
                "hedging-impossible", "progressive hedging", found, "scenarios that can be planned alone", "see which"
            )
        )
    return done


def _common(scenarios: ScenarioProblem) -> npt.NDArray[np.bool_]:
    """Return which columns any two scenarios have in common, shape (n,)."""
    leaders = scenarios.leaders
    shared = (leaders != np.arange(len(leaders))[:, None]).any(axis=0)
    return np.asarray(shared[scenarios.stage])


def _means(scenarios: ScenarioProblem, points: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Return for each scenario and column the weighted mean over the scenarios at its node, shape (S, n)."""
    means = np.array(points)
    for stage in range(scenarios.stages):
        columns = np.flatnonzero(scenarios.stage == stage)
        for leader in np.unique(scenarios.leaders[:, stage]):
            members = scenarios.members(stage, int(leader))
            weights = scenarios.weights[members] / scenarios.weights[members].sum()
            means[np.ix_(members, columns)] = weights @ points[np.ix_(members, columns)]
    return means
