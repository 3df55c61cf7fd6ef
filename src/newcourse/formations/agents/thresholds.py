"""Granovetter's threshold model: each joins when enough others have, and one person can make the difference.

Source: M. Granovetter, "Threshold models of collective behavior", *American Journal of Sociology* 83 (1978) 1420. With
a hundred people of thresholds 0, 1, …, 99 all riot; when the person of threshold 1 has 2 instead, one does. Two crowds
of almost the same dispositions end quite differently, so nothing about dispositions can be read off the outcome.

>>> riot_sizes(np.arange(100)).tolist()
[100]
>>> riot_sizes([0, 2, *range(2, 100)]).tolist()
[1]
"""

import numpy as np
from numpy.random import Generator
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import csr_array
from scipy.special import ndtr

from newcourse.errors import BadInput, Fault

NEVER = -1
"""The step of one who never joins."""

ROUNDING = 1e-9
"""How far, relative to a threshold, ties may fall short of it by rounding and still reach it."""


def riot_sizes(thresholds: ArrayLike) -> NDArray[np.int64]:
    """Return how many join in the end, where everybody sees everybody, for each crowd.

    Parameters
    ----------
    thresholds
        (people,) or (crowds, people): how many others must have joined before one does. May be any number: who has
        none above 0 begins, who has more than there are others never joins.

    Returns
    -------
    numpy.ndarray
        (crowds,) the smallest r such that exactly r thresholds are at most r.
    """
    rising = np.sort(np.atleast_2d(np.asarray(thresholds, dtype=float)), axis=1)
    if rising.ndim != 2 or np.isnan(rising).any():
        raise BadInput(_fault("thresholds", f"shape {rising.shape}", "(people,) or (crowds, people) numbers"))
    people = rising.shape[1]
    stays = np.concatenate([rising > np.arange(people), np.ones((len(rising), 1), bool)], axis=1)
    return np.asarray(stays.argmax(axis=1))


def normal_riot_sizes(mean: float, spread: float, people: int, crowds: int, chance: Generator) -> NDArray[np.int64]:
    """Return how many join in each of many crowds whose thresholds are drawn from a normal distribution.

    Parameters
    ----------
    mean, spread
        Of the thresholds, in people; ``spread`` is the standard deviation, not negative.
    people, crowds
        In a crowd, and how many crowds.
    chance
        Where the thresholds are drawn from.
    """
    return riot_sizes(chance.normal(mean, spread, (crowds, people)))


def normal_equilibrium(mean: float, spread: float, people: int) -> float:
    """Return how many join in a very large crowd of normal thresholds, scaled to so many people.

    It is the smallest r with r = people · Φ((r − mean)/spread). For a hundred people and a mean of 25 it creeps up to
    about 6 as the spread grows to 12.2, and leaps to nearly all there (Granovetter's figure): no cause is larger, the
    effect is.

    Parameters
    ----------
    mean, spread
        Of the thresholds; ``spread`` positive.
    people
        To which the crowd is scaled.

    Raises
    ------
    BadInput
        When spread or people are not positive.
    """
    if not (spread > 0 and people > 0 and np.isfinite([mean, spread]).all()):
        raise BadInput(_fault("normal thresholds", f"spread {spread}, {people} people", "both positive"))
    grid = np.linspace(0, people, 400_001)
    short = grid >= people * ndtr((grid - mean) / spread)
    return float(grid[short.argmax()])


def joined(thresholds: ArrayLike, ties: ArrayLike | csr_array) -> NDArray[np.int64]:
    """Return in which step each person joins on a network, :data:`NEVER` for who does not.

    Person i joins in the step after the weights of the ties to those who have joined reach the threshold. Ties that are
    shares (rows that add up to 1) make thresholds shares of one's neighbours (D. J. Watts, *Proceedings of the National
    Academy of Sciences* 99 (2002) 5766); ties of 1 make them numbers of neighbours.

    Parameters
    ----------
    thresholds
        (n,) Who has none above 0 joins in step 0.
    ties
        (n, n) ``ties[i, j]``: how much it counts for i that j has joined; none negative.

    Raises
    ------
    BadInput
        When shapes do not fit or a tie is negative.

    Examples
    --------
    >>> line = np.eye(4, k=-1)
    >>> joined([0, 1, 1, 2], line).tolist()
    [0, 1, 2, -1]
    """
    needed = np.asarray(thresholds, dtype=float)
    table = csr_array(ties if isinstance(ties, csr_array) else np.asarray(ties, dtype=float))
    if needed.ndim != 1 or table.shape != (needed.size, needed.size) or np.isnan(needed).any():
        raise BadInput(_fault("ties", f"shape {table.shape} for {needed.shape} thresholds", "(n, n) for n thresholds"))
    if not (np.isfinite(table.data) & (table.data >= 0)).all():
        raise BadInput(_fault("ties", "a negative or missing number", "numbers, none negative"))
    columns, reached = table.tocsc(), needed - ROUNDING * abs(needed)
    steps = np.full(needed.size, NEVER)
    felt, new, step = np.zeros(needed.size), np.flatnonzero(needed <= 0), 0
    while new.size:
        steps[new] = step
        felt += columns[:, new].sum(axis=1)
        new = np.flatnonzero((steps == NEVER) & (felt >= reached))
        step += 1
    return steps


def _fault(where: str, found: str, expected: str) -> Fault:
    return Fault("threshold-model", where, found, expected, "correct what is given")
