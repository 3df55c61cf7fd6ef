"""Where content pricing stands: prices, marginal sources, outputs; and how it begins (design §10)."""

from dataclasses import dataclass, field
from typing import Final

import numpy as np
import numpy.typing as npt

from newcourse.solver.problem import Vector
from newcourse.solver.structured import sweeps
from newcourse.solver.structured.offers import Offers

_POLICIES: Final = 12
"""Most rounds of policy iteration for the first choice of sources."""


@dataclass(eq=False)
class Stand:
    """The state that rounds of content pricing change.

    Attributes
    ----------
    offers
        The plan.
    value, size
        Usual size of the objective, and of each limit and listed product, for scaling alone.
    base
        Marginal source of each product, shape (P,).
    listed, products
        Place of each product among those with a price of their own or −1, shape (P,); and those products.
    status, share, amount
        Of each column: nil, full or open; its part of what the full ones leave; its amount.
    needed
        Of each product, with all indirect uses.
    content
        Of the marginal sources, shape (P, 1 + limits + listed).
    limit_price, reach
        Prices of limits and listed products, and how far the next round may move them.
    price
        Of the products.
    """

    offers: Offers
    value: float = 1.0
    size: Vector = field(default_factory=lambda: np.zeros(0))
    base: npt.NDArray[np.int32] = field(default_factory=lambda: np.zeros(0, np.int32))
    listed: npt.NDArray[np.int32] = field(default_factory=lambda: np.zeros(0, np.int32))
    products: npt.NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, np.int64))
    status: npt.NDArray[np.int8] = field(default_factory=lambda: np.zeros(0, np.int8))
    share: Vector = field(default_factory=lambda: np.zeros(0))
    amount: Vector = field(default_factory=lambda: np.zeros(0))
    needed: Vector = field(default_factory=lambda: np.zeros(0))
    content: Vector = field(default_factory=lambda: np.zeros((0, 1)))
    limit_price: Vector = field(default_factory=lambda: np.zeros(0))
    reach: Vector = field(default_factory=lambda: np.zeros(0))
    price: Vector = field(default_factory=lambda: np.zeros(0))

    @property
    def usual(self) -> Vector:
        """A usual price of each limit, if all of them shared the objective's value; and of each listed product."""
        limits = self.offers.least.size
        each: Vector = self.value / np.maximum(self.size[:limits], 1e-300) / max(limits, 1)
        return np.concatenate([each, np.maximum(np.abs(self.price[self.products]), 1e-9)])

    def signs(self) -> tuple[Vector, Vector]:
        """Return the least and largest price that each limit and listed product may have."""
        free = np.full(self.products.size, np.inf)
        lowest = np.where(np.isneginf(self.offers.least), 0.0, -np.inf)
        highest = np.where(np.isposinf(self.offers.most), 0.0, np.inf)
        return np.concatenate([lowest, 0.0 * self.products]), np.concatenate([highest, free])

    def bounds_of_limits(self) -> tuple[Vector, Vector]:
        """Return the bounds of the limits; a listed product may not be taken more of than is given."""
        nil = np.zeros(self.products.size)
        return np.concatenate([self.offers.least, nil - np.inf]), np.concatenate([self.offers.most, nil])

    def reduced_at(self, limit_price: Vector) -> Vector:
        """Return every column's reduced cost by the contents at some limit prices."""
        offers = self.offers
        charge, out = np.empty(offers.cost.size), np.empty(offers.cost.size)
        sweeps.charged(*offers.limited, offers.cost, limit_price[: offers.least.size].copy(), charge)
        price = self.content @ np.concatenate([[1.0], limit_price])
        sweeps.reduced(*offers.balances, charge, price, out)
        return out

    def push(self, tolerance: float) -> None:
        """Push demand through by the present choice of sources."""
        offers = self.offers
        sweeps.forward(
            offers.start, offers.sources, offers.supply, offers.upper, self.status, self.share, self.listed,
            *offers.balances, offers.owner, offers.demand, self.needed, self.amount, tolerance, 100,
        )  # fmt: skip

    def take(self, j: int) -> bool:
        """Make a column the marginal source of its product, if it can be that."""
        i = self.offers.owner[j]
        if i < 0 or self.listed[i] >= 0 or self.offers.upper[j] * self.offers.supply[j] < self.needed[i]:
            return False
        self.status[self.base[i]] = sweeps.NIL
        self.base[i], self.status[j] = j, sweeps.OPEN
        return True

    def cheapen(self, j: int, less: float) -> None:
        """Take a column whose product costs less by it: as its marginal source, or as what its own price is."""
        i = self.offers.owner[j]
        if i >= 0 and self.listed[i] >= 0:
            self.limit_price[self.offers.least.size + self.listed[i]] -= less / self.offers.supply[j]
        else:
            self.take(j)

    def list_products(self, found: npt.NDArray[np.int64]) -> None:
        """Give some products a price of their own; nothing is a marginal source of them any more."""
        found = found[self.listed[found] < 0]
        if not found.size:
            return
        before = self.content.shape[1]
        self.listed[found] = self.products.size + np.arange(found.size, dtype=np.int32)
        self.content = np.ascontiguousarray(np.hstack([self.content, np.zeros((self.listed.size, found.size))]))
        self.content[found] = 0.0
        self.content[found, before + np.arange(found.size)] = 1.0
        price = np.maximum(self.price[found], 0.0)
        self.limit_price = np.concatenate([self.limit_price, price])
        self.reach = np.concatenate([self.reach, 0.2 * price + 1e-6 * np.abs(self.price).max(initial=0.0)])
        size = np.maximum(np.abs(self.needed[found]), 1e-12 * np.abs(self.needed).max(initial=1e-300))
        self.size = np.concatenate([self.size, size])
        self.products = np.concatenate([self.products, found])


def begun(offers: Offers, limit_price: Vector | None, amount: Vector | None = None) -> Stand:
    """Return where to begin: the cheapest sources at some limit prices, and what is then needed.

    Parameters
    ----------
    offers
        The plan.
    limit_price
        Prices of the limits to begin with, shape (K,), if any are known.
    amount
        Amounts of the columns to begin with, shape (n,), if any are known: their outputs and marginal sources are
        taken over.
    """
    products, limits, columns = offers.shape
    stand = Stand(offers)
    stand.listed = np.full(products, -1, np.int32)
    stand.status, stand.share = np.zeros(columns, np.int8), np.zeros(columns)
    stand.amount, stand.needed = np.zeros(columns), offers.demand.copy()
    stand.content, stand.price = np.zeros((products, 1 + limits)), np.zeros(products)
    stand.limit_price = np.zeros(limits) if limit_price is None else limit_price.copy()
    stand.base = _first(offers)
    stand.listed[stand.base < 0] = 0
    stand.products = np.flatnonzero(stand.base < 0)
    stand.base[stand.base < 0] = 0
    without, stand.listed, stand.products = stand.products, np.full(products, -1, np.int32), stand.products[:0]
    blocked = stand.listed.copy()
    blocked[without] = 0
    _choose(stand, blocked)
    _measure(stand)
    if limit_price is None:
        lowest, highest = stand.signs()
        one_sided = np.isinf(lowest) != np.isinf(highest)
        stand.limit_price = np.where(one_sided, np.clip(0.5 * stand.usual, lowest, highest), 0.0)
        _choose(stand, blocked)
    if amount is not None:
        _resume(stand, amount)
    stand.list_products(without)
    return stand


def _resume(stand: Stand, amount: Vector) -> None:
    """Begin at known amounts: of each product the largest source that is not at a bound is the marginal one."""
    offers = stand.offers
    stand.amount[:] = np.clip(amount, 0.0, offers.upper)
    given = stand.amount * offers.supply
    owned = offers.owner >= 0
    stand.needed = np.bincount(offers.owner[owned], weights=given[owned], minlength=stand.base.size).astype(float)
    least = 1e-9 * stand.needed[np.maximum(offers.owner, 0)]
    between = np.flatnonzero(owned & (given > least) & ((offers.upper - stand.amount) * offers.supply > least))
    between = between[np.argsort(given[between], kind="stable")]
    stand.base[offers.owner[between]] = between


def _first(offers: Offers) -> npt.NDArray[np.int32]:
    """Return for each product any source, one without a bound on what it gives if there is one, −1 if none."""
    base = np.full(offers.demand.size, -1, np.int32)
    for suitable in (offers.ends, ~offers.ends):
        columns = np.flatnonzero(suitable & (offers.owner >= 0))[::-1]
        base[offers.owner[columns]] = columns
    return base


def _choose(stand: Stand, blocked: npt.NDArray[np.int32]) -> None:
    """Choose the cheapest sources at the limit prices by policy iteration, bounds aside; then push demand through."""
    offers = stand.offers
    charge, reduced = np.empty(offers.cost.size), np.empty(offers.cost.size)
    sweeps.charged(*offers.limited, offers.cost, stand.limit_price[: offers.least.size].copy(), charge)
    owned, owner = offers.owner >= 0, np.maximum(offers.owner, 0)
    steady = owned & ~offers.ends
    for _ in range(_POLICIES):
        sweeps.reduced(*offers.balances, charge, stand.price, reduced)
        each = np.where(steady, reduced / offers.supply + stand.price[owner], np.inf)
        order = offers.sources[np.lexsort((each[offers.sources], offers.owner[offers.sources]))]
        best = stand.base.copy()
        sourced = np.diff(offers.start) > 0
        best[sourced] = order[offers.start[:-1][sourced]]
        best = np.where(sourced & np.isfinite(each[best]), best, stand.base).astype(np.int32)
        if (best == stand.base).all() and stand.price.any():
            break
        stand.base = best
        sweeps.prices(stand.base, blocked, *offers.balances, charge, stand.price, 1e-5, 60)
    sweeps.reduced(*offers.balances, charge, stand.price, reduced)
    stand.status[:], stand.share[:], stand.amount[:] = sweeps.NIL, 0.0, 0.0
    stand.status[offers.ends & (reduced < 0)] = sweeps.FULL
    stand.status[stand.base], stand.share[stand.base] = sweeps.OPEN, 1.0
    stand.listed = blocked.copy()
    stand.push(1e-6)
    stand.listed[:] = -1


def _measure(stand: Stand) -> None:
    """Say what is a usual size of the objective and of the limits: what bounds and the first plan show."""
    offers = stand.offers
    upper = np.where(offers.bounded, offers.upper, 0.0)
    value = max(float(np.abs(offers.cost) @ upper), float(np.abs(offers.cost) @ np.abs(stand.amount)))
    stand.value = value if value > 0 else 1.0
    most = np.where(np.isfinite(offers.most), np.abs(offers.most), 0.0)
    least = np.where(np.isfinite(offers.least), np.abs(offers.least), 0.0)
    used = abs(offers.limits) @ np.abs(stand.amount)
    size = np.maximum(np.maximum(most, least), 1e-3 * used)
    stand.size = np.maximum(size, 1e-12 * size.max(initial=1e-290))
