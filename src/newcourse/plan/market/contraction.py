"""How strongly the check by demand may correct, so that each round comes nearer and none overshoots (design §6.2)."""

import numpy as np

from newcourse.plan.market.clearing import Clearing
from newcourse.plan.market.demand import Demand
from newcourse.plan.market.supply import Delivery


def contraction(demand: Demand, delivery: Delivery, clearing: Clearing, gain: float) -> float:
    """Return the part of the distance to the optimum that one more round leaves (spectral radius), near the optimum.

    With E the matrix of price elasticities at the prices paid and w the products' shares in all costs, a small
    deviation of what is wanted, in logarithms, becomes P (I + gain·E⁻¹) P times itself, P = I − 1wᵀ: wanting more of
    everything alike changes nothing. For a product that nothing replaces this is ``|1 − gain/elasticity|``.
    """
    P = _apart(delivery)
    return float(np.abs(np.linalg.eigvals(P @ (np.eye(len(P)) + gain * _flexibility(demand, clearing)) @ P)).max())


def largest_gain(demand: Demand, delivery: Delivery, clearing: Clearing) -> float:
    """Return the gain below which rounds come nearer to the optimum, near it.

    An eigenvalue μ of P E⁻¹ P (see :func:`contraction`) stays within the unit circle up to the gain ``−2 Re μ / |μ|²``.
    """
    P = _apart(delivery)
    values = np.linalg.eigvals(P @ _flexibility(demand, clearing) @ P)
    values = values[np.abs(values) > 1e-9 * np.abs(values).max(initial=0.0)]
    return max(0.0, float((-2 * values.real / np.abs(values) ** 2).min(initial=np.inf)))


def _apart(delivery: Delivery) -> np.ndarray:
    """Return I − 1wᵀ: deviations apart from what all products have in common."""
    costs = delivery.costs * delivery.quantities
    return np.asarray(np.eye(len(costs)) - np.outer(np.ones(len(costs)), costs / costs.sum()))


def _flexibility(demand: Demand, clearing: Clearing) -> np.ndarray:
    """Return by how many per cent each price answers when one per cent more of each product is sold."""
    return np.asarray(np.linalg.pinv(demand.elasticities(clearing.prices, clearing.income).price))
