"""Demand with one elasticity of substitution beyond committed quantities (design §6.2).

It is the one to take where prices move far from the base year, as it has an answer at any prices that pay for what is
committed.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from newcourse.errors import BadInput, Fault
from newcourse.plan.market import checks
from newcourse.plan.market.checks import fixed, refuse, require_positive
from newcourse.plan.market.elasticities import Elasticities


@dataclass(frozen=True, eq=False)
class ConstantSubstitution:
    """Committed quantities first; beyond them goods replace each other with one elasticity.

    ``q = γ + a p^−σ · m / Σ a p^(1−σ)`` with ``m = y − p·γ``; with σ = 1 it is the linear expenditure system. The form
    with γ = 0 is that of J. Shoven and J. Whalley, Journal of Economic Literature 22 (1984), equation for the demand
    of each group; with γ it is M. Brown and D. Heien, "The S-branch utility tree", Econometrica 40 (1972), one branch.

    Parameters
    ----------
    products
        What is bought, n codes.
    committed
        γ: quantities bought at any price, n numbers.
    weights
        a: n positive numbers that add up to 1.
    substitution
        σ: elasticity of substitution, above 0.
    """

    products: tuple[str, ...]
    committed: np.ndarray
    weights: np.ndarray
    substitution: float

    def __post_init__(self) -> None:
        object.__setattr__(self, "products", tuple(self.products))
        object.__setattr__(self, "committed", fixed(self.committed))
        object.__setattr__(self, "weights", fixed(self.weights))
        where = "demand with constant substitution"
        require_positive(where, self.products, weights=self.weights)
        refuse(checks.wrong_sum(where, "weights", self.weights, 1.0))
        faults = []
        if self.committed.shape != self.weights.shape or not np.isfinite(self.committed).all():
            faults.append(Fault("length", where, f"{self.committed}", "a committed quantity each", "correct it"))
        if not 0 < self.substitution < np.inf:
            faults.append(
                Fault("substitution", where, f"{self.substitution:g}", "an elasticity above 0", "give for example 0.5")
            )
        refuse(faults)

    @classmethod
    def fitted(
        cls,
        products: Sequence[str],
        quantities: npt.ArrayLike,
        prices: npt.ArrayLike,
        substitution: float,
        committed_parts: npt.ArrayLike = 0.0,
    ) -> "ConstantSubstitution":
        """Return the demand that buys exactly ``quantities`` at the base year's prices.

        Parameters
        ----------
        products
            What is bought, n codes.
        quantities, prices
            Of the base year, n positive numbers each.
        substitution
            σ, above 0.
        committed_parts
            Part of each quantity that is bought at any price, below 1: one number, or n.

        Raises
        ------
        BadInput
            With every number that cannot be.
        """
        q, p = np.asarray(quantities, dtype=float), np.asarray(prices, dtype=float)
        require_positive("base year", tuple(products), quantities=q, prices=p)
        parts = np.broadcast_to(np.asarray(committed_parts, dtype=float), q.shape)
        require_positive("base year", tuple(products), uncommitted_parts=1 - parts)
        weights = q * (1 - parts) * p**substitution
        return cls(tuple(products), q * parts, weights / weights.sum(), substitution)

    def quantities(self, prices: npt.ArrayLike, income: float) -> np.ndarray:
        """Return what is bought of each product, n quantities.

        Raises
        ------
        BadInput
            If a price is not positive, or the income does not pay for the committed quantities.
        """
        p = np.asarray(prices, dtype=float)
        require_positive("demand", self.products, prices=p)
        left = income - float(p @ self.committed)
        if not left >= 0:
            found = f"{income:g} when {income - left:g} is committed"
            raise BadInput(
                Fault("income-too-low", "demand", found, "an income that pays for it", "raise it or lower prices")
            )
        return np.asarray(self.committed + self._per_unit(p) * left)

    def elasticities(self, prices: npt.ArrayLike, income: float) -> Elasticities:
        """Return how demand answers prices and income at this point.

        Raises
        ------
        BadInput
            As :meth:`quantities`.
        """
        p, q = np.asarray(prices, dtype=float), self.quantities(prices, income)
        each = self._per_unit(p)
        left = income - float(p @ self.committed)
        cross = (self.substitution - 1) * each * p  # of the price index of what is beyond the committed
        slope = left * each[:, None] * (cross[None, :] - self.substitution * np.eye(len(p)))
        price = (slope - each[:, None] * (p * self.committed)[None, :]) / q[:, None]
        return Elasticities(self.products, p * q / income, each * income / q, price)

    def _per_unit(self, prices: np.ndarray) -> np.ndarray:
        terms = self.weights * prices**-self.substitution
        return np.asarray(terms / float(terms @ prices))
