"""What households buy at given prices and income: two demand systems fitted to a base year (design §6.2).

Both use up the whole income, do not change when all prices and income change alike, and have symmetric substitution.
The linear expenditure system suits broad groups of goods; the almost ideal system also has inferior goods and goods
that replace each other.

>>> from newcourse.plan.market.demand import LinearExpenditure
>>> buyers = LinearExpenditure.fitted(("bread", "cloth"), [60.0, 40.0], [1.0, 1.0], [0.5, 1.75], frisch=-2.0)
>>> buyers.quantities([1.0, 1.0], 100.0).tolist()
[60.0, 40.0]
>>> buyers.elasticities([1.0, 1.0], 100.0).income.round(6).tolist()
[0.5, 1.75]
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from newcourse.errors import BadInput, Fault
from newcourse.plan.market import checks
from newcourse.plan.market.checks import fixed, refuse, require_positive
from newcourse.plan.market.elasticities import Elasticities
from newcourse.plan.market.substitution import additive_terms, terms_of_own_prices


class Demand(Protocol):
    """What both systems can do."""

    @property
    def products(self) -> tuple[str, ...]:
        """What is bought, n codes."""

    def quantities(self, prices: npt.ArrayLike, income: float) -> np.ndarray:
        """Return what is bought of each product, n quantities."""

    def elasticities(self, prices: npt.ArrayLike, income: float) -> Elasticities:
        """Return how demand answers prices and income at this point."""


@dataclass(frozen=True, eq=False)
class LinearExpenditure:
    """The linear expenditure system (Stone–Geary): committed quantities first, then fixed parts of what is left.

    ``q = γ + β/p · (y − p·γ)``: R. Stone, "Linear expenditure systems and demand analysis", Economic Journal 64 (1954).
    No good is inferior, and goods replace each other only by competing for the same income.

    Parameters
    ----------
    products
        What is bought, n codes.
    committed
        γ: quantities bought at any price, n numbers; negative for goods one can do without.
    margins
        β: part of each further unit of money that goes to each product, n numbers above 0 that add up to 1.

    Raises
    ------
    BadInput
        If lengths differ, a margin is not positive or the margins do not add up to 1.
    """

    products: tuple[str, ...]
    committed: np.ndarray
    margins: np.ndarray

    def __post_init__(self) -> None:
        object.__setattr__(self, "products", tuple(self.products))
        object.__setattr__(self, "committed", fixed(self.committed))
        object.__setattr__(self, "margins", fixed(self.margins))
        where = "linear expenditure system"
        require_positive(where, self.products, margins=self.margins)
        refuse(checks.wrong_sum(where, "margins", self.margins, 1.0))
        if self.committed.shape != self.margins.shape or not np.isfinite(self.committed).all():
            raise BadInput(
                Fault("length", f"{where}, committed", f"{self.committed}", "a number for each product", "correct it")
            )

    @classmethod
    def fitted(
        cls,
        products: Sequence[str],
        quantities: npt.ArrayLike,
        prices: npt.ArrayLike,
        income_elasticities: npt.ArrayLike,
        frisch: float = -2.0,
    ) -> "LinearExpenditure":
        """Return the system that buys exactly ``quantities`` at the base year's prices.

        Parameters
        ----------
        products
            What is bought, n codes.
        quantities, prices
            Of the base year, n positive numbers each; income is their product.
        income_elasticities
            n positive numbers. They are divided by their mean weighted with the shares of spending, for whatever is
            earned more is spent.
        frisch
            Frisch's parameter, at most −1: minus income over what is left of it after the committed quantities. About
            −10 for the poorest, −2 for a middle income, −0.7 for the richest in R. Frisch, "A complete scheme for
            computing all direct and cross demand elasticities", Econometrica 27 (1959); at −1 nothing is committed.

        Raises
        ------
        BadInput
            With every number that cannot be.
        """
        q, p = np.asarray(quantities, dtype=float), np.asarray(prices, dtype=float)
        answers = np.asarray(income_elasticities, dtype=float)
        require_positive("base year", tuple(products), quantities=q, prices=p, income_elasticities=answers)
        refuse(checks.wrong_frisch(frisch))
        income = float(p @ q)
        margins = answers * p * q / float(answers @ (p * q))
        return cls(tuple(products), q + margins / p * income / frisch, margins)

    def quantities(self, prices: npt.ArrayLike, income: float) -> np.ndarray:
        """Return what is bought of each product, n quantities.

        Raises
        ------
        BadInput
            If a price is not positive, or the income does not pay for the committed quantities.
        """
        p = np.asarray(prices, dtype=float)
        require_positive("demand", self.products, prices=p)
        left = income - self.committed_value(p)
        if not left >= -checks.ROUNDING * abs(income):
            found = f"{income:g} when {income - left:g} is committed"
            raise BadInput(
                Fault("income-too-low", "demand", found, "an income that pays for it", "raise it or lower prices")
            )
        bought = self.committed + self.margins / p * max(left, 0.0)
        refuse(checks.negative_demand(self.products, bought))
        return np.asarray(bought)

    def committed_value(self, prices: npt.ArrayLike) -> float:
        """Return what the committed quantities cost at these prices: the least income with which there is demand."""
        return float(np.asarray(prices, dtype=float) @ self.committed)

    def elasticities(self, prices: npt.ArrayLike, income: float) -> Elasticities:
        """Return how demand answers prices and income at this point.

        Raises
        ------
        BadInput
            As :meth:`quantities`.
        """
        p, q = np.asarray(prices, dtype=float), self.quantities(prices, income)
        spent = p * q
        share = self.margins / spent
        price = -np.outer(share, p * self.committed)
        np.fill_diagonal(price, (1 - self.margins) * self.committed / q - 1)
        return Elasticities(self.products, spent / income, share * income, price)


@dataclass(frozen=True, eq=False)
class AlmostIdeal:
    """The almost ideal demand system with its own (translog) price index.

    ``w = α + Γ ln p + β ln(y/P)``, ``ln P = α·ln p + ½ ln p·Γ ln p``, prices and income counted in those of the base
    year: A. Deaton and J. Muellbauer, "An almost ideal demand system", American Economic Review 70 (1980), equations
    (8) and (9) with α₀ = 0.

    Parameters
    ----------
    products
        What is bought, n codes.
    base_prices, base_income
        What prices and income are counted in.
    shares
        α: parts of spending in the base year, n positive numbers that add up to 1.
    income_terms
        β: n numbers that add up to 0; negative for what the poorer spend a larger part on.
    price_terms
        Γ: symmetric n × n, its rows add up to 0.

    Raises
    ------
    BadInput
        With every condition that is not kept.
    """

    products: tuple[str, ...]
    base_prices: np.ndarray
    base_income: float
    shares: np.ndarray
    income_terms: np.ndarray
    price_terms: np.ndarray

    def __post_init__(self) -> None:
        object.__setattr__(self, "products", tuple(self.products))
        for name in ("base_prices", "shares", "income_terms", "price_terms"):
            object.__setattr__(self, name, fixed(getattr(self, name)))
        where, size = "almost ideal system", len(self.products)
        require_positive(where, self.products, base_prices=self.base_prices, shares=self.shares)
        if self.income_terms.shape != (size,) or self.price_terms.shape != (size, size):
            found = f"shapes {self.income_terms.shape} and {self.price_terms.shape}"
            raise BadInput(Fault("length", where, found, f"({size},) and ({size}, {size})", "give one a product"))
        faults = checks.wrong_sum(where, "shares", self.shares, 1.0)
        faults += checks.wrong_sum(where, "income terms", self.income_terms, 0.0)
        if not (abs(self.price_terms.sum(axis=1)) <= checks.ROUNDING).all():
            faults.append(Fault("terms-sum", where, "rows of price terms with a sum", "sums of 0", "correct them"))
        if not (abs(self.price_terms - self.price_terms.T) <= checks.ROUNDING).all():
            faults.append(Fault("terms-symmetry", where, "unequal price terms", "a symmetric matrix", "correct them"))
        faults += checks.wrong_income(self.base_income)
        refuse(faults)

    @classmethod
    def fitted(
        cls,
        products: Sequence[str],
        quantities: npt.ArrayLike,
        prices: npt.ArrayLike,
        income_elasticities: npt.ArrayLike,
        frisch: float | None = None,
        own_price_elasticities: npt.ArrayLike | None = None,
    ) -> "AlmostIdeal":
        """Return the system that buys exactly ``quantities`` at the base year's prices.

        Parameters
        ----------
        products
            What is bought, n codes.
        quantities, prices
            Of the base year, n positive numbers each; income is their product.
        income_elasticities
            n numbers, divided by their mean as in the linear system; with ``frisch`` all must be positive.
        frisch
            Frisch's parameter: goods replace each other as in the linear expenditure system, or
        own_price_elasticities
            uncompensated, n numbers: goods replace each other in proportion to how much they give way
            (see :func:`~newcourse.plan.market.substitution.terms_of_own_prices`).

        Raises
        ------
        BadInput
            With every number that cannot be, or if not just one of the last two is given.
        """
        q, p = np.asarray(quantities, dtype=float), np.asarray(prices, dtype=float)
        require_positive("base year", tuple(products), quantities=q, prices=p)
        if (frisch is None) == (own_price_elasticities is None):
            found = "both or none"
            raise BadInput(
                Fault("fit-by", "almost ideal system", found, "frisch or own_price_elasticities", "give just one")
            )
        income = float(p @ q)
        w = p * q / income
        answers = np.asarray(income_elasticities, dtype=float)
        refuse(checks.wrong_mean(answers, w))
        answers = answers / float(answers @ w)
        if frisch is not None:
            require_positive("base year", tuple(products), income_elasticities=answers)
            refuse(checks.wrong_frisch(frisch))
            slutsky = additive_terms(w * answers, frisch)
        else:
            slutsky = terms_of_own_prices(tuple(products), w, answers, np.asarray(own_price_elasticities, dtype=float))
        return cls(tuple(products), p, income, w, w * (answers - 1), slutsky - np.outer(w, w) + np.diag(w))

    def quantities(self, prices: npt.ArrayLike, income: float) -> np.ndarray:
        """Return what is bought of each product, n quantities.

        Raises
        ------
        BadInput
            If a price or the income is not positive, or lies so far from the base year that a share would be negative.
        """
        p = np.asarray(prices, dtype=float)
        return np.asarray(self._shares_at(p, income) * income / p)

    def elasticities(self, prices: npt.ArrayLike, income: float) -> Elasticities:
        """Return how demand answers prices and income at this point.

        Raises
        ------
        BadInput
            As :meth:`quantities`.
        """
        p = np.asarray(prices, dtype=float)
        w = self._shares_at(p, income)
        index_terms = self.shares + self.price_terms @ np.log(p / self.base_prices)
        price = (self.price_terms - np.outer(self.income_terms, index_terms)) / w[:, None] - np.eye(len(w))
        return Elasticities(self.products, w, 1 + self.income_terms / w, price)

    def _shares_at(self, prices: np.ndarray, income: float) -> np.ndarray:
        require_positive("demand", self.products, prices=prices)
        refuse(checks.wrong_income(income))
        logs = np.log(prices / self.base_prices)
        index = self.shares @ logs + 0.5 * logs @ self.price_terms @ logs
        shares = self.shares + self.price_terms @ logs + self.income_terms * (np.log(income / self.base_income) - index)
        refuse(checks.negative_demand(self.products, shares))
        return np.asarray(shares)
