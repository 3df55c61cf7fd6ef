"""Which offers are open: what the centre has to decide on, and what follows from its decision (design §10).

Over the box in which limit prices may move most sources are surely used in full or surely not at all. Only the others
go to the centre ("sifting"; R. E. Bixby and others, *Operations Research* 40 (1992) 885–897). Where they are very many,
as in the first rounds, the centre sees those products whose choices weigh most in each limit, and the others follow
the prices decided.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from newcourse.solver.problem import Vector
from newcourse.solver.structured import sweeps
from newcourse.solver.structured.master import Decision
from newcourse.solver.structured.offers import Mask
from newcourse.solver.structured.stand import Stand

Places = npt.NDArray[np.int64]

_SEEN: Final = (15, 15, 20, 20, 25)
"""Products per limit that the centre sees in the first rounds."""

_SEEN_LATER: Final = 40
_CHUNK: Final = 4000


@dataclass(frozen=True, eq=False)
class Moved:
    """What a decision changed: products with another marginal source, and basic columns that are none."""

    changed: Mask
    extra: Places


@dataclass(frozen=True, eq=False)
class Opened:
    """The open offers of a round.

    Attributes
    ----------
    columns
        That the centre decides on, shape (c,).
    slopes, product, rest, unit
        As :class:`newcourse.solver.structured.master.Centre` has them.
    taken
        What all other columns take of the limits, through all inputs, shape (limits,).
    single
        Columns that are the only open source of their product.
    unseen
        Products that the centre does not see though they have a choice.
    """

    columns: Places
    slopes: Vector
    product: Places
    rest: Vector
    unit: Vector
    taken: Vector
    single: Places
    unseen: Places

    def adopt(self, stand: Stand, decision: Decision) -> Moved:
        """Write a decision into the state: statuses, shares, amounts and marginal sources."""
        offers, columns = stand.offers, self.columns
        base = stand.base.copy()
        base[offers.owner[self.single]] = self.single
        stand.status[columns] = np.where(decision.basic, sweeps.OPEN, np.where(decision.full, sweeps.FULL, sweeps.NIL))
        owned = decision.basic & (self.product >= 0)
        basic = columns[owned][np.argsort(decision.share[owned], kind="stable")]
        base[offers.owner[basic]] = basic
        stand.share[:] = 0.0
        stand.share[columns[decision.basic]] = decision.share[decision.basic]
        stand.share[base[stand.share[base] == 0]] = 1e-9
        stand.share[self.single] = 1.0
        fixed = stand.status == sweeps.OPEN
        stand.amount = np.where(stand.status == sweeps.FULL, offers.upper, np.where(fixed, stand.amount, 0.0))
        stand.amount[columns] = decision.amount
        if self.unseen.size:
            _follow(stand, base, self.unseen, decision.limit_price)
        free = stand.listed < 0
        marginal = np.zeros(offers.cost.size, bool)
        marginal[base[free]] = True
        chosen = columns[decision.basic]
        changed = (base != stand.base) & free
        stand.base = base
        return Moved(changed, chosen[~marginal[chosen]])


def _follow(stand: Stand, base: npt.NDArray[np.int32], unseen: Places, limit_price: Vector) -> None:
    """Let products that the centre does not see choose by the prices decided."""
    offers = stand.offers
    cost = stand.reduced_at(limit_price)
    others = np.zeros(base.size, np.int32)
    others[unseen] = -1
    status, marginal = stand.status.copy(), base.copy()
    sweeps.classify(
        offers.start, offers.sources, offers.supply, offers.upper, cost, cost, stand.needed, others, status, marginal
    )
    of = (offers.owner >= 0) & (others[np.maximum(offers.owner, 0)] < 0)
    stand.status[of] = np.where(status[of] == sweeps.FULL, sweeps.FULL, sweeps.NIL)
    stand.share[of] = 0.0
    last = marginal[unseen]
    stand.status[last], stand.share[last] = sweeps.OPEN, 1.0
    stand.amount[of] = np.where(stand.status[of] == sweeps.FULL, offers.upper[of], 0.0)
    base[unseen] = last


def opened(stand: Stand, box: Callable[[], tuple[Vector, Vector]], step: int) -> Opened:
    """Return the open offers over the box of limit prices; products without enough sources are listed first.

    Parameters
    ----------
    stand
        Where the rounds stand; statuses are set.
    box
        The box, for as many limits and listed products as there are when it is asked.
    step
        Which round it is, for how many products the centre sees.
    """
    marginal = _classified(stand, box)
    for _ in range(stand.base.size):
        lacking = np.flatnonzero((marginal < 0) & (stand.listed < 0))
        if not lacking.size:
            break
        stand.list_products(lacking)
        offers = stand.offers
        sweeps.contents(
            stand.base, stand.listed, *offers.balances, *offers.limited, offers.cost, stand.content, 1e-14, 300
        )
        marginal = _classified(stand, box)
    return _sorted(stand, step)


def _classified(stand: Stand, box: Callable[[], tuple[Vector, Vector]]) -> npt.NDArray[np.int32]:
    """Set the status of every column over the box; return the marginal sources, −1 where sources do not suffice."""
    offers = stand.offers
    lowest, highest = box()
    low, high = np.empty(offers.cost.size), np.empty(offers.cost.size)
    sweeps.ranges(*offers.balances, *offers.limited, offers.cost, stand.content, lowest, highest, low, high)
    marginal_now = stand.base[stand.listed < 0]
    low[marginal_now] = high[marginal_now] = 0.0
    marginal = np.zeros(stand.base.size, np.int32)
    sweeps.classify(
        offers.start, offers.sources, offers.supply, offers.upper, low, high, stand.needed, stand.listed, stand.status,
        marginal,
    )  # fmt: skip
    alone = np.flatnonzero(offers.owner < 0)
    full = (high[alone] < 0) & offers.bounded[alone]
    stand.status[alone] = np.where(full, sweeps.FULL, np.where(low[alone] > 0, sweeps.NIL, sweeps.OPEN))
    return marginal


def _left(stand: Stand) -> Vector:
    """Return what full sources leave of each product's need."""
    offers = stand.offers
    full = np.flatnonzero((stand.status == sweeps.FULL) & (offers.owner >= 0))
    given = offers.upper[full] * offers.supply[full]
    return np.asarray(stand.needed - np.bincount(offers.owner[full], weights=given, minlength=stand.needed.size))


def _sorted(stand: Stand, step: int) -> Opened:
    """Sort the open columns: single ones, those the centre sees, and those of products it does not see."""
    offers = stand.offers
    columns = np.flatnonzero(stand.status == sweeps.OPEN)
    owner = offers.owner[columns]
    alone = (owner < 0) | (stand.listed[np.maximum(owner, 0)] >= 0)
    left = _left(stand)
    many = np.bincount(owner[~alone], minlength=left.size) > 1
    idle = left <= 1e-15 * np.maximum(stand.needed, 0.0) + 1e-300
    choice = ~alone & many[np.maximum(owner, 0)] & ~idle[np.maximum(owner, 0)]
    resting = ~alone & ~choice & many[np.maximum(owner, 0)]
    single = columns[~alone & ~choice & ~resting]
    products = np.unique(owner[choice]).astype(np.int64)
    most = (_SEEN[step] if step < len(_SEEN) else _SEEN_LATER) * max(stand.limit_price.size, 20)
    unseen = products[:0]
    if products.size > most:
        unseen = products[~_weighty(stand, columns[choice], products, left, most)]
    unseen = np.union1d(unseen, np.unique(owner[resting])).astype(np.int64)
    if unseen.size:
        _follow(stand, stand.base.copy(), unseen, stand.limit_price)
        left = _left(stand)
    hidden = np.zeros(left.size, bool)
    hidden[unseen] = True
    seen = columns[alone | (choice & ~hidden[np.maximum(owner, 0)])]
    return _measured(stand, seen, single, unseen, left)


def _weighty(stand: Stand, columns: Places, products: Places, left: Vector, most: int) -> Mask:
    """Say which products' choices weigh most: in each limit first, then in all together."""
    offers, limits = stand.offers, stand.limit_price.size
    order = np.argsort(offers.owner[columns], kind="stable")
    columns = columns[order]
    first = np.append(np.searchsorted(offers.owner[columns], products), columns.size)
    weight = np.zeros((products.size, limits))
    for a in range(0, products.size, _CHUNK):
        b = min(a + _CHUNK, products.size)
        part = columns[first[a] : first[b]]
        slopes = _slopes(stand, part) / offers.supply[part][:, None]
        starts = first[a:b] - first[a]
        spread = np.maximum.reduceat(slopes, starts, axis=0) - np.minimum.reduceat(slopes, starts, axis=0)
        weight[a:b] = spread[:, 1:] * (left[products[a:b]][:, None] / stand.size)
    each = max(3, most // max(limits, 1))
    kept = np.zeros(products.size, bool)
    for k in range(limits):
        kept[np.argpartition(-weight[:, k], min(each, products.size - 1))[:each]] = True
    more = most - int(kept.sum())
    if more > 0:
        kept[np.argsort(-weight.sum(1) * ~kept, kind="stable")[:more]] = True
    return kept


def _slopes(stand: Stand, columns: Places) -> Vector:
    offers = stand.offers
    slopes = np.empty((columns.size, stand.content.shape[1]))
    sweeps.rows(columns, *offers.balances, *offers.limited, offers.cost, stand.content, slopes)
    return slopes


def _measured(stand: Stand, columns: Places, single: Places, unseen: Places, left: Vector) -> Opened:
    """Return the open columns with what the fixed ones take of the limits."""
    offers = stand.offers
    fixed = np.where(stand.status == sweeps.FULL, offers.upper, 0.0)
    fixed[columns] = 0.0
    hidden = np.zeros(left.size, bool)
    hidden[unseen] = True
    follows = (stand.status == sweeps.OPEN) & hidden[np.maximum(offers.owner, 0)] & (offers.owner >= 0)
    for sole in (single, np.flatnonzero(follows)):
        fixed[sole] = np.maximum(left[offers.owner[sole]], 0.0) / offers.supply[sole]
    fixed[stand.base[stand.listed < 0]] = 0.0  # their content is nil by definition
    there = np.flatnonzero(fixed)
    taken = stand.content[:, 1:].T @ offers.demand
    for a in range(0, there.size, _CHUNK):
        part = there[a : a + _CHUNK]
        taken = taken + _slopes(stand, part)[:, 1:].T @ fixed[part]
    owner = offers.owner[columns].astype(np.int64)
    owned = (owner >= 0) & (stand.listed[np.maximum(owner, 0)] < 0)
    products = np.unique(owner[owned])
    product = np.where(owned, np.searchsorted(products, np.maximum(owner, 0)), -1)
    usual = np.maximum(np.abs(stand.needed[np.maximum(owner, 0)]), 1e-12) / offers.supply[columns]
    unit = np.where(offers.bounded[columns], offers.upper[columns], np.where(owner >= 0, usual, 1.0))
    return Opened(
        columns, _slopes(stand, columns), product, left[products], np.maximum(unit, 1e-12 * stand.value + 1e-300),
        taken, single, unseen,
    )  # fmt: skip
