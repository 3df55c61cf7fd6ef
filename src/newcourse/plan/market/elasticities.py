"""How much demand answers income and prices, as one value that checks itself (design §6.2)."""

from dataclasses import dataclass

import numpy as np

from newcourse.plan.market.checks import fixed


@dataclass(frozen=True, eq=False)
class Elasticities:
    """Answers of demand at one point, in per cent for one per cent.

    Parameters
    ----------
    products
        What is bought, n codes.
    shares
        Part of spending that goes to each product, n numbers that add up to 1.
    income
        By how many per cent each quantity rises when income rises by one, n numbers.
    price
        The same for each price (column) on each quantity (row) with income given: uncompensated, n × n.
    """

    products: tuple[str, ...]
    shares: np.ndarray
    income: np.ndarray
    price: np.ndarray

    def __post_init__(self) -> None:
        for name in ("shares", "income", "price"):
            object.__setattr__(self, name, fixed(getattr(self, name)))

    @property
    def compensated(self) -> np.ndarray:
        """Answers to prices when income is made good (Slutsky's equation): price + income × share, n × n."""
        return np.asarray(self.price + np.outer(self.income, self.shares))

    @property
    def own_price(self) -> np.ndarray:
        """Answer of each quantity to its own price, n numbers."""
        return np.diag(self.price)

    @property
    def slutsky(self) -> np.ndarray:
        """Substitution terms as parts of spending, share × compensated, n × n; symmetric for one consistent buyer."""
        return np.asarray(self.shares[:, None] * self.compensated)
