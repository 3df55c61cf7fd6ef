"""The end of content pricing: the basis solved exactly, what couples it by a small dense system (design §10).

A basis is one marginal source for each product that is not listed, and as many further columns as limits bind
(binding limits, and listed products whose balance binds). With the contents H of the marginal sources, prices of the
binding limits make the further columns' reduced costs nil: a square dense system, exact where H is. The same system,
transposed, gives the further columns' amounts, and one forward sweep the marginal sources'. If all amounts are within
bounds and no column's reduced cost has the wrong sign, the point is optimal (any text on the simplex method).
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from newcourse.solver.problem import Vector
from newcourse.solver.structured import sweeps
from newcourse.solver.structured.offers import Mask, Offers

Places = npt.NDArray[np.int64]

_CLOSE = 1e-13
"""Relative change in each entry at which forward sweeps end."""

_SWEEPS = 80
"""Most of them; a productive economy takes some 25."""


@dataclass(frozen=True, eq=False)
class Exact:
    """The point of a basis.

    Attributes
    ----------
    amount, price, limit_price, reduced
        Primal and dual point; ``limit_price`` of the limits, then of the listed products.
    needed
        Output of each product.
    outside
        How far each column is outside its bounds, relative to its product's output.
    wrong
        How far each nonbasic column's reduced cost has the wrong sign, relative to its terms.
    """

    amount: Vector
    price: Vector
    limit_price: Vector
    reduced: Vector
    needed: Vector
    outside: Vector
    wrong: Vector

    def within(self, tolerance: float) -> bool:
        """Whether primal and dual are feasible, each entry relative to its own size."""
        return bool(self.outside.max(initial=0) <= tolerance and self.wrong.max(initial=0) <= tolerance)


def solve_basis(
    offers: Offers,
    content: Vector,
    base: npt.NDArray[np.int32],
    listed: npt.NDArray[np.int32],
    status: npt.NDArray[np.int8],
    extra: Places,
    active: Places,
) -> Exact | None:
    """Solve a basis exactly.

    Parameters
    ----------
    offers
        The plan.
    content
        Contents of the marginal sources, shape (P, 1 + limits + listed).
    base, listed
        As in :mod:`newcourse.solver.structured.sweeps`.
    status
        Of each column; those that are full and not basic are at their bound.
    extra
        Basic columns that are no marginal source.
    active
        Limits (and listed products after them) that bind; as many as ``extra``.

    Returns
    -------
    Exact | None
        ``None`` if the basis is singular.
    """
    products, _, columns = offers.shape
    free = listed < 0
    slopes = np.empty((extra.size, content.shape[1]))
    sweeps.rows(extra, *offers.balances, *offers.limited, offers.cost, content, slopes)
    matrix = slopes[:, 1:][:, active]
    limit_price = np.zeros(content.shape[1] - 1)
    at_bound = np.where(status == sweeps.FULL, offers.upper, 0.0)
    at_bound[base[free]] = 0.0
    at_bound[extra] = 0.0
    try:
        limit_price[active] = -np.linalg.solve(matrix, slopes[:, 0])
        room = _room(offers, content, limit_price, at_bound)[active]
        at_bound[extra] = np.linalg.solve(matrix.T, room)
    except np.linalg.LinAlgError:
        return None
    made = np.empty(products)
    net = offers.demand - offers.balance @ at_bound
    sweeps.through(base, listed, *offers.balances, net, made, _CLOSE, _SWEEPS)
    at_bound[base[free]] = made[free]
    basic = np.zeros(columns, bool)
    basic[base[free]] = True
    basic[extra] = True
    return _judged(offers, content, at_bound, limit_price, basic, status)


def _room(offers: Offers, content: Vector, limit_price: Vector, at_bound: Vector) -> Vector:
    """Return what each limit leaves for the further columns, with what those at their bound take through all inputs."""
    limits = offers.least.size
    own = np.zeros(limit_price.size - limits)
    least, most = np.concatenate([offers.least, own - np.inf]), np.concatenate([offers.most, own])
    upper = ((limit_price > 0) & np.isfinite(most)) | np.isinf(least)
    taken = content[:, 1:].T @ (offers.demand - offers.balance @ at_bound)
    taken[:limits] += offers.limits @ at_bound
    return np.asarray(np.where(upper, most, least) - taken)


def _judged(
    offers: Offers, content: Vector, amount: Vector, limit_price: Vector, basic: Mask, status: npt.NDArray[np.int8]
) -> Exact:
    """Return the point with how far it is from being feasible, primal and dual, column by column."""
    products, limits, columns = offers.shape
    price = content @ np.concatenate([[1.0], limit_price])
    charge, reduced = np.empty(columns), np.empty(columns)
    sweeps.charged(*offers.limited, offers.cost, limit_price[:limits], charge)
    sweeps.reduced(*offers.balances, charge, price, reduced)
    owned = offers.owner >= 0
    owner = np.maximum(offers.owner, 0)
    given = np.maximum(amount * offers.supply, 0.0)[owned]
    needed = np.bincount(offers.owner[owned], weights=given, minlength=products).astype(float)
    size = np.maximum(needed, 1e-9 * needed.max(initial=1e-300))
    unit = np.where(owned, size[owner] / offers.supply, np.maximum(np.abs(amount), 1e-9))
    outside = np.maximum(-amount, amount - offers.upper) / unit
    terms = np.abs(charge) + np.abs(price[owner]) * offers.supply + 1e-300
    wrong = np.where(basic, 0.0, np.where(status == sweeps.FULL, reduced, -reduced)) / terms
    return Exact(amount, price, limit_price, reduced, needed, outside, wrong)
