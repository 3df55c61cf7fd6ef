"""Balanced growth: the proportions in which techniques can grow fastest when all grow alike (design §6.4).

All activities grow by the same rate g from period to period. What is made must cover what is used, what is begun for
later output, and what stocks need to grow at g and to be renewed:

    V x ≥ Σ_lead (1 + g)^lead U_lead x + Σ_stock renewal(g) K x,   x ≥ 0, not all zero.

With one period of lead and no stocks this is the model of J. von Neumann, "A model of general economic equilibrium"
(1937; Review of Economic Studies 13 (1945) 1-9), with stocks and no leads the dynamic model of W. Leontief. Whether a
rate can be sustained is a matrix game (M. J. Hamburger, G. L. Thompson and R. L. Weil, Econometrica 35 (1967) 542-547):
activities x prove a lower bound, prices p an upper bound, each checked in plain arithmetic apart from the solver.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd

from newcourse.errors import BadInput, Fault, NotCertified
from newcourse.plan.growth_system import GrowthSystem
from newcourse.solver.builder import ProblemBuilder
from newcourse.solver.door import solve

CLOSE: Final = 1e-6
"""Bounds nearer than this, as rates per period, are the answer."""

ENOUGH: Final = 1e-4
"""Bounds farther apart than this, after all rounds, are no answer."""

ROUNDS: Final = 60
FASTEST: Final = 1e3
SLOWEST: Final = -0.9
ROUNDING: Final = 1e-13
IDLE: Final = 1e-9
"""An activity below this part of the whole is not run."""


@dataclass(frozen=True, eq=False)
class BalancedGrowth:
    """The fastest growth in fixed proportions, and the proof of it.

    Parameters
    ----------
    lower, upper
        Between these rates per period it lies: ``activity`` sustains the lower one, and at ``prices`` no process that
        could grow faster than the upper one covers its cost.
    activity
        How much of each process, in its own unit, in proportions only: their scale is that of the system.
    prices
        Value of a unit of each good (and factor) at which the bound holds; they add up to 1 in the system's scale.
    """

    lower: float
    upper: float
    activity: pd.Series
    prices: pd.Series

    @property
    def rate(self) -> float:
        """The rate that is proved to be possible."""
        return self.lower

    def words(self) -> str:
        """Say how fast all can grow together, and what is proved."""
        return (
            f"With these techniques all branches together can grow by {self.rate:.3%} a period, and no faster: "
            f"proved to lie between {self.lower:.4%} and {self.upper:.4%}."
        ).replace("-", "−")

    def as_data(self) -> dict[str, Any]:
        """Return rate, bounds, and activities by process, as plain data."""
        activity = {str(code): float(value) for code, value in self.activity.items()}
        return {
            "rate": self.rate,
            "lower": self.lower,
            "upper": self.upper,
            "activity": activity,
            "words": self.words(),
        }


def balanced_growth(system: GrowthSystem) -> BalancedGrowth:
    """Return the fastest balanced growth of a system of techniques.

    Raises
    ------
    BadInput
        If no process can be kept up at all, or growth has no limit because a process takes nothing that must be made.
    NotCertified
        If the bounds could not be brought near enough to each other.
    """
    system = system.reproducible()
    if not system.processes.size:
        raise BadInput(_nothing("no process makes what all others and itself take"))
    lower, upper = SLOWEST, _unsustainable(system)
    best = worth = None
    for round_ in range(ROUNDS):
        if upper - lower <= CLOSE:
            break
        # A little off the middle in turn: exactly at a rate at which the game is worth nothing it proves neither side.
        x, p = _game(system, lower + (upper - lower) * (0.5, 0.45, 0.55)[round_ % 3])
        proved, refuted = _sustained(system, x, lower, upper), _refuted(system, p, lower, upper)
        lower, best = (proved, x) if proved > lower else (lower, best)
        upper, worth = (refuted, p) if refuted < upper else (upper, worth)
    if best is None:
        raise BadInput(_nothing("no activities that renew what they use up"))
    if worth is None or upper - lower > ENOUGH:
        raise NotCertified(_undecided(lower, upper))
    activity = pd.Series(best * system.scale, index=system.processes, name="activity")
    prices = pd.Series(worth / system.weight, index=system.goods, name="price")
    return BalancedGrowth(lower, upper, activity, prices)


def _unsustainable(system: GrowthSystem) -> float:
    """Return a rate that cannot be sustained, found by doubling."""
    rate = 0.25
    while rate < FASTEST:
        _, p = _game(system, rate)
        if _refuted(system, p, SLOWEST, rate) <= rate:
            return rate
        rate *= 2
    raise BadInput(
        Fault(
            "growth-unlimited",
            "balanced growth",
            f"growth of {rate:.0%} a period would still be possible",
            "processes that each take something that has to be made, or stocks that have to be in place",
            "give the processes the inputs, stocks or work they need",
        )
    )


def _game(system: GrowthSystem, rate: float) -> tuple[np.ndarray, np.ndarray]:
    """Return the best strategies of the game ``net(rate)``: activities and prices, each adding up to 1."""
    net = system.net(rate)
    builder = ProblemBuilder()
    goods, processes = net.shape
    x = builder.add_columns("activity", pd.RangeIndex(processes))
    value = builder.add_columns("value", pd.RangeIndex(1), lower=-np.inf, cost=1.0)
    rows = builder.add_rows("net output", pd.RangeIndex(goods), lower=0.0)
    one = builder.add_rows("one", pd.RangeIndex(1), 1.0, 1.0)
    builder.put_matrix(rows, x, net)
    builder.put(np.arange(rows.start, rows.stop), value.start, -1.0)
    builder.put(one.start, np.arange(x.start, x.stop), 1.0)
    found = solve(builder.build("balanced growth", "max"), tolerance=1e-8).require_certified()
    activity = _cleaned(found.values("activity").to_numpy())
    return activity, _cleaned(-found.valuations("net output").to_numpy())


def _cleaned(values: np.ndarray) -> np.ndarray:
    kept = np.where(values > IDLE, values, 0.0)
    return np.asarray(kept / max(kept.sum(), 1e-300))


def _sustained(system: GrowthSystem, x: np.ndarray, low: float, high: float) -> float:
    """Return the fastest rate from ``low`` to ``high`` at which these activities cover all they need, or ``low``."""
    balance = system.made_and_used(x)

    def covers(rate: float) -> bool:
        made, used = balance(rate)
        return bool((made - used >= -ROUNDING * (made + used)).all())

    return _edge(covers, low, high)


def _refuted(system: GrowthSystem, p: np.ndarray, low: float, high: float) -> float:
    """Return the slowest rate from ``low`` to ``high`` at which no process covers its cost at these prices.

    If there is none, infinity.
    """
    balance = system.gain_and_cost(p)

    def loses(rate: float) -> bool:
        gain, cost = balance(-rate)
        return bool((gain - cost < -ROUNDING * (gain + cost)).all())

    return -_edge(loses, -high, -low) if loses(-high) else np.inf


def _edge(holds: Callable[[float], bool], low: float, high: float) -> float:
    """Return the largest number from ``low`` to ``high`` at which something holds that ends to hold once."""
    if not holds(low):
        return low
    good, bad = low, high
    if holds(bad):
        return bad
    while bad - good > 1e-10 * max(1.0, abs(good)):
        middle = (good + bad) / 2
        good, bad = (middle, bad) if holds(middle) else (good, middle)
    return good


def _nothing(found: str) -> Fault:
    return Fault(
        "growth-none", "balanced growth", found, "techniques that renew what they use up", "see newcourse check"
    )


def _undecided(lower: float, upper: float) -> Fault:
    return Fault(
        "growth-undecided",
        "balanced growth",
        f"bounds of {lower:.4%} and {upper:.4%} a period",
        f"bounds within {ENOUGH:.2%} of each other",
        "state quantities in units nearer to each other",
    )
