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
from math import isfinite, nan
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from newcourse.errors import Fault, NotCertified
from newcourse.plan.futures.extensive import Extensive, extensive
from newcourse.plan.futures.hedged import SMALLEST, Hedged, Round
from newcourse.plan.futures.jobs import Done, Job, work
from newcourse.plan.futures.problem import ScenarioProblem
from newcourse.plan.futures.solving import OnProgress, silent
from newcourse.solver.problem import LinearProblem
from newcourse.solver.quadratic import proximal

Run = Callable[[Callable[[Job], Done], Iterable[Job]], Iterable[Done]]
"""Something like ``map``: the builtin one, or that of a pool of processes."""

SMALL: Final = 1e-2
"""A column's size counts as at least this part of the usual one, so that no pull is beyond all others."""


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
    first = [_possible(done) for done in run(work, [Job(s.problem, time_limit) for s in scenarios.scenarios])]
    state = _State.of(scenarios, first, pull)
    _go_round(state, gap, rounds, lambda jobs: list(run(work, [Job(job, time_limit) for job in jobs])), on_progress)
    if state.best is None:
        raise NotCertified(
            Fault(
                "hedging-no-plan", "progressive hedging", f"no plan that can be carried out in {rounds} rounds",
                "a mean of the scenarios that leaves each possible", "allow more rounds, or solve all scenarios as one",
            )
        )  # fmt: skip
    return Hedged(tuple(state.rounds), state.best, gap)


def _go_round(
    state: "_State", gap: float, rounds: int, solved: Callable[[list[Any]], list[Done]], on_progress: OnProgress | None
) -> None:
    """Go round until the gap is proved or there are no rounds left."""
    tell = on_progress or silent
    held, priced = len(state.branches), len(state.branches) + len(state.scenarios.scenarios)
    for number in range(1, rounds + 1):
        done = solved([*state.held(), *state.priced(), *state.near()])
        state.take(number, done[:held], done[held:priced], done[priced:])
        last = state.rounds[-1]
        tell(f"round {number}, gap {last.gap:.1e}" if isfinite(last.gap) else f"round {number}", number / rounds)
        if last.gap <= gap:
            break


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
