r"""Ties that hardly differ from a product, for :mod:`newcourse.formations.engines.gillespie`: few calls are in vain.

Where :math:`w_{ij} \le u_i v_j` for all pairs, and the right side is not much more than the left, who moves can be
drawn by u among those who can move and who calls by v among those who call; the pair then counts with probability
:math:`w_{ij}/u_iv_j`, which is exact whatever the weights are. The rate to draw at is :math:`\sum u\cdot\sum v` over
these two groups: two sums, and a move changes them in one place each. Where some weigh more for everybody, or some
listen more to everybody, nothing is wasted at all; ties to a few are far from any product and stay with the calls.
"""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

WASTE = 2.0
"""Ties whose product adds up to more than this many times their weights are followed call by call."""

FEWEST = 30
"""Fewer countries than this are followed call by call: there a call in vain costs no more than fitting saves."""

ROUNDS = 20
"""How often the two sides of a product are fitted in turn; each round costs n steps."""


@dataclass(frozen=True)
class Envelope:
    """A product above all weights of a term.

    Parameters
    ----------
    listening, calling
        (n,) u by country that moves, v by country that calls.
    sure
        The least :math:`w_{ij}/u_iv_j` of two different countries: with this probability a pair counts whoever it is.
    """

    listening: Array = field(repr=False)
    calling: Array = field(repr=False)
    sure: float


def envelope(weights: Array) -> Envelope | None:
    """Return a product little above weights (n, n) with zero diagonal, or None where there is none.

    First it is fitted to the sums of rows and columns, the diagonal left out (iterative proportional fitting, W. E.
    Deming and F. F. Stephan, *Annals of Mathematical Statistics* 11 (1940) 427), then raised until it covers all.

    Examples
    --------
    >>> weights = np.outer(np.arange(1.0, 41), np.arange(40.0, 0, -1)) * (1 - np.eye(40))
    >>> round(envelope(weights).sure, 6)
    1.0
    >>> envelope(np.diag(np.ones(39), k=1)) is None
    True
    """
    n = len(weights)
    if n < FEWEST or 2 * np.count_nonzero(weights) <= n * (n - 1):
        return None
    listening = _fitted(weights.sum(axis=1), weights.sum(axis=0))
    shares = weights / _or_one(listening)[:, None]
    calling = shares.max(axis=0)
    shares /= _or_one(calling)
    highest = shares.max(axis=1)
    listening = listening * highest
    if listening.sum() * calling.sum() - listening @ calling > WASTE * weights.sum():
        return None
    shares /= _or_one(highest)[:, None]
    shares[listening == 0], shares[:, calling == 0] = 1.0, 1.0
    np.fill_diagonal(shares, 1.0)
    return Envelope(listening, calling, float(shares.min()))


def _fitted(rows: Array, columns: Array) -> Array:
    """Return u of the product whose rows and columns add up to these sums without its diagonal, nearly."""
    u, v = rows.copy(), columns / columns.sum()
    for _ in range(ROUNDS):
        u = rows / _or_one(v.sum() - v)
        v = columns / _or_one(u.sum() - u)
    return u


def _or_one(values: Array) -> Array:
    """Return numbers to divide by: 1 for what is not above 0."""
    return np.where(values > 0, values, 1.0)
