r"""Quantum mutual information of two countries: all that one says of the other, classical or not.

**What it is.** :math:`S(A) + S(B) - S(AB)` with von Neumann's entropy S: 0 only for independent countries.

**What it is not.** It is neither influence nor cause: a common third does as well. Only what exceeds the classical
mutual information of the formations, or a positive negativity, is particular to the quantum-like model.

**Where the analogy fails.** It can be twice as large as any classical one, since S(AB) may be smaller than S(A): the
whole better known than its parts. No social measurement corresponds to that.
"""

import numpy as np
from numpy.typing import ArrayLike

from newcourse.formations.observables.entropy import entropy
from newcourse.formations.observables.states import halves


def mutual_information(state: ArrayLike) -> float:
    """Return the mutual information of the density matrix (d², d²) of two countries, in natural units.

    Examples
    --------
    >>> bell = np.zeros((4, 4))
    >>> bell[np.ix_([0, 3], [0, 3])] = 0.5
    >>> bits = [mutual_information(state) / np.log(2) for state in (bell, np.diag([0.5, 0, 0, 0.5]))]
    >>> [round(float(each), 6) for each in bits]
    [2.0, 1.0]
    """
    table, d = halves(state)
    first, second = np.einsum("abcb->ac", table), np.einsum("abad->bd", table)
    return entropy(first) + entropy(second) - entropy(table.reshape(d * d, d * d))
