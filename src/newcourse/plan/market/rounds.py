"""What a round of planning, delivering and selling came to, and the path of all rounds (design §6.2)."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from newcourse.plan.market.clearing import Clearing
from newcourse.plan.market.supply import Delivery


@dataclass(frozen=True, eq=False)
class Round:
    """One round of planning, delivering and selling.

    Parameters
    ----------
    number
        From 1.
    wanted
        What the plan was asked for, n; only proportions count.
    delivery
        What it brought, at which costs.
    costs
        What prices are held against, n: those costs, or their average over the rounds so far.
    clearing
        At which prices that was sold.
    gap
        How much more, as a part, the economy could have delivered at the prices paid; 0 at the optimum.
    """

    number: int
    wanted: np.ndarray
    delivery: Delivery
    costs: np.ndarray
    clearing: Clearing
    gap: float

    @property
    def ratios(self) -> np.ndarray:
        """Price over cost of each product, divided by that of all together, n; infinite where nothing is given up."""
        prices, costs, quantities = self.clearing.prices, self.costs, self.delivery.quantities
        level = float(prices @ quantities) / float(costs @ quantities)
        return np.asarray(np.divide(prices, costs * level, out=np.full(len(prices), np.inf), where=costs > 0))

    @property
    def spread(self) -> float:
        """Largest ratio over smallest, less one."""
        return float(self.ratios.max() / self.ratios.min() - 1)


@dataclass(frozen=True, eq=False)
class Path:
    """All rounds.

    Parameters
    ----------
    products
        What is bought, n codes.
    rounds
        In order.
    tolerance
        Gap at which it was to end.
    """

    products: tuple[str, ...]
    rounds: tuple[Round, ...]
    tolerance: float

    @property
    def reached(self) -> bool:
        """Whether the last round's deliveries are the optimum within the tolerance."""
        return self.rounds[-1].gap <= self.tolerance

    def words(self) -> str:
        """Say where the rounds lead."""
        first, last = self.rounds[0], self.rounds[-1]
        if self.reached:
            return (
                f"After round {last.number} nothing that could be delivered would be worth over {last.gap:.2%} more "
                f"than what buyers got, at the prices they paid (round 1: {first.gap:.2%})."
            )
        return (
            f"Not there after round {last.number}: something else that could be delivered would be worth "
            f"{last.gap:.2%} more at the prices paid (round 1: {first.gap:.2%}; asked for {self.tolerance:.2%}). "
            "Allow more rounds."
        )

    def to_data(self) -> dict[str, Any]:
        """Return it as plain data; a ratio that is infinite is ``None``."""
        return {
            "words": self.words(),
            "reached": self.reached,
            "products": list(self.products),
            "rounds": [
                {
                    "round": one.number,
                    "gap": one.gap,
                    "wanted": one.wanted.tolist(),
                    "delivered": one.delivery.quantities.tolist(),
                    "costs": one.costs.tolist(),
                    "prices": one.clearing.prices.tolist(),
                    "ratios": [float(ratio) if np.isfinite(ratio) else None for ratio in one.ratios],
                }
                for one in self.rounds
            ],
        }
