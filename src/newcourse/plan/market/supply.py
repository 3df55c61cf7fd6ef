"""What can be brought to the shops: a plan, or anything else that can deliver what is wanted as far as it goes."""

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from newcourse.plan.market.checks import fixed, require_positive


@dataclass(frozen=True, eq=False)
class Delivery:
    """What a round's plan brings to the shops.

    Parameters
    ----------
    quantities
        Of each product, n.
    costs
        What one unit more of each would take from everything else, n; only their proportions count.
    """

    quantities: np.ndarray
    costs: np.ndarray

    def __post_init__(self) -> None:
        for name in ("quantities", "costs"):
            object.__setattr__(self, name, fixed(getattr(self, name)))


class Supplier(Protocol):
    """Whatever can deliver what is wanted, as far as it goes."""

    @property
    def products(self) -> tuple[str, ...]:
        """What it delivers, n codes."""

    def deliver(self, wanted: np.ndarray) -> Delivery:
        """Return as much as there can be, in the proportions wanted."""

    def worth(self, prices: np.ndarray) -> float:
        """Return the most that anything it could deliver would be worth at these prices."""


@dataclass(frozen=True)
class LabourSupplier:
    """An economy in which labour is all that is scarce: whatever contains as much labour can be made.

    Parameters
    ----------
    products
        What it makes, n codes.
    content
        Labour a unit of each contains, directly and in its inputs, n positive numbers.
    labour
        How much of it there is.
    """

    products: tuple[str, ...]
    content: np.ndarray
    labour: float

    def __post_init__(self) -> None:
        object.__setattr__(self, "content", fixed(self.content))
        require_positive("labour", self.products, content=self.content)
        require_positive("labour", ("labour",), supply=np.array([self.labour]))

    def deliver(self, wanted: np.ndarray) -> Delivery:
        """Return as much as the labour makes in the proportions wanted."""
        return Delivery(wanted * (self.labour / float(self.content @ wanted)), self.content)

    def worth(self, prices: np.ndarray) -> float:
        """Return the value of the product that pays best per hour, made with all labour."""
        return float((prices / self.content).max() * self.labour)
