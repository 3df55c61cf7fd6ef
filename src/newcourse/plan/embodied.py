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
import scipy.sparse as sp
import scipy.sparse.linalg as spla

from newcourse.plan.limits_met import EXPLAINED
from newcourse.plan.model import Model
from newcourse.plan.names import Names
from newcourse.plan.sentences import number
from newcourse.plan.wording import row_words
from newcourse.solver.solution import Solution

MARGINAL: Final = 1e-7
"""A column whose reduced cost is below this part of the largest valuation is used at the margin."""

NEGLIGIBLE: Final = 1e-6
"""What is worth less than this part of the dearest is left out."""


@dataclass(frozen=True)
class Taken:
    """What one more unit of a good takes of one limit.

    Parameters
    ----------
    what
        The limit in words.
    kind
        Its block of rows.
    amount, unit
        How much it takes.
    worth
        The amount times the limit's valuation, in currency.
    """

    what: str
    kind: str
    amount: float
    unit: str
    worth: float

    def words(self) -> str:
        """Say it in a phrase."""
        return f"{self.worth:.2f} for {number(self.amount)} {self.unit} of {self.what}"


def taken_by_one_more(model: Model, valued: Solution, goods: Sequence[tuple[str, str, int]]) -> list[tuple[Taken, ...]]:
    """Return for each good (place, product, period) what one more unit of it takes, dearest first."""
    dual = valued.dual
    if dual is None or not goods:
        return [() for _ in goods]
    limits = np.concatenate([np.arange(b.start, b.stop) for b in model.problem.rows if b.name in EXPLAINED])
    limits = limits[dual[limits] != 0]
    inner, columns = _inner(model, dual)
    balance = model.problem.row_block("balance")
    solve = _least_norm(sp.csc_array(model.problem.matrix[inner][:, columns]))
    use = model.problem.matrix[limits][:, columns]
    names = Names(model.economy)
    described = [row_words(model.problem, names, int(row)) for row in limits]
    found = []
    for good in goods:
        target = np.zeros(len(inner))
        target[balance.labels.get_loc(good)] = 1.0
        amounts = use @ solve(target)
        worth = amounts * dual[limits]
        order = np.argsort(-np.abs(worth))
        kept = [int(i) for i in order if abs(worth[i]) > NEGLIGIBLE * np.abs(worth).max()]
        found.append(
            tuple(
                Taken(described[i].words, described[i].kind, float(amounts[i]), described[i].unit, float(worth[i]))
                for i in kept
            )
        )
    return found


def _inner(model: Model, dual: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the rows that are the plan's own balances (the goods' first), and the columns used at the margin."""
    problem = model.problem
    outside = {*EXPLAINED, "minima", "worst off"}
    blocks = sorted((b for b in problem.rows if b.name not in outside), key=lambda b: b.name != "balance")
    rows = np.concatenate([np.arange(b.start, b.stop) for b in blocks])
    reduced = np.abs(problem.cost - problem.matrix.T @ dual)
    chosen = reduced <= MARGINAL * np.abs(dual).max(initial=1.0)
    for name in ("delivery", "secured", "worst off"):
        chosen[problem.column_block(name).slice] = False
    return rows, np.flatnonzero(chosen)


def _least_norm(matrix: sp.csc_array) -> Callable[[np.ndarray], np.ndarray]:
    """Return the function that solves ``matrix @ z = target`` with the least norm."""

    def solve(target: np.ndarray) -> np.ndarray:
        found = spla.lsmr(matrix, target, atol=1e-13, btol=1e-13, conlim=1e14, maxiter=20 * max(matrix.shape))
        return np.asarray(found[0])

    return solve
