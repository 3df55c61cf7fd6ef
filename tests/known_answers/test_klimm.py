"""Klimm (2022): in the stationary state of the Polity index about 46 % of countries are full democracies."""

import numpy as np
from numpy.typing import NDArray

from newcourse.formations.inference.stationary import stationary
from newcourse.formations.panel import Panel
from newcourse.formations.spaces import Space
from tests.known_answers.polity_moves import FULL_DEMOCRACY, LEVELS, PRIOR, polity_moves

SPACE = Space("polity", {str(level - 10): f"level {level - 10}" for level in range(LEVELS)}, {}, {})


def panel(moves: NDArray[np.int64]) -> Panel:
    """A panel in which each move is seen once, by a country that is observed for two years."""
    pairs = np.repeat(np.argwhere(moves >= 0), moves.ravel(), axis=0).astype(np.int8)
    return Panel(
        space=SPACE,
        countries=tuple(map(str, range(len(pairs)))),
        years=(1800, 1801),
        observed=pairs,
        exists=np.ones(pairs.shape, dtype=bool),
        coding="Polity",
    )


def test_stationary_share_of_full_democracies() -> None:
    counts = panel(polity_moves()).transitions() + PRIOR
    shares = stationary(counts / counts.sum(axis=1, keepdims=True))
    assert round(float(shares[-1]), 2) == FULL_DEMOCRACY
    assert abs(shares[-1] - 0.46105613) < 1e-8


def test_moves_are_those_of_the_paper() -> None:
    """17 084 yearly pairs; without the prior the share would be .487, so the prior matters and is stated."""
    moves = polity_moves()
    assert moves.shape == (LEVELS, LEVELS)
    assert moves.sum() == 17_084
    assert moves.trace() == 15_678
    shares = stationary(moves / moves.sum(axis=1, keepdims=True))
    assert abs(shares[-1] - 0.48697590) < 1e-8
