"""What a bundle of goods takes along all columns that a plan uses at the margin (design §6.3).

With ``N`` the plan's own balances (rows) of the columns without a reduced cost and ``b`` what the bundle takes of these
balances, ``z`` of least norm solves ``N z = b``; ``R z`` is what that takes of the limits ``R``. It is the embodied
content of :mod:`newcourse.plan.embodied`, for a bundle.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
import scipy.linalg as la
import scipy.sparse as sp
import scipy.sparse.linalg as spla

from newcourse.plan.embodied import ADDS_UP, MARGINAL
from newcourse.plan.limits_met import EXPLAINED
from newcourse.plan.trade.ways import Valued

DENSE: Final = 2_000_000
"""Up to this many coefficients all bundles are traced in one dense least-squares problem."""

_GOALS: Final = ("delivery", "secured", "worst off")
"""Blocks of columns that end a path: what they take is what the plan is for."""


@dataclass(frozen=True, eq=False)
class Traced:
    """What a bundle of inputs takes.

    Parameters
    ----------
    rows
        Amount taken of every limit set from outside, shape (m,); 0 elsewhere.
    columns
        By how much each column changes for it, shape (n,).
    left
        What could not be traced, in currency: 0 where all of it was.
    """

    rows: np.ndarray
    columns: np.ndarray
    left: float


@dataclass(frozen=True, eq=False)
class Margin:
    """The columns used at the margin, and the rows they must leave as they are."""

    valued: Valued
    from_needs: bool

    def traced(self, bundles: dict[int, np.ndarray]) -> dict[int, Traced]:
        """Return what was traced, by number; what does not add up is left out."""
        if not bundles:
            return {}
        wanted = -np.column_stack([bundle[self.inner] for bundle in bundles.values()])
        z = self._solved(wanted)
        return {
            i: found
            for (i, bundle), column in zip(bundles.items(), z.T, strict=True)
            if (found := self._checked(bundle, column)) is not None
        }

    @cached_property
    def inner(self) -> np.ndarray:
        """The plan's own balances; with needs, also the minima that are just kept."""
        problem, dual = self.valued.model.problem, self.valued.dual
        outside = {*EXPLAINED, "minima", "worst off"}
        own = self.valued.rows_of([b.name for b in problem.rows if b.name not in outside])
        minima = problem.row_block("minima")
        kept = minima.start + np.flatnonzero(dual[minima.slice]) if self.from_needs else np.empty(0, int)
        return np.concatenate([own, kept])

    @cached_property
    def limits(self) -> np.ndarray:
        """The limits set from outside."""
        return self.valued.rows_of(EXPLAINED)

    @cached_property
    def columns(self) -> np.ndarray:
        """The columns without a reduced cost, measured on their own scale."""
        problem, cost, dual = self.valued.model.problem, self.valued.cost, self.valued.dual
        scale = np.maximum(np.abs(cost), abs(problem.matrix).T @ np.abs(dual))
        chosen = np.abs(cost - problem.matrix.T @ dual) <= MARGINAL * scale
        for name in _GOALS:
            if name != "delivery" or not self.from_needs:
                chosen[problem.column_block(name).slice] = False
        return np.flatnonzero(chosen)

    @cached_property
    def matrix(self) -> sp.csc_array:
        """The inner rows of the columns at the margin; what lies in surplus can be taken without making more."""
        used = self.valued.model.problem.matrix[self.inner][:, self.columns]
        loose = np.flatnonzero(self.valued.loose[self.inner])
        surplus = sp.csc_array((np.ones(len(loose)), (loose, np.arange(len(loose)))), (len(self.inner), len(loose)))
        return sp.csc_array(sp.hstack([used, surplus]))

    def _solved(self, wanted: np.ndarray) -> np.ndarray:
        matrix = self.matrix
        if not matrix.shape[1]:
            return np.zeros((0, wanted.shape[1]))
        if matrix.shape[0] * matrix.shape[1] <= DENSE:
            return np.asarray(la.lstsq(matrix.toarray(), wanted, lapack_driver="gelsd", check_finite=False)[0])
        steps = 20 * max(matrix.shape)
        solve = (spla.lsmr(matrix, b, atol=1e-13, btol=1e-13, conlim=1e14, maxiter=steps)[0] for b in wanted.T)
        return np.column_stack(list(solve))

    def _checked(self, bundle: np.ndarray, z: np.ndarray) -> Traced | None:
        """Return what was traced if the balances are met and the worths add up to what the bundle is worth."""
        dual, problem = self.valued.dual, self.valued.model.problem
        wanted = -bundle[self.inner]
        if np.linalg.norm(self.matrix @ z - wanted) > ADDS_UP * np.linalg.norm(wanted):
            return None
        columns = np.zeros(problem.shape[1])
        columns[self.columns] = z[: len(self.columns)]
        rows = np.zeros(len(bundle))
        rows[self.limits] = bundle[self.limits] + problem.matrix[self.limits] @ columns
        found = float(rows @ dual - columns @ self.valued.cost)
        scale = float(np.abs(bundle) @ np.abs(dual))
        return Traced(rows, columns, 0.0) if abs(found - float(bundle @ dual)) <= ADDS_UP * scale else None
