"""Where the rounds of content pricing ended, and why (design §6.7)."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from newcourse.solver.problem import Vector


@dataclass(frozen=True, eq=False)
class Found:
    """Where the rounds ended.

    Attributes
    ----------
    why
        Empty if the point is optimal, else why they ended.
    amount, price, limit_price
        The last point, primal and dual, of the offers.
    base
        The last marginal sources.
    rounds
        How many there were.
    listed
        Products that had a price of their own in the end.
    """

    why: str
    amount: Vector
    price: Vector
    limit_price: Vector
    base: npt.NDArray[np.int32]
    rounds: int
    listed: int
