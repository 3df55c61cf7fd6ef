"""A certified corner: the basic solution a method ended at, solved again from the problem's own numbers (design §6.5).

With the rows written as ``A x - r = 0`` and the rows' bounds on ``r``, a *basis* names as many columns and rows as
there are rows; all others stand at a bound. ``B`` are the columns of ``[A, -I]`` of the basis. Everything here follows
from solving with ``B`` (sparse LU): nothing of the method's answer is believed but which names are in the basis.

Source: V. Chvátal, *Linear Programming* (1983), ch. 8 and 10.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final, Self

import numpy as np
import scipy.sparse as sp
import scipy.sparse.linalg as spla

from newcourse.errors import Fault, NotCertified
from newcourse.solver.certificate import Certificate, certify
from newcourse.solver.problem import LinearProblem, Vector
from newcourse.solver.scaling import Scaling
from newcourse.solver.solution import Solution

BASIC: Final = 1
UPPER: Final = 2
"""Codes of a basis: in it, and at the upper bound; what is neither stands at its lower bound, or at nil if free."""


@dataclass(frozen=True, eq=False)
class Corner:
    """A basic solution that is certified optimal.

    Attributes
    ----------
    problem
        The problem.
    basic
        What is in the basis, shape (m,): positions of columns, and of rows counted from n.
    primal, dual
        Columns' values and rows' valuations, shapes (n,) and (m,), from the basis alone.
    certificate
        What is proved of them.
    """

    problem: LinearProblem
    basic: np.ndarray
    primal: Vector
    dual: Vector
    certificate: Certificate
    _scaling: Scaling
    _factors: Any

    @classmethod
    def of(cls, solution: Solution) -> Self:
        """Make the corner at which a certified solution ended.

        Raises
        ------
        NotCertified
            If the solution has no basis, the basis cannot be solved with, or what follows from it is not certified.
        """
        solution.require_certified()
        problem, basis = solution.problem, solution.basis
        m, n = problem.shape
        if basis is None or basis.columns.size != n or basis.rows.size != m:
            raise NotCertified(_no_corner(problem, f"{solution.method} ended without a basis"))
        codes = np.concatenate([basis.columns, basis.rows])
        basic = np.flatnonzero(codes == BASIC)
        if basic.size != m:
            raise NotCertified(_no_corner(problem, f"{basic.size} names in a basis of {m}"))
        scaling = Scaling.of(problem)
        scaled = scaling.scaled(problem)
        factors = _factorised(scaled, basic)
        primal, dual = _solved(scaled, basic, codes, factors)
        primal, dual = scaling.primal(primal), scaling.dual(dual, problem.sign)
        certificate = certify(problem, primal, dual, solution.certificate.tolerance)
        if certificate.kind != "optimal":
            raise NotCertified(_no_corner(problem, certificate.sentence()))
        return cls(problem, basic, primal, dual, certificate, scaling, factors)

    @cached_property
    def values(self) -> Vector:
        """The columns' and the rows' values ``(x, A x)``, shape (n + m,)."""
        return np.concatenate([self.primal, self.problem.matrix @ self.primal])

    @cached_property
    def bounds(self) -> tuple[Vector, Vector]:
        """Lower and upper bounds of columns and rows, each of shape (n + m,)."""
        p = self.problem
        return np.concatenate([p.column_lower, p.row_lower]), np.concatenate([p.column_upper, p.row_upper])

    @cached_property
    def at(self) -> np.ndarray:
        """Where each column and row stands in the basis, shape (n + m,); −1 for what is at a bound."""
        where = np.full(sum(self.problem.shape), -1)
        where[self.basic] = np.arange(len(self.basic))
        return where

    @cached_property
    def reduced(self) -> Vector:
        """What a unit more of each column, and of each row's value, would bring: ``(c − A'y, y)``, shape (n + m,)."""
        d = self.problem.cost - self.problem.matrix.T @ self.dual
        d = np.concatenate([d, self.dual])
        d[self.basic] = 0.0
        return d

    def units(self, positions: np.ndarray) -> Vector:
        """Return the problem's own unit of each column and row in units of the scaled problem."""
        own = np.concatenate([self._scaling.columns, 1.0 / self._scaling.rows]) * self._scaling.amount
        return np.asarray(own[positions])

    def moved(self, change: Vector) -> Vector:
        """Return by how much the basis moves when what stands at a bound moves.

        Parameters
        ----------
        change
            Movement of columns and rows that stand at a bound, shape (n + m,) or (n + m, k); nil elsewhere.

        Returns
        -------
        ndarray
            Movement of what is in the basis, shape (m,) or (m, k), so that ``A x − r = 0`` stays true.
        """
        m, n = self.problem.shape
        wide = change.reshape(n + m, -1)
        missing = self.problem.matrix @ wide[:n] - wide[n:]
        scale = (self._scaling.rows / self._scaling.amount)[:, None]
        found = self._factors.solve(np.ascontiguousarray(-scale * missing)) * self.units(self.basic)[:, None]
        return np.asarray(found.reshape(m, *change.shape[1:]))

    def row_of(self, position: int) -> Vector:
        """Return how much a basic column or row falls per unit of each column and row at a bound, shape (n + m,)."""
        unit = np.zeros(len(self.basic))
        unit[self.at[position]] = 1.0
        y = self._factors.solve(unit, trans="T") * (self._scaling.rows / self._scaling.amount)
        own = float(self.units(np.array([position]))[0])
        found = own * np.concatenate([self.problem.matrix.T @ y, -y])
        found[self.basic] = 0.0
        return np.asarray(found)


def _factorised(scaled: LinearProblem, basic: np.ndarray) -> Any:
    m, _ = scaled.shape
    form = sp.hstack([scaled.matrix, -sp.eye_array(m)], format="csc")
    try:
        return spla.splu(sp.csc_array(form[:, basic]))
    except RuntimeError as error:
        raise NotCertified(_no_corner(scaled, f"a basis that cannot be solved with ({error})")) from None


def _solved(scaled: LinearProblem, basic: np.ndarray, codes: np.ndarray, factors: Any) -> tuple[Vector, Vector]:
    """Return columns' values and rows' duals of the scaled problem that follow from the basis."""
    m, n = scaled.shape
    lower = np.concatenate([scaled.column_lower, scaled.row_lower])
    upper = np.concatenate([scaled.column_upper, scaled.row_upper])
    values = np.where(codes == UPPER, upper, lower)
    values = np.where(np.isfinite(values), values, np.where(np.isfinite(upper), upper, 0.0))
    values[basic] = 0.0
    values[basic] = factors.solve(values[n:] - scaled.matrix @ values[:n])
    cost = np.concatenate([scaled.cost, np.zeros(m)])
    primal = np.clip(values[:n], scaled.column_lower, scaled.column_upper)
    return primal, factors.solve(cost[basic], trans="T")


def _no_corner(problem: LinearProblem, found: str) -> Fault:
    return Fault(
        "no-corner", problem.name, found, "a certified basic solution", "solve with the simplex method, then ask again"
    )
