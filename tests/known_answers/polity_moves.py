"""Moves between levels of the Polity index from year to year, 1800 to 2018, 21 levels from −10 to 10.

Klimm, Quantifying the 'end of history' through a Bayesian Markov-chain approach, *Royal Society Open Science* 9 (2022)
221131, CC BY 4.0. The Polity data themselves are not used here. The paper's published estimates (file
``results/transitionBayesAllCountries.csv`` of the repository floklimm/democracyMarkovChain, commit 1ecef94) are
posterior means under a Dirichlet prior of 1/21 a level, (n_ij + 1/21) / (n_i + 1), so that the whole numbers n_ij
follow from them exactly; those stand in ``polity_moves.csv``, from level (row) to level (column).
"""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

LEVELS = 21
PRIOR = 1 / LEVELS
FULL_DEMOCRACY = 0.46
"""Share of countries at level 10 in the stationary state (abstract of the paper: approximately 46 %)."""


def polity_moves() -> NDArray[np.int64]:
    """Return the (21, 21) counts."""
    return np.loadtxt(Path(__file__).with_suffix(".csv"), delimiter=",", dtype=np.int64)
