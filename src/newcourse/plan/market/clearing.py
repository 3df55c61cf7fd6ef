"""Prices at which shops sell what they were brought: no queue and nothing left over (design §6.2).

Asked are prices p with ``demand(p, income) = stock``, found by Newton's method in logarithms, whose derivative is the
matrix of price elasticities, with steps cut back until the excess falls. Whatever way they were found, the prices are
then checked by asking demand once more: :attr:`Clearing.excess` is that check. A good may be given a highest price; if
it is reached the good is *rationed*: more is asked for than there is, and part of the income finds nothing to buy. A
good may be given a lowest price; if it is reached some of it stays *unsold*.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from newcourse.errors import BadInput, Fault, NotCertified
from newcourse.plan.market.checks import fixed, require_positive
from newcourse.plan.market.demand import Demand

TOLERANCE: Final = 1e-8
"""Largest excess demand accepted, as a part of the stock."""

_STEPS: Final = 200
_CUTS: Final = 40
_FURTHEST: Final = 1.0
"""Most by which the logarithm of a price moves in one step."""


@dataclass(frozen=True, eq=False)
class Clearing:
    """Prices at which demand and stock meet, checked.

    Parameters
    ----------
    products
        What is on sale, n codes.
    stock
        Quantities brought to the shops, n.
    prices
        Found, n.
    demand
        Asked for at these prices, n.
    income
        What buyers have to spend.
    rationed, unsold
        Products at their highest price with demand beyond the stock, and at their lowest with less.
    tolerance
        What the excess of no other product exceeds.
    """

    products: tuple[str, ...]
    stock: np.ndarray
    prices: np.ndarray
    demand: np.ndarray
    income: float
    rationed: tuple[str, ...] = ()
    unsold: tuple[str, ...] = ()
    tolerance: float = TOLERANCE

    def __post_init__(self) -> None:
        for name in ("stock", "prices", "demand"):
            object.__setattr__(self, name, fixed(getattr(self, name)))
        if not self.excess <= self.tolerance:
            raise NotCertified(_open(self.products, self.demand / self.stock - 1, self.tolerance))

    @property
    def excess(self) -> float:
        """Largest difference of demand and stock among goods neither rationed nor unsold, as a part of the stock."""
        met = ~np.isin(self.products, [*self.rationed, *self.unsold])
        return float(np.abs(self.demand / self.stock - 1)[met].max(initial=0.0))

    @property
    def bought(self) -> np.ndarray:
        """What is bought of each product: demand as far as there is stock, n."""
        return np.asarray(np.minimum(self.demand, self.stock))

    @property
    def unspent(self) -> float:
        """Income that found nothing to buy, because something is rationed."""
        return max(0.0, self.income - float(self.prices @ self.bought))

    def words(self) -> str:
        """Say in a sentence or three what the prices do."""
        parts = [f"Demand meets the stock of every product on sale to {self.excess:.1e} of it."]
        if self.rationed:
            parts = [f"Rationed at their highest price: {', '.join(self.rationed)}; {self.unspent:.6g} stay unspent."]
        if self.unsold:
            parts.append(f"Partly unsold at their lowest price: {', '.join(self.unsold)}.")
        return " ".join(parts)

    def to_data(self) -> dict[str, Any]:
        """Return it as plain data."""
        rows = zip(self.products, self.stock, self.prices, self.demand, strict=True)
        return {
            "income": self.income,
            "excess": self.excess,
            "unspent": self.unspent,
            "rationed": list(self.rationed),
            "unsold": list(self.unsold),
            "products": [
                {"product": code, "stock": float(s), "price": float(p), "demand": float(d)} for code, s, p, d in rows
            ],
        }


def clearing_prices(
    demand: Demand,
    stock: npt.ArrayLike,
    income: float,
    *,
    start: npt.ArrayLike | None = None,
    highest: Mapping[str, float] | None = None,
    lowest: Mapping[str, float] | None = None,
    tolerance: float = TOLERANCE,
) -> Clearing:
    """Return prices at which buyers ask for just what is on sale.

    Parameters
    ----------
    demand
        How buyers answer prices and income.
    stock
        Quantity of each product on sale, n positive numbers.
    income
        What buyers spend.
    start
        Prices to begin from, n; those at which each product takes an equal part of income if left out.
    highest, lowest
        Prices that may not be exceeded or undercut, by product; no limit if left out.
    tolerance
        Largest excess accepted, as a part of the stock.

    Raises
    ------
    BadInput
        If a figure is wrong, or a bound is for a product not on sale.
    NotCertified
        If no prices were found; the products most asked for, or least, are named.
    """
    s = np.asarray(stock, dtype=float)
    require_positive("shops", demand.products, stock=s)
    low, high = _bounds(demand.products, lowest or {}, 0.0), _bounds(demand.products, highest or {}, np.inf)
    _require_order(demand.products, low, high)
    first = income / len(s) / s if start is None else np.asarray(start, dtype=float)
    require_positive("shops", demand.products, start=first)
    prices = _solve(demand, s, income, np.clip(first, low, high), (low, high), tolerance)
    asked = demand.quantities(prices, income)
    rationed = (prices >= high) & (asked > s * (1 + tolerance))
    unsold = (prices <= low) & (asked < s * (1 - tolerance))
    names = np.array(demand.products, dtype=object)
    return Clearing(
        tuple(demand.products), s, prices, asked, float(income),
        tuple(names[rationed]), tuple(names[unsold]), tolerance,
    )  # fmt: skip


def _solve(
    demand: Demand, s: np.ndarray, income: float, prices: np.ndarray, bounds: tuple[np.ndarray, np.ndarray], tol: float
) -> np.ndarray:
    """Return the prices Newton's method ends at; that they clear is for the caller to check.

    With e(ln p) = ln demand − ln stock, one step solves E Δ = −e over the products that are free to move, where E is
    the matrix of price elasticities.
    """
    excess = _excess(demand, prices, income, s)
    if excess is None:
        prices, excess = _nearer(demand, s, income, prices, bounds)
    prices, excess = _approached(demand, s, income, prices, excess, bounds)
    for _ in range(_STEPS):
        free = ~(((prices >= bounds[1]) & (excess > 0)) | ((prices <= bounds[0]) & (excess < 0)))
        if not free.any() or np.abs(excess[free]).max() <= tol / 1000:
            break
        answers = demand.elasticities(prices, income).price[np.ix_(free, free)]
        step = np.zeros(len(s))
        step[free] = np.linalg.lstsq(answers, -excess[free], rcond=None)[0]
        step *= min(1.0, _FURTHEST / max(np.abs(step).max(), 1e-300))
        found = _cut(demand, s, income, prices, step, bounds, float(np.abs(excess[free]).max()))
        if found is None:
            break
        prices, excess = found
    return prices


def _approached(
    demand: Demand,
    s: np.ndarray,
    income: float,
    prices: np.ndarray,
    excess: np.ndarray,
    bounds: tuple[np.ndarray, np.ndarray],
) -> tuple[np.ndarray, np.ndarray]:
    """Return prices moved half way, in logarithms, to those at which today's spending on each product buys its stock.

    It is done as long as the excess falls: Newton's method is quick near its end, this is safe far from it.
    """
    for _ in range(_STEPS):
        there = np.clip(prices * np.exp(excess / 2), *bounds)
        after = _excess(demand, there, income, s)
        if after is None or not np.linalg.norm(after) < 0.9 * np.linalg.norm(excess):
            break
        prices, excess = there, after
    return prices, excess


def _cut(
    demand: Demand,
    s: np.ndarray,
    income: float,
    prices: np.ndarray,
    step: np.ndarray,
    bounds: tuple[np.ndarray, np.ndarray],
    before: float,
) -> tuple[np.ndarray, np.ndarray] | None:
    """Return the first of the steps 1, 1/2, 1/4 … of the way at which the largest excess is smaller, if any."""
    for halving in range(_CUTS):
        there = np.clip(prices * np.exp(step / 2**halving), *bounds)
        excess = _excess(demand, there, income, s)
        if excess is None:
            continue
        open_ = ~(((there >= bounds[1]) & (excess > 0)) | ((there <= bounds[0]) & (excess < 0)))
        if np.abs(excess[open_]).max(initial=0.0) < before or not open_.any():
            return there, excess
    return None


def _nearer(
    demand: Demand, s: np.ndarray, income: float, prices: np.ndarray, bounds: tuple[np.ndarray, np.ndarray]
) -> tuple[np.ndarray, np.ndarray]:
    """Return prices, lower than the given ones in one proportion, at which demand is defined at all."""
    for halving in range(1, _CUTS):
        there = np.clip(prices / 2**halving, *bounds)
        excess = _excess(demand, there, income, s)
        if excess is not None:
            return there, excess
    found = f"income {income:g} buys nothing that demand knows of at any of the prices tried"
    fault = Fault("demand-undefined", "shops", found, "some demand", "lower the lowest prices or raise the income")
    raise NotCertified(fault)


def _excess(demand: Demand, prices: np.ndarray, income: float, s: np.ndarray) -> np.ndarray | None:
    """Return ln(demand/stock), or None where demand is not defined or a product is not bought at all."""
    try:
        asked = demand.quantities(prices, income)
    except BadInput:
        return None
    return np.asarray(np.log(asked / s)) if (asked > 0).all() else None


def _bounds(products: tuple[str, ...], given: Mapping[str, float], default: float) -> np.ndarray:
    unknown = [code for code in given if code not in products]
    if unknown:
        raise BadInput(
            Fault("product-unknown", f"price bound of {code}", "not on sale", ", ".join(products[:6]), "correct it")
            for code in unknown
        )
    return np.array([float(given.get(code, default)) for code in products])


def _require_order(products: tuple[str, ...], low: np.ndarray, high: np.ndarray) -> None:
    faults = [
        Fault("price-bounds", f"price bounds of {code}", f"{a:g} to {b:g}", "from 0 or more up to more", "correct them")
        for code, a, b in zip(products, low, high, strict=True)
        if not (0 <= a <= b and b > 0)
    ]
    if faults:
        raise BadInput(faults)


def _open(products: tuple[str, ...], excess: np.ndarray, tolerance: float) -> Fault:
    worst = sorted(zip(excess, products, strict=True), reverse=True)[:3]
    found = "; ".join(f"{code} {'more' if part > 0 else 'less'} by {abs(part):.2%}" for part, code in worst)
    return Fault(
        "no-clearing-prices",
        "shops",
        f"no prices at which demand is what is on sale: asked for beside the stock is {found}",
        f"differences of at most {tolerance:.0e}",
        "bring more of what is asked for too much (committed needs may exceed it), or set highest prices and ration it",
    )
