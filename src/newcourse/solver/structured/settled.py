"""Whether a plan pushed through is optimal as it stands, though no basis proves it (design §10).

Where sources cost the same, or a price has no effect, there are many bases of one plan, and the rounds may go from one
to another for ever. The plan and the prices are then compared as any two are: by weak duality.
"""

import numpy as np

from newcourse.solver.structured.stand import Stand


def too_cheap(stand: Stand, tolerance: float) -> list[tuple[int, float]] | None:
    """Return what is left to mend of a plan that is met, and as good as its prices say; ``None`` if it is not that.

    Parameters
    ----------
    stand
        With amounts, prices and contents of the same sources.
    tolerance
        Of needs and limits, each relative to its own size, and of the gap.

    Returns
    -------
    list of (int, float) or None
        Columns without a bound that would cost less than their product's price, and by how much. Where there are
        none, plan and prices prove each other optimal.
    """
    offers, limits = stand.offers, stand.offers.least.size
    price, limit_price = stand.price, stand.limit_price[:limits]
    reduced = stand.reduced_at(stand.limit_price)
    cost = float(offers.cost @ stand.amount)
    gap = abs(cost - offers.bound(price, limit_price, reduced))
    short = offers.demand - offers.balance @ stand.amount - tolerance * np.abs(stand.needed)
    used, size = offers.limits @ stand.amount, tolerance * stand.size[:limits]
    met = (short <= 0).all() and (used <= offers.most + size).all() and (used >= offers.least - size).all()
    if not met or gap > tolerance * abs(cost + offers.constant):
        return None
    wrong = ~offers.bounded & (-reduced > tolerance * np.abs(price).max(initial=0.0))
    return [(int(j), float(-reduced[j])) for j in np.flatnonzero(wrong)]
