"""Efficient points for several objectives: the augmented ε-constraint method (design §4.4).

One objective is optimised; each of the others must reach a level of a grid, and what it has to spare beyond that level
is rewarded a little, so that only efficient points are found, never merely weakly efficient ones. The levels go from
the worst to the best value in the table of lexicographic optima. Where a level cannot be reached, no better one of the
innermost objective is tried; where there is more to spare than a step, the levels in between are passed over, because
the same point would be found again.

Sources: G. Mavrotas, "Effective implementation of the ε-constraint method in multi-objective mathematical programming
problems", *Applied Mathematics and Computation* 213 (2009) 455-465; G. Mavrotas and K. Florios, "An improved version of
the augmented ε-constraint method (AUGMECON2)", the same journal 219 (2013) 9652-9669.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
import scipy.sparse as sp

from newcourse.errors import BadInput, Fault
from newcourse.solver.door import solve
from newcourse.solver.lexicographic import Objective, solve_lexicographic
from newcourse.solver.problem import Block, LinearProblem, Vector
from newcourse.solver.solution import Solution, Stop

REWARD: Final = 1e-3
"""What it is worth to have the whole range of another objective to spare, as a part of the first one's range."""

SAME: Final = 1e-6
"""Points that differ by less than this part of every range are one point."""


@dataclass(frozen=True, eq=False)
class Frontier:
    """Efficient points and the table they were sought from.

    Parameters
    ----------
    objectives
        In order; the first was optimised, the others were set.
    payoff
        Lexicographic optima: row i holds the values of all objectives where objective i comes first, shape (p, p).
    values
        Values of the objectives at each point, shape (k, p), best in the first objective first.
    points
        The points, shape (k, n).
    solved, passed
        How many problems were solved for the grid, and how many grid points were passed over.
    """

    objectives: tuple[Objective, ...]
    payoff: np.ndarray
    values: np.ndarray
    points: np.ndarray
    solved: int
    passed: int


def payoff_table(
    problem: LinearProblem, objectives: Sequence[Objective], *, time_limit: float | None = None
) -> tuple[np.ndarray, np.ndarray]:
    """Return the lexicographic optima with each objective first, the others in their order: values and points.

    Raises
    ------
    Contradiction, NotCertified
        If there is no point, or an objective has no limit.
    """
    points = []
    for i, first in enumerate(objectives):
        order = [first, *(other for j, other in enumerate(objectives) if j != i)]
        last = solve_lexicographic(problem, order, time_limit=time_limit)[-1]
        points.append(np.asarray(last.primal))
    costs = np.array([objective.cost for objective in objectives])
    return np.array(points) @ costs.T, np.array(points)


def efficient_points(
    problem: LinearProblem,
    objectives: Sequence[Objective],
    steps: int = 5,
    *,
    time_limit: float | None = None,
    on_progress: Callable[[float], None] | None = None,
) -> Frontier:
    """Return efficient points spread over the frontier.

    Parameters
    ----------
    problem
        Rows and bounds; its own objective plays no part.
    objectives
        At least two; the first is the one that is optimised at every point of the grid.
    steps
        Into how many steps the range of each other objective is divided.
    time_limit
        Seconds for each solve.
    on_progress
        Told which part of the grid is done.

    Raises
    ------
    BadInput
        If there are fewer than two objectives, or one in which nothing counts, or no step.
    Contradiction, NotCertified
        As :func:`payoff_table`; or where a problem of the grid is neither solved nor proved impossible.
    """
    _require(objectives, steps)
    payoff, corners = payoff_table(problem, objectives, time_limit=time_limit)
    grid = _Grid(problem, tuple(objectives), payoff, steps, time_limit)
    found, solved, passed = _walked(grid, steps, on_progress)
    points = np.array([*found, corners[0]])
    values, kept = _told_apart(points @ np.array([o.cost for o in objectives]).T, payoff, objectives[0])
    return Frontier(tuple(objectives), payoff, values, points[kept], solved, passed)


def _walked(
    grid: "_Grid", steps: int, on_progress: Callable[[float], None] | None
) -> tuple[list[np.ndarray], int, int]:
    """Return the points found level by level, how many problems were solved, and how many could be passed over."""
    found: list[np.ndarray] = []
    solved = passed = 0
    total = (steps + 1) ** len(grid.ranging)
    for outer in grid.outer_levels():
        level = 0
        while level <= steps:
            solution = grid.solved((*outer, level))
            solved += 1
            if on_progress is not None:
                on_progress((solved + passed) / total)
            if solution.stop is Stop.INFEASIBLE and solution.certified:
                passed += steps - level
                break
            point = np.asarray(solution.require_certified().primal)[: grid.problem.shape[1]]
            found.append(point)
            leap = 1 + grid.to_spare(point, level)
            passed += min(leap, steps + 1 - level) - 1
            level += leap
    return found, solved, passed


@dataclass(frozen=True, eq=False)
class _Grid:
    """The levels that the objectives other than the first are set to."""

    problem: LinearProblem
    objectives: tuple[Objective, ...]
    payoff: np.ndarray
    steps: int
    time_limit: float | None

    @property
    def signs(self) -> Vector:
        return np.array([1.0 if objective.sense == "max" else -1.0 for objective in self.objectives])

    @property
    def worst(self) -> Vector:
        """Worst value of each objective in the table, as of a maximum."""
        return np.asarray((self.payoff * self.signs).min(axis=0))

    @property
    def ranges(self) -> Vector:
        return np.asarray((self.payoff * self.signs).max(axis=0) - self.worst)

    @property
    def ranging(self) -> list[int]:
        """Which of the objectives after the first have a range at all, the innermost last."""
        sizes = np.abs(self.payoff).max(axis=0)
        return [k for k in range(1, len(self.objectives)) if self.ranges[k] > SAME * max(float(sizes[k]), 1e-12)]

    def outer_levels(self) -> Iterator[tuple[int, ...]]:
        """Yield the levels of all ranging objectives but the innermost; nothing is set where none has a range."""
        if self.ranging:
            yield from np.ndindex(*[self.steps + 1] * (len(self.ranging) - 1))

    def to_spare(self, point: Vector, level: int) -> int:
        """Return how many whole steps the innermost objective has to spare."""
        k = self.ranging[-1]
        reached = self.signs[k] * float(self.objectives[k].cost @ point) - self.worst[k]
        return max(0, int(np.floor(reached / (self.ranges[k] / self.steps) - level + SAME)))

    def solved(self, levels: tuple[int, ...]) -> Solution:
        """Return the best point with every ranging objective at its level at least, and what is to spare rewarded.

        A column that is always 1 puts the first objective's size in, so that rounding is measured against that also
        where the best is nothing.
        """
        (m, n), p = self.problem.shape, len(self.ranging)
        set_ = np.array([self.signs[k] * self.objectives[k].cost / self.ranges[k] for k in self.ranging])
        least = np.array([self.worst[k] / self.ranges[k] for k in self.ranging]) + np.array(levels) / self.steps
        least -= SAME  # the best levels were reached to rounding, and are to be reached again
        names = pd.Index([self.objectives[k].name for k in self.ranging], name="aim")
        scale = float(self.ranges[0]) or float(np.abs(self.payoff[:, 0]).max()) or 1.0
        spare = REWARD * scale * 10.0 ** -np.arange(p)
        above = sp.hstack([self.problem.matrix, sp.csr_array((m, p + 1))])
        wide = sp.vstack([above, sp.hstack([sp.csr_array(set_), -sp.eye_array(p), sp.csr_array((p, 1))])])
        problem = LinearProblem(
            f"{self.problem.name}: {', '.join(names)} set", "max",
            np.concatenate([self.signs[0] * self.objectives[0].cost, spare, [scale]]), sp.csr_array(wide),
            np.concatenate([self.problem.row_lower, least]), np.concatenate([self.problem.row_upper, least]),
            np.concatenate([self.problem.column_lower, np.zeros(p), [1.0]]),
            np.concatenate([self.problem.column_upper, np.full(p, np.inf), [1.0]]),
            (*self.problem.rows, Block("aims", m, m + p, names)),
            (*self.problem.columns, Block("to spare", n, n + p, names),
             Block("always", n + p, n + p + 1, pd.Index(["size of the first objective"]))),
        )  # fmt: skip
        return solve(problem, time_limit=self.time_limit)


def _told_apart(values: np.ndarray, payoff: np.ndarray, first: Objective) -> tuple[np.ndarray, list[int]]:
    """Return the values that are not the same as others', best in the first objective first, and their positions."""
    ranges = np.maximum(payoff.max(axis=0) - payoff.min(axis=0), 1e-12)
    order = np.argsort(-values[:, 0] if first.sense == "max" else values[:, 0], kind="stable")
    kept: list[int] = []
    for i in map(int, order):
        if all(float((np.abs(values[i] - values[j]) / ranges).max()) > SAME for j in kept):
            kept.append(i)
    return values[kept], kept


def _require(objectives: Sequence[Objective], steps: int) -> None:
    faults = []
    if len(objectives) < 2:
        found = f"{len(objectives)} objectives"
        faults.append(Fault("objectives-few", "efficient points", found, "at least two", "name another aim"))
    faults += [
        Fault("objective-empty", f"objective {objective.name}", "nothing that counts", "a cost", "leave it out")
        for objective in objectives
        if not np.any(objective.cost)
    ]
    if steps < 1:
        faults.append(Fault("steps", "efficient points", f"{steps}", "at least 1", "correct the number of steps"))
    if faults:
        raise BadInput(faults)
