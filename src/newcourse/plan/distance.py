"""The point of a linear problem nearest to a reference, by a weighted sum of absolute differences.

Written out, each column that may stand above or below its reference has two further columns, ``more`` and ``less``:

    x_j - more_j + less_j = reference_j,   least  c'x + forced + sum(w_j more_j + w_j (1 + SIDE) less_j).

Two columns that are always 1 put the value of the whole reference in and take it out again: what is nothing to rounding
is measured against that, also where nothing changes at all. The problem is solved in another form, in which x_j is
replaced by reference_j + (more_j - less_j) / w_j: there the reference is a point at which the dual simplex method can
begin, and it has only as many steps to go as there is to change. The answer is certified in the form written out.
"""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import pandas as pd
import scipy.sparse as sp

from newcourse.solver.certificate import certify
from newcourse.solver.door import solve
from newcourse.solver.problem import Block, LinearProblem, Vector
from newcourse.solver.solution import Solution, Stop

SNAP: Final = 1e-10
"""A row that the reference misses by less than this part of what stands in it is met: the rest is rounding."""

SIDE: Final = 0.005
"""Part by which less counts more than more, so that the two are never equally near."""

ASIDE: Final = 1e-3
"""What a unit of value counts in columns that have no reference: fewer stores, say, if all else is equal."""

WANTED: Final = frozenset({"delivery", "secured", "worst off"})
"""Blocks of columns without a reference of which there should be as much as may be, and not as little."""


@dataclass(frozen=True, eq=False)
class Distance:
    """What is to be least, and where.

    Parameters
    ----------
    problem
        The points to choose from; its own objective plays no part.
    cost
        Of columns that can only rise or only fall, shape (n,); nil for the others.
    forced
        Distance that no choice changes.
    columns
        Which columns may stand above or below their reference, shape (k,).
    reference, weights
        What each of them was, and what a unit of change counts: positive, shape (k,).
    """

    problem: LinearProblem
    cost: Vector
    forced: float
    columns: np.ndarray
    reference: Vector
    weights: Vector

    @classmethod
    def of(cls, problem: LinearProblem, whole: LinearProblem, reference: Vector, weights: Vector) -> "Distance":
        """Return the distance of the points of a problem from a reference.

        A column counts the same whether the problem leaves it free or holds it: rounding may decide which it does.

        Parameters
        ----------
        problem
            The points to choose from.
        whole
            The same columns before they were restricted to those points: their bounds say where columns without a
            reference should go.
        reference
            What each column was; NaN where it was nothing known, shape (n,).
        weights
            What a unit of change counts, shape (n,).
        """
        known = np.isfinite(reference)
        ends = np.where(known, reference, _ends(whole))
        weights = np.where(known, weights, np.where(np.isfinite(ends), ASIDE * weights, 0.0))
        ends = np.where(np.isfinite(ends), ends, 0.0)
        free = problem.column_lower < problem.column_upper
        above = free & (ends <= problem.column_lower)
        below = free & ~above & (ends >= problem.column_upper)
        beside = np.flatnonzero(free & ~above & ~below & (weights > 0))
        less = (1 + SIDE) * weights
        cost = np.where(above, weights, np.where(below, -less, 0.0))
        moved = np.where(free, 0.0, problem.column_lower - ends)
        forced = float(weights @ np.maximum(moved, 0) + less @ np.maximum(-moved, 0) - cost @ ends)
        return cls(problem, cost, forced, beside, ends[beside], weights[beside])

    def written_out(self) -> LinearProblem:
        """Return the problem of the least distance; the further columns stand behind the others."""
        problem, (m, n), k = self.problem, self.problem.shape, len(self.columns)
        labels = pd.Index([problem.column_name(int(j)) for j in self.columns], name="change")
        one = sp.eye_array(k, format="csr")
        chosen = sp.csr_array((np.ones(k), (np.arange(k), self.columns)), shape=(k, n))
        sides = sp.hstack([-one, one, sp.csr_array((k, 2))])
        matrix = sp.block_array([[problem.matrix, sp.csr_array((m, 2 * k + 2))], [chosen, sides]])
        return replace(
            problem,
            name=f"{problem.name}: least change",
            sense="min",
            cost=np.concatenate([self.cost, self.weights, self.weights * (1 + SIDE), self._always]),
            matrix=sp.csr_array(matrix),
            row_lower=np.concatenate([problem.row_lower, self.reference]),
            row_upper=np.concatenate([problem.row_upper, self.reference]),
            column_lower=np.concatenate([problem.column_lower, np.zeros(2 * k), [1.0, 1.0]]),
            column_upper=np.concatenate([problem.column_upper, np.full(2 * k, np.inf), [1.0, 1.0]]),
            rows=(*problem.rows, Block("change", m, m + k, labels)),
            columns=(*problem.columns, *self._further(labels)),
        )

    @property
    def _always(self) -> Vector:
        """The costs of the columns that are always 1."""
        whole = float(self.weights @ np.abs(self.reference)) or 1.0
        return np.array([whole + self.forced, -whole])

    def _further(self, labels: pd.Index) -> tuple[Block, ...]:
        n, k = self.problem.shape[1], len(self.columns)
        always = pd.Index(["what was, and what changes in any case", "what was"])
        return (
            Block("more", n, n + k, labels),
            Block("less", n + k, n + 2 * k, labels),
            Block("always", n + 2 * k, n + 2 * k + 2, always),
        )

    def least(self, *, time_limit: float | None = None) -> Solution:
        """Return the nearest point, as a solution of the problem written out."""
        near = np.clip(self.reference, self.problem.column_lower[self.columns], self.problem.column_upper[self.columns])
        found = solve(self._replaced(near), method="simplex", time_limit=time_limit)
        if found.primal is None or found.dual is None or found.stop is not Stop.OPTIMAL:
            return found if found.stop is Stop.TIME_LIMIT else solve(self.written_out(), time_limit=time_limit)
        whole = self.written_out()
        primal, dual = self._point(found.primal, near), self._valuations(found.dual)
        certificate = certify(whole, primal, dual)
        if certificate.kind != "optimal":
            return solve(whole, time_limit=time_limit)
        return replace(found, problem=whole, primal=primal, dual=dual, certificate=certificate, basis=None)

    def _replaced(self, near: Vector) -> LinearProblem:
        """Return the problem in which the columns are replaced by what they are more or less than the reference."""
        problem, n, k = self.problem, self.problem.shape[1], len(self.columns)
        scaled = sp.csc_array(problem.matrix)[:, self.columns] @ sp.diags_array(1.0 / self.weights)
        start = np.zeros(n)
        start[self.columns] = near
        there = problem.matrix @ start
        room = SNAP * (abs(problem.matrix) @ np.abs(start))
        lower, upper = np.array(problem.column_lower), np.array(problem.column_upper)
        room_up = (upper[self.columns] - near) * self.weights
        room_down = (near - lower[self.columns]) * self.weights
        lower[self.columns] = upper[self.columns] = 0.0
        matrix = sp.hstack([problem.matrix, scaled, -scaled, sp.csr_array((problem.shape[0], 2))])
        return replace(
            problem,
            name=f"{problem.name}: least change",
            sense="min",
            cost=np.concatenate([self.cost, np.ones(k), np.full(k, 1 + SIDE), self._always]),
            matrix=sp.csr_array(matrix),
            row_lower=_snapped(problem.row_lower - there, room),
            row_upper=_snapped(problem.row_upper - there, room),
            column_lower=np.concatenate([lower, np.zeros(2 * k), [1.0, 1.0]]),
            column_upper=np.concatenate([upper, room_up, room_down, [1.0, 1.0]]),
            columns=(*problem.columns, *self._further(pd.RangeIndex(k))),
        )

    def _point(self, found: Vector, near: Vector) -> Vector:
        """Return the point in the form written out."""
        n, k = self.problem.shape[1], len(self.columns)
        x = np.array(found[:n])
        x[self.columns] = near + (found[n : n + k] - found[n + k : n + 2 * k]) / self.weights
        change = x[self.columns] - self.reference
        return np.concatenate([x, np.maximum(change, 0.0), np.maximum(-change, 0.0), [1.0, 1.0]])

    def _valuations(self, dual: Vector) -> Vector:
        """Return the row duals in the form written out: those of the changes are as large as their costs allow."""
        pull = -(self.problem.matrix.T @ dual)[self.columns]
        return np.concatenate([dual, np.clip(pull, -self.weights, self.weights * (1 + SIDE))])


def _snapped(bounds: Vector, room: Vector) -> Vector:
    return np.where(np.abs(bounds) <= room, 0.0, bounds)


def _ends(problem: LinearProblem) -> Vector:
    """Return where columns without a reference should go: deliveries up to their bound, all else down."""
    ends = np.array(problem.column_lower)
    for block in problem.columns:
        if block.name in WANTED:
            ends[block.slice] = problem.column_upper[block.slice]
    return ends
