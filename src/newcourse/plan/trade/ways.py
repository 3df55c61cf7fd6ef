"""Every way of getting one more unit of a good, and what it costs at a plan's valuations (design §6.3).

For a column ``j`` of the planning problem that supplies ``a`` units of a good per unit, with valuations ``y`` of the
rows and reduced cost ``z_j``:

    valuation of the good = cost + rents + z_j / a,
    cost = Σ A_rj y_r / a over all rows but the good's own and the paces.

*Cost* is what the way takes of inputs (less joint products), factors, emissions, capacity and means of payment.
For what comes from another place of the economy the cost is that of making or importing it there.
*Rents* are what the paces of change (:data:`PACE`) add or take off: they hold this year and not for ever.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Literal

import numpy as np
import pandas as pd
import scipy.sparse as sp

from newcourse.plan.model import Model
from newcourse.solver.problem import Block
from newcourse.solver.solution import Solution

PACE: Final = (
    "growth", "decline", "import share up", "import share down", "route share up", "route share down", "exports",
)  # fmt: skip
"""Blocks of rows that say how fast something may change."""

CAPACITY: Final = ("capacity", "begun")
"""Blocks of rows that say what is in place now."""

LOOSE: Final = 1e-7
"""A row is loose where its room is more than this part of what stands in it."""

SUPPLYING: Final = ("activity", "imports", "shipments")
"""Blocks of columns that bring goods to a place."""

Good = tuple[str, str, int]
"""Place, product and period."""

Kind = Literal["make", "import", "receive"]


@dataclass(frozen=True, eq=False)
class Column:
    """One column that supplies a good.

    Parameters
    ----------
    kind
        ``make`` by a process, ``import`` from the world outside, ``receive`` from another place of the economy.
    code
        Code of the process, or of the place it comes from; empty for imports.
    position
        Position of the column in the problem.
    row
        Row of the good's balance.
    yields
        Units of the good that one unit of the column leaves over, its own use taken off.
    source
        How the place it comes from gets it itself: the cheapest process or import there. What is merely passed on is
        no source; without any, the good counts there as what it is worth there.
    """

    kind: Kind
    code: str
    position: int
    row: int
    yields: float
    source: "Column | None" = None


@dataclass(frozen=True, eq=False)
class Valued:
    """A planning problem with the valuations of its rows.

    Parameters
    ----------
    model
        The planning problem.
    dual
        Valuations of its rows, shape (m,), in currency per unit of the row.
    cost
        What a unit of each column brings to the goal, shape (n,).
    primal
        Values of the columns, shape (n,).
    """

    model: Model
    dual: np.ndarray
    cost: np.ndarray
    primal: np.ndarray

    @classmethod
    def of(cls, model: Model, solution: Solution) -> "Valued":
        """Take the valuations of the certified solution of the stage that weighs the needs."""
        dual, primal = solution.require_certified().dual, solution.primal
        if dual is None or primal is None:  # a certified optimum always has both
            raise ValueError("a certified optimum without values or valuations")
        m, n = model.problem.shape
        return cls(model, dual[:m], solution.problem.cost[:n], primal[:n])

    @cached_property
    def by_column(self) -> sp.csc_array:
        """The coefficients, quick to read by column."""
        return sp.csc_array(self.model.problem.matrix)

    @cached_property
    def balance(self) -> Block:
        """The rows of the goods' balances."""
        return self.model.problem.row_block("balance")

    @cached_property
    def loose(self) -> np.ndarray:
        """Which rows have room on both sides, shape (m,): a little more taken of them takes nothing else."""
        problem = self.model.problem
        values = problem.matrix @ self.primal
        size = LOOSE * np.maximum(abs(problem.matrix) @ np.abs(self.primal), LOOSE)
        inside = (values > problem.row_lower + size) & (values < problem.row_upper - size)
        return np.asarray(inside & (self.dual == 0))

    def rows_of(self, names: Sequence[str]) -> np.ndarray:
        """Return the positions of all rows of the named blocks, as far as there are any."""
        found = [np.arange(b.start, b.stop) for b in self.model.problem.rows if b.name in names]
        return np.concatenate(found) if found else np.empty(0, dtype=int)

    def valuation(self, good: Good) -> float:
        """Return what one more unit of a good is worth to the goal, in currency."""
        return -float(self.dual[self.row(good)])

    def row(self, good: Good) -> int:
        """Return the row of a good's balance."""
        return self.balance.start + self.position_of(self.balance, good)

    @staticmethod
    def position_of(block: Block, label: object) -> int:
        """Return where a label stands in its block."""
        return int(block.labels.get_indexer(pd.Index([label]))[0])

    def reduced(self, column: Column) -> float:
        """Return the reduced cost per unit of the good: below 0 the way is dearer than the good is worth."""
        j = column.position
        return float(self.cost[j] - (self.by_column[:, [j]].T @ self.dual)[0]) / column.yields

    def ways(self, good: Good) -> tuple[Column, ...]:
        """Return every column that supplies a good, in the order of the problem."""
        row = self.row(good)
        columns = [self._column(j, row, a) for j, a in self._suppliers(row)]
        return tuple(column for column in columns if column is not None)

    def _column(self, position: int, row: int, yields: float) -> Column | None:
        for name in SUPPLYING:
            block = self.model.problem.column_block(name)
            if block.start <= position < block.stop:
                label = block.labels[position - block.start]
                if name == "activity":
                    return Column("make", str(label[0]), position, row, yields)
                if name == "imports":
                    return Column("import", "", position, row, yields)
                source = self._source((str(label[1]), str(label[0]), int(label[3])))
                return Column("receive", str(label[1]), position, row, yields, source)
        return None

    def _source(self, good: Good) -> Column | None:
        row = self.row(good)
        blocks = [self.model.columns(name) for name in ("activity", "imports")]
        found = [self._column(j, row, a) for j, a in self._suppliers(row) if any(b.start <= j < b.stop for b in blocks)]
        return min((column for column in found if column), key=self.cost_of, default=None)

    def _suppliers(self, row: int) -> list[tuple[int, float]]:
        """Return the columns that leave something over of a row, and how much."""
        matrix = self.model.problem.matrix
        part = slice(matrix.indptr[row], matrix.indptr[row + 1])
        found = zip(matrix.indices[part], matrix.data[part], strict=True)
        return [(int(j), float(a)) for j, a in found if a > 0]

    def taken(self, column: Column, *, built: bool = False) -> np.ndarray:
        """Return what one more unit of the good takes of every row, without the paces; shape (m,).

        Parameters
        ----------
        column
            The way it is got.
        built
            Leave out what is in place now as well: capital is built as it is needed.
        """
        whole = self.by_column[:, [column.position]].toarray().ravel() / column.yields
        whole[column.row] = 0.0
        whole[self._paces] = 0.0
        if built:
            whole[self._capacities] = 0.0
        if column.source is not None:
            needed, whole[column.source.row] = -whole[column.source.row], 0.0
            whole += needed * self.taken(column.source, built=built)
        return np.asarray(whole)

    def cost_of(self, column: Column, *, built: bool = False) -> float:
        """Return the cost of one more unit, in currency, without the paces (and without the rents of capacity)."""
        return float(self.taken(column, built=built) @ self.dual)

    def paces_of(self, column: Column) -> dict[int, float]:
        """Return by row what the paces of change add to the cost of one more unit, in currency."""
        whole = self.by_column[:, [column.position]].toarray().ravel() / column.yields
        return {int(r): float(whole[r] * self.dual[r]) for r in self._paces if whole[r] * self.dual[r] != 0}

    @cached_property
    def _paces(self) -> np.ndarray:
        return self.rows_of(PACE)

    @cached_property
    def _capacities(self) -> np.ndarray:
        return self.rows_of(CAPACITY)


def traded_goods(model: Model, period: int) -> list[Good]:
    """Return the goods of a period that can be got from elsewhere: imported, or received by a route."""
    trade, routes = model.economy["trade"], model.economy["routes"]
    pairs = [(str(p), str(g)) for p, g in trade[["place", "product"]].itertuples(index=False, name=None)]
    pairs += [(str(p), str(g)) for p, g in routes[["destination", "product"]].itertuples(index=False, name=None)]
    order = {pair: i for i, pair in enumerate(model.economy.goods)}
    return [(place, product, period) for place, product in sorted(dict.fromkeys(pairs), key=order.__getitem__)]
