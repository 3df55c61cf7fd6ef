"""The scissors, price indices and the trade balance, as series over periods (design §6.2)."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from newcourse.errors import BadInput, Fault
from newcourse.plan.market.checks import fixed


def laspeyres(prices: npt.ArrayLike, base_prices: npt.ArrayLike, base_quantities: npt.ArrayLike) -> float:
    """Return what the base period's basket costs now, beside then (É. Laspeyres 1871); prices and quantities n."""
    quantities = np.asarray(base_quantities, dtype=float)
    return float(quantities @ np.asarray(prices, dtype=float) / (quantities @ np.asarray(base_prices, dtype=float)))


def paasche(prices: npt.ArrayLike, base_prices: npt.ArrayLike, quantities: npt.ArrayLike) -> float:
    """Return what this period's basket costs now, beside in the base period (H. Paasche 1874)."""
    return laspeyres(prices, base_prices, quantities)


def fisher(
    prices: npt.ArrayLike, base_prices: npt.ArrayLike, quantities: npt.ArrayLike, base_quantities: npt.ArrayLike
) -> float:
    """Return the geometric mean of Laspeyres and Paasche (I. Fisher, *The Making of Index Numbers*, 1922)."""
    return float(np.sqrt(laspeyres(prices, base_prices, base_quantities) * paasche(prices, base_prices, quantities)))


@dataclass(frozen=True, eq=False)
class Prices:
    """Prices and quantities over periods, the first of them the base.

    Parameters
    ----------
    periods
        Names of the T periods.
    prices, quantities
        T × n.

    Raises
    ------
    BadInput
        If the shapes differ, a price is not above 0, or a period has no quantity.
    """

    periods: tuple[str, ...]
    prices: np.ndarray
    quantities: np.ndarray

    def __post_init__(self) -> None:
        object.__setattr__(self, "prices", fixed(self.prices))
        object.__setattr__(self, "quantities", fixed(self.quantities))
        shapes = {self.prices.shape, self.quantities.shape}
        if len(shapes) != 1 or self.prices.ndim != 2 or len(self.prices) != len(self.periods) or not len(self.periods):
            found = f"{len(self.periods)} periods and shapes {shapes}"
            raise BadInput(Fault("length", "series of prices", found, "a row for each period", "give all rows"))
        if not (self.prices > 0).all() or not (self.quantities >= 0).all() or not self.quantities.any(axis=1).all():
            found = "prices or quantities below 0, or a period without any"
            raise BadInput(Fault("not-positive", "series of prices", found, "numbers above 0", "correct them"))

    def fixed_base(self, kind: str = "fisher") -> np.ndarray:
        """Return the index of each period against the first, T numbers; laspeyres, paasche or fisher."""
        return np.array([self._between(kind, 0, now) for now in range(len(self.periods))])

    def chained(self, kind: str = "fisher") -> np.ndarray:
        """Return the index whose every link compares a period with the one before, T numbers."""
        links = [1.0, *(self._between(kind, now - 1, now) for now in range(1, len(self.periods)))]
        return np.asarray(np.cumprod(links))

    def _between(self, kind: str, then: int, now: int) -> float:
        p, q = self.prices, self.quantities
        known = {
            "laspeyres": lambda: laspeyres(p[now], p[then], q[then]),
            "paasche": lambda: paasche(p[now], p[then], q[now]),
            "fisher": lambda: fisher(p[now], p[then], q[now], q[then]),
        }
        if kind not in known:
            raise BadInput(Fault("index", "price index", repr(kind), f"one of {', '.join(known)}", "correct it"))
        return known[kind]()


def scissors(
    prices: npt.ArrayLike, base_prices: npt.ArrayLike, industrial: Sequence[int], agricultural: Sequence[int],
    weights: npt.ArrayLike,
) -> float:  # fmt: skip
    """Return industrial over agricultural prices, the base period's proportion being 1.

    Parameters
    ----------
    prices, base_prices
        Of n products.
    industrial, agricultural
        Which products count as which.
    weights
        Quantities of the base period, n.
    """

    def index(members: Sequence[int]) -> float:
        picked = list(members)
        now, then = np.asarray(prices, dtype=float)[picked], np.asarray(base_prices, dtype=float)[picked]
        return laspeyres(now, then, np.asarray(weights, dtype=float)[picked])

    return index(industrial) / index(agricultural)


def trade_balance(imports: npt.ArrayLike, exports: npt.ArrayLike, world_prices: npt.ArrayLike) -> float:
    """Return what exports bring beyond what imports cost, in foreign money; n quantities each."""
    net = np.asarray(exports, dtype=float) - np.asarray(imports, dtype=float)
    return float(net @ np.asarray(world_prices, dtype=float))
