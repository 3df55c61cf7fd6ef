"""What the loops of :mod:`newcourse.formations.engines.gillespie` look up, worked out once for each law."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from newcourse.formations.engines.gillespie_envelopes import envelope
from newcourse.formations.law import Law, Spread

Tables = tuple[NDArray[np.generic], ...]


def near_products(law: Law) -> tuple[Tables, tuple[Spread, ...]]:
    """Return what is looked up for terms of spread whose ties are near a product, and the other terms.

    Returns
    -------
    arcs, given
        (k, 2), (k, d) as in :func:`tables`, for k terms near a product.
    listening, calling, sure
        (k, n), (k, n), (k,) as in :class:`~newcourse.formations.engines.gillespie_envelopes.Envelope`.
    weights
        (k, n, n) of these terms.
    """
    found = [(term, envelope(term.weights)) for term in law.spread]
    near = [(term, product) for term, product in found if product is not None]
    n, k = law.size, len(near)
    products = (
        *_formations(law, [term for term, _ in near]),
        np.array([product.listening for _, product in near]).reshape(k, n),
        np.array([product.calling for _, product in near]).reshape(k, n),
        np.array([product.sure for _, product in near]).reshape(k),
        np.array([term.weights for term, _ in near]).reshape(k, n, n),
    )
    return products, tuple(term for term, product in found if product is None)


def tables(law: Law, spread: Sequence[Spread]) -> Tables:
    """Return what is looked up for what countries do by themselves and for calls.

    Parameters
    ----------
    law
        Of n countries with d formations.
    spread
        The m of its terms of spread that are followed call by call.

    Returns
    -------
    leaving
        (n, d, d) rates of a country by itself, summed over the formations moved to.
    calling
        (m, n) the rate at which each country calls, all its ties of the term together.
    total
        (n, d) the rate of all that a country in a formation does.
    arcs
        (m, 2) the formations each term moves between.
    given
        (m, d) whether a country in a formation calls.
    first
        (m, n + 1) where the ties of each country that calls begin.
    tied, upto
        Who is tied to it (ties in all); the sum of all weights before each tie, from 0 to the sum of all.
    """
    n, m = law.size, len(spread)
    leaving = np.cumsum(law.jumps, axis=2)
    arcs, given = _formations(law, spread)
    ties = [_ties(term.weights) for term in spread]
    before = np.cumsum([0, *(called.size for _, called, _ in ties)])
    first = np.array([ends + before[k] for k, (ends, _, _) in enumerate(ties)], np.int64).reshape(m, n + 1)
    tied = np.concatenate([np.zeros(0, np.int32), *(called for _, called, _ in ties)])
    upto = np.cumsum(np.concatenate([np.zeros(1), *(weights for _, _, weights in ties)]))
    calling = upto[first[:, 1:]] - upto[first[:, :-1]]
    total = leaving[:, :, -1] + calling.T @ given
    return leaving, calling, total, arcs, given, first, tied, upto


def _formations(law: Law, spread: Sequence[Spread]) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Return the formations terms move between (m, 2), and whether a country in a formation calls (m, d)."""
    m, d = len(spread), law.space.size
    arcs = np.array([(term.source, term.target) for term in spread], np.int64).reshape(m, 2)
    return arcs, np.array([np.isin(np.arange(d), term.given) for term in spread], np.bool_).reshape(m, d)


def _ties(weights: NDArray[np.float64]) -> tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.float64]]:
    """Return by country that calls: where its ties begin (n + 1), who is called, and the weights; only real ties."""
    by_caller = np.ascontiguousarray(weights.T)
    places = np.flatnonzero(by_caller)
    ends = np.concatenate([[0], np.cumsum(np.count_nonzero(by_caller, axis=1))])
    return ends, (places % len(weights)).astype(np.int32), by_caller.ravel()[places]
