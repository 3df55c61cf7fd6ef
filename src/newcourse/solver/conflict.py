"""Which commitments cannot hold together, and the cheapest way to relieve them (design §6.5).

A commitment is a named group of rows, or of column bounds. What is in no group is background and always holds. The
conflict that is named is *irreducible*: the groups cannot hold together, and without any one of them the rest can. A
group stays named if it cannot be proved either way whether the rest can hold without it: the conflict itself is proved.

Source: the deletion filter, started from the support of a Farkas ray; J. W. Chinneck and E. W. Dravnieks, "Locating
minimal infeasible constraint sets in linear programs", *ORSA Journal on Computing* 3 (1991) 157–168.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from newcourse.errors import BadInput, Fault
from newcourse.solver.certificate import certify_infeasible
from newcourse.solver.commitment import Commitment, Placed, placed
from newcourse.solver.door import solve
from newcourse.solver.elastic import elastic
from newcourse.solver.problem import LinearProblem, Vector
from newcourse.solver.solution import Solution, Stop

__all__ = ["Commitment", "Relief", "cheapest_relief", "minimal_conflict"]

NOISE: Final = 1e-9
"""Weights of a ray below this part of its largest are taken for rounding, if the rest still proves the conflict."""


@dataclass(frozen=True, eq=False)
class Relief:
    """The cheapest relaxation of rows that makes a problem feasible.

    Attributes
    ----------
    problem
        The problem that was to be relieved.
    amounts
        How far each row's bound moves, shape (m,): upper bounds up (positive), lower bounds down (negative).
    groups
        Per group, the sum of its rows' amounts over their scales, without sign.
    solution
        The certified solution it comes from.
    """

    problem: LinearProblem
    amounts: Vector
    groups: dict[str, float]
    solution: Solution

    @property
    def total(self) -> float:
        """Sum over all groups."""
        return sum(self.groups.values())

    def relieved(self) -> LinearProblem:
        """Return the problem with its row bounds moved, which is feasible."""
        return self.problem.with_row_bounds(
            self.problem.row_lower + np.minimum(self.amounts, 0.0),
            self.problem.row_upper + np.maximum(self.amounts, 0.0),
        )


def minimal_conflict(
    problem: LinearProblem,
    groups: Mapping[str, npt.ArrayLike | Commitment],
    *,
    most: int | None = None,
    time_limit: float | None = None,
) -> tuple[str, ...]:
    """Name a minimal set of groups that cannot hold together, on the background of all other rows and bounds.

    Parameters
    ----------
    problem
        An infeasible problem; its objective plays no part.
    groups
        Per name, positions of rows or a :class:`Commitment`. No row or column may be in two groups.
    most
        If there are certainly more than this many, the search ends: a set that is longer and still a conflict is
        returned, which need not be minimal.
    time_limit
        Seconds for each of the solves, of which there is about one per group that takes part in the first proof.

    Returns
    -------
    tuple of str
        Names in the order of ``groups``, at least one.

    Raises
    ------
    BadInput
        If everything can hold together, or a row or column is in two groups.
    Contradiction
        If the background alone cannot hold: no group is to blame.
    NotCertified
        If a solve within it could not be certified.
    """
    filter_ = _Filter(problem, placed(problem, groups), time_limit)
    whole = _impossible(problem, filter_, tuple(groups))
    kept = filter_.blamed(whole, tuple(groups))
    needed = 0
    for name in filter_.order(whole, kept):
        rest = tuple(other for other in kept if other != name)
        if name in kept and rest:
            without = filter_.attempted(rest)
            if without.certified and without.stop is Stop.INFEASIBLE:
                kept = filter_.blamed(without, rest)
            elif without.certified and without.stop is Stop.OPTIMAL:
                needed += 1
        if most is not None and needed > most:
            break
    return kept


def _impossible(problem: LinearProblem, filter_: "_Filter", names: tuple[str, ...]) -> Solution:
    """Return the proof that all groups cannot hold together, where the background alone can."""
    whole = filter_.tried(names)
    if whole.stop is Stop.OPTIMAL:
        fault = Fault(
            "no-conflict", problem.name, "everything can hold together", "a conflict", "there is none to name"
        )
        raise BadInput(fault)
    background = filter_.tried(())
    if background.stop is Stop.INFEASIBLE:
        background.require_certified()
    return whole


def cheapest_relief(
    problem: LinearProblem,
    groups: Mapping[str, npt.ArrayLike],
    scale: npt.ArrayLike = 1.0,
    *,
    time_limit: float | None = None,
) -> Relief:
    """Find the least weighted relaxation of the groups' rows that makes the problem feasible.

    Parameters
    ----------
    problem
        The problem; its objective plays no part.
    groups
        Per name, positions of rows that may be relaxed; no row in two groups.
    scale
        What one unit of each row counts as: an amount weighs ``amount / scale``. A scalar or shape (m,), positive.
    time_limit
        Seconds.

    Raises
    ------
    Contradiction
        If no relaxation of these rows helps.
    NotCertified
        If the optimum could not be certified.
    """
    commitments = placed(problem, groups)
    rows = np.concatenate([np.empty(0, np.intp), *(c.rows for c in commitments.values())])
    weights = np.broadcast_to(np.asarray(scale, float), problem.shape[:1])
    stretched = elastic(problem, np.sort(rows), 1.0 / weights)
    solution = solve(stretched.problem, time_limit=time_limit).require_certified()
    primal = solution.primal if solution.primal is not None else np.empty(0)
    amounts = stretched.violations(primal)
    sums = {name: float((np.abs(amounts[c.rows]) / weights[c.rows]).sum()) for name, c in commitments.items()}
    return Relief(problem, amounts, sums, solution)


class _Filter:
    """Solves the feasibility problem of sets of groups, each time from the basis of the time before."""

    def __init__(self, problem: LinearProblem, commitments: dict[str, Placed], time_limit: float | None) -> None:
        self._problem = problem.with_cost(np.zeros(problem.shape[1]), "min")
        self._commitments = commitments
        self._time_limit = time_limit
        self._last: Solution | None = None

    def tried(self, names: tuple[str, ...]) -> Solution:
        """Return the certified answer to whether these groups and the background can hold."""
        solution = self.attempted(names)
        if not solution.certified:
            solution.require_certified()
        return solution

    def attempted(self, names: tuple[str, ...]) -> Solution:
        """Return the answer to whether these groups and the background can hold, certified or not."""
        solution = solve(self._with_only(names), start=self._last, time_limit=self._time_limit)
        if solution.certified:
            self._last = solution
        return solution

    def blamed(self, solution: Solution, names: tuple[str, ...]) -> tuple[str, ...]:
        """Return those groups that the proof of infeasibility needs."""
        weights = self._weights(solution)
        fewer = tuple(name for name in names if weights[name] > 0)
        ray = self._clean(solution)
        if certify_infeasible(self._with_only(fewer), ray, solution.certificate.tolerance).holds:
            return fewer
        return names

    def order(self, solution: Solution, names: tuple[str, ...]) -> list[str]:
        """Return the groups with the least weight in the proof first: most likely to be dispensable."""
        weights = self._weights(solution)
        return sorted(names, key=lambda name: weights[name])

    def _clean(self, solution: Solution) -> Vector:
        ray = solution.ray if solution.ray is not None else np.zeros(self._problem.shape[0])
        return np.where(np.abs(ray) > NOISE * np.abs(ray).max(initial=0.0), ray, 0.0)

    def _weights(self, solution: Solution) -> dict[str, float]:
        """Return what each group weighs in the proof: its rows, and the bounds of its columns."""
        ray = self._clean(solution)
        pull = self._problem.matrix.T @ ray
        scale = abs(self._problem.matrix).T @ np.abs(ray)
        pull = np.where(np.abs(pull) > NOISE * scale, pull, 0.0)
        return {
            name: float(np.abs(ray[c.rows]).sum() + np.abs(pull[c.columns]).sum())
            for name, c in self._commitments.items()
        }

    def _with_only(self, names: tuple[str, ...]) -> LinearProblem:
        row_lower, row_upper = self._problem.row_lower.copy(), self._problem.row_upper.copy()
        column_lower, column_upper = self._problem.column_lower.copy(), self._problem.column_upper.copy()
        for name, group in self._commitments.items():
            if name not in names:
                row_lower[group.rows], row_upper[group.rows] = -np.inf, np.inf
                column_lower[group.columns], column_upper[group.columns] = group.lower, group.upper
        return self._problem.with_row_bounds(row_lower, row_upper).with_column_bounds(column_lower, column_upper)
