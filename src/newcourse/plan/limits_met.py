"""Which limits a plan has reached, and what one more unit of each would be worth (design §6.5)."""

from typing import Final

import numpy as np
import pandas as pd

from newcourse.plan.model import Model
from newcourse.plan.names import Names
from newcourse.plan.sizes import row_sizes
from newcourse.plan.wording import row_words
from newcourse.solver.problem import Block
from newcourse.solver.solution import Solution

EXPLAINED: Final = (
    "factors", "emissions", "capacity", "projects", "begun", "pace", "terminal", "steady", "payments", "reserves",
    "growth", "decline",
    "import share up", "import share down", "route share up", "route share down", "exports",
)  # fmt: skip
"""Blocks of rows that are limits set from outside, not balances of the plan's own."""

WORTH: Final = 1e-7
"""A valuation below this part of the largest is rounding."""


def limits_met(model: Model, chosen: Solution, valued: Solution) -> pd.DataFrame:
    """Return the limits with a valuation, dearest (valuation × own size) first.

    Returns
    -------
    DataFrame
        Columns kind (block of rows), label (its codes, joined by ``/``), words, unit, period, limit, used, valuation
        (gain in the goal, in currency, per unit by which the limit is loosened).
    """
    names = Names(model.economy)
    sizes = row_sizes(model.problem, chosen)
    blocks = [block for block in model.problem.rows if block.name in EXPLAINED]
    frames = [_met(model, names, block, chosen, valued, sizes[block.slice]) for block in blocks]
    table = pd.concat([frame for frame in frames if len(frame)] or [_empty()], ignore_index=True)
    worth = (table["valuation"] * table["size"]).to_numpy(dtype=float)
    order = np.argsort(-worth, kind="stable")
    dear = order[worth[order] > WORTH * worth.max(initial=0.0)]
    listed: pd.DataFrame = table.drop(columns="size").iloc[dear].reset_index(drop=True)
    return listed


def _met(
    model: Model, names: Names, block: Block, chosen: Solution, valued: Solution, sizes: np.ndarray
) -> pd.DataFrame:
    problem = model.problem
    dual = valued.valuations(block.name).to_numpy()
    used = chosen.row_values(block.name).to_numpy()
    dated = block.labels.names[-1] == "period"
    found = []
    for row in map(int, np.flatnonzero(dual)):
        called = row_words(problem, names, block.start + row)
        bounds = problem.row_upper if dual[row] > 0 else problem.row_lower
        found.append(
            {
                "kind": called.kind,
                "label": "/".join(map(str, called.label)),
                "words": called.words,
                "unit": called.unit,
                "period": int(called.label[-1]) if dated else model.economy.about.year + model.limits.periods,
                "limit": float(bounds[block.start + row]),
                "used": float(used[row]),
                "valuation": float(abs(dual[row])),
                "size": float(sizes[row]),
            }
        )
    return pd.DataFrame(found) if found else _empty()


def _empty() -> pd.DataFrame:
    return pd.DataFrame(columns=["kind", "label", "words", "unit", "period", "limit", "used", "valuation", "size"])
