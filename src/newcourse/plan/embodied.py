"""What one more unit of a good takes of every limit, directly and through all that goes into it (design §6.5).

A limit's valuation times what one more unit takes of it, summed over all limits, is the good's own valuation: this
follows from the columns that the plan uses at the margin having no reduced cost. With ``N`` the balances (rows) of
these columns, ``z`` solves ``N z = e`` (least norm) for one more unit of the good, and ``R z`` is what it takes of the
limits ``R``. It is the embodied content of classical input-output analysis, taken along marginal sources.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
import scipy.sparse as sp
import scipy.sparse.linalg as spla

from newcourse.plan.limits_met import EXPLAINED
from newcourse.plan.model import Model
from newcourse.plan.names import Names
from newcourse.plan.sentences import quantity
from newcourse.plan.wording import row_words
from newcourse.solver.problem import LinearProblem
from newcourse.solver.solution import Solution

MARGINAL: Final = 1e-7
"""A column whose reduced cost is below this part of its own terms is used at the margin."""

ADDS_UP: Final = 1e-5
"""Worths must add up to the valuation within this part of it; otherwise nothing is claimed."""

NEGLIGIBLE: Final = 1e-6
"""What is worth less than this part of the dearest is left out."""


@dataclass(frozen=True)
class Taken:
    """What one more unit of a good takes of one limit.

    Parameters
    ----------
    what
        The limit in words, or the need that is served less.
    kind
        Its block of rows, or ``delivery``.
    amount, unit
        How much it takes.
    worth
        The amount times the limit's valuation (or what a unit is worth to the need), in currency.
    """

    what: str
    kind: str
    amount: float
    unit: str
    worth: float

    def words(self) -> str:
        """Say it in a phrase."""
        return f"{self.worth:.2f} for {quantity(self.amount, self.unit)} of {self.what}"


def taken_by_one_more(model: Model, valued: Solution, goods: Sequence[tuple[str, str, int]]) -> list[tuple[Taken, ...]]:
    """Return for each good (place, product, period) what one more unit of it takes, dearest first.

    Where the sources used at the margin cannot supply one more unit without serving other needs less, what is taken
    from those needs is named as well. Nothing is returned for a good whose worths would not add up to its valuation.
    """
    dual = valued.dual
    if dual is None or not goods:
        return [() for _ in goods]
    balance = model.problem.row_block("balance")
    rows = (balance.start + balance.labels.get_indexer(pd.MultiIndex.from_tuples(goods))).tolist()
    found: list[tuple[Taken, ...]] = [() for _ in goods]
    for from_needs in (False, True):
        open_ = [i for i, row in enumerate(rows) if not found[i] and dual[row] != 0]
        if open_:
            margin = _Margin(model, valued, dual, from_needs=from_needs)
            for i in open_:
                found[i] = margin.taken(rows[i])
    return found


class _Margin:
    """The columns used at the margin, and the rows they must leave as they are."""

    def __init__(self, model: Model, valued: Solution, dual: np.ndarray, *, from_needs: bool) -> None:
        self._problem, self._names, self._dual = model.problem, Names(model.economy), dual
        dual = dual[: model.problem.shape[0]]
        self._rows = _inner_rows(model.problem, dual, from_needs=from_needs)
        self._columns = _marginal_columns(model.problem, valued.problem.cost, dual, from_needs=from_needs)
        self._limits = _limits_with_valuation(model.problem, dual)
        self._use = model.problem.matrix[self._limits][:, self._columns]
        self._gain = valued.problem.cost[self._columns]
        self._solve = _least_norm(sp.csc_array(model.problem.matrix[self._rows][:, self._columns]))

    def taken(self, row: int) -> tuple[Taken, ...]:
        """Return what one more unit of the good of a balance row takes, or nothing if it does not add up."""
        z = self._solve((self._rows == row).astype(float))
        amounts = np.concatenate([self._use @ z, -z])
        worth = np.concatenate([amounts[: len(self._limits)] * self._dual[self._limits], -z * self._gain])
        cost = -float(self._dual[row])
        if abs(float(worth.sum()) - cost) > ADDS_UP * cost:
            return ()
        order = np.argsort(-np.abs(worth), kind="stable")
        kept = [int(i) for i in order if abs(worth[i]) > NEGLIGIBLE * np.abs(worth).max()]
        return tuple(self._named(i, float(amounts[i]), float(worth[i])) for i in kept)

    def _named(self, i: int, amount: float, worth: float) -> Taken:
        if i < len(self._limits):
            called = row_words(self._problem, self._names, int(self._limits[i]))
            return Taken(called.words, called.kind, amount, called.unit, worth)
        block = self._problem.column_block("delivery")
        need, _, period = block.labels[int(self._columns[i - len(self._limits)]) - block.start]
        what = f"{self._names.need(need)} in {period}"
        return Taken(what, "delivery", amount, self._names.unit("need", need), worth)


def _inner_rows(problem: LinearProblem, dual: np.ndarray, *, from_needs: bool) -> np.ndarray:
    """Return the rows that are the plan's own balances; with needs, also the minima that are just kept."""
    blocks = [b for b in problem.rows if b.name not in {*EXPLAINED, "minima", "worst off"}]
    own = [np.arange(b.start, b.stop) for b in blocks]
    minima = problem.row_block("minima")
    kept = minima.start + np.flatnonzero(dual[minima.slice]) if from_needs else np.empty(0, int)
    return np.concatenate([*own, kept])


def _marginal_columns(problem: LinearProblem, cost: np.ndarray, dual: np.ndarray, *, from_needs: bool) -> np.ndarray:
    """Return the columns without a reduced cost, measured on their own scale; deliveries only where asked for."""
    reduced = np.abs(cost - problem.matrix.T @ dual)
    chosen = reduced <= MARGINAL * np.maximum(np.abs(cost), abs(problem.matrix).T @ np.abs(dual))
    for name in ("delivery", "secured", "worst off"):
        if name != "delivery" or not from_needs:
            chosen[problem.column_block(name).slice] = False
    return np.flatnonzero(chosen)


def _limits_with_valuation(problem: LinearProblem, dual: np.ndarray) -> np.ndarray:
    limits = np.concatenate([np.arange(b.start, b.stop) for b in problem.rows if b.name in EXPLAINED])
    return np.asarray(limits[dual[limits] != 0])


def _least_norm(matrix: sp.csc_array) -> Callable[[np.ndarray], np.ndarray]:
    """Return the function that solves ``matrix @ z = target`` with the least norm."""

    def solve(target: np.ndarray) -> np.ndarray:
        found = spla.lsmr(matrix, target, atol=1e-13, btol=1e-13, conlim=1e14, maxiter=20 * max(matrix.shape))
        return np.asarray(found[0])

    return solve
