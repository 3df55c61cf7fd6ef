"""One problem under several scenarios: a linear problem each, and which of their columns are decided together.

A *scenario* is one way things may go, with its weight. All scenarios have the same columns. Column j belongs to a
*stage*: what is known when it is decided. Two scenarios that cannot be told apart at a stage (they pass through the
same *node* of the tree) have one common column there: *non-anticipativity*. Stage 0 is here and now.

Source: J. R. Birge and F. Louveaux, *Introduction to Stochastic Programming*, 2nd ed. (2011), ch. 1 and 2.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from math import fsum
from typing import Self

import numpy as np
import numpy.typing as npt

from newcourse.errors import BadInput, Fault
from newcourse.solver.problem import LinearProblem, Vector

Positions = npt.NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class Scenario:
    """One way things may go.

    Parameters
    ----------
    name
        Short name, unique.
    weight
        Its weight, positive; those of all scenarios add up to one.
    problem
        What has to be decided if it comes, as if it had always been known.
    path
        The node it passes through at each stage. Scenarios with the same node cannot be told apart yet.
    """

    name: str
    weight: float
    problem: LinearProblem
    path: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class ScenarioProblem:
    """Scenarios decided together.

    Parameters
    ----------
    scenarios
        At least one; their problems have the same sense, the same columns and as many rows.
    stage
        Stage of each column, shape (n,): 0 is here and now.

    Raises
    ------
    BadInput
        If scenarios do not fit together; every fault at once.
    """

    scenarios: tuple[Scenario, ...]
    stage: npt.NDArray[np.int64]

    def __post_init__(self) -> None:
        object.__setattr__(self, "scenarios", tuple(self.scenarios))
        object.__setattr__(self, "stage", np.asarray(self.stage, dtype=np.int64))
        faults = _faults(self.scenarios, self.stage)
        if faults:
            raise BadInput(faults)

    @classmethod
    def two_stage(
        cls, problems: Mapping[str, LinearProblem], weights: Mapping[str, float], here_and_now: Sequence[str]
    ) -> Self:
        """Return scenarios that are known after the first decisions.

        Parameters
        ----------
        problems, weights
            By name of the scenario.
        here_and_now
            Blocks of columns that are decided before.
        """
        first = next(iter(problems.values()))
        stage = np.ones(first.shape[1], dtype=np.int64)
        for name in here_and_now:
            stage[first.column_block(name).slice] = 0
        return cls(tuple(Scenario(name, weights[name], each, ("now", name)) for name, each in problems.items()), stage)

    @property
    def sign(self) -> float:
        """+1 for a minimum, −1 for a maximum."""
        return self.scenarios[0].problem.sign

    @property
    def stages(self) -> int:
        """How many stages there are."""
        return len(self.scenarios[0].path)

    @cached_property
    def weights(self) -> Vector:
        """Weights, shape (S,)."""
        return np.array([scenario.weight for scenario in self.scenarios])

    @cached_property
    def leaders(self) -> Positions:
        """For each scenario and stage the first scenario it cannot be told apart from, shape (S, stages)."""
        first: dict[tuple[int, str], int] = {}
        return np.array(
            [[first.setdefault((t, node), s) for t, node in enumerate(scenario.path)]
             for s, scenario in enumerate(self.scenarios)],
            dtype=np.intp,
        )  # fmt: skip

    def members(self, stage: int, leader: int) -> Positions:
        """Return the scenarios that cannot be told apart from ``leader`` at a stage."""
        return np.flatnonzero(self.leaders[:, stage] == leader)

    def with_problems(self, problems: Sequence[LinearProblem]) -> Self:
        """Return the same scenarios with other problems."""
        pairs = zip(self.scenarios, problems, strict=True)
        return replace(self, scenarios=tuple(replace(s, problem=problem) for s, problem in pairs))

    def with_paths(self, paths: Sequence[tuple[str, ...]]) -> Self:
        """Return the same scenarios told apart at other times."""
        return replace(
            self, scenarios=tuple(replace(s, path=path) for s, path in zip(self.scenarios, paths, strict=True))
        )

    def with_only(self, *scenarios: int) -> Self:
        """Return the problem in which only some scenarios are left; their weights are taken up to one."""
        total = float(self.weights[list(scenarios)].sum())
        kept = [self.scenarios[s] for s in scenarios]
        return replace(self, scenarios=tuple(replace(s, weight=s.weight / total) for s in kept))

    def fixed(self, columns: npt.NDArray[np.bool_], values: npt.ArrayLike) -> Self:
        """Return the problem with some columns held at given values, to rounding.

        Parameters
        ----------
        columns
            Which, shape (n,).
        values
            Shape (n,) for all scenarios alike, or (S, n).

        Notes
        -----
        Held within 1e-9 of the value or 1e-10 of the largest value: a point that met its rows to rounding must not be
        called impossible because of it.
        """
        held = np.broadcast_to(np.asarray(values, float), (len(self.scenarios), columns.size))
        return self.with_problems(
            [held_at(s.problem, columns, row) for s, row in zip(self.scenarios, held, strict=True)]
        )


def held_at(problem: LinearProblem, columns: npt.NDArray[np.bool_], values: Vector) -> LinearProblem:
    """Return the problem with some columns held at given values, to rounding."""
    lower, upper = np.array(problem.column_lower), np.array(problem.column_upper)
    inside = np.clip(values, lower, upper)
    room = 1e-9 * np.abs(inside) + 1e-10 * np.abs(inside[columns]).max(initial=0.0)
    lower[columns] = np.maximum(lower, inside - room)[columns]
    upper[columns] = np.minimum(upper, inside + room)[columns]
    return problem.with_column_bounds(lower, upper)


def mean_problem(problem: ScenarioProblem, members: Positions | None = None) -> LinearProblem:
    """Return the problem whose every number is the weighted mean of the scenarios', as if that were what comes.

    A bound that is infinite in one of them is infinite.

    Parameters
    ----------
    problem
        The scenarios.
    members
        Which of them; all if left out.
    """
    chosen = range(len(problem.scenarios)) if members is None else members
    weights = problem.weights[list(chosen)] / problem.weights[list(chosen)].sum()
    parts = [problem.scenarios[s].problem for s in chosen]

    def mean(name: str) -> Vector:
        return _mean([np.asarray(getattr(part, name), dtype=float) for part in parts], weights)

    matrix = parts[0].matrix
    for weight, part in zip(weights[1:], parts[1:], strict=True):
        matrix = matrix + float(weight) * (part.matrix - parts[0].matrix)
    return replace(
        parts[0], cost=mean("cost"), matrix=matrix, row_lower=mean("row_lower"), row_upper=mean("row_upper"),
        column_lower=mean("column_lower"), column_upper=mean("column_upper"),
    )  # fmt: skip


def _mean(values: list[Vector], weights: Vector) -> Vector:
    """Return the weighted mean of vectors; what is infinite in one of them is infinite.

    What is the same in all stays exactly the same: a rounding would part rows that say the same.
    """
    endless = [np.where(np.isinf(each), each, 0.0) for each in values]
    finite = [np.where(np.isinf(each), 0.0, each) for each in values]
    mean = finite[0] + sum(w * (each - finite[0]) for w, each in zip(weights[1:], finite[1:], strict=True))
    bounds = np.asarray(sum(np.sign(each) for each in endless))
    return np.asarray(np.where(bounds == 0, mean, np.copysign(np.inf, bounds)))


def _faults(scenarios: tuple[Scenario, ...], stage: npt.NDArray[np.int64]) -> list[Fault]:
    if not scenarios:
        return [Fault("scenarios-none", "scenarios", "none", "at least one", "give a scenario")]
    first, faults = scenarios[0], []
    names = [scenario.name for scenario in scenarios]
    if len(set(names)) < len(names):
        faults.append(Fault("scenario-name", "scenarios", ", ".join(names), "each name once", "rename them"))
    total = fsum(scenario.weight for scenario in scenarios)
    if abs(total - 1) > 1e-9 or any(not scenario.weight > 0 for scenario in scenarios):
        found = f"{', '.join(f'{s.name} {s.weight:g}' for s in scenarios)}: a sum of {total:.10g}"
        faults.append(Fault("scenario-weights", "scenarios", found, "positive, a sum of 1", "correct the weights"))
    for scenario in scenarios:
        where = f"scenario {scenario.name}"
        if not _alike(first.problem, scenario.problem):
            expected = f"the columns, rows and sense of {first.name}, {first.problem.shape}"
            found = f"others, {scenario.problem.shape}"
            faults.append(Fault("scenario-columns", where, found, expected, "state all scenarios alike"))
        if len(scenario.path) != len(first.path) or not scenario.path:
            expected = f"{len(first.path)} as for {first.name}, at least one"
            faults.append(Fault("scenario-path", where, f"{len(scenario.path)} stages", expected, "complete the path"))
    if stage.shape != (first.problem.shape[1],) or ((stage < 0) | (stage >= len(first.path))).any():
        expected = f"one per column, from 0 to {len(first.path) - 1}"
        faults.append(Fault("stage", "stages of the columns", f"shape {stage.shape}", expected, "correct the stages"))
    return faults or _path_faults(scenarios)


def _alike(one: LinearProblem, other: LinearProblem) -> bool:
    if one is other:
        return True
    sides = ((one.columns, other.columns), (one.rows, other.rows))
    same = all(
        len(mine) == len(theirs)
        and all(a.name == b.name and len(a) == len(b) for a, b in zip(mine, theirs, strict=True))
        for mine, theirs in sides
    )
    return same and one.sense == other.sense


def _path_faults(scenarios: tuple[Scenario, ...]) -> list[Fault]:
    """Return a fault for every node that is reached by two ways: what is forgotten cannot be decided on."""
    ways: dict[tuple[int, str], tuple[str, ...]] = {}
    return [
        Fault(
            "scenario-tree", f"scenario {scenario.name}, node {node}", f"reached by {', '.join(scenario.path[:t])}",
            f"one way to each node, here {', '.join(ways[t, node])}", "give the two nodes different names",
        )
        for scenario in scenarios
        for t, node in enumerate(scenario.path)
        if ways.setdefault((t, node), scenario.path[:t]) != scenario.path[:t]
    ]  # fmt: skip
