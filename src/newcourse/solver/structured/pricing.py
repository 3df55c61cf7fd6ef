"""Content pricing: a plan's linear programme solved by prices of what couples it (design §10).

One round:

1. *backward*: contents of every product in cost and limits, by sweeps over its marginal sources;
2. *centre*: a programme of as many rows as limits decides on limit prices and on the open offers, outputs held
   (:mod:`newcourse.solver.structured.master`); limit prices may move within a reach, which grows where they meet it;
3. *forward*: demand is pushed through, sources are filled in merit order;
4. *exact*: the basis found is solved exactly (:mod:`newcourse.solver.structured.basis`). If it is feasible, primal and
   dual, it is optimal, and the rounds end. What is outside its bounds names the products whose needs depend most on
   the centre's own choice, and those that lie between two sources: they are *listed*, get a price and a row of their
   own in the centre's problem.

Where it ends it ends with an optimal basis, exact to rounding. That it ends is not proved: the rounds are a block
pivoting whose centre is exact in prices and approximate in outputs, as Newton's method is. It is given up after
:data:`ROUNDS` rounds, or when no reach suffices (which an impossible plan shows by), and another method goes on.

Related: Veinott (1969) and others named in :mod:`newcourse.solver.structured.structure`; policy iteration
(R. A. Howard, *Dynamic Programming and Markov Processes* (1960)) is the case without limits.
"""

from collections.abc import Callable
from typing import Final

import numpy as np
import numpy.typing as npt

from newcourse.solver.problem import Vector
from newcourse.solver.structured import sweeps
from newcourse.solver.structured.basis import Exact, solve_basis
from newcourse.solver.structured.found import Found
from newcourse.solver.structured.master import Centre, Decision, decide
from newcourse.solver.structured.offers import Offers
from newcourse.solver.structured.opening import Opened, opened
from newcourse.solver.structured.settled import too_cheap
from newcourse.solver.structured.stand import Stand, begun

ROUNDS: Final = 40
"""Rounds after which it is given up; usual are 6 to 12, with capacities 10 to 25."""

_FAR: Final = 1e7
"""Multiple of a usual limit price from which on a plan is taken to be impossible."""

NOTHING_BINDS: Final = "no limit has a price"
"""Why rounds end where all choices cost the same: the caller may give them a cost by what they take."""

_NOTHING: Final = 1e-9
"""Part of a usual price that is no price."""

_WITHOUT: Final = 5
"""Rounds in which no limit had a price, after which that is told."""

_CONTENT: Final = (1e-4, 1e-4, 1e-5, 1e-7)
"""Relative accuracy of the contents in the first rounds; then to rounding."""

_EXACT: Final = 1e-14

_REACH: Final = (1.0, 0.3, 0.05, 0.03)
"""Part of a limit price by which it may move after the first rounds."""

_NARROW: Final = 0.02
_MOST: Final = 30.0
"""Times a usual amount that the centre may have of a listed product's source in a round."""

_CALM: Final = 6  # rounds before products are listed


def priced(
    offers: Offers,
    tolerance: float,
    seconds_left: Callable[[], float],
    tell: Callable[[int, float], None],
    limit_price: Vector | None = None,
    amount: Vector | None = None,
) -> Found:
    """Solve a plan by content pricing.

    Parameters
    ----------
    offers
        The plan.
    tolerance
        Of bounds and reduced costs, each relative to its own size.
    seconds_left
        Until the deadline.
    tell
        Told after each round how many there were and what the present plan costs.
    limit_price
        Prices of the limits to begin with, for a warm start.
    amount
        Amounts of the offers to begin with, likewise.
    """
    rounds = _Rounds(offers, tolerance, limit_price is not None, begun(offers, limit_price, amount))
    while True:
        why = rounds.backward()
        if rounds.exact is not None and rounds.optimal(rounds.exact):
            return rounds.found("")
        if not why and seconds_left() <= 0:
            why = "time"
        why = why or rounds.centre(seconds_left())
        if why:
            return rounds.found("time" if seconds_left() <= 0 else why)
        if rounds.settled():
            return rounds.found("")
        tell(rounds.count, float(offers.cost @ rounds.stand.amount) + offers.constant)


class _Rounds:
    """The rounds of one plan."""

    def __init__(self, offers: Offers, tolerance: float, warm: bool, stand: Stand) -> None:
        self.offers = offers
        self.tolerance = tolerance
        self.stand = stand
        self.count = 0
        self.step = len(_REACH) if warm else 0
        self.calm = 1 if warm else _CALM
        self.without = 0
        self.exact: Exact | None = None
        self.extra: npt.NDArray[np.int64] | None = None
        self.active = np.zeros(0, np.int64)
        self.changed = np.zeros(offers.demand.size, np.int64)
        self.capped = np.zeros(offers.demand.size, bool)
        owner = offers.owner[offers.bounded & ~offers.ends]
        self.capped[owner[owner >= 0]] = True
        if warm:
            stand.reach = np.maximum(0.3 * np.abs(stand.limit_price), 0.03 * stand.usual)

    def found(self, why: str) -> Found:
        stand, exact, limits = self.stand, self.exact, self.offers.least.size
        if not why and exact is not None:
            point = exact.amount, exact.price, exact.limit_price[:limits]
        else:
            point = stand.amount, stand.price, stand.limit_price[:limits]
        return Found(why, *point, stand.base, self.count, stand.products.size)

    def backward(self) -> str:
        """Find the contents, and solve the basis exactly if there is one; return why not, or nothing."""
        offers, stand = self.offers, self.stand
        self.exact = None
        tolerance = _CONTENT[self.step] if self.step < len(_CONTENT) else _EXACT
        for attempt in range(5):
            taken = sweeps.contents(
                stand.base, stand.listed, *offers.balances, *offers.limited, offers.cost, stand.content, tolerance, 300
            )
            if taken == 300 and not np.isfinite(stand.content).all():
                return "the sources chosen are not productive together"
            if self.extra is None or self.extra.size != self.active.size:
                return ""
            exact = solve_basis(offers, stand.content, stand.base, stand.listed, stand.status, self.extra, self.active)
            if exact is None or not np.isfinite(exact.amount).all():
                return ""
            self.exact = exact
            if tolerance > _EXACT and exact.within(1e-2):
                tolerance = _EXACT
            elif attempt == 4 or not self._mended(exact):
                break
        self._learn()
        return ""

    def _mended(self, exact: Exact) -> bool:
        """Take small products' better sources, which the centre did not see, if nothing else is wrong."""
        wrong = np.flatnonzero(exact.wrong > self.tolerance)
        few = max(20, self.offers.demand.size // 20)
        if not 0 < wrong.size <= few or exact.outside.max(initial=0) > 1e-6:
            return False
        offers, stand = self.offers, self.stand
        for j in wrong[np.argsort(-np.abs(exact.reduced[wrong]), kind="stable")]:
            if stand.status[j] == sweeps.FULL:
                stand.status[j] = sweeps.NIL
            elif not stand.take(j) and np.isfinite(offers.upper[j]):
                stand.status[j] = sweeps.FULL
        return True

    def _learn(self) -> None:
        """Take the exact outputs for the next round if they are near enough to be plausible."""
        if self.exact is not None and self.exact.outside.max(initial=0) < 0.3:
            self.stand.needed[:] = self.exact.needed
            self.stand.amount[:] = np.clip(self.exact.amount, 0.0, self.offers.upper)

    def settled(self) -> bool:
        """Whether the plan pushed through is optimal as it is, where ties or idle prices keep the basis open."""
        cheaper = too_cheap(self.stand, self.tolerance)
        if cheaper is None:
            return False
        for j, less in cheaper:  # of products so small, or unused, that the centre sees nothing of them
            self.stand.cheapen(j, less)
        self.exact = self.exact if cheaper else None
        return not cheaper

    def optimal(self, exact: Exact) -> bool:
        """Whether the basis is feasible, primal and dual, the limits that do not bind included."""
        lowest, highest = self.stand.signs()
        slack = self.tolerance * self.stand.usual
        if not exact.within(self.tolerance) or (exact.price < -self.tolerance * np.abs(exact.price).max()).any():
            return False
        if (exact.limit_price < lowest - slack).any() or (exact.limit_price > highest + slack).any():
            return False
        limits = self.offers.least.size
        used = self.offers.limits @ exact.amount
        size = self.tolerance * self.stand.size[:limits]
        return bool((used <= self.offers.most + size).all() and (used >= self.offers.least - size).all())

    def centre(self, seconds: float) -> str:
        """Let the centre decide and push the decision through; return why it cannot, or nothing."""
        stand = self.stand
        bad = self._outside()
        held = opened(stand, self._box, self.step)
        decision = self._decision(held, seconds)
        if decision is None:
            return "the centre's problem was not solved"
        if self.count >= ROUNDS:
            return f"{ROUNDS} rounds did not suffice"
        moved = held.adopt(stand, decision)
        self.changed = np.where(moved.changed, self.changed + 1, self.changed)
        self.extra, self.active = moved.extra, decision.active
        stand.push(1e-11)
        restless = int(moved.changed.sum()) > max(40, stand.base.size // 20) and self.count < 2 * _CALM
        if self.count < self.calm - 3 or restless:
            self.changed[:] = 0
        why = self._reach(decision)
        stand.price = stand.content @ np.concatenate([[1.0], stand.limit_price])
        before = stand.products.size
        self._list(moved.changed, bad, bool(decision.edge.any()))
        if decision.edge.any() or stand.products.size > before:
            self.extra = None
        self.count += 1
        self.step += 1
        return why

    def _decision(self, held: Opened, seconds: float) -> Decision | None:
        stand = self.stand
        least, most = stand.bounds_of_limits()
        lowest, highest = self._box()
        owner = self.offers.owner[held.columns]
        present = stand.base[np.maximum(owner, 0)] == held.columns
        listed = (held.product < 0) & (owner >= 0) & (stand.needed[np.maximum(owner, 0)] > 0)
        ceiling = np.where(listed, _MOST * held.unit, np.inf)
        return decide(
            Centre(
                held.slopes, self.offers.supply[held.columns], self.offers.upper[held.columns], held.product, held.rest,
                held.unit, ceiling, least - held.taken, most - held.taken, np.clip(stand.limit_price, lowest, highest),
                lowest, highest, 1e-3 * stand.value, stand.size, present,
            ),
            seconds,
        )  # fmt: skip

    def _box(self) -> tuple[Vector, Vector]:
        """Return the box that limit prices may move in."""
        stand = self.stand
        lowest, highest = stand.signs()
        reach = stand.reach
        if not self.count and not self.step:
            reach = np.concatenate([8 * stand.usual[: self.offers.least.size], reach[self.offers.least.size :]])
            reach = reach if reach.size == stand.limit_price.size else 8 * stand.usual
        held = np.clip(stand.limit_price, lowest, highest)  # so that the box is never empty
        return np.maximum(lowest, held - reach), np.minimum(highest, held + reach)

    def _reach(self, decision: Decision) -> str:
        """Move to the prices decided and set the next reach: wider where it was met, else by the step just made."""
        stand = self.stand
        new, usual = decision.limit_price, stand.usual
        step = np.abs(new - stand.limit_price)
        if not self.step:
            stand.reach = np.maximum(2 * np.abs(new), 0.3 * usual)
        else:
            part = _REACH[self.step] if self.step < len(_REACH) else _NARROW
            calm = np.maximum(2 * step, part * np.maximum(np.abs(new), 0.1 * usual))
            wide = np.minimum(4 * stand.reach, np.maximum(4 * np.abs(new), usual))
            stand.reach = np.where(decision.edge, np.maximum(wide, stand.reach), np.minimum(stand.reach, calm))
        stand.limit_price = new
        limits = self.offers.least.size
        if (np.abs(new[:limits]) > _FAR * usual[:limits]).any():
            return "no limit price suffices: the plan may be impossible"
        self.without = self.without + 1 if limits and (np.abs(new[:limits]) <= _NOTHING * usual[:limits]).all() else 0
        if self.without >= _WITHOUT:
            return NOTHING_BINDS
        return ""

    def _outside(self) -> npt.NDArray[np.int64]:
        """Return the products whose columns the exact basis has outside their bounds."""
        if self.exact is None:
            return np.zeros(0, np.int64)
        columns = (self.exact.outside > 1e-9) & (self.offers.owner >= 0)
        return np.unique(self.offers.owner[columns]).astype(np.int64)

    def _list(self, changed: npt.NDArray[np.bool_], bad: npt.NDArray[np.int64], edge: bool) -> None:
        """List products that lie between two sources, or without enough of them, or with more than is needed."""
        stand = self.stand
        surplus = np.flatnonzero(stand.needed < -1e-9 * np.abs(stand.needed).max(initial=0.0))
        stand.list_products(surplus)
        stand.list_products(np.flatnonzero(stand.price < -1e-9 * np.abs(stand.price).max(initial=0.0)))
        if self.count < self.calm:
            return
        few = max(20, self.offers.least.size)
        restless = (self.changed >= 3) & (self.capped | (self.changed >= 6))
        between = np.flatnonzero(restless & changed & (stand.listed < 0))
        stand.list_products(between[np.argsort(-self.changed[between], kind="stable")[:few]])
        if not edge and bad.size <= few:
            stand.list_products(bad)
