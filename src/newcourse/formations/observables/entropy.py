r"""Entropy: how much is not known of a state, in natural units.

**What it is.** :math:`-\mathrm{tr}\,\rho\ln\rho` (J. von Neumann, 1927), from 0 for a pure state to ln d.

**What it is not.** It is neither disorder in a country nor heat. Without coherence it is Shannon's entropy of the
probabilities of formations.

**Where the analogy fails.** Jumps into one formation lower it: there is no second law here, since a country is open to
others and the jumps need not balance.
"""

import numpy as np
from numpy.typing import ArrayLike

from newcourse.formations.observables.states import checked


def entropy(state: ArrayLike) -> float:
    """Return the entropy of a density matrix; eigenvalues that rounding made negative count as 0.

    Examples
    --------
    >>> round(entropy([[0.5, 0.0], [0.0, 0.5]]), 6), entropy([[1.0, 0.0], [0.0, 0.0]])
    (0.693147, 0.0)
    """
    shares = np.linalg.eigvalsh(checked(state))
    shares = shares[shares > 0]
    return float(abs(-(shares * np.log(shares)).sum()))
