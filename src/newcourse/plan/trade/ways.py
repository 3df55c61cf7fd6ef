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
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Final, Literal

import numpy as np
import scipy.sparse as sp

from newcourse.plan.limits_met import EXPLAINED
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

MAIN: Final = 0.5
"""A process makes a product in the main where it is at least this part of the value of all it makes."""

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
    def limits(self) -> np.ndarray:
        """Which rows are limits set from outside and not the plan's own balances, shape (m,)."""
        mask = np.zeros(self.model.problem.shape[0], dtype=bool)
        mask[self.rows_of(EXPLAINED)] = True
        return mask

    @cached_property
    def scale(self) -> np.ndarray:
        """The size of the terms that each column's reduced cost consists of, shape (n,)."""
        return np.asarray(np.maximum(np.abs(self.cost), abs(self.model.problem.matrix).T @ np.abs(self.dual)))

    @cached_property
    def loose(self) -> np.ndarray:
        """Which rows have room on both sides, shape (m,); a little more taken of them takes nothing else."""
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
        return self._rows[good]

    @cached_property
    def _rows(self) -> dict[Good, int]:
        return {label: self.balance.start + i for i, label in enumerate(self.balance.labels.to_list())}

    def reduced(self, column: Column) -> float:
        """Return the reduced cost per unit of the good: below 0 the way is dearer than the good is worth."""
        rows, values = self.entries(column.position)
        return float(self.cost[column.position] - values @ self.dual[rows]) / column.yields

    def entries(self, position: int) -> tuple[np.ndarray, np.ndarray]:
        """Return the rows that a column stands in, and its coefficients there."""
        part = slice(self.by_column.indptr[position], self.by_column.indptr[position + 1])
        return self.by_column.indices[part], self.by_column.data[part]

    def ways(self, good: Good) -> tuple[Column, ...]:
        """Return every column that may supply a good, in the order of the problem; by-products are none.

        Processes supply what they make in the main; where no process makes the good in the main, the one that makes
        most of it does. What a process makes beside its main product is no measure of what the product costs.
        """
        row = self.row(good)
        return tuple(self._with_source(way, good) for way in self.sources(row))

    def sources(self, row: int) -> list[Column]:
        """Return the same columns by the row of the good's balance, without how other places get the good."""
        found = [column for j, a in self._suppliers(row) if (column := self._column(j, row, a)) is not None]
        shares = {way.code: self._share(way) for way in found if way.kind == "make"}
        least = min(MAIN, max(shares.values(), default=0.0))
        return [way for way in found if way.kind != "make" or shares[way.code] >= least]

    def _share(self, way: Column) -> float:
        """Return the part of the value of all that a process makes which is this good, at base-year prices."""
        good, processes = way.row - self.balance.start, len(self.model.economy.process_index)
        process = (way.position - self.model.columns("activity").start) % processes
        return float(self._shares.get((good % len(self.model.economy.goods), process), 0.0))

    @cached_property
    def _shares(self) -> dict[tuple[int, int], float]:
        economy = self.model.economy
        price = economy.prices.reindex(economy.goods.get_level_values("product"))
        value = sp.coo_array(sp.diags_array(price.to_numpy(dtype=float)) @ economy.outputs)
        good, process = value.coords
        total = np.asarray(value.sum(axis=0)).ravel()[process]
        part = np.divide(value.data, total, out=np.zeros_like(total), where=total > 0)
        return dict(zip(zip(good.tolist(), process.tolist(), strict=True), part.tolist(), strict=True))

    def _column(self, position: int, row: int, yields: float) -> Column | None:
        for name, (start, labels) in self._supplying.items():
            if start <= position < start + len(labels):
                label = labels[position - start]
                if name == "activity":
                    return Column("make", str(label[0]), position, row, yields)
                if name == "imports":
                    return Column("import", "", position, row, yields)
                return Column("receive", str(label[1]), position, row, yields)
        return None

    @cached_property
    def _supplying(self) -> dict[str, tuple[int, list[Any]]]:
        blocks = {name: self.model.problem.column_block(name) for name in SUPPLYING}
        return {name: (block.start, block.labels.to_list()) for name, block in blocks.items()}

    def _with_source(self, way: Column, good: Good) -> Column:
        if way.kind != "receive":
            return way
        others = [w for w in self.sources(self.row((way.code, *good[1:]))) if w.kind != "receive"]
        return replace(way, source=min(others, key=self.cost_of, default=None))

    def _suppliers(self, row: int) -> list[tuple[int, float]]:
        """Return the columns that may leave something over of a row, and how much."""
        matrix, most = self.model.problem.matrix, self.model.problem.column_upper
        part = slice(matrix.indptr[row], matrix.indptr[row + 1])
        found = zip(matrix.indices[part], matrix.data[part], strict=True)
        return [(int(j), float(a)) for j, a in found if a > 0 and most[j] > 0]

    def taken(self, column: Column, *, built: bool = False) -> np.ndarray:
        """Return what one more unit of the good takes of every row, without the paces; shape (m,).

        Parameters
        ----------
        column
            The way it is got.
        built
            Leave out what is in place now as well: capital is built as it is needed.
        """
        rows, values = self.entries(column.position)
        whole = np.zeros(len(self.dual))
        whole[rows] = values / column.yields
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
        rows, values = self.entries(column.position)
        worth = dict(zip(rows.tolist(), (values * self.dual[rows] / column.yields).tolist(), strict=True))
        return {row: worth[row] for row in self._paces.tolist() if worth.get(row)}

    @cached_property
    def _paces(self) -> np.ndarray:
        return self.rows_of(PACE)

    @cached_property
    def _capacities(self) -> np.ndarray:
        return self.rows_of(CAPACITY)


def bought_goods(valued: Valued, period: int) -> list[Good]:
    """Return the goods of a period that can be got from elsewhere: imported, or received by a route."""
    economy = valued.model.economy
    trade, routes = economy["trade"], economy["routes"]
    pairs = [(str(p), str(g)) for p, g in trade[["place", "product"]].itertuples(index=False, name=None)]
    pairs += [(str(p), str(g)) for p, g in routes[["destination", "product"]].itertuples(index=False, name=None)]
    order = {pair: i for i, pair in enumerate(economy.goods)}
    goods = [(place, product, period) for place, product in sorted(dict.fromkeys(pairs), key=order.__getitem__)]
    return [good for good in goods if any(way.kind != "make" for way in valued.sources(valued.row(good)))]
