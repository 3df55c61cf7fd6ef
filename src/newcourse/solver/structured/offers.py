"""A plan's columns as offers: each that can be read so is a source of one product (design §10).

A delivery to a need, or an export, takes one product and gives no other. With an upper bound u it is turned round:
x = u − s, where s, the part *not* delivered, supplies the product at the price of the need that is left unmet. So needs
in tiers are sources of last resort in the order of merit, beside techniques and imports.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from newcourse.solver.problem import Vector
from newcourse.solver.structured.structure import Positions, Structure

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Offers:
    """min cost'x with balances >= demand, limits between bounds, 0 <= x <= upper; made by :func:`offers`.

    Attributes
    ----------
    balance, limits
        Coefficients by columns, shapes (P, n) and (K, n); supply > 0, use < 0.
    cost, upper, supply
        Per column, shape (n,); supply of the owner, 1 without one.
    demand, least, most
        What balances ask for, shape (P,), and bounds of the limits, shape (K,).
    owner
        Product that a column is a source of, or −1, shape (n,).
    start, sources
        Sources of product i are ``sources[start[i]:start[i + 1]]``.
    ends
        Columns that supply without inputs, and only up to a bound (unmet needs, quotas), shape (n,).
    at, turn
        A point of the structure is ``at + turn * x``, shapes (n,).
    constant
        What the structure's cost is at ``at``.
    """

    balance: sp.csc_array
    limits: sp.csc_array
    cost: Vector
    upper: Vector
    supply: Vector
    demand: Vector
    least: Vector
    most: Vector
    owner: Positions
    start: Positions
    sources: Positions
    ends: Mask
    at: Vector
    turn: Vector
    constant: float

    @property
    def shape(self) -> tuple[int, int, int]:
        """Products, limits and columns."""
        return self.demand.size, self.least.size, self.cost.size

    @property
    def balances(self) -> tuple[Positions, Positions, Vector]:
        """The balances as the loops take them."""
        return self.balance.indptr, self.balance.indices, self.balance.data

    @property
    def limited(self) -> tuple[Positions, Positions, Vector]:
        """The limits as the loops take them."""
        return self.limits.indptr, self.limits.indices, self.limits.data

    @property
    def bounded(self) -> Mask:
        """Columns with a finite upper bound."""
        return np.isfinite(self.upper)

    def bound(self, price: Vector, limit_price: Vector, reduced: Vector) -> float:
        """Return the least cost that prices prove, columns without an upper bound and a negative reduced cost apart."""
        below = np.where(self.bounded, np.minimum(reduced, 0.0), 0.0)
        side = np.where(limit_price > 0, _finite(self.most), _finite(self.least))
        return float(price @ self.demand + below @ _finite(self.upper) - limit_price @ side)

    def point(self, amount: Vector) -> Vector:
        """Return amounts as a point of the structure."""
        return self.at + self.turn * np.clip(amount, 0.0, self.upper)


def offers(structure: Structure) -> Offers | str:
    """Return the columns of a structure as offers, or say why it cannot be."""
    lower, upper = structure.bounds.lower, structure.bounds.upper
    if np.isneginf(lower).any():
        return "a column has no lower bound"
    owner = structure.owner.astype(np.int32)
    pointers, indices = structure.balance.indptr, structure.balance.indices
    single = (owner < 0) & (np.diff(pointers) == 1) & np.isfinite(upper)
    first = pointers[:-1][single]
    single[single] = structure.balance.data[first] < 0
    owner[single] = indices[pointers[:-1][single]]
    turn = np.where(single, -1.0, 1.0)
    at = np.where(single, upper, lower)
    balance, limits = _turned(structure.balance, turn), _turned(structure.limits, turn)
    moved = structure.limits @ at
    supply = np.where(single, 0.0, structure.supply)
    supply[single] = balance.data[pointers[:-1][single]]
    supply[owner < 0] = 1.0
    ends = (np.diff(pointers) == 1) & np.isfinite(upper) & (owner >= 0)
    owned = np.flatnonzero(owner >= 0)
    order = np.argsort(owner[owned], kind="stable")
    counts = np.bincount(owner[owned], minlength=structure.demand.size)
    return Offers(
        balance, limits, structure.cost * turn, upper - lower, supply,
        structure.demand - structure.balance @ at, structure.limit_lower - moved, structure.limit_upper - moved,
        owner, np.concatenate([[0], np.cumsum(counts)]).astype(np.int32), owned[order].astype(np.int32),
        ends, at, turn, float(structure.cost @ at),
    )  # fmt: skip


def _turned(matrix: sp.csc_array, turn: Vector) -> sp.csc_array:
    data = matrix.data * np.repeat(turn, np.diff(matrix.indptr))
    return sp.csc_array((data, matrix.indices, matrix.indptr), shape=matrix.shape, copy=False)


def _finite(bound: Vector) -> Vector:
    return np.where(np.isfinite(bound), bound, 0.0)
