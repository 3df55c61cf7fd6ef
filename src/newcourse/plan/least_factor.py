"""The least of a factor that a good can take by any technique: what no plan can do with less (design §6.1).

With ``c`` the content of the goods, from nothing upwards: c_i ← min over all ways of getting good i of
(factor of its own + content of its inputs) / output. An import, a store, a joint product or work begun before the
horizon counts as nothing, so every step is a lower bound (value iteration on a Leontief system with substitution; A. F.
Veinott, *Linear Algebra and Its Applications* 2 (1969) 61-95).
"""

from typing import Final

import numpy as np
import scipy.sparse as sp

from newcourse.economy.economy import Economy

ROUNDS: Final = 200
SETTLED: Final = 1e-9


def least_content(economy: Economy, factor: int) -> np.ndarray:
    """Return a lower bound of what one more unit of each good takes of a factor, by whatever technique.

    Parameters
    ----------
    economy
        Processes, trade, routes and stores.
    factor
        Position of the factor in its table.

    Returns
    -------
    ndarray
        Units of the factor per unit of good, in the order of ``economy.goods``.
    """
    makers = _single_makers(economy)
    own = economy.factor_use[[factor]].toarray().ravel()
    inputs = economy.inputs.T.tocsr()
    free = _free(economy, makers)
    routes = economy["routes"]
    origin, destination = economy.good_rows(routes, "origin"), economy.good_rows(routes, "destination")
    content = np.zeros(len(economy.goods))
    for _ in range(ROUNDS):
        cost = own + inputs @ content
        found = np.full(len(content), np.inf)
        np.minimum.at(found, makers.row, cost[makers.col] / makers.data)
        np.minimum.at(found, destination, content[origin])
        found[free | ~np.isfinite(found)] = 0.0
        moved = float(np.max(found - content, initial=0.0))
        content = np.maximum(content, found)
        if moved <= SETTLED * max(1.0, float(content.max(initial=0.0))):
            break
    return content


def _single_makers(economy: Economy) -> sp.coo_array:
    """Return goods × processes: outputs of the processes that make one good only and take their inputs at once."""
    at_once = economy["processes"]["lead"].to_numpy() == 0
    alone = np.diff(economy.outputs.tocsc().indptr) == 1
    return sp.coo_array(economy.outputs @ sp.diags_array((at_once & alone).astype(float)))


def _free(economy: Economy, makers: sp.coo_array) -> np.ndarray:
    """Return which goods count as nothing: imports, stores, and what comes of other processes than the makers."""
    free = np.zeros(len(economy.goods), dtype=bool)
    trade = economy["trade"]
    free[economy.good_rows(trade[trade["import_quota"] > 0])] = True
    free[economy.good_rows(economy["stores"])] = True
    made = np.zeros(economy.outputs.shape[1], dtype=bool)
    made[makers.col[makers.data > 0]] = True
    others = economy.outputs[:, np.flatnonzero(~made)]
    free |= np.asarray(others.sum(axis=1)).ravel() > 0
    return free
