r"""Coherence: how much of a country's state is superposition (the essay's "superposition", "combined development").

**What it is.** The sum of the absolute values of all off-diagonal entries of the density matrix,
:math:`\sum_{a\ne b}|\rho_{ab}|` (T. Baumgratz, M. Cramer and M. B. Plenio, *Physical Review Letters* 113 (2014)
140401): from 0 for a mixture of formations to d − 1 for an even superposition of all.

**What it is not.** It is not how mixed a society is: a country that is half capitalist and half collectivised, as a
statistic of enterprises, has none. It depends on which formations are called the basic ones.

**Where the analogy fails.** Nobody has measured the phase of a society, and no observation of formations alone can:
coherence shows only in how populations move afterwards, and hidden classical sub-states can imitate that.
"""

import numpy as np
from numpy.typing import ArrayLike

from newcourse.formations.observables.states import checked


def coherence(state: ArrayLike) -> float:
    """Return the coherence of a density matrix.

    Examples
    --------
    >>> coherence([[0.5, 0.5], [0.5, 0.5]]), coherence([[0.5, 0.0], [0.0, 0.5]])
    (1.0, 0.0)
    """
    sizes = abs(checked(state))
    return float(sizes.sum() - np.trace(sizes))
