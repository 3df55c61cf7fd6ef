"""Scenarios written out as one linear problem: a column per node, not per scenario (the *extensive form*).

    min or max  Σ_s w_s c_s'x_s   with  x_s within the rows and bounds of scenario s,

where scenarios that pass through the same node share the column, its cost being the sum of their weighted costs. A row
that is the same in scenarios that share all its columns is written once.

Source: J. R. Birge and F. Louveaux, *Introduction to Stochastic Programming*, 2nd ed. (2011), §3.6.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import scipy.sparse as sp

from newcourse.errors import Contradiction, Fault
from newcourse.plan.futures.problem import Positions, ScenarioProblem
from newcourse.solver.problem import Block, LinearProblem, Vector
from newcourse.solver.solution import Solution


@dataclass(frozen=True, eq=False)
class Extensive:
    """The extensive form of scenarios.

    Parameters
    ----------
    scenarios
        What was written out.
    problem
        As one problem: the same blocks, their labels with the node as last level.
    columns, rows
        Where each scenario's columns and rows stand in it, shapes (S, n) and (S, m).
    """

    scenarios: ScenarioProblem
    problem: LinearProblem
    columns: Positions
    rows: Positions

    def primal(self, solution: Solution, scenario: int) -> Vector:
        """Return one scenario's part of a solution's point, shape (n,)."""
        point = solution.primal
        return np.empty(0) if point is None else point[self.columns[scenario]]

    def dual(self, solution: Solution, scenario: int) -> Vector:
        """Return one scenario's valuations, shape (m,): what a row is worth given that its node is reached."""
        if solution.dual is None:
            return np.empty(0)
        count = np.zeros(solution.dual.size)
        for s, weight in enumerate(self.scenarios.weights):
            count[self.rows[s]] += weight
        position = self.rows[scenario]
        return np.asarray(solution.dual[position] / count[position])

    def spread(self, vectors: np.ndarray) -> Vector:
        """Return per-scenario costs (S, n), already weighted, as one cost of the whole problem."""
        total = np.zeros(self.problem.shape[1])
        np.add.at(total, self.columns, vectors)
        return total


def extensive(scenarios: ScenarioProblem, name: str = "all scenarios together") -> Extensive:
    """Write scenarios out as one problem.

    Raises
    ------
    Contradiction
        If scenarios set bounds of a common column that cannot hold together.
    """
    parts = [scenario.problem for scenario in scenarios.scenarios]
    leaders = scenarios.leaders
    own_columns = leaders[:, scenarios.stage] == np.arange(len(parts))[:, None]
    columns, column_blocks = _placed(
        scenarios, parts[0].columns, own_columns, leaders[:, scenarios.stage], scenarios.stage
    )
    row_stage = np.max([_row_stage(problem, scenarios.stage) for problem in parts], axis=0)
    row_leader = _row_leaders(scenarios, row_stage)
    rows, row_blocks = _placed(
        scenarios, parts[0].rows, row_leader == np.arange(len(parts))[:, None], row_leader, row_stage
    )
    m, n = (blocks[-1].stop if blocks else 0 for blocks in (row_blocks, column_blocks))
    cost, lower, upper = np.zeros(n), np.full(n, -np.inf), np.full(n, np.inf)
    row_lower, row_upper = np.full(m, -np.inf), np.full(m, np.inf)
    entries: list[tuple[np.ndarray, np.ndarray, np.ndarray]] = []
    for s, (problem, weight) in enumerate(zip(parts, scenarios.weights, strict=True)):
        np.add.at(cost, columns[s], weight * problem.cost)
        lower[columns[s]] = np.maximum(lower[columns[s]], problem.column_lower)
        upper[columns[s]] = np.minimum(upper[columns[s]], problem.column_upper)
        mine = np.flatnonzero(row_leader[s] == s)
        row_lower[rows[s, mine]], row_upper[rows[s, mine]] = problem.row_lower[mine], problem.row_upper[mine]
        part = sp.coo_array(problem.matrix[mine])
        entries.append((rows[s, mine][part.row], columns[s][part.col], part.data))
    r, c, v = (np.concatenate(each) for each in zip(*entries, strict=True))
    matrix = sp.coo_array((v, (r, c)), shape=(m, n)).tocsr()
    _require_bounds(column_blocks, lower, upper)
    whole = LinearProblem(
        name, parts[0].sense, cost, matrix, row_lower, row_upper, lower, upper, row_blocks, column_blocks
    )
    return Extensive(scenarios, whole, columns, rows)


def _row_stage(problem: LinearProblem, stage: np.ndarray) -> np.ndarray:
    """Return the latest stage of any column of each row; 0 for a row without columns."""
    found = np.zeros(problem.shape[0], dtype=np.int64)
    matrix = problem.matrix
    filled = np.flatnonzero(np.diff(matrix.indptr))
    if filled.size:
        found[filled] = np.maximum.reduceat(stage[matrix.indices], matrix.indptr[:-1][filled])
    return found


def _row_leaders(scenarios: ScenarioProblem, row_stage: np.ndarray) -> np.ndarray:
    """Return for each scenario and row the scenario in which the row is written, shape (S, m)."""
    found = np.tile(np.arange(len(scenarios.scenarios))[:, None], (1, row_stage.size))
    for s, scenario in enumerate(scenarios.scenarios):
        for leader in np.unique(scenarios.leaders[s]):
            if leader == s:
                continue
            mine, other = scenario.problem, scenarios.scenarios[leader].problem
            same = np.asarray(abs(mine.matrix - other.matrix).sum(axis=1)).ravel() == 0
            same &= (mine.row_lower == other.row_lower) & (mine.row_upper == other.row_upper)
            found[s, same & (scenarios.leaders[s][row_stage] == leader)] = leader
    return found


def _placed(
    scenarios: ScenarioProblem, blocks: tuple[Block, ...], own: np.ndarray, leader: np.ndarray, stage: np.ndarray
) -> tuple[np.ndarray, tuple[Block, ...]]:
    """Return where each scenario's rows or columns stand, shape (S, k), and the blocks, labels with the node."""
    places = np.zeros(own.shape, dtype=np.intp)
    made: list[Block] = []
    nodes = pd.Index(dict.fromkeys(node for scenario in scenarios.scenarios for node in scenario.path), name="node")
    of_stage = [nodes.get_indexer(pd.Index(scenario.path)) for scenario in scenarios.scenarios]
    start = 0
    for block in blocks:
        taken: list[np.ndarray] = []
        codes: list[np.ndarray] = []
        for s in range(len(own)):
            new = np.flatnonzero(own[s, block.slice])
            places[s, block.start + new] = start + sum(part.size for part in taken) + np.arange(new.size)
            taken.append(new)
            codes.append(of_stage[s][stage[block.start + new]])
        order = np.concatenate(taken)
        made.append(
            Block(block.name, start, start + order.size, _labelled(block.labels, order, nodes, np.concatenate(codes)))
        )
        start += order.size
    for s in range(len(own)):
        other = ~own[s]
        places[s, other] = places[leader[s, other], np.flatnonzero(other)]
    return places, tuple(made)


def _labelled(labels: pd.Index, order: np.ndarray, nodes: pd.Index, codes: np.ndarray) -> pd.MultiIndex:
    whole = labels if isinstance(labels, pd.MultiIndex) else pd.MultiIndex.from_arrays([labels])
    levels: list[Any] = [*whole.levels, nodes]
    taken: list[Any] = [*(np.asarray(level)[order] for level in whole.codes), codes]
    return pd.MultiIndex(levels=levels, codes=taken, names=[*whole.names, "node"], verify_integrity=False)


def _require_bounds(blocks: tuple[Block, ...], lower: Vector, upper: Vector) -> None:
    crossed = np.flatnonzero(lower > upper)
    if crossed.size:
        raise Contradiction(
            [
                Fault(
                    "scenarios-bounds", block.label(int(j)), f"at least {lower[j]:g} in one scenario",
                    f"at most {upper[j]:g}, as another scenario asks of the same decision",
                    "loosen one of the two, or let the decision wait until it is known which comes",
                )
                for j in crossed
                for block in blocks
                if block.start <= j < block.stop
            ]
        )  # fmt: skip
