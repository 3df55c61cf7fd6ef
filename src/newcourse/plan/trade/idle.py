"""Valuations of goods that a plan neither gets nor uses: what getting one would cost (design §6.3).

Such a good has no valuation of its own: any that makes no way of using it pay is optimal, and the solver's choice would
make what is made of it look cheap. The highest that makes no way of getting it pay is just as optimal, and is taken.
"""

from dataclasses import replace
from typing import Final

import numpy as np

from newcourse.plan.trade.ways import LOOSE, Column, Valued

ROUNDS: Final = 500
"""So often at most valuations are raised; each round brings them nearer by the part that goods take of each other."""


def raised(valued: Valued) -> Valued:
    """Return the same problem with goods that are neither got nor used valued at what getting one would cost."""
    block = valued.balance
    flows = abs(valued.model.problem.matrix[block.slice]) @ np.abs(valued.primal)
    still = flows <= LOOSE * max(1.0, float(flows.max(initial=0.0)))
    idle = block.start + np.flatnonzero(still & ~valued.loose[block.slice])
    ways = {int(row): valued.sources(int(row)) for row in idle}
    dual = np.array(valued.dual)
    for _ in range(ROUNDS):
        before = dual.copy()
        for row, columns in ways.items():
            dual[row] = -min((_whole_cost(valued, column, dual) for column in columns), default=-dual[row])
        if np.allclose(dual, before, rtol=1e-13, atol=0.0):
            break
    return replace(valued, dual=dual)


def _whole_cost(valued: Valued, column: Column, dual: np.ndarray) -> float:
    """Return what one more unit costs with all that holds now, in currency."""
    rows, values = valued.entries(column.position)
    own = rows == column.row
    return float((values[~own] @ dual[rows[~own]] - valued.cost[column.position]) / column.yields)
