"""Columns of the problem that tables of a plan make, and all their coefficients (design §10)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd
import scipy.sparse as sp

if TYPE_CHECKING:
    from newcourse.solver.problem import Matrix, Vector
    from newcourse.solver.structured.structure import Positions
    from newcourse.solver.structured.supply import SupplyTables, SupplyTrade


@dataclass(frozen=True, eq=False)
class Columns:
    """A block of columns.

    Attributes
    ----------
    name, labels
        What they stand for.
    worth, upper
        Cost coefficients in a maximum, and upper bounds.
    owner
        The product each supplies, or −1.
    balance, limits
        Entries in the product rows (``None`` for techniques, whose are made only when needed) and in the others.
    """

    name: str
    labels: pd.Index
    worth: Vector
    upper: Vector
    owner: Positions
    balance: sp.csc_array | None
    limits: sp.csc_array


def columns_of(tables: SupplyTables) -> list[Columns]:
    """Return the blocks of columns that are not empty, the techniques first."""
    n, k, trade = len(tables.products), len(tables.resources), tables.trade
    couple = k + (trade is not None)
    techniques = tables.techniques
    m = np.size(techniques.owner)
    labels = pd.RangeIndex(m) if tables.labels is None else tables.labels
    use = sp.csc_array(sp.vstack([_short(techniques.use), sp.csc_array((couple - k, m))], format="csc"))
    owner = np.asarray(techniques.owner, np.int32)
    worth, upper = -spread(techniques.cost, m), spread(techniques.capacity, m)
    groups = [Columns("activity", labels, worth, upper, owner, None, use), *_uses(tables, n, couple)]
    over = np.flatnonzero(spread(tables.overtime, k) > 0)
    more, cost = spread(tables.overtime, k)[over], spread(tables.overtime_cost, k)[over]
    if trade is not None:
        groups += _traded(tables.products, trade, k)
    given = _entries(over, -1.0, couple)
    groups.append(Columns("overtime", tables.resources[over], -cost, more, _none(over), _entries(over, 0.0, n), given))
    return [group for group in groups if len(group.labels)]


def _uses(tables: SupplyTables, n: int, couple: int) -> list[Columns]:
    """Return deliveries by tier and the scale of the bundle."""
    needs = tables.needs
    groups: list[Columns] = []
    if needs.most is not None and needs.worth is not None:
        most, worth = np.asarray(needs.most, float), np.asarray(needs.worth, float)
        product, tier = np.nonzero(most > 0)
        labels: pd.Index = pd.MultiIndex.from_arrays([tables.products[product], tier], names=["product", "tier"])
        taken, nothing = _entries(product, -1.0, n), _entries(product, 0.0, couple)
        none = _none(product)
        groups.append(Columns("delivery", labels, worth[product, tier], most[product, tier], none, taken, nothing))
    if needs.bundle is not None:
        bundle = -sp.csc_array(np.asarray(needs.bundle, float)[:, None])
        one, nothing = np.ones(1), sp.csc_array((couple, 1))
        labels = pd.Index(["bundle"], name="of")
        groups.append(Columns("scale", labels, needs.bundle_worth * one, np.inf * one, _none(one), bundle, nothing))
    return groups


def _traded(products: pd.Index, trade: SupplyTrade, k: int) -> list[Columns]:
    """Return imports and exports; the row of payments is the one after the resources."""
    n = len(products)
    quota, limit = spread(trade.import_quota, n), spread(trade.export_limit, n)
    bought, sold = np.flatnonzero(quota > 0), np.flatnonzero(limit > 0)
    costs = _payments(spread(trade.import_price, n)[bought], k)
    brings = _payments(-spread(trade.export_price, n)[sold], k)
    into, out = _entries(bought, 1.0, n), _entries(sold, -1.0, n)
    buyer = bought.astype(np.int32)
    return [
        Columns("imports", products[bought], np.zeros(bought.size), quota[bought], buyer, into, costs),
        Columns("exports", products[sold], np.zeros(sold.size), limit[sold], _none(sold), out, brings),
    ]


def matrix_of(tables: SupplyTables, groups: list[Columns]) -> sp.csr_array:
    """Return all coefficients by rows; nothing of their size is kept longer than it is needed."""
    balance = _balance(tables, groups).tocsr()
    limits = sp.hstack([group.limits for group in groups], format="csc").tocsr()
    return sp.csr_array(sp.vstack([balance, limits], format="csr"))


def _balance(tables: SupplyTables, groups: list[Columns]) -> sp.csc_array:
    made, n = tables.techniques.outputs, len(tables.products)
    owner = groups[0].owner
    outputs = _entries(owner, 1.0, n) if made is None else _short(made)
    net = sp.csc_array(outputs - _short(tables.techniques.inputs))
    return sp.csc_array(sp.hstack([net, *(g.balance for g in groups if g.balance is not None)], format="csc"))


def _short(matrix: Matrix) -> sp.csc_array:
    """Return the matrix by columns on 32-bit positions, without copying numbers that are in order already."""
    columns = sp.csc_array(matrix)
    places, pointers = columns.indices.astype(np.int32, copy=False), columns.indptr.astype(np.int32, copy=False)
    return sp.csc_array((columns.data, places, pointers), shape=columns.shape, copy=False)


def _entries(rows: npt.NDArray[np.integer], value: float, height: int) -> sp.csc_array:
    """Return a column a row position with that one entry; a value of nil gives columns without any."""
    width = rows.size if value else 0
    pointers = np.arange(rows.size + 1, dtype=np.int32) if value else np.zeros(rows.size + 1, np.int32)
    parts = (np.full(width, value), rows[:width].astype(np.int32), pointers)
    return sp.csc_array(parts, shape=(height, rows.size))


def _payments(values: Vector, row: int) -> sp.csc_array:
    return sp.csc_array(
        (values, np.full(values.size, row, np.int32), np.arange(values.size + 1, dtype=np.int32)),
        shape=(row + 1, values.size),
    )


def _none(like: npt.NDArray[np.generic]) -> Positions:
    return np.full(like.size, -1, np.int32)


def spread(values: npt.ArrayLike, length: int) -> Vector:
    """Return one value for each, shape (length,), of one number or as many."""
    return np.broadcast_to(np.asarray(values, float), length)
